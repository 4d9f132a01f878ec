"""Rosters of several units imported at once: each file a batch of its own, each file and each row accounted for."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl

from campmgr.files.official_book import write_paper
from campmgr.files.official_form import blank_form
from tests.kit.desk_story import school
from tests.kit.made_files import LAYOUTS
from tests.kit.pages import OWN


def _form(path, unit, *people):
    """The form of people as a unit sends it back: the unit in its line, no column of units."""
    form = blank_form(LAYOUTS["people"], many_units=False)
    fields = [each.field for each in form.columns]
    rows = [tuple(dict(zip(("number", "name"), each, strict=True)).get(name, "") for name in fields) for each in people]
    write_paper(path, form.paper(rows, said={"unit": unit} if unit else {}, blank=5))
    return path


def _sent(tmp_path):
    first = _form(tmp_path / "一小.xlsx", "第一小学", ("A1", "阿雅"), ("A2", "巴迪"))
    second = _form(tmp_path / "二小.xlsx", "第二小学", ("A1", "采薇"))
    nobody = _form(tmp_path / "没写单位.xlsx", "", ("B1", "丁一"))
    unknown = _form(tmp_path / "写错单位.xlsx", "第三小学", ("C1", "戊二"))
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(first.read_bytes()[:800])
    return first, second, nobody, unknown, broken


def test_each_of_many_files_is_accounted_for(program, tmp_path):
    files = _sent(tmp_path)
    ran = program("import", "people", *files, "--rejects", tmp_path / "退.xlsx", "--json")
    data = ran.data
    assert (ran.code, len(data["files"]), data["refused"]) == (2, 5, 1)
    assert [(Path(each["file"]).name, each.get("new"), each.get("rejected")) for each in data["files"]] == [
        ("一小.xlsx", 2, 0), ("二小.xlsx", 1, 0), ("没写单位.xlsx", 0, 1), ("写错单位.xlsx", 0, 1), ("坏的.xlsx", None, None),
    ]  # fmt: skip
    assert [data[name] for name in ("rows", "new", "changed", "unchanged", "rejected")] == [5, 3, 0, 0, 2]
    assert len({each["batch"] for each in data["files"] if each.get("batch")}) == 2
    assert any("第三小学" in note["sentence"] for note in data["files"][3]["notes"])
    assert data["files"][4]["error"]["reason"] == "unreadable_file"
    assert program.json("person", "show", "A2")["unit"] == "S1"
    for name in ("3-没写单位", "4-写错单位"):
        rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / f"退-{name}.xlsx").active.iter_rows()]
        assert rows[0][-1] == "未导入的原因"


def test_the_same_files_again_change_nothing_and_a_dry_run_writes_nothing(program, tmp_path):
    first, second, *_ = _sent(tmp_path)
    dry = program.json("import", "people", first, second, "--dry-run")
    assert (dry["new"], [each["batch"] for each in dry["files"]]) == (3, [None, None])
    assert program.json("import", "people", first, second)["new"] == 3
    again = program.json("import", "people", first, second)
    assert (again["new"], again["unchanged"], again["refused"]) == (0, 3, 0)
    told = program("import", "people", first, second)
    assert (told.code, "一小.xlsx" in told.out, "共 2 个文件，0 个没有导入。" in told.out) == (0, True, True)


def test_strict_refuses_a_file_with_a_wrong_row_and_takes_the_others(program, tmp_path):
    first, _, nobody, *_ = _sent(tmp_path)
    ran = program("import", "people", first, nobody, "--strict", "--json")
    assert (ran.code, ran.data["new"], ran.data["refused"]) == (5, 2, 1)
    assert ran.data["files"][1]["error"]["reason"] == "refused_by_rule"
    text = program("import", "people", first, nobody, "--strict")
    assert "没有导入：有 1 行不能导入" in text.out


def test_a_file_that_is_not_there_stops_all_before_anything_is_written(program, tmp_path):
    first, *_ = _sent(tmp_path)
    assert program("import", "people", first, tmp_path / "没有.xlsx").code == 2
    assert program.json("import", "people", first)["new"] == 2


MANY = "/desk/units/3501/import/many"


def _sent_from_the_page(pages, *paths, who="dora", kind="people"):
    files = [(io.BytesIO(path.read_bytes()), path.name) for path in paths]
    return pages.browser(who).post(MANY, data={"kind": kind, "files": files}, headers=OWN, follow_redirects=True)


def _people(pages):
    with pages.store.reading() as r:
        return int(r.value("select count(*) from people"))


def _pressed(pages, shown, who="dora"):
    fields = dict(re.findall(r'name="(job|client_id)" value="([^"]+)"', shown.text))
    return pages.browser(who).post(f"{MANY}/commit", data=fields, headers=OWN, follow_redirects=True)


def test_many_files_are_looked_at_and_imported_from_the_page(pages, tmp_path):
    school(pages)
    first = _form(tmp_path / "一小.xlsx", "演练小学1", ("A1", "阿雅"), ("A2", "巴迪"))
    second = _form(tmp_path / "二小.xlsx", "演练小学2", ("A1", "采薇"))
    wrong = _form(tmp_path / "写错.xlsx", "第三小学", ("C1", "戊二"))
    foreign = _form(tmp_path / "外地.xlsx", "3502", ("D1", "己三"))
    broken, empty = tmp_path / "坏的.xlsx", tmp_path / "空的.xlsx"
    broken.write_bytes(first.read_bytes()[:800])
    empty.write_bytes(b"")
    shown = _sent_from_the_page(pages, first, second, wrong, foreign, broken, empty)
    assert (shown.status_code, _people(pages)) == (200, 0)
    for words in (
        "6 个文件",
        "按表头上方写的“演练小学1”计",
        "“第三小学”没有采用",
        "文件已损坏",
        "这个文件是空的",
        "什么都没有写入",
        "不在您的范围内",
    ):
        assert words in shown.text, words
    done = _pressed(pages, shown)
    assert (done.status_code, "看这一批" in done.text, "导入了这些文件" in done.text) == (200, True, True)
    people = _people(pages)
    assert _pressed(pages, shown).status_code == 200
    assert _people(pages) == people >= 3
    with pages.store.reading() as r:
        assert int(r.value("select count(distinct home) from people")) >= 2


def test_a_second_copy_of_a_file_promises_nothing_again(pages, tmp_path):
    school(pages)
    first = _form(tmp_path / "一小.xlsx", "演练小学1", ("A1", "阿雅"), ("A2", "𠮷野"))
    again = tmp_path / "一小 (1).xlsx"
    again.write_bytes(first.read_bytes())
    shown = _sent_from_the_page(pages, first, again)
    assert "与“一小.xlsx”一模一样" in shown.text
    assert "导入这 1 个文件" in shown.text
    done = _pressed(pages, shown)
    assert (done.status_code, done.text.count("看这一批"), _people(pages)) == (200, 1, 2)


def test_no_file_or_too_many_are_refused_beside_the_field(pages, tmp_path):
    school(pages)
    form = _form(tmp_path / "一小.xlsx", "演练小学1", ("A1", "阿雅"))
    for count in (0, 41):
        answer = _sent_from_the_page(pages, *[form] * count)
        assert (answer.status_code, "请选择 1 到 40 个文件" in answer.text) == (422, True)


def test_what_was_looked_at_is_known_to_its_sender_alone_and_for_its_unit(pages, tmp_path):
    school(pages)
    shown = _sent_from_the_page(pages, _form(tmp_path / "一小.xlsx", "演练小学1", ("A1", "阿雅")))
    job = re.findall(r'name="job" value="([^"]+)"', shown.text)[0]
    assert pages.browser("dora").get(f"{MANY}/{job}").status_code == 200
    assert pages.browser("dora").get(f"{MANY.replace('3501', '3501-X1')}/{job}").status_code == 404
    assert pages.browser("root").get(f"{MANY}/{job}").status_code == 404
    assert _pressed(pages, shown, who="root").status_code == 404
