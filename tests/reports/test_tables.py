"""Lines by region, progress, ranking: what the pages say, that files say the same, and what a day before the camp gives."""

from __future__ import annotations

import io
import re
from html import unescape

import openpyxl
import pytest
from flask import g

from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.reports.pages.as_file import CHANGED
from campmgr.areas.units.actions.units import UnitRow, add_unit, close_unit, move_unit
from tests.kit.office import import_csv, rows, see
from tests.kit.pages import OWN

REPORTS = "/office/reports/"
EVERY = (
    "cross", "cross?by=county&of=rate", "cross?of=hours", "cross?as_of=2023-06-09", "progress", "ranking?by=school",
    "ranking?by=federation&way=rate&of=completed", "ranking?by=county&least=2",
)  # fmt: skip


def _joined(pages, unit: str, name: str, *, learns: bool = False) -> str:
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V8", "全部", 800, 60, "科普视频", ""))
        person = people.register(w, Registration(unit, name))
        if learns:
            mark(w, person, MarkRow(day="2023-06-09", lesson="V8"))
        return person


@pytest.fixture
def peopled(pages):
    """Three pupils, one of them a member of the city's federation, somebody of the city itself, one elsewhere."""
    import_csv(
        pages, "units", "代码,名称,上级代码,应参与\n3501-X1,演练小学1,3501,4\n3501-X2,演练小学2,3501,1\n3501-FL,福州市妇联,3501,2\n"
    )
    pupil = _joined(pages, "3501-X1", "甲", learns=True)
    for unit, name in (("3501-X1", "乙"), ("3501-X2", "丙"), ("3501", "丁"), ("3502", "戊"), ("3500", "己")):
        _joined(pages, unit, name)
    with pages.store.writing() as w:
        people.add_membership(w, people_by_id(w, [pupil])[pupil], "3501-FL")
    return pages


def _cells(text: str) -> list[list[str]]:
    """Every row of the table, sums too, as the page shows it."""
    if "<table" not in text:
        return []
    table = text[text.index("<table") : text.index("</table>")].replace("<tfoot>", "<tbody>").replace("</tfoot>", "</tbody>")
    return rows(table)


def _sheet(pages, path: str, who: str = "root") -> list[list[str]]:
    """Every row below the headings of a workbook, as a page would print it."""
    answer = pages.browser(who).get(path)
    assert answer.status_code == 200, answer.text
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    lines = [[_printed(cell.value, cell.number_format) for cell in row] for row in book.active.iter_rows()]
    book.close()
    first = next(at for at, row in enumerate(lines) if sum(each != "—" for each in row) > 2)
    return lines[first + 1 :]


def _printed(value: object, form: str) -> str:
    if value is None:
        return "—"
    if form == "0.0%":
        return f"{value:.1%}"
    return f"{value:.2f}" if form == "0.00" else f"{value:,}" if isinstance(value, int) else str(value)


def test_a_person_counts_once_in_each_place(peopled):
    told = {row[1]: row[2:] for row in _cells(see(peopled, f"{REPORTS}cross"))}
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', see(peopled, f"{REPORTS}cross"))[2:]
    city = dict(zip(heads, told["福州市"], strict=True))
    assert (city["应参与"], city["教育"], city["妇联"], city["合计（每人一次）"], city["条线相加与合计之差"]) == (
        "7",
        "3",
        "1",
        "4",
        "0",
    )
    assert dict(zip(heads, told["省直"], strict=True))["合计（每人一次）"] == "1"
    assert dict(zip(heads, told["合计"], strict=True))["合计（每人一次）"] == "6"


def test_a_rate_has_its_denominator_or_is_not_told(peopled):
    told = {row[1]: row for row in _cells(see(peopled, f"{REPORTS}cross?of=rate"))}
    assert told["福州市"][3:] == ["—", "—", "60.0%", "50.0%", "—", "—", "57.1%"]
    assert set(told["厦门市"][2:]) == {"—"}


