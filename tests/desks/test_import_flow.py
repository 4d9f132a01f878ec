"""The one import machine: how a file is read can be changed and is remembered; what would change is shown; twice is once."""

from __future__ import annotations

import re

from campmgr.files.read_table import open_table
from tests.kit.called import unit_called
from tests.kit.desk_story import DESK, UNIT, post, school
from tests.kit.made_files import make_book
from tests.kit.office import import_csv, rows, see, send
from tests.kit.pages import OWN

ODD = "工号码,同学,电话号\nN1,阿雅,13800138000\n"


def _hidden(text: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with this action."""
    form = next(one for one in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'action="{action}"' in one)
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def _look(pages, data: str | bytes, kind: str = "people", name: str = "名单.csv", **more: str):
    file = (data.encode() if isinstance(data, str) else data, name)
    return send(pages, f"{DESK}/import/preview", "dora", kind=kind, file=file, **more)


def _again(pages, shown, **chosen: str):
    sent = _hidden(shown.text, f"{DESK}/import/preview") | chosen
    return post(pages, f"{DESK}/import/preview", **sent)


def _commit(pages, shown):
    return post(pages, f"{DESK}/import/commit", **_hidden(shown.text, f"{DESK}/import/commit"))


def _names(pages) -> list[tuple[str, str, str]]:
    with pages.store.reading() as r:
        return r.all("select number, name, phone from people where home = :unit order by number", unit=unit_called(r, UNIT))


def test_unknown_headings_are_mapped_by_hand_and_remembered(pages):
    school(pages)
    shown = _look(pages, ODD)
    assert (shown.status_code, "缺少这些列：姓名" in shown.text, "阿雅" in shown.text) == (422, True, True)
    columns = {"col-number": "#1", "col-name": "#2", "col-phone": "#3"}
    shown = _again(pages, shown, **columns)
    assert "导入 1 行" in shown.text
    assert _commit(pages, shown).status_code == 303
    assert _names(pages) == [("N1", "阿雅", "13800138000")]
    later = _look(pages, ODD.replace("N1,阿雅", "N2,巴迪"))
    assert (later.status_code, "导入 1 行" in later.text) == (200, True)
    with pages.store.reading() as r:
        kept = r.all("select unit, field, heading from local_mappings order by field")
    assert kept == [(pages.unit(UNIT), *each) for each in (("name", "同学"), ("number", "工号码"), ("phone", "电话号"))]


def test_what_came_of_a_file_says_which_rows_were_left_out_and_why_and_gives_them_to_be_corrected(pages):
    school(pages)
    shown = _look(pages, "姓名,班级,手机号\n阿雅,一班,13800138000\n巴迪,一班,13800138001\n阿雅,一班,13800138000\n丙,一班,12\n")
    answer = _commit(pages, shown)
    text = see(pages, answer.location, "dora")
    assert "与第 2 行的姓名、班级、手机号都相同，是同一人，只导入一次" in text
    assert "手机号" in text.partition("请留意")[2]
    assert 'aria-label="本单位的工作"' in text
    (way,) = re.findall(r'href="([^"]+/left-out)"', text)
    book = pages.browser("dora").get(way).data
    assert book[:2] == b"PK"
    assert pages.browser("jiao").get(way).status_code == 404  # it is kept for whoever imported it


def test_two_of_one_name_in_one_class_without_a_telephone_are_told_how_to_be_told_apart(pages):
    school(pages)
    shown = _look(pages, "姓名,班级\n阿雅,一班\n阿雅,一班\n")
    assert "与第 2 行的姓名、班级相同；不是同一人的话，请加上编号或手机号加以区分" in shown.text


def test_a_column_that_was_mistaken_is_not_mistaken_again(pages):
    school(pages)
    sheet = "编号,姓名,班级\nN1,阿雅,不是班级\n"
    shown = _look(pages, sheet)
    shown = _again(pages, shown, **{"col-number": "#1", "col-name": "#2", "col-class_name": ""})
    assert _commit(pages, shown).status_code == 303
    assert _commit(pages, _look(pages, sheet.replace("N1,阿雅", "N2,巴迪"))).status_code == 303
    with pages.store.reading() as r:
        assert r.all("select distinct class_name from people") == [("",)]


def test_another_encoding_is_chosen_and_columns_of_the_old_reading_are_forgotten(pages):
    school(pages)
    shown = _look(pages, "編號,姓名,手機號\nN1,陳雅,13800138000\n".encode("big5"))
    assert "陳雅" not in shown.text
    shown = _again(pages, shown, encoding="big5", **{"col-name": "#3"})
    assert "陳雅" in shown.text
    assert _commit(pages, shown).status_code == 303
    assert [name for _, name, _ in _names(pages)] == ["陳雅"]


def test_the_fitting_sheet_is_taken_and_another_can_be_chosen(pages, tmp_path):
    school(pages)
    path = make_book(tmp_path / "b.xlsx", {"说明": [["请看后面"]], "一班": [["编号", "姓名"], ["N1", "阿雅"]],
                                           "二班": [["编号", "姓名"], ["N2", "巴迪"]]})  # fmt: skip
    shown = _look(pages, path.read_bytes(), name="b.xlsx")
    assert ("“一班”" in shown.text, "阿雅" in shown.text) == (True, True)
    shown = _again(pages, shown, sheet="二班")
    assert _commit(pages, shown).status_code == 303
    assert [name for _, name, _ in _names(pages)] == ["巴迪"]


def test_what_would_change_is_shown_from_old_to_new(pages):
    school(pages)
    _commit(pages, _look(pages, "编号,姓名,班级\nN1,阿雅,三年1班\n"))
    shown = _look(pages, "编号,姓名,班级\nN1,阿雅,三年2班\nN2,巴迪,\n")
    assert re.search(r"班级 <del>三年1班</del> → <ins>三年2班</ins>", shown.text)
    assert "N2 巴迪" in shown.text


def test_lessons_and_units_show_what_changes_too(pages):
    import_csv(pages, "lessons", "编号,名称,课时\nV1,用电,1\n")
    shown, _ = import_csv(pages, "lessons", "编号,名称,课时\nV1,用电安全,0.5\n")
    assert ("<del>1.00</del> → <ins>0.50</ins>" in shown.text, "<ins>用电安全</ins>" in shown.text) == (True, True)
    shown, _ = import_csv(pages, "units", "代码,名称,应参与人数\n3501-X1,演练小学1,300\n")
    assert "<del>（空）</del> → <ins>300</ins>" in shown.text


def test_pressed_twice_it_is_imported_once_with_the_same_receipt(pages):
    school(pages)
    shown = _look(pages, "编号,姓名\nN1,阿雅\n")
    first, second = _commit(pages, shown), _commit(pages, shown)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    with pages.store.reading() as r:
        assert r.value("select count(*) from imports") == 1


def test_everything_wrong_with_a_row_is_told_at_once(pages):
    school(pages)
    shown = _look(pages, "编号,姓名,参与者类别\n1.38E+10,阿雅,火星人\n")
    told = " ".join(" ".join(row) for row in rows(shown.text))
    assert all(words in told for words in ("科学计数法", "火星人"))


def test_rejects_corrected_in_the_workbook_are_imported(pages, tmp_path):
    school(pages)
    shown = _look(pages, "编号,姓名,参与者类别\nN1,阿雅,火星人\nN2,巴迪,学校师生\n")
    answer = post(pages, f"{DESK}/import/rejects", **_hidden(shown.text, f"{DESK}/import/rejects"))
    path = tmp_path / "r.xlsx"
    path.write_bytes(answer.data)
    book = [cells for _, cells in open_table(path, max_bytes=10**6).rows()]
    assert book[1][0] == "N1"
    book[1][2] = "学校师生"
    fixed = make_book(tmp_path / "fixed.xlsx", {"未导入的行": book})
    assert _commit(pages, shown).status_code == 303
    assert _commit(pages, _look(pages, fixed.read_bytes(), name="fixed.xlsx")).status_code == 303
    assert [name for _, name, _ in _names(pages)] == ["阿雅", "巴迪"]


def test_a_preview_that_takes_long_is_found_again(pages):
    school(pages)
    pages.app.extensions["campmgr"].settings = _impatient(pages)
    answer = _look(pages, "编号,姓名\nN1,阿雅\n")
    if answer.status_code == 303:  # it may be quick enough all the same
        job = pages.app.extensions["campmgr"].jobs.job(pages.accounts["dora"].account, answer.location.rpartition("/")[2])
        assert job.over.wait(60)
        text = see(pages, job.address, "dora")
        assert "导入 1 行" in text
        assert pages.browser("jiao").get(job.address, headers=OWN).status_code == 404


def _impatient(pages):
    settings = pages.app.extensions["campmgr"].settings
    return type(settings)(settings.data_path, settings.setup_token, settings.cost, patience=0)


def test_private_characters_are_flagged_and_taken(pages):
    school(pages)
    shown = _look(pages, "编号,姓名\nN1,王\ue123\n")
    assert ("造字" in shown.text, "导入 1 行" in shown.text) == (True, True)


def test_of_people_with_one_name_the_candidates_are_named(pages):
    school(pages)
    _commit(pages, _look(pages, "编号,姓名,班级\nN1,阿雅,三年1班\nN2,阿雅,三年2班\n"))
    shown = _look(pages, "姓名,课程编号,分钟,日期\n阿雅,V1,60,2023-06-05\n", kind="marks")
    assert "“阿雅”对应 2 人（三年1班 编号 N1；三年2班 编号 N2）" in shown.text


def test_nonsense_in_the_form_is_never_a_fault(pages):
    school(pages)
    wrong: tuple[dict[str, str], ...] = (
        {"sheet": "没有", "was": ""}, {"encoding": "klingon"}, {"heading_row": "９"}, {"heading_row": "-1"},
        {"heading_row": "9" * 400}, {"col-number": "#9999"}, {"col-name": "#99999999999"}, {"col-name": "🙂"}, {"was": "x"},
        {"read_at": "gestern"}, {"name": "𠮷" * 999},
    )  # fmt: skip
    for place, nonsense in enumerate(wrong):
        shown = _look(pages, f"编号,姓名\nN{place},阿雅\n")
        assert _again(pages, shown, **nonsense).status_code in {200, 422}, nonsense
        sent = _hidden(shown.text, f"{DESK}/import/commit") | nonsense | {"client_id": f"{place:032x}"}
        assert post(pages, f"{DESK}/import/commit", **sent).status_code in {303, 404, 422}, nonsense
    assert {name for _, name, _ in _names(pages)} == {"阿雅"}


def test_a_batch_of_somebody_else_is_not_joined(pages):
    school(pages)
    receipt = _commit(pages, _look(pages, "编号,姓名\nN1,阿雅\n"))
    batch = receipt.location.partition("?")[0].rpartition("/")[2]
    file = (b"\xef\xbb\xbf" + "编号,姓名,单位\nF1,法里,3502\n".encode(), "f.csv")
    shown = send(pages, "/desk/units/3502/import/preview", "farid", kind="people", file=file)
    sent = _hidden(shown.text, "/desk/units/3502/import/commit") | {"client_id": batch}
    answer = post(pages, "/desk/units/3502/import/commit", "farid", **sent)
    assert pages.browser("farid").get(answer.location).status_code == 404
    with pages.store.reading() as r:
        assert r.value("select count(distinct scope) from facts where batch = :batch", batch=batch) == 1
