"""Every source has a grade, and a grade is never a surprise."""

from __future__ import annotations

import pytest

from campmgr.areas.hours.rules.evidence import SOURCES, UNKNOWN, evidence_of, evidence_table, evidence_words
from campmgr.settings.terms import match_word


def test_every_source_has_a_grade_of_its_own_and_is_printed():
    assert all(evidence_of(source) is not UNKNOWN for source in SOURCES.words)
    assert len(evidence_table()) == len(SOURCES.words)
    assert [row[0] for row in evidence_table()] == sorted(row[0] for row in evidence_table())


def test_what_nobody_else_saw_is_the_weakest():
    weaker = [source for source in SOURCES.words if evidence_of(source).grade >= evidence_of("own").grade]
    assert weaker == ["own"]
    assert evidence_of("satellite") == UNKNOWN


@pytest.mark.parametrize(("written", "source"), [
    ("签到台", "station"), ("扫码点登记", "station"), ("课堂登记", "class"), ("班级登记", "class"), ("纸质名册", "paper"),
    ("平台导出", "platform"), ("手工", "hand"), ("本人申报", "own"), ("Import", "import"),
])  # fmt: skip
def test_sources_are_accepted_as_people_write_them(written, source):
    assert match_word(SOURCES, written) == source


def test_a_source_reads_with_its_grade():
    assert evidence_words("station") == "签到台 · A"
