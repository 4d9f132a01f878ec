"""Spreadsheets by the hundred, made at random and from other projects' source archives: python -m tests.acceptance.sweep [--made].

Each is read as every kind of import reads it: no traceback, no hang, and nothing that stands in a cell comes in as a blank.
"""

from __future__ import annotations

import faulthandler
import random
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from campmgr.errors import BadInput
from campmgr.files.imports.choices import NOTHING_CHOSEN
from campmgr.files.imports.columns import data_rows
from campmgr.files.imports.looking import look, open_chosen
from campmgr.files.read_table import is_blank, open_tables
from tests.kit.made_files import LAYOUTS, write_csv
from tests.kit.sent_books import Broken, Formula, SentSheet, Shown, send

MADE = 520
SOURCES = {"odfpy==1.4.1": (4, 5), "openpyxl==3.1.5": (0, 0), "python-calamine": None}
"""Whose source archives are looked through, and how many spreadsheets and rows there are; None where that is not known, since pip
fetches an archive only where it can build it.
"""

MOST = 50_000_000
Rows = Mapping[str, Mapping[int, Sequence[Any]]]
_SECONDS = 120
_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_WORDS = ["王一", "合计", "填表人：赵老师", "", " ", "-", "无", "2023-06-10 19:00-20:30", "点击查看", "https://example.org/1", "45分钟", "0.5小时",
         "#N/A",
          "001", "='001", "3-1", "锟斤拷", "王一、李二", "13800000011", "0591-8765432", "是", "√", "S1", "V1", "签到", "1.2万",
          "姓名"]  # fmt: skip


def main(words: list[str]) -> int:
    """Sweep; 0 when nothing was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        made = [(path, path.suffix == ".xlsx") for path in made_books(Path(folder))]
        wrong = [fault for path, compared in made for fault in faults(path, compared=compared)]
        _say(f"made: {len(made)} read, {len(wrong)} wrong")
        assert len(made) == MADE
        if "--made" not in words:
            for name, held in SOURCES.items():
                found = list(archive_books(Path(folder), name))
                told = [fault for path in found for fault in faults(path, compared=False)]
                rows = sum(_rows_in(path) for path in found)
                _say(f"{name}: {len(found)} with {rows} rows read, {len(told)} wrong")
                assert held is None or held == (len(found), rows), held
                wrong += told
    for fault in wrong[:30]:
        _say(fault)
    return 1 if wrong else 0


def made_books(folder: Path) -> Iterator[Path]:
    """Workbooks of odd cells under the headings of every kind, at any place."""
    for seed in range(MADE):
        dice = random.Random(seed)
        suffix = (".xlsx", ".xls", ".ods", ".csv")[seed % 4]
        layout = dice.choice(list(LAYOUTS.values()))
        columns = dice.sample(layout.columns, dice.randint(1, len(layout.columns)))
        heads: list[Any] = [dice.choice(["", "（必填）", "*"]).join([each.heading, ""]) for each in columns]
        rows = [[_cell(dice, suffix) for _ in range(len(heads) + 1)] for _ in range(dice.randint(0, 9))]
        table: list[list[Any]] = [*[["某校名单", "填报单位：第一小学"]] * dice.randint(0, 2), heads, *rows]
        path = folder / f"made-{seed}{suffix}"
        if suffix == ".csv":
            yield write_csv(path, table, dice.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), dice.choice(",;\t"))
        else:
            hidden = dice.sample(range(len(table)), dice.randint(0, 1))
            yield send(
                path,
                SentSheet(table, dice.randint(0, 4), dice.choice([0, 1, 5, 26]), (), hidden, dice.sample([0], dice.randint(0, 1))),
            )


def _cell(dice: random.Random, suffix: str) -> Any:
    odd = [Broken("#N/A"), Formula("1+1"), Shown(7, "000", "007"), date(2023, 3, 1)] if suffix != ".csv" else []
    return dice.choice([*_WORDS, *odd, 45, 0.5, 20230610, 350102, -3, 10**11, None])


def archive_books(folder: Path, name: str) -> Iterator[Path]:
    """The spreadsheets in a project's source archive, fetched by pip; none where it cannot be had as source here."""
    into = folder / name
    fetched = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", name.partition("==")[0], "-d", str(into), name],
         capture_output=True, check=False
    )  # fmt: skip
    if fetched.returncode:
        _say(f"{name}: no source archive could be fetched")
    for archive in into.glob("*.tar.gz"):
        with tarfile.open(archive) as tar:
            for member in tar.getmembers():
                if member.isfile() and member.name.lower().endswith(_SUFFIXES):
                    content = tar.extractfile(member)
                    path = into / f"{len(list(into.iterdir()))}-{Path(member.name).name}"
                    path.write_bytes(content.read() if content else b"")
                    yield path


def faults(path: Path, *, compared: bool) -> list[str]:
    """What is wrong with how a file is read; `compared`: with what another reader finds in its cells."""
    found: list[str] = []
    faulthandler.dump_traceback_later(_SECONDS, exit=True)
    try:
        for layout in LAYOUTS.values():
            look(path, layout, LAYOUTS.values(), NOTHING_CHOSEN, MOST)
            for part in open_chosen(path, layout, LAYOUTS.values(), NOTHING_CHOSEN, MOST)[1].parts:
                list(data_rows(part.table, part.columns))
        if compared:
            found = silent_blanks(path, our_rows(path))
    except BadInput as problem:
        if not problem.sentence.endswith("。"):
            found = [f"{path.name}: no sentence: {problem.sentence}"]
    except Exception as problem:  # noqa: BLE001 a traceback is what is looked for
        found = [f"{path.name}: {type(problem).__name__}: {problem}"]
    finally:
        faulthandler.cancel_dump_traceback_later()
    return found


def our_rows(path: Path) -> Rows:
    """Sheet -> row -> cells, as our own reading has them."""
    return {table.sheet: dict(table.rows()) for table in open_tables(path, max_bytes=MOST)[1]}


def _rows_in(path: Path) -> int:
    """How many rows are read of a file; 0 of one that is refused with a sentence."""
    try:
        return sum(len(rows) for rows in our_rows(path).values())
    except BadInput:
        return 0


def silent_blanks(path: Path, ours: Rows) -> list[str]:
    """Cells in which another reader finds something, and ours nothing."""
    wrong = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                told = cell.value
                if (
                    told is None
                    or (isinstance(told, str) and is_blank(told))
                    or not isinstance(told, str | int | float | datetime | date)
                ):
                    continue
                cells = ours.get(sheet.title, {}).get(cell.row, [])
                if cell.column > len(cells) or is_blank(cells[cell.column - 1]):
                    wrong.append(f"{path.name}: {sheet.title}!{cell.coordinate} holds {told!r} and comes in blank")
    return wrong


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
