"""Every setting that docs/calls-for-works.md and docs/judging.md name is there, and every row of both notices is named."""

from __future__ import annotations

import re

from campmgr.areas.whole import CATALOGUE
from tests.house.sources import ROOT

TEXT = "\n".join((ROOT / "docs" / name).read_text("utf-8") for name in ("calls-for-works.md", "judging.md"))
ROWS = re.findall(r"^\| ((?:[EH]-\d\d(?:, )?)+) \|", TEXT, re.MULTILINE)


def test_every_row_of_both_notices_is_named_once():
    named = [name for row in ROWS for name in row.split(", ")]
    assert len(named) == len(set(named))
    assert set(named) == {*(f"E-{number:02}" for number in range(1, 33)), *(f"H-{number:02}" for number in range(1, 28))}


def test_every_setting_that_a_row_names_exists():
    fields = CATALOGUE.books["entries"].fields
    named = set(re.findall(r"`([a-z]+\.[a-z_]+)`", TEXT))
    assert not {each for each in named if each not in fields and not _is_file(each)}


def _is_file(name: str) -> bool:
    return any((ROOT / "campmgr/areas" / area / name).exists() for area in ("entries", "judging"))


def test_every_row_that_a_setting_cites_is_named():
    cited = {about.source for about in CATALOGUE.books["entries"].fields.values() if about.source}
    assert cited <= {name for row in ROWS for name in row.split(", ")}
