"""The command line as its users call it: words in, exit code, standard output and standard error out."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from campmgr.app.commands import main
from campmgr.areas.whole import CATALOGUE
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.checking import state_hash
from campmgr.store.door import Store

REPOSITORY = Path(__file__).parents[2]
START = [sys.executable, "-c", "from campmgr.app.commands import main; main()"]
HAN = re.compile("[\u4e00-\u9fff]")

UNITS: list[list[Any]] = [["代码", "名称", "上级代码", "类别", "条线", "应参与人数"], ["S1", "第一小学", "350102", "学校", "教育", 45],
         ["S2", "第二小学", "350103", "学校", "教育", 30], ["F1", "鼓楼妇联", "3501-FL", "妇联", "妇联", None]]  # fmt: skip
LESSONS: list[list[Any]] = [["编号", "名称", "课时", "时长", "领域", "重播自"], ["V1", "家庭用电安全", 1, 60, "家庭", None],
           ["V8", "全部课程合集", 8, 480, None, None]]  # fmt: skip
PEOPLE: list[list[Any]] = [
    ["编号", "姓名", "单位代码", "班级"],
    ["001", "张三", "S1", "三班"],
    ["002", "李四", "S1", "三班"],
    ["003", "王五", "S2", None],
]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The failure under --json, whose sentence also stands on standard error, without a word of Python."""
        problem: dict[str, str] = self.data["error"]
        assert set(problem) == {"reason", "sentence", "hint"}
        assert problem["sentence"] in self.err
        assert HAN.search(problem["sentence"])
        assert "Traceback" not in self.out + self.err
        return problem


@dataclass(frozen=True, slots=True)
class Program:
    """The program on one data file."""

    path: Path
    capture: Any
    plan: Catalogue | None = None

    def __call__(self, *words: object) -> Ran:
        """Run a command on this data file."""
        self.capture.readouterr()
        os.environ["CAMPMGR_DB"] = str(self.path)
        code = 0
        try:
            main([str(word) for word in words], self.plan)
        except SystemExit as done:
            code = int(done.code or 0)
        told = self.capture.readouterr()
        return Ran(code, told.out, told.err)

    def json(self, *words: object) -> Any:
        """What a command that works prints under --json."""
        ran = self(*words, "--json")
        assert ran.code == 0, ran.out + ran.err
        return ran.data

    def fails(self, code: int, reason: str, *words: object) -> dict[str, str]:
        """The failure of a command that must not work."""
        ran = self(*words, "--json")
        assert (ran.code, ran.error["reason"]) == (code, reason), ran.out + ran.err
        return ran.error

    def state(self) -> tuple[int, str]:
        """How many facts there are, and the hash over all tables."""
        store = Store(self.path, CATALOGUE)
        try:
            with store.reading() as r:
                return int(r.value("select count(*) from facts")), state_hash(r)
        finally:
            store.close()


def started(path: Path, *words: object, env: dict[str, str] | None = None, **more: Any) -> subprocess.Popen[bytes]:
    """The program in a process of its own."""
    told = os.environ | {"CAMPMGR_DB": str(path), "PYTHONPATH": str(REPOSITORY)} | (env or {})
    return subprocess.Popen([*START, *map(str, words)], env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def write(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8") -> Path:
    """A table as .csv or .xlsx, texts as texts."""
    if path.suffix == ".csv":
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([["" if cell is None else cell for cell in row] for row in rows])
        return path
    book = openpyxl.Workbook()
    sheet = book.active
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value is not None:
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)
    return path


def read(path: Path) -> list[list[object]]:
    """The rows of an .xlsx."""
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


@pytest.fixture(scope="session")
def _filled_once(made_once) -> Path:
    return made_once("program", _fill)


def _fill(folder: Path) -> Path:
    path = folder / "camp.sqlite"
    for words in (
        ["open", "--preset", "escape-drill-2023"],
        ["import", "units", write(folder / "units.csv", UNITS)],
        ["import", "lessons", write(folder / "lessons.csv", LESSONS)],
        ["import", "people", write(folder / "people.csv", PEOPLE)],
    ):
        process = started(path, *words)
        out, err = process.communicate()
        assert process.returncode == 0, out + err
    return path


@pytest.fixture
def program(_filled_once, tmp_path, capsys) -> Program:
    """A camp with two schools, two lessons and three people."""
    shutil.copy(_filled_once, tmp_path / "camp.sqlite")
    made = Program(tmp_path / "camp.sqlite", capsys)
    made.json("mark", "--person", "003", "--follow", "--on", "2023-06-01")  # the copy has introduced itself with this
    return made


@pytest.fixture
def nothing(tmp_path, capsys) -> Program:
    """No data file yet."""
    return Program(tmp_path / "none.sqlite", capsys)
