"""Imports go downward only, strangers live at their addresses, files stay small (docs/house.md#rules)."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.sources import ROOT, python_files, relative, text_files
from tests.house.walls import LEVELS, complaints, third_parties

OURS = python_files("campmgr")
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service", "misc", "core"}
LINES = 400
CHARACTERS = 132


def test_imports_keep_to_their_rooms():
    found = [sentence for path in OURS for sentence in complaints(relative(path), path.read_text("utf-8"))]
    assert not found, "\n".join(found)


def test_every_room_has_a_floor():
    rooms = {path.relative_to(ROOT / "campmgr").parts[0].removesuffix(".py") for path in OURS} - {"__init__", "__main__"}
    assert rooms <= LEVELS.keys(), f"give these a floor in tests/house/walls.py, or move them: {sorted(rooms - LEVELS.keys())}"


def test_every_third_party_is_declared():
    declared = {_plain(line) for line in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]}
    providers = packages_distributions()
    used = {name for path in OURS for name in third_parties(relative(path), path.read_text("utf-8"))}
    missing = [name for name in sorted(used) if not declared.intersection(map(_plain, providers.get(name, [])))]
    assert not missing, f"imported, but not among the dependencies in pyproject.toml: {missing}"


def test_no_file_is_too_long():
    long = [
        f"{relative(path)}: {count} lines"
        for path in text_files("campmgr", "templates", "tests")
        if (count := _lines(path)) > LINES
    ]
    assert not long, "split by question, not by size:\n" + "\n".join(long)


def test_no_line_is_too_long():
    lines = [(path, number, line) for path in python_files("campmgr", "tests") for number, line in _numbered(path)]
    long = [f"{relative(path)}:{number}" for path, number, line in lines if len(line) > CHARACTERS]
    assert not long, f"break these at {CHARACTERS} characters, a Chinese one counting as one: {long}"


def test_no_module_has_a_name_that_means_nothing():
    named = [relative(path) for path in python_files("campmgr", "tests") if FORBIDDEN.intersection(_words(relative(path)))]
    assert not named, f"name the module after what it answers: {named}"


@pytest.mark.parametrize(
    ("path", "source", "says"),
    [
        (
            "campmgr/areas/hours/rules/credit.py",
            "from campmgr.store import door",
            "rules may not import campmgr.store.door (above it)",
        ),
        (
            "campmgr/areas/hours/rules/credit.py",
            "import campmgr.store.door as door",
            "rules may not import campmgr.store.door (above it)",
        ),
        (
            "campmgr/store/door.py",
            "from ..actions import marks",
            "store may not import campmgr.areas.hours.actions.marks (above it)",
        ),
        (
            "campmgr/errors.py",
            "from campmgr.rules import hours",
            "errors may not import campmgr.areas.hours.rules.credit (above it)",
        ),
        ("campmgr/app/web_app.py", "from campmgr.cli import main", "web may not import campmgr.cli.main (beside it)"),
        (
            "campmgr/desks/commands/camp.py",
            "from campmgr.app.web_app import create_app",
            "cli may not import campmgr.app.web_app.create_app (beside it)",
        ),
        (
            "campmgr/areas/nodes/exchange/accept.py",
            "from campmgr import actions",
            "exchange may not import campmgr.actions (beside it)",
        ),
        ("campmgr/attic/box.py", "from campmgr.rules import hours", "attic is no room of the house"),
        ("campmgr/ledger/order.py", "import sqlite3", "sqlite3 may be used only in campmgr/store/"),
        ("campmgr/queries/people.py", "from sqlite_utils.db import Database", "may be used only in campmgr/store/"),
        ("campmgr/rules/words.py", "import flask", "flask may be used only in campmgr/web/"),
        ("campmgr/actions/mark.py", "import click", "click may be used only in campmgr/cli/"),
        ("campmgr/areas/units/actions/units.py", "from openpyxl import Workbook", "may be used only in campmgr/files/"),
        ("campmgr/ledger/chain.py", "import cryptography.hazmat", "may be used only in campmgr/ledger/seal.py"),
        ("campmgr/desks/commands/camp.py", "import waitress", "waitress may be used only in campmgr/app/serve.py"),
        ("campmgr/files/pack.py", "from urllib import request", "urllib.request may be used only in campmgr/exchange/client.py"),
        ("campmgr/demo/cast.py", "import random", "random may be used only in campmgr/ids.py"),
        ("campmgr/demo/cast.py", "from uuid import uuid4", "uuid.uuid4 may be used only in campmgr/ids.py"),
        ("campmgr/store/door.py", "import time as t\nt.time()", "time.time may be used only in campmgr/clock.py"),
        ("campmgr/store/door.py", "from time import time\nnow = time", "time.time may be used only in campmgr/clock.py"),
        ("campmgr/store/door.py", "from datetime import datetime\ndatetime.now()", "datetime.datetime.now may be used only in"),
        ("campmgr/store/door.py", "import datetime as d\nd.date.today()", "datetime.date.today may be used only in"),
        ("campmgr/desks/commands/camp.py", "import os\nos.environ.get('A')", "os.environ may be used only in campmgr/config.py"),
        ("campmgr/desks/commands/camp.py", "from os import getenv\ngetenv('A')", "os.getenv may be used only in campmgr/config.py"),
        ("campmgr/store/door.py", "import importlib\nimportlib.import_module('x')", "importlib.import_module may be used only in"),
        ("campmgr/store/door.py", "__import__('x')", "builtins.__import__ may be used only in"),
        ("campmgr/files/pack.py", "import pandas", "pandas is not ours yet"),
        ("campmgr/files/sheet.py", "def read():\n    import openpyxl", "imports openpyxl inside a function"),
    ],
)
def test_a_made_up_violation_is_caught(path, source, says):
    assert any(says in sentence and sentence.startswith(f"{path}:") for sentence in complaints(path, source))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("campmgr/app/serve.py", "from campmgr.app.web_app import create_app\nimport waitress"),
        (
            "campmgr/desks/commands/camp.py",
            "import click\nfrom campmgr import __version__, errors\nfrom campmgr.actions import marks",
        ),
        ("campmgr/store/door.py", "import sqlite3\nimport time\nfrom . import recorders\ntime.monotonic()"),
        ("campmgr/files/sheet.py", "def read():\n    import openpyxl  # 90 ms -- slow import"),
        ("campmgr/files/sheet.py", "def read():\n    # most commands never read a sheet -- slow import\n    import openpyxl"),
        ("campmgr/clock.py", "import time\nfrom datetime import datetime\ntime.time(), datetime.now()"),
        ("campmgr/rules/days.py", "from datetime import date\nfrom urllib.parse import quote\ndate.fromisoformat('')"),
    ],
)
def test_what_is_allowed_is_not_complained_about(path, source):
    assert complaints(path, source) == []


def test_strangers_are_told_from_the_standard_library():
    assert third_parties("campmgr/store/door.py", "import sqlite3, sqlite_utils\nfrom campmgr import ids") == {"sqlite_utils"}
    assert "json" in sys.stdlib_module_names


def _plain(requirement: str) -> str:
    """The name of a distribution without version and spelling: python_calamine>=0.9 is python-calamine."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def _lines(path) -> int:
    return len(path.read_text("utf-8").splitlines()) if path.suffix in {".py", ".sql", ".html", ".js"} else 0


def _numbered(path) -> list[tuple[int, str]]:
    return list(enumerate(path.read_text("utf-8").splitlines(), start=1))


def _words(path: str) -> list[str]:
    return path.removesuffix(".py").split("/")