def test_units_are_ranked_by_a_rate_only_from_a_least_size_on(peopled):
    def order(asked: str) -> list[tuple[str, str]]:
        return [(row[0], row[2]) for row in _cells(see(peopled, f"{REPORTS}ranking?by=school&{asked}"))]

    assert order("way=rate") == [("1", "演练小学2"), ("2", "演练小学1")]
    assert order("way=rate&least=2") == [("1", "演练小学1")]
    assert order("")[:3] == [("1", "演练小学1"), ("2", "演练小学2"), ("3", "演练小学0")]
    text = see(peopled, f"{REPORTS}ranking?by=school&way=rate&least=2")
    assert ("的）不排：1 个" in text.replace("人", ""), "算不出率的：1 个" in text) == (True, True)


def test_a_least_size_that_is_no_number_is_told(peopled):
    answer = peopled.browser("root").get(f"{REPORTS}ranking?by=school&least=三十")
    assert (answer.status_code, "只填数字" in answer.text) == (422, True)
    assert peopled.browser("root").get(f"{REPORTS}ranking?by=school&least=３０").status_code == 200


def test_the_way_and_its_days(peopled):
    assert _cells(see(peopled, f"{REPORTS}progress")) == [
        ["2023-06-10", "5", "0", "0", "0", "6", "1", "1", "0"], ["2023-06-09", "1", "1", "1", "0", "1", "1", "1", "0"]
    ]  # fmt: skip
    assert "1 · 16.7%" in see(peopled, f"{REPORTS}progress")


@pytest.mark.parametrize("who", ["root", "city"])
@pytest.mark.parametrize("path", EVERY)
def test_every_file_says_what_its_page_says(peopled, path, who):
    if who == "city":
        path = path.replace("by=federation", "by=school")
    shown = _cells(see(peopled, REPORTS + path, who))
    name, _, asked = path.partition("?")
    filed = _sheet(peopled, f"{REPORTS}{name}.xlsx?{asked}", who)
    if name == "progress":
        filed.reverse()
    assert [[cell or "—" for cell in row] for row in shown] == filed
    paper = peopled.browser(who).get(f"{REPORTS}{name}.pdf?{asked}")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize("path", ["city", "school", *EVERY, "fields", "reporting/regions"])
