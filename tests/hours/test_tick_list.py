"""The list to tick: keys locked, choices offered, and nothing lost on its way through other programs and back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.files.tick_list import TickList, write_tick_list
from campmgr.areas.hours.queries.paper import listed
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.files.imports.importing import Options, import_file
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.kit.called import unit_called

UNIT = "3501-X1"
NAMES = ("阿雅", '=HYPERLINK("x")', "李𠮷", "阿卜杜热合曼·买买提江江江", "无人来")
OFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)


@pytest.fixture
def store(tmp_path):
    """A camp with a class whose 编号 begin with zeros, and two lessons."""
    store = open_camp(tmp_path / "camp.sqlite", "escape-drill-2023", CATALOGUE, FixedClock("2023-06-10T09:00"))
    with store.writing() as w:
        add_unit(w, UnitRow(UNIT, "演练小学", "3501", "学校", "教育"))
        describe_lesson(w, Lesson("001", "家庭用电安全", 100, 60, "科普视频", "家庭"))
        describe_lesson(w, Lesson("V2", "=1+1", 100, 60, "科普视频", "家庭"))
        for number, name in enumerate(NAMES):
            people.register(w, Registration(UNIT, name, f"000{number}", "三年1班"))
    yield store
    data_file.close(store)


def _written(store: Store, path: Path, what: str = "001", day: str = "2023-06-05") -> Path:
    with store.reading() as r:
        content = TickList(
            "演练小学登记表", listed(r, unit_called(r, UNIT), "", 100), tuple(lessons_of(worlds.load(r)).values()), what, day
        )
    write_tick_list(path, content)
    return path


def _ticked(path: Path) -> Path:
    """As a teacher fills it in: two ticks, one with minutes only, one away."""
    book = openpyxl.load_workbook(path)
    for row, (tick, minutes) in enumerate([("√", None), ("√", 30), (None, 45), ("请假", None)], 4):
        book.active[f"D{row}"], book.active[f"F{row}"] = tick, minutes
    book.save(path)
    return path


def _imported(store: Store, path: Path) -> tuple[list[tuple], tuple[int, ...]]:
    counts = import_file(store, "marks", path, Options(unit=UNIT)).counts
    with store.reading() as r:
        marks = r.all(
            "select p.name, m.lesson, m.day, m.minutes from marks m join people p on p.person = m.person order by p.number"
        )
    return marks, (counts.rows, counts.new, counts.unchanged, counts.rejected)


WANTED = [
    ("阿雅", "001", "2023-06-05", None),
    ('=HYPERLINK("x")', "001", "2023-06-05", 30),
    ("李𠮷", "001", "2023-06-05", 45),
]


def test_what_was_ticked_comes_in_and_every_other_row_is_accounted_for(store, tmp_path):
    assert _imported(store, _ticked(_written(store, tmp_path / "a.xlsx"))) == (WANTED, (5, 3, 2, 0))


def test_a_list_nobody_ticked_changes_nothing(store, tmp_path):
    assert _imported(store, _written(store, tmp_path / "a.xlsx")) == ([], (5, 0, 5, 0))


@pytest.mark.parametrize("sort", ["xlsx", "xls", "ods"])
def test_it_survives_another_program_and_other_formats(store, tmp_path, sort):
    if OFFICE is None:
        pytest.skip("no LibreOffice found: install libreoffice-calc")
    source = _ticked(_written(store, tmp_path / "a.xlsx"))
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = tmp_path / "back"
    command = [OFFICE, home, "--headless", "--convert-to", sort, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert _imported(store, target / f"a.{sort}") == (WANTED, (5, 3, 2, 0))


def test_keys_are_locked_as_text_and_the_rest_is_open_with_choices(store, tmp_path):
    book = openpyxl.load_workbook(_written(store, tmp_path / "a.xlsx"))
    sheet = book.active
    assert [cell.value for cell in sheet[3]] == ["参与者编号", "姓名", "班级", "到场", "课程编号", "分钟", "日期", "方式"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert [cell.protection.locked for cell in sheet[4]] == [True] * 3 + [False] * 5
    assert (sheet["A4"].number_format, len(sheet["A4"].value), sheet["E4"].value) == ("@", 16, "001")
    assert (sheet["B5"].data_type, sheet["B5"].quotePrefix) == ("s", True)
    choices = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert choices["D4:D8"] == '"√"'
    assert choices["E4:E8"] == "=课程表!$A$2:$A$3"
    assert "签到" in choices["H4:H8"]
    assert [[cell.value for cell in row] for row in book["课程表"]["A2:B3"]] == [["001", "家庭用电安全"], ["V2", "=1+1"]]
    assert sheet.freeze_panes == "A4"


def test_a_list_for_signing_in_brings_back_that(store, tmp_path):
    path = _ticked(_written(store, tmp_path / "a.xlsx", "sign_in"))
    book = openpyxl.load_workbook(path)
    for row in range(4, 9):
        book.active[f"F{row}"] = None
    book.save(path)
    assert _imported(store, path) == ([], (5, 2, 3, 0))
    with store.reading() as r:
        assert r.value("select count(*) from conditions where condition = 'sign_in'") == 2


def test_minutes_of_somebody_away_are_asked_about_and_unknown_words_too(store, tmp_path):
    book = openpyxl.load_workbook(_written(store, tmp_path / "a.xlsx"))
    book.active["D4"], book.active["F4"], book.active["D5"] = "缺", 30, "也许"
    book.save(tmp_path / "a.xlsx")
    rejects = import_file(store, "marks", tmp_path / "a.xlsx", Options(unit=UNIT)).counts.rejects
    assert [(each.row, each.reason) for each in rejects] == [(4, "conflict"), (5, "unknown_word")]


def test_the_same_content_gives_the_same_bytes(store, tmp_path):
    first, again = (_written(store, tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == again
