from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from campmgr.areas.hours.rules.credit import credit
from campmgr.areas.hours.rules.lesson import Lesson, Mark
from campmgr.areas.hours.rules.readiness import readiness
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.rules.standings import StandingEntry, rank
from campmgr.settings.rules import Rules
from campmgr.wording import hours_text

EXAMPLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("escape-drill-2023.example.toml").read_text(encoding="utf-8"))

LESSONS = {
    code: Lesson(
        code=code,
        name=each["name"],
        hundredths=int(each["hours"].replace(".", "")),
        length_minutes=each["length_minutes"],
        kind="科普视频",
        field="家庭",
        replay_of=each.get("replay_of", ""),
    )
    for code, each in EXAMPLE["lessons"].items()
}


def rules_of(case: Mapping[str, Any]) -> Rules:
    rules = CATALOGUE.book.preset("escape-drill-2023")
    for key, text in case.get("change", {}).items():
        rules = rules.with_change(key, text)
    return rules


def marks_of(case: Mapping[str, Any]) -> list[Mark]:
    return [Mark(str(at), row[0], row[1], row[2] if len(row) > 2 else None, "class") for at, row in enumerate(case["marks"])]


@pytest.mark.parametrize("case", EXAMPLE["people"], ids=lambda case: case["story"])
def test_person_of_the_example(case):
    rules, expect = rules_of(case), case["expect"]
    earned = credit(rules, LESSONS, marks_of(case))
    assert hours_text(earned.total) == expect["total"]
    assert {each.lesson: hours_text(each.credited) for each in earned.lessons} == expect["lessons"]
    for lesson, codes in expect.get("because", {}).items():
        assert [reason.code for each in earned.lessons if each.lesson == lesson for reason in each.because] == codes
    if "ready" in expect:
        standing = readiness(rules, earned.total, case["conditions"])
        assert hours_text(standing.missing) == expect["missing"]
        assert list(standing.lacking) == expect["lacking"]
        assert standing.ready is expect["ready"]


@pytest.mark.parametrize("case", EXAMPLE["standings"], ids=lambda case: case["story"])
def test_standings_of_the_example(case):
    entries = [StandingEntry(person, work, likes, "") for person, work, likes in case["works"]]
    standings = rank(rules_of(case), entries, case["limit"])
    assert [[row.place, row.person, row.work, row.likes] for row in standings.rows] == case["rows"]
    assert standings.tied_at_cut == case["tied_at_cut"]