def test_what_a_file_tells_in_figures_can_be_reckoned_with(peopled, path):
    name, _, asked = path.partition("?")
    answer = peopled.browser("root").get(f"{REPORTS}{name}.xlsx?{asked}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    told = [cell.value for row in book.active.iter_rows() for cell in row if isinstance(cell.value, str)]
    book.close()
    codes = "35[0-9]*"  # of units, which stay texts
    assert not [each for each in told if re.fullmatch(r"[-+]?[0-9,]+(\.[0-9]+)?%?", each) and not re.fullmatch(codes, each)]


def test_a_day_before_the_camp_says_so(pages):
    for path in ("", "cross", "progress", "ranking"):
        text = see(pages, f"{REPORTS}{path}?as_of=2023-01-01")
        assert "训练营 2023-05-31 才开始" in text
        assert "2024-01-01 还没有到" in see(pages, f"{REPORTS}{path}?as_of=2024-01-01")
        answer = pages.browser("root").get(f"{REPORTS}{path}?as_of=2023-02-30")
        assert (answer.status_code, "请填日期" in answer.text) == (422, True)
    assert pages.browser("root").get(f"{REPORTS}cross.xlsx?as_of=2023-02-30").status_code == 422


def test_a_unit_that_moves_takes_its_number_along_with_its_people(peopled):
    def joined_of(asked: str) -> dict[str, list[str]]:
        return {row[1]: row[2:] for row in _cells(see(peopled, f"{REPORTS}cross?{asked}"))}

    before = joined_of("")
    peopled.clock.move(days=3)
    with peopled.store.writing() as w:
        move_unit(w, "3501-X1", "3502")
    now, then = joined_of(""), joined_of("as_of=2023-06-11")
    assert (then["福州市"], then["厦门市"]) == (before["福州市"], before["厦门市"])
    assert (now["福州市"][0], now["厦门市"][0]) == ("3", "4")
    assert (now["福州市"][-2], now["厦门市"][-2]) == ("2", "3")
    assert {row[1]: row[3:] for row in _cells(see(peopled, f"{REPORTS}cross?as_of=2023-06-11&of=rate"))}["福州市"][-1] == "57.1%"
    assert "演练小学1" not in see(peopled, f"{REPORTS}ranking?by=school", "city")


def test_more_rows_ask_no_more(peopled):
    def queries(path: str) -> int:
        browser = peopled.browser("root")
        browser.get(path)
        with browser:
            assert browser.get(path).status_code == 200
            return g.queries

    paths = [f"{REPORTS}{each}" for each in ("cross", "progress", "ranking?by=school", "reporting/")]
    few = [queries(path) for path in paths]
    with peopled.store.writing() as w:
        for number in range(300):
            add_unit(w, UnitRow(f"3501-M{number}", f"更多{number}", "3501", "学校", "教育"))
    many = [queries(path) for path in paths]
    assert many[:3] == few[:3]
    assert many[3] <= few[3] + 1  # the units are asked for in runs of 400, and there are that many now
    assert max(many) <= 8


def test_who_has_not_reported_is_named_with_a_text_for_each_group(peopled):
    text = see(peopled, f"{REPORTS}reporting/")
    told = {row[0]: row for row in _cells(text)}
    assert "演练小学0" in text
    assert re.search(r"【.*】福州市，截至 2023-06-10：\n还没有人参加的单位 \d+ 个", text)
    assert int(told["福州市"][1]) == int(told["福州市"][2]) + int(told["福州市"][3])
    assert _sheet(peopled, f"{REPORTS}reporting/regions.xlsx") == _cells(text)
    assert "厦门" not in see(peopled, f"{REPORTS}reporting/", "city").split("<main")[1]
    assert peopled.browser("dora").get(f"{REPORTS}reporting/", headers=OWN).status_code == 403


def _links(text: str) -> list[str]:
    """The files that a page offers."""
    return [unescape(each) for each in re.findall(r'href="([^"]+\.(?:xlsx|pdf)[^"]*)"', text)]


@pytest.mark.parametrize("asked", ["?by=school", "cross?by=county", "ranking?by=school", "fields", "progress", "reporting/"])
def test_a_file_says_where_it_is_another_than_the_page_that_was_open(peopled, asked):
    files = [each for each in _links(see(peopled, REPORTS + asked)) if "xlsx" in each]

    def told() -> list[str]:
        books = [openpyxl.load_workbook(io.BytesIO(peopled.browser("root").get(each).data)) for each in files]
        return ["\n".join(str(cell) for row in book.active.values for cell in row if cell) for book in books]

    before = told()
    assert before
    assert not [each for each in before if CHANGED in each]
    with peopled.store.writing() as w:  # another office goes on meanwhile: a unit moves, somebody comes
        move_unit(w, "3501-X1", "3502")
        move_unit(w, "3501-X2", "350102")
    if asked == "cross?by=county":  # that moves numbers from row to row
        assert all(CHANGED in each for each in told())
    _joined(peopled, "3501-X2", "庚", learns=True)
    assert all(CHANGED in each for each in told())


def test_a_table_that_changed_while_somebody_turns_its_pages_says_so(peopled):
    first = f"{REPORTS}?by=school"
    import_csv(
        peopled, "units", "代码,名称,上级代码,类别\n" + "".join(f"3501-Y{at},练习小学{at:03},3501,学校\n" for at in range(100))
    )
    second = unescape(re.findall(r'rel="next" href="([^"]+)"', see(peopled, first))[0])
    assert "翻页的时候" not in see(peopled, second)
    with peopled.store.writing() as w:
        close_unit(w, "3501-Y7")
        move_unit(w, "3501-Y8", "3502")
    assert "翻页的时候" not in see(peopled, second), "no number, no name, no order is another"
    _joined(peopled, "3501-Y9", "辛")
    assert "翻页的时候" in see(peopled, second)
