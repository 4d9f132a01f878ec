"""Score sheets that come back: from the workbook, from what the page saved, through other programs; every row accounted for."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from campmgr.areas.judging.files.score_sheet import write_score_sheet
from campmgr.areas.judging.queries.forms import JudgeForm, form_of
from campmgr.areas.judging.queries.receipts import receipt_of
from campmgr.areas.judging.queries.scores import own_marks
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.files.imports.choices import Choices
from campmgr.files.imports.importing import FileImported, Options, import_file
from campmgr.files.imports.looking import look, open_chosen
from campmgr.files.imports.rejects import save_rejects
from campmgr.files.imports.sealed_sheet import MAGIC
from campmgr.files.imports.sheets import sheets_of
from campmgr.ledger.hpke import close_for, new_sealing_key
from tests.judging.stage import Contest

NAMES = ("科学性", "故事性", "创新性", "艺术性", "传播性", "趣味性")
FIRST = 5
"""The row of the first work: below title, head line, how-to, headings."""


@pytest.fixture
def panel(contest) -> Contest:
    """Four works, three judges, each work judged by all; six criteria, steps of a half."""
    for title, unit in zip("ABCD", ("3502", "3503", "3504", "3505"), strict=True):
        contest.has_work(title, unit)
    for name in ("甲", "乙"):
        contest.has_judge(name, "3507")
    contest.sets()
    contest.assigns(per_work=2)
    return contest


def form(panel: Contest, judge: str = "甲", name: str = "初评") -> JudgeForm:
    def ask(r):
        world = worlds.load(r)
        return form_of(r, world, panel.activity_in(world), panel.line(name), panel.judges[judge])

    found: JudgeForm = panel.node.see(ask)
    return found


def sheet(panel: Contest, path: Path, rows: dict[str, tuple], judge: str = "甲") -> Path:
    """The judge's workbook with marks (six), what stands in 回避, a note, by title."""
    write_score_sheet(path, form(panel, judge).form)
    book = openpyxl.load_workbook(path)
    for line in book.active.iter_rows(min_row=FIRST):
        for cell, value in zip(line[3:], rows.get(line[2].value, ()), strict=False):
            if value != "":
                cell.value = value
    book.save(path)
    return path


def back(panel: Contest, path: Path, **options) -> FileImported:
    return import_file(panel.node.store, "scores", path, Options(activity="sp", **options))


