"""The pages of an inventory: listed, looked for, added, changed, dropped, undone, exported; who may see and who may write."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from campmgr.areas.activities.actions import close, open_activity
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.actions.units import merge_units
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.inventory_rows import InventoryRow, inventory_rows, list_row
from campmgr.ids import person_code
from tests.kit.desk_story import undone
from tests.kit.pages import CAST, OWN, Pages
from tests.kit.walks.inventories import CHANNELS, SITES

DESK_OF = "/desk/units/3501-X1"
DESK, OFFICE = "/desk/units/3501-X1/a/C1/sites", "/office/a/C1/channels"
HALL = {"of-name": "湖塘<b>体验馆</b>", "of-area": "200.0", "of-class": "Ⅰ类", "of-theme": "消防", "of-usable": "1"}


def sent(pages: Pages, path: str, who: str = "dora", **data: str):
    return pages.browser(who).post(path, data=data, headers=OWN)


def kept(pages: Pages, inventory=SITES) -> list[InventoryRow]:
    with pages.store.reading() as r:
        return inventory_rows(r, inventory, worlds.load(r).activities.called("C1")[0].id, dropped=True)


def drawn_for(pages: Pages, path: str) -> str:
    return re.findall(r'name="shown" value="([^"]*)"', pages.browser("dora").get(path).text)[0]


def test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back(walked):
    dora = walked.browser("dora")
    assert "还没有登记" in dora.get(f"{DESK}/").text
    added = sent(walked, f"{DESK}/new", **HALL)
    text = dora.get(added.location).text
    assert "湖塘&lt;b&gt;体验馆&lt;/b&gt;" in text
    assert re.search(
        r"登记体验馆 · 基地、场馆名称 湖塘.*；面积 200.0；能用 是；目标建成类别 Ⅰ类；主题 消防", dora.get(DESK_OF).text
    )
    assert "（空）" not in text
    assert "1 人" not in dora.get(DESK_OF).text
    (row,) = kept(walked)
    assert (row.values["area"], row.values["usable"], row.values["class"]) == (2000, True, "Ⅰ类")
    again = sent(walked, f"{DESK}/new", **{"of-name": HALL["of-name"]})
    assert again.status_code == 422
    assert "已经登记过这一条" in again.text
    assert kept(walked) == [row], "the blank fields of a form overwrite nothing"
    found = sent(walked, f"{DESK}/search", query="消防")
    assert "消防" not in found.location
    assert "湖塘" in dora.get(found.location).text
    assert "没有找到" in dora.get(sent(walked, f"{DESK}/search", query="地震").location).text
    path = f"{DESK}/of/{row.id}"
    old = drawn_for(walked, path)
    changed = sent(walked, path, shown=old, **HALL | {"of-theme": "地震"})
    assert [each.values["theme"] for each in kept(walked)] == ["地震"]
    stale = sent(walked, path, shown=old, **HALL | {"of-theme": "交通"})
    assert stale.status_code == 409
    undone(walked, changed)
    assert [each.values["theme"] for each in kept(walked)] == ["消防"]
    dropped = sent(walked, f"{path}/drop", reason="改作他用")
    assert "已撤下 1 条" in dora.get(f"{DESK}/").text
    assert "改作他用" in dora.get(path).text
    undone(walked, dropped)
    assert [each.listed for each in kept(walked)] == [True]
    sent(walked, f"{path}/drop", reason="改作他用")
    sent(walked, path, shown=drawn_for(walked, path), **HALL)
    assert [each.listed for each in kept(walked)] == [True]
    assert "不能一按就撤" in dora.get(added.location).text, "others have built on it"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"of-area": "199.9"}, "不少于 200 平方米"),
        ({"of-area": "1.23"}, "小数多于一位"),
        ({"of-class": "Ⅳ类"}, "不在“目标建成类别”之列"),
        ({"of-name": ""}, "请填写这一项"),
        ({"of-keeper": "9999"}, "9999"),
        ({"of-theme": "长" * 501}, "最多 500 个字"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(walked, said, sentence):
    answer = sent(walked, f"{DESK}/new", **HALL | said)
    assert answer.status_code == 422
    assert sentence in re.findall(r'class="error" id="e-(?:of-\w+)">([^<]*)', answer.text)[0]
    assert kept(walked) == []


def test_nobody_learns_a_name_by_trying_codes(walked):
    with walked.store.writing() as w:
        own = people.register(w, Registration("3501-X1", "张三", "05"))
        other = people.register(w, Registration("3501-X2", "李四", "05"))
    refused = sent(walked, f"{DESK}/new", **HALL | {"of-keeper": person_code(other)})
    assert refused.status_code == 422
    assert "李四" not in refused.text
    sent(walked, f"{DESK}/new", **HALL | {"of-keeper": "05"})
    assert [each.values["keeper"] for each in kept(walked)] == [own], "编号 05 of this unit, and no other"
    assert "张三" in walked.browser("dora").get(f"{DESK}/").text
    with walked.store.writing() as w:
        people.move(w, people_by_id(w, [own])[own], "3501-X2")
    assert "张三" not in walked.browser("dora").get(f"{DESK}/").text, "who went away is told by their code"
    path = f"{DESK}/of/{kept(walked)[0].id}"
    sent(walked, path, shown=drawn_for(walked, path), **HALL | {"of-keeper": person_code(own), "of-theme": "地震"})
    assert [(each.values["keeper"], each.values["theme"]) for each in kept(walked)] == [(own, "地震")]


def test_who_sees_and_who_writes(walked):
    sent(walked, f"{DESK}/new", **HALL)
    (row,) = kept(walked)
    sees, writes = {"root", "city", "dora", "elias"}, {"root", "city", "dora"}
    for who in (*CAST, "nobody"):
        browser = walked.browser(who)
        told = [browser.get(f"{DESK}/{each}").status_code for each in ("", f"of/{row.id}", "all.xlsx")]
        if who == "jiao":
            continue  # of the line of this school: tells nothing more than dora
        assert (set(told) == {200}) is (who in sees), (who, told)
        assert (browser.get(f"{DESK}/new").status_code == 200) is (who in writes), who
        answer = sent(walked, f"{DESK}/of/{row.id}/drop", who, reason="")
        assert (answer.status_code == 422) is (who in writes), who
        assert (browser.get(f"{OFFICE}/").status_code == 200) is (who in {"root", "city"}), who
    seen = re.findall(r"<dt>主题</dt><dd>([^<]*)", walked.browser("elias").get(f"{DESK}/of/{row.id}").text)
    assert seen == ["消防"], "who only sees is told what it says"
    foreign = f"/desk/units/3501-X2/a/C1/sites/of/{row.id}"
    assert walked.browser("dora").get(foreign).status_code == 404
    assert sent(walked, f"{foreign}/drop", reason="别处的").status_code == 404
    assert [each.listed for each in kept(walked)] == [True]


def test_the_host_keeps_its_own_in_the_office_and_all_of_it_comes_as_files(walked):
    sent(walked, f"{OFFICE}/new", "city", **{"of-name": "=新华网", "of-class": "1", "of-from_on": "2022-02-24"})
    assert [each.values for each in kept(walked, CHANNELS)] == [{"name": "=新华网", "class": 1, "from_on": "2022-02-24"}]
    data = walked.browser("city").get(f"{OFFICE}/all.xlsx").data
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value == "=新华网"} == {"s"}
    assert walked.browser("city").get(f"{OFFICE}/all.pdf").data.startswith(b"%PDF")


def test_the_form_filled_in_goes_through_the_import_page_and_back_out(walked):
    sent(walked, f"{DESK}/new", **HALL)
    dora = walked.browser("dora")
    book = openpyxl.load_workbook(io.BytesIO(dora.get(f"{DESK}/all.xlsx").data))
    sheet = book.active
    heads = {cell.value: cell.column for line in sheet.iter_rows() for cell in line if cell.value}
    sheet.cell(4, heads["现有用途"]).value = "少年宫"
    sheet.insert_rows(5)
    for place, value in enumerate((2, "新馆", "教室", "120.0", "Ⅱ类"), 1):
        sheet.cell(5, place).value = value
    filled = io.BytesIO()
    book.save(filled)
    assert 'value="sites"' in dora.get("/desk/units/3501-X1/import").text
    data = {"kind": "sites", "file": (io.BytesIO(filled.getvalue()), "sites.xlsx")}
    seen = dora.post("/desk/units/3501-X1/import/preview", data=data, headers=OWN)
    assert [row.values["used_for"] for row in kept(walked)] == [""], "nothing is written before it was looked at"
    form = next(each for each in re.findall(r"<form.*?</form>", seen.text, re.DOTALL) if "/import/commit" in each)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert dora.post("/desk/units/3501-X1/import/commit", data=fields, headers=OWN).status_code == 303
    assert [(row.values["name"], row.values["used_for"]) for row in kept(walked)] == [
        ("新馆", "教室"), (HALL["of-name"], "少年宫")]  # fmt: skip


def test_the_office_sees_what_the_units_of_its_place_keep_and_nothing_of_others(walked):
    with walked.store.writing() as w:
        world = worlds.load(w)
        activity = world.activities.called("C1")[0]
        for unit, name in (("3501-X1", "福州的馆"), ("3502", "厦门的馆")):
            list_row(w, SITES, activity, find_unit(world, unit).unit, {"name": name})
    path = "/office/a/C1/sites/"
    for who, seen in (("root", ["福州的馆", "厦门的馆"]), ("city", ["福州的馆"])):
        browser = walked.browser(who)
        assert re.findall(r"<td>(..的馆)</td>", browser.get(path).text) == seen
        book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{path}all.xlsx").data))
        told = [str(cell.value) for line in book.active.iter_rows() for cell in line]
        assert [each for each in told if each.endswith("的馆")] == seen
        assert browser.get(f"{path}all.pdf").data.startswith(b"%PDF")
    for who, status in (("dora", 403), ("farid", 403), ("elias", 403), ("nobody", 303)):
        assert walked.browser(who).get(path).status_code == status


def test_where_nothing_is_written_any_more_the_form_for_another_row_says_so(walked):
    (activity,) = _called(walked)
    with walked.store.writing() as w:
        close(w, activity, "到期")
    assert "这个活动已经结束" in walked.browser("dora").get(f"{DESK}/").text
    for path, who in ((f"{DESK}/new", "dora"), (f"{OFFICE}/new", "city")):
        answers = [walked.browser(who).get(path), sent(walked, path, who, **HALL)]
        assert [each.status_code for each in answers] == [409, 409]
        assert all("结束，不再登记" in each.text for each in answers)
    assert kept(walked) == []


def test_the_rows_of_a_unit_that_was_merged_are_found_from_the_one_it_is_now(walked):
    (activity,) = _called(walked)
    gone, stays = walked.unit("3501-X1"), walked.unit("3501-X2")
    with walked.store.writing() as w:
        list_row(w, SITES, activity, gone, {"name": "旧馆"})
        merge_units(w, stays, gone)
    text = walked.browser("dora").get("/desk/units/3501-X2/a/C1/sites/").text
    assert "并入的“演练小学1”另有 1 条" in text
    assert "旧馆" in walked.browser("dora").get(f"/desk/units/{gone}/a/C1/sites/").text
    assert f"/desk/units/{gone}/a/C1/sites/" in text


def test_whoever_only_sees_a_list_of_the_host_is_not_shown_the_form(walked):
    with walked.store.writing() as w:
        open_activity(w, "walks-2024", "PROV")
    assert walked.browser("city").get("/office/a/PROV/channels/").status_code == 200
    assert walked.browser("city").get("/office/a/PROV/channels/new").status_code == 403


def _called(pages: Pages):
    with pages.store.reading() as r:
        return worlds.load(r).activities.called("C1")
