"""The tables of docs/formats.md name the columns and words that imports know."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.camp.settings import FIELDS
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.settings import LESSON_KINDS
from campmgr.areas.units.settings import LINES, OUTSIDE, PARTICIPANT_KINDS, UNIT_KINDS
from campmgr.areas.works.settings import ACCOUNT_KINDS
from tests.house.sources import ROOT
from tests.kit.made_files import LAYOUTS

FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")
WORDS = {
    "类别 of units": UNIT_KINDS,
    "条线": LINES,
    "参与者类别": PARTICIPANT_KINDS,
    "领域": FIELDS,
    "账号类型": ACCOUNT_KINDS,
    "形式 of lessons": LESSON_KINDS,
    "方式 without a lesson": CONDITIONS,
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_every_column_is_in_the_table(kind):
    assert set(_chinese(_cell(kind))) == {word for column in LAYOUTS[kind].columns for word in _chinese(column.heading)}


@pytest.mark.parametrize("name", WORDS)
def test_every_word_is_in_the_table(name):
    words = [WORDS[name].shown[word] for word in WORDS[name].words if word != OUTSIDE]
    assert _cell(name).split() == words


def _cell(first: str) -> str:
    return re.findall(rf"^\| {re.escape(first)} \| (.+) \|$", FORMATS, re.MULTILINE)[0]


def _chinese(cell: str) -> list[str]:
    return re.findall(r"[\u4e00-\u9fff]+", cell)
