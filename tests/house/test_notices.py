"""The rows of the notice: each is in docs/notices.md with where it lives, and what lives there is there."""

from __future__ import annotations

import re

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from tests.house.sources import ROOT, relative, text_files

ROWS = dict(re.findall(r"^\| (F-\d\d) \| .+? \| (.+) \|$", (ROOT / "docs" / "notices.md").read_text("utf-8"), re.MULTILINE))
_ID = re.compile(r"(?<![A-Z\w])F-\d\d\b")


def test_every_row_that_code_names_is_there():
    used = {
        (name, relative(path))
        for path in text_files("campmgr", "templates", "static", "tests", "docs")
        for name in _ID.findall(path.read_text("utf-8"))
    }
    lost = sorted(f"{path}: {name}" for name, path in used if name not in ROWS)
    assert not lost, f"no such row in docs/notices.md: {lost}"


def test_the_rows_are_numbered_without_a_gap():
    assert list(ROWS) == [f"F-{number:02}" for number in range(1, len(ROWS) + 1)]
    assert len(ROWS) == 29


def test_every_setting_a_row_names_exists():
    named = {(row, key) for row, cell in ROWS.items() for key in re.findall(r"`([a-z_]+\.[a-z_]+)`", cell)}
    lost = sorted(f"{row}: {key}" for row, key in named if key not in CATALOGUE.book.fields)
    assert not lost, f"no such setting: {lost}"


def test_every_row_that_a_setting_cites_names_the_setting_or_its_section():
    missing = sorted(
        f"{about.source}: {key}"
        for key, about in CATALOGUE.book.fields.items()
        if about.source and about.is_open and key.partition(".")[0] not in ROWS[about.source]
    )
    assert not missing, f"docs/notices.md does not say where these are decided: {missing}"


def test_every_address_a_row_names_is_served(tmp_path):
    served = {
        re.sub(r"<\w+:|<", "<", rule.rule) for rule in create_app(None, Settings(tmp_path / "none.sqlite")).url_map.iter_rules()
    }
    named = {(row, address) for row, cell in ROWS.items() for address in re.findall(r"`(/[^`]*)`", cell)}
    lost = sorted(f"{row}: {address}" for row, address in named if address not in served)
    assert not lost, f"no such page: {lost}"
