"""Imports go downward only and in no circle, strangers and SQL live at their addresses, files stay small (docs/house.md)."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.imports_of import circles, imports
from tests.house.places import LAYER_LEVELS, LEVELS, USES, place_of
from tests.house.sources import ROOT, python_files, relative, text_files
from tests.house.walls import complaints, sql_lines, third_parties

OURS = python_files("campmgr")
HOURS = "campmgr/areas/hours"
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service", "misc", "core"}
LINES = 400
CHARACTERS = 132


def test_imports_keep_to_their_rooms():
    found = [sentence for path in OURS for sentence in complaints(relative(path), path.read_text("utf-8"))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("area", USES)
def test_an_area_names_no_use_that_it_has_not(area):
    used = {
        place_of(each.name.split(".")).area
        for path in python_files(f"campmgr/areas/{area}")
        for each in imports(path.read_text("utf-8"), relative(path))
        if each.name.startswith("campmgr.areas.")
    }
    assert set(USES[area]) <= used, f"take these out of the uses in campmgr/areas/{area}/area.py: {set(USES[area]) - used}"


def test_no_imports_go_in_a_circle():
    found = circles({relative(path): path.read_text("utf-8") for path in OURS})
    assert not found, f"move what both need to a file of its own: {found}"


def test_sql_stands_where_tables_are_read_and_written():
    counts = {relative(path): len(sql_lines(relative(path), path.read_text("utf-8"))) for path in OURS}
    found = {path: count for path, count in counts.items() if count}
    assert not found, f"put reading SQL into queries, writing SQL into the fold or the area's local rows: {found}"


def test_every_room_has_a_floor():
    rooms = {path.relative_to(ROOT / "campmgr").parts[0].removesuffix(".py") for path in OURS} - {"__init__", "__main__"}
    assert rooms <= LEVELS.keys(), f"give these a floor in tests/house/places.py, or move them: {sorted(rooms - LEVELS.keys())}"


def test_every_layer_has_a_floor():
    inner = [path.relative_to(ROOT / "campmgr").parts for path in OURS]
    layers = {parts[{"areas": 2, "desks": 1}[parts[0]]] for parts in inner if parts[0] in {"areas", "desks"} and len(parts) > 2}
    layers = {layer.removesuffix(".py") for layer in layers} - {"__init__"}
    assert layers <= LAYER_LEVELS.keys(), f"name these as the other areas do, or give them a floor: {layers - LAYER_LEVELS.keys()}"


def test_every_third_party_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {_plain(line) for line in (*project["dependencies"], *project["optional-dependencies"]["media"])}
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
        (f"{HOURS}/rules/credit.py", "from campmgr.store import door", "hours/rules may not import campmgr.store.door (the rules"),
        (f"{HOURS}/rules/credit.py", "import campmgr.store.door as door", "hours/rules may not import campmgr.store.door (the"),
        ("campmgr/settings/fields.py", "from campmgr.store import door", "settings may not import campmgr.store.door (above it)"),
        ("campmgr/store/door.py", "from ..facts import saying", "store may not import campmgr.facts.saying (above it)"),
        ("campmgr/errors.py", "from campmgr.settings import terms", "errors may not import campmgr.settings.terms (above it)"),
        ("campmgr/web/nav.py", "from campmgr.cli import output", "web may not import campmgr.cli.output (beside it)"),
        ("campmgr/cli/output.py", "from campmgr.web.forms import Form", "cli may not import campmgr.web.forms.Form (beside it)"),
        (
            "campmgr/desks/commands/camp.py",
            "from campmgr.app.web_app import create_app",
            "desks/commands may not import campmgr.app.web_app.create_app (above it)",
        ),
        (
            "campmgr/areas/nodes/exchange/accept.py",
            "from campmgr.areas.nodes import actions",
            "nodes/exchange may not import campmgr.areas.nodes.actions (beside it)",
        ),
        ("campmgr/attic/box.py", "from campmgr.settings import terms", "attic is no room of the house"),
        (f"{HOURS}/attic/box.py", "from campmgr.settings import terms", "attic is no layer"),
        (
            "campmgr/facts/world.py",
            "from campmgr.areas.units import rules",
            "facts may not import campmgr.areas.units.rules (above it)",
        ),
        ("campmgr/web/nav.py", "from campmgr.areas.units import area", "web may not import campmgr.areas.units.area (above it)"),
        ("campmgr/facts/folding.py", "AREA = 'campmgr.areas.units.area'", "facts may not name 'campmgr.areas.units.area'"),
        (f"{HOURS}/area.py", "from campmgr.areas.whole import CATALOGUE", "hours/area may not import campmgr.areas.whole.C"),
        (
            "campmgr/areas/works/pages/likes.py",
            "from campmgr.desks.pages import me",
            "works/pages may not import campmgr.desks.pages.me (a",
        ),
        ("campmgr/desks/pages/me.py", "from campmgr.demo import cast", "desks/pages may not import campmgr.demo.cast (above it)"),
        ("campmgr/demo/cast.py", "from campmgr.app import serve", "demo may not import campmgr.app.serve (above it)"),
        ("campmgr/accounts/local.py", "from campmgr.files import qr", "accounts may not import campmgr.files.qr (above it)"),
        (
            f"{HOURS}/queries/chase.py",
            "from campmgr.areas.hours.actions import marks",
            "hours/queries may not import campmgr.areas.hours.actions.marks (above it)",
        ),
        (
            f"{HOURS}/queries/chase.py",
            "from campmgr.areas.people.pages import roster",
            "hours/queries may not import campmgr.areas.people.pages.roster (above it)",
        ),
        (f"{HOURS}/queries/chase.py", "from campmgr.files import qr", "hours/queries may not import campmgr.files.qr (the queries"),
        (
            f"{HOURS}/actions/marks.py",
            "from campmgr.web import forms",
            "hours/actions may not import campmgr.web.forms (the actions",
        ),
        (f"{HOURS}/pages/chase.py", "from campmgr.cli import output", "hours/pages may not import campmgr.cli.output (the pages"),
        (
            "campmgr/areas/prizes/pages/prizes.py",
            "from campmgr.areas.prizes.commands import shapes",
            "prizes/pages may not import campmgr.areas.prizes.commands.shapes (beside it)",
        ),
        (
            "campmgr/areas/prizes/commands/prizes.py",
            "from campmgr.areas.prizes.pages import prizes",
            "prizes/commands may not import campmgr.areas.prizes.pages.prizes (beside it)",
        ),
        (
            "campmgr/desks/commands/reports.py",
            "from campmgr.areas.prizes.pages import prizes",
            "desks/commands may not import campmgr.areas.prizes.pages.prizes (beside it)",
        ),
        (
            "campmgr/areas/units/actions/units.py",
            "from campmgr.areas.people.actions import people",
            "units/actions may not import campmgr.areas.people.actions.people: people stands after units",
        ),
        (
            "campmgr/areas/works/queries/board.py",
            "import campmgr.areas.prizes.queries.publicity",
            "works/queries may not import campmgr.areas.prizes.queries.publicity: prizes stands after works",
        ),
        (
            "campmgr/areas/prizes/queries/prizes.py",
            "from campmgr.areas.hours.queries import chase",
            "prizes/queries may not import campmgr.areas.hours.queries.chase: hours is not among the uses in campmgr/areas/prizes/",
        ),
        ("campmgr/ledger/order.py", "import sqlite3", "sqlite3 may be used only in store"),
        ("campmgr/areas/people/queries/finding.py", "from sqlite_utils.db import Database", "may be used only in store"),
        (f"{HOURS}/rules/words.py", "import flask", "flask may be used only in web pages app"),
        (f"{HOURS}/actions/marks.py", "import click", "click may be used only in cli commands app"),
        (f"{HOURS}/pages/chase.py", "import click", "click may be used only in cli commands app"),
        ("campmgr/desks/commands/camp.py", "import flask", "flask may be used only in web pages app"),
        ("campmgr/areas/units/actions/units.py", "from openpyxl import Workbook", "may be used only in files"),
        ("campmgr/areas/people/pages/codes.py", "import qrcode", "qrcode may be used only in files"),
        ("campmgr/ledger/order.py", "import cryptography.hazmat", "may be used only in campmgr/ledger/seal.py"),
        ("campmgr/desks/commands/camp.py", "import waitress", "waitress may be used only in campmgr/app/server.py"),
        (
            "campmgr/areas/nodes/files.py",
            "from urllib import request",
            "urllib.request may be used only in campmgr/areas/nodes/exchange/client.py",
        ),
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
        ("campmgr/areas/nodes/files.py", "import pandas", "pandas is not ours yet"),
        ("campmgr/files/cells.py", "def read():\n    import openpyxl", "imports openpyxl inside a function"),
    ],
)
def test_a_made_up_violation_is_caught(path, source, says):
    assert any(says in sentence and sentence.startswith(f"{path}:") for sentence in complaints(path, source))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("campmgr/app/server.py", "from campmgr.app.web_app import create_app\nimport waitress"),
        ("campmgr/app/demo.py", "import click\nfrom campmgr.cli import output\nfrom campmgr.demo import cast"),
        (
            "campmgr/desks/commands/camp.py",
            "import click\nfrom campmgr import __version__, errors\nfrom campmgr.areas.hours.actions import marks",
        ),
        ("campmgr/store/door.py", "import sqlite3\nimport time\nfrom . import recorders\ntime.monotonic()"),
        ("campmgr/files/cells.py", "def read():\n    import openpyxl  # 90 ms -- slow import"),
        ("campmgr/files/cells.py", "def read():\n    # most commands never read a sheet -- slow import\n    import openpyxl"),
        ("campmgr/clock.py", "import time\nfrom datetime import datetime\ntime.time(), datetime.now()"),
        (f"{HOURS}/rules/credit.py", "from datetime import date\nfrom urllib.parse import quote\ndate.fromisoformat('')"),
        (f"{HOURS}/rules/credit.py", "from campmgr.settings import terms\nfrom campmgr.areas.hours.rules.meter import Meter"),
        (
            f"{HOURS}/pages/chase.py",
            "import flask\nfrom campmgr.web import forms\nfrom campmgr.areas.people.queries import finding",
        ),
        ("campmgr/areas/works/fold.py", "from campmgr.areas.people.fold import aliases\nfrom campmgr.facts import world"),
        ("campmgr/areas/people/files/poster.py", "import qrcode\nfrom campmgr.files import press"),
        ("campmgr/areas/register.py", "from importlib import import_module\nimport_module('campmgr.areas.units.area')"),
    ],
)
def test_what_is_allowed_is_not_complained_about(path, source):
    assert complaints(path, source) == []


@pytest.mark.parametrize(
    ("path", "source", "lines"),
    [
        (f"{HOURS}/pages/chase.py", 'r.all("select person from people")', [1]),
        (f"{HOURS}/actions/marks.py", 'a = 1\nw.run(\n    f"""\n    UPDATE marks set day = {a}""")', [3]),
        (f"{HOURS}/commands/marks.py", 'SQL = "delete from marks"', [1]),
        ("campmgr/areas/works/commands.py", 'SQL = "insert or ignore into works values (1)"', [1]),
        ("campmgr/desks/pages/me.py", 'SQL = "with some as (select 1) select * from some"', [1]),
        ("campmgr/web/current.py", 'SQL = ("select 1" " from people")', [1]),
        (f"{HOURS}/queries/chase.py", 'SQL = "select person from people"', []),
        ("campmgr/areas/works/fold.py", 'SQL = "delete from works"', []),
        ("campmgr/areas/works/local.py", 'SQL = "delete from waiting_likes"', []),
        ("campmgr/store/door.py", 'SQL = "update meta set value = 1"', []),
        (f"{HOURS}/actions/marks.py", '"""select a mark from the list"""\nword = "selected"\nother = "with a mark"', []),
    ],
)
def test_sql_in_the_wrong_room_is_found(path, source, lines):
    assert sql_lines(path, source) == lines


def test_made_up_circles_are_found():
    straight = {
        "campmgr/a.py": "from campmgr import b\nfrom campmgr.c.d import x",
        "campmgr/b.py": "import os",
        "campmgr/c/d.py": "",
    }
    assert circles(straight) == []
    two = {"campmgr/a.py": "from campmgr import b", "campmgr/b.py": "from campmgr.a import x"}
    assert circles(two) == [("campmgr.a", "campmgr.b")]
    late = {
        "campmgr/a.py": "def f():\n    from campmgr.c import d",
        "campmgr/c/d.py": "from campmgr.e import y",
        "campmgr/e.py": "from . import a",
    }
    assert circles(late) == [("campmgr.a", "campmgr.c.d", "campmgr.e")]
    typed = {"campmgr/a.py": "if TYPE_CHECKING:\n    from campmgr.b import B", "campmgr/b.py": "from campmgr.a import A"}
    assert circles(typed) == [("campmgr.a", "campmgr.b")]


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
