from __future__ import annotations

import pytest

from campmgr.areas.hours.rules.readiness import CONDITIONS, conditions_required, readiness
from campmgr.areas.whole import CATALOGUE

CAMP = CATALOGUE.book.preset("escape-drill-2023")


@pytest.mark.parametrize(
    ("total", "conditions", "missing", "complete", "lacking", "ready"),
    [
        (800, {"sign_in"}, 0, True, (), True),
        (799, {"sign_in"}, 1, False, (), False),
        (801, {"sign_in"}, 0, True, (), True),
        (800, set(), 0, True, ("sign_in",), False),
        (0, set(), 800, False, ("sign_in",), False),
        (800, {"follow", "daily_scan"}, 0, True, ("sign_in",), False),
    ],
)
def test_hours_and_conditions_are_judged_apart(total, conditions, missing, complete, lacking, ready):
    found = readiness(CAMP, total, conditions)
    assert (found.required, found.missing, found.complete, found.lacking, found.ready) == (800, missing, complete, lacking, ready)


def test_every_lack_has_a_sentence_that_says_what_to_do():
    found = readiness(CAMP, 750, ())
    assert [each.code for each in found.because] == ["hours_missing", "sign_in_missing"]
    assert "还差 0.50 课时（要求 8.00）" in found.because[0].sentence
    assert "签到" in found.because[1].sentence


def test_a_camp_may_ask_for_every_condition_or_none():
    rules = CAMP
    for key in ("follow_required", "daily_scan_required"):
        rules = rules.with_change(f"certificate.{key}", "是")
    assert conditions_required(rules) == CONDITIONS.words
    assert readiness(rules, 800, {"sign_in"}).lacking == ("follow", "daily_scan")
    assert len(readiness(rules, 800, ()).because) == 3
    assert readiness(CAMP.with_change("certificate.sign_in_required", "否"), 800, ()).ready
