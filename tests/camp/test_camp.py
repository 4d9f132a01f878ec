"""Opening a camp, its rules and its lessons (F-19)."""

from __future__ import annotations

import json

import pytest

from campmgr.areas.camp.actions import amend_rule, open_camp
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.errors import BadInput, NotAllowed
from campmgr.facts import world as worlds


def _amend(camp, key, value):
    with camp.store.writing() as w:
        return amend_rule(w, key, value, "会议决定")


def test_opening_writes_the_resolved_rules_and_their_digest(camp):
    ((body,),) = camp.rows("select body from facts where kind = 'campaign_opened'")
    opened, rules = json.loads(body), CATALOGUE.book.preset("escape-drill-2023")
    assert opened["rules"] == rules.to_mapping()
    assert opened["rules_digest"] == rules.digest()
    assert camp.world().rules == rules


def test_two_camps_of_one_preset_are_two(tmp_path):
    campaigns = set()
    for name in ("one", "two"):
        store = open_camp(tmp_path / f"{name}.sqlite", "escape-drill-2023", CATALOGUE, FixedClock("2023-05-20"))
        with store.reading() as r:
            campaigns.add(worlds.load(r).campaign)
        store.close()
    assert len(campaigns) == 2


def test_an_unknown_preset_names_the_nearest_and_makes_no_file(tmp_path):
    with pytest.raises(BadInput) as told:
        open_camp(tmp_path / "camp.sqlite", "escape-dril-2023", CATALOGUE)
    assert told.value.reason == "unknown_word"
    assert "escape-drill-2023" in told.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_opened_over(tmp_path):
    (tmp_path / "camp.sqlite").write_bytes(b"mine")
    with pytest.raises(BadInput) as told:
        open_camp(tmp_path / "camp.sqlite", "escape-drill-2023", CATALOGUE)
    assert told.value.reason == "data_file_exists"
    assert (tmp_path / "camp.sqlite").read_bytes() == b"mine"


def test_a_rule_is_amended_for_everyone(camp):
    camp.mark("001", "V8", 300)
    assert not camp.hours("001").readiness.complete
    assert _amend(camp, "certificate.required_hundredths", "500") is not None
    assert camp.hours("001").readiness.complete
    assert camp.rows("select complete from people where number = '001'") == [(1,)]


def test_a_rule_that_says_so_already_writes_nothing(camp):
    before = camp.state()
    assert _amend(camp, "certificate.required_hundredths", "800") is None
    assert camp.state() == before


@pytest.mark.parametrize(
    ("key", "value", "reason", "says"),
    [
        ("certificate.required_hundreths", "700", "unknown_rule", "certificate.required_hundredths"),
        ("hours", "700", "unknown_rule", ""),
        ("", "", "unknown_rule", ""),
        ("certificate.required_hundredths", "viele", "bad_number", ""),
        ("certificate.required_hundredths", "-1", "out_of_range", ""),
        ("hours.rule", "proportionl", "unknown_word", "proportional"),
        ("live.ends_on", "2023-05-01", "bad_date", ""),
        ("live.ends_on", "soon", "bad_date", ""),
        ("ranking.cut_off", "soon", "bad_date", ""),
    ],
)
def test_a_rule_that_cannot_be_changes_nothing_and_names_the_nearest(camp, key, value, reason, says):
    before = camp.state()
    with pytest.raises(BadInput) as told:
        _amend(camp, key, value)
    assert told.value.reason == reason
    assert says in told.value.sentence
    assert camp.state() == before


def test_what_the_notice_leaves_open_is_shown_as_open(camp):
    still_open = {line.key for line in camp.world().rules.show() if line.is_open}
    assert {"hours.rule", "ranking.ties", "ranking.cut_off", "live.ends_on"} <= still_open


def test_rules_and_lessons_are_the_roots_alone(camp, child):
    before = child.state()
    with pytest.raises(NotAllowed):
        _amend(child, "certificate.required_hundredths", "1")
    with pytest.raises(NotAllowed), child.store.writing() as w:
        describe_lesson(w, Lesson("X", "自编课", 800, 1, "科普视频", ""))
    assert child.state() == before
    assert child.world().rules == camp.world().rules


def test_a_changed_lesson_changes_the_credit_of_everyone_who_watched_it(camp):
    camp.mark("001", "V1", 30)
    with camp.store.writing() as w:
        describe_lesson(w, Lesson("V1", "家庭用电安全", 100, 30, "科普视频", "家庭"))
    assert camp.credited("001") == 100


def test_a_lesson_that_stands_so_already_writes_nothing(camp):
    before = camp.state()
    with camp.store.writing() as w:
        assert describe_lesson(w, lessons_of(camp.world())["V1"]) is None
    assert camp.state() == before