def converted(path: Path, ending: str) -> Path:
    """What another office program makes of a workbook."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice")
    out = path.parent / ending
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    told = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}.get(ending, ending)
    subprocess.run([program, profile, "--headless", "--convert-to", told, "--outdir", str(out), str(path)], check=True, timeout=120,
                   capture_output=True)  # fmt: skip
    return out / f"{path.stem}.{ending}"


def counts(result: FileImported) -> tuple[int, int, int, int]:
    found = result.counts
    return found.new, found.changed, found.unchanged, found.rejected


def given(panel: Contest, judge: str = "甲") -> dict[str, tuple[str, list[int], str]]:
    marks = panel.node.see(own_marks, panel.activity, panel.line(), panel.judges[judge])
    return {
        panel.title(entry): (each.state, [each.marks[name] for name in NAMES if each.marks], each.note)
        for entry, each in marks.items()
    }


GOOD = {
    "A": (9, 8, 7, 8, 6, 10),
    "B": (9.5, 8.5, 7.5, 8, 6, 10, "", "节奏好"),
    "C": ("",) * 6 + ("弃权",),
    "D": ("",) * 6 + ("回避", "同事"),
}
RIGHT = {
    "A": ("scored", [900, 800, 700, 800, 600, 1000], ""),
    "B": ("scored", [950, 850, 750, 800, 600, 1000], "节奏好"),
    "C": ("abstained", [], ""),
}


def test_a_sheet_comes_back_whole(panel, tmp_path):
    path = sheet(panel, tmp_path / "甲.xlsx", GOOD)
    tried = back(panel, path, dry_run=True)
    assert (counts(tried), given(panel)) == ((4, 0, 0, 0), {})
    result = back(panel, path)
    assert (counts(result), given(panel)) == ((4, 0, 0, 0), RIGHT)
    assert counts(back(panel, path)) == (0, 0, 4, 0)
    told = panel.node.see(receipt_of, result.sha256)
    assert (told.works, told.rejected, told.sha256) == (4, 0, result.sha256)


def test_a_receipt_needs_the_whole_sum(panel, tmp_path):
    result = back(panel, sheet(panel, tmp_path / "甲.xlsx", GOOD))
    with pytest.raises(NotFound):
        panel.node.see(receipt_of, result.sha256[:20])


@pytest.mark.parametrize("ending", ["ods", "xlsx", "xls", "csv"])
def test_through_libreoffice_nothing_is_lost(panel, tmp_path, ending):
    path = converted(sheet(panel, tmp_path / "甲.xlsx", GOOD), ending)
    assert (counts(back(panel, path)), given(panel)) == ((4, 0, 0, 0), RIGHT)


def test_rows_in_another_order_are_known_by_their_numbers(panel, tmp_path):
    path = sheet(panel, tmp_path / "甲.xlsx", GOOD)
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in line] for line in book.active.iter_rows(min_row=FIRST)]
    for line, values in zip(book.active.iter_rows(min_row=FIRST), sorted(rows, key=lambda row: str(row[1])), strict=True):
        for cell, value in zip(line, values, strict=True):
            cell.value = value
    book.save(path)
    assert (counts(back(panel, path)), given(panel)) == ((4, 0, 0, 0), RIGHT)


def test_wrong_marks_are_rejected_and_the_others_taken(panel, tmp_path):
    wrong = {"A": (11, 8, 7, 8, 6, 10), "B": (9, -1, 7, 8, 6, 10), "C": (9, 8, 8.25, 8, 6, 10), "D": ("九分", 8, 7, 8, 6, 10)}
    result = back(panel, sheet(panel, tmp_path / "甲.xlsx", wrong))
    assert counts(result) == (0, 0, 0, 4)
    told = [(each.column, each.value) for each in result.counts.rejects]
    assert sorted(told) == [("创新性", ""), ("故事性", ""), ("科学性", ""), ("科学性", "")]
    said = "".join(each.sentence for each in result.counts.rejects)
    assert not [typed for typed in ("11", "-1", "8.25", "九分") if typed in said], "what stands there is said to nobody"
    assert "0 到 10，每档 0.5 分" in said
    layout = sheets_of(CATALOGUE)["scores"].layout
    _, parts = open_chosen(tmp_path / "甲.xlsx", layout, [layout], Choices(), 1_000_000)
    save_rejects(tmp_path / "再填.xlsx", layout, parts, result.counts.rejects)
    rows = list(openpyxl.load_workbook(tmp_path / "再填.xlsx").active.values)
    held = {cell for row in rows[1:] for cell, heading in zip(row, rows[0], strict=True) if heading in NAMES and cell}
    assert held == {"见原表"}, "the marks of a round that is closed are repeated nowhere"
    mixed = {"A": GOOD["A"], "B": (9, "", 7, 8, 6, 10), "C": GOOD["A"]}
    assert counts(back(panel, sheet(panel, tmp_path / "乙.xlsx", mixed))) == (2, 0, 0, 2)
    assert set(given(panel)) == {"A", "C"}


def test_a_number_that_does_not_fit_its_check_is_rejected(panel, tmp_path):
    path = sheet(panel, tmp_path / "甲.xlsx", {"A": GOOD["A"]})
    book = openpyxl.load_workbook(path)
    one = next(line for line in book.active.iter_rows(min_row=FIRST) if line[2].value == "A")
    one[1].value = str(one[1].value)[:-1] + "?"
    book.save(path)
    assert (counts(back(panel, path))[0], given(panel)) == (0, {})


def test_a_correction_keeps_both_while_the_round_is_closed(panel, tmp_path):
    back(panel, sheet(panel, tmp_path / "甲.xlsx", GOOD))
    result = back(panel, sheet(panel, tmp_path / "甲2.xlsx", GOOD | {"A": (10, 8, 7, 8, 6, 10)}))
    assert (counts(result), given(panel)["A"][1][0]) == ((0, 1, 2, 0), 1000)
    assert "10" not in str(result.counts.differences), "what was marked is said to nobody"


def test_another_judges_sheet_is_refused_whole(panel, tmp_path):
    path = sheet(panel, tmp_path / "乙.xlsx", GOOD, judge="乙")
    with pytest.raises(Refused, match="另一位评委"):
        back(panel, path, said={"judge": panel.judges["甲"]})
    with pytest.raises(Refused, match="另一轮"):
        back(panel, path, said={"round": "复评"})
    assert counts(back(panel, path, said={"judge": panel.judges["乙"], "round": "初评"})) == (4, 0, 0, 0)
    assert (given(panel), set(given(panel, "乙"))) == ({}, {"A", "B", "C"})


def test_a_sheet_of_nothing_known_is_refused_whole(panel, tmp_path):
    path = sheet(panel, tmp_path / "甲.xlsx", GOOD)
    book = openpyxl.load_workbook(path)
    book.active["A2"].value = "轮次：初评　　表号：0123456789ABCDEF"
    book.save(path)
    with pytest.raises(Refused, match="不是这次活动现在的评分表"):
        back(panel, path)
    book.active["A2"].value = "轮次：初评"
    book.save(path)
    with pytest.raises(Refused, match="没有表号"):
        back(panel, path)


def test_a_recused_judge_cannot_mark_and_a_late_sheet_is_late(panel, tmp_path):
    path = sheet(panel, tmp_path / "甲.xlsx", GOOD)
    back(panel, path)
    again = sheet(panel, tmp_path / "甲2.xlsx", {})
    with pytest.raises(KeyError):
        _ = given(panel)["D"]
    book = openpyxl.load_workbook(again)
    assert "D" not in [line[2].value for line in book.active.iter_rows(min_row=FIRST)]
    marked = sheet(panel, tmp_path / "乙.xlsx", GOOD, judge="乙")
    back(panel, marked)
    panel.opened()
    with pytest.raises(Refused, match="这一轮已经开启") as late:
        back(panel, sheet(panel, tmp_path / "乙2.xlsx", GOOD | {"A": (1,) * 6}, judge="乙"))
    assert "更正" in late.value.hint


def test_a_sealed_sheet_is_taken_in_where_it_was_sealed_for_and_as_nothing_else(panel, tmp_path):
    plain = sheet(panel, tmp_path / "甲.xlsx", GOOD)
    one = form(panel).form
    closed = sealed(tmp_path / "甲.sealed", plain.read_bytes(), one.sealed_for)
    assert b"8.5" not in closed.read_bytes()
    with pytest.raises(BadInput, match="不能当别的表格打开"):
        import_file(panel.node.store, "units", closed, Options(dry_run=True))
    assert (counts(back(panel, closed)), given(panel)) == ((4, 0, 0, 0), RIGHT)
    told = panel.node.see(receipt_of, hashlib.sha256(closed.read_bytes()).hexdigest())
    assert told.works == 4, "the receipt names the file that the judge handed in"
    assert counts(back(panel, plain)) == (0, 0, 4, 0)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text, other: text.replace(text.split("\n")[1], other), "另一份数据文件"),
        (lambda text, _: text[:-9] + ("0" if text[-9] != "0" else "1") + text[-8:], "已损坏"),
        (lambda text, _: text[: len(text) // 2], "已损坏"),
        (lambda text, _: text.split("\n")[0], "已损坏"),
        (lambda text, _: text + "more", "已损坏"),
    ],
)
def test_a_sealed_sheet_of_another_or_damaged_is_refused_whole(panel, tmp_path, spoil, told):
    closed = sealed(tmp_path / "甲.sealed", sheet(panel, tmp_path / "甲.xlsx", GOOD).read_bytes(), form(panel).form.sealed_for)
    closed.write_text(spoil(closed.read_text("ascii"), new_sealing_key().public), "ascii")
    with pytest.raises((BadInput, Refused), match=told):
        back(panel, closed)
    assert given(panel) == {}


@pytest.mark.parametrize(
    "choices",
    [
        Choices(columns={"title": "科学性"}),
        Choices(columns={"number": "科学性"}),
        Choices(columns={"note": "D"}),
        Choices(heading_row=6),
    ],
)
def test_no_way_of_reading_a_sheet_shows_its_marks(panel, tmp_path, choices):
    path = sheet(panel, tmp_path / "甲.xlsx", {"A": (3.5,) * 6, "B": (3.5,) * 6})
    layout = sheets_of(CATALOGUE)["scores"].layout
    seen = look(path, layout, [layout], choices, 1_000_000)
    result = back(panel, path, dry_run=True, choices=choices)
    assert "3.5" not in f"{seen}{result.counts}"
    assert counts(result) == (2, 0, 0, 2)


def test_a_mark_in_the_wrong_column_is_not_repeated(panel, tmp_path):
    result = back(panel, sheet(panel, tmp_path / "甲.xlsx", {"A": (9, 8, 7, 8, 6, 10, "3.5")}))
    told = next(each for each in result.counts.rejects if each.column == "aside")
    assert "3.5" not in f"{told}"


def sealed(path: Path, content: bytes, to: str) -> Path:
    """What the page of a judge makes of a file (the page itself is tried in a browser)."""
    path.write_text(f"{MAGIC}\n{to}\n{close_for(to, content, MAGIC).hex()}\n", "ascii")
    return path
