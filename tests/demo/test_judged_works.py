"""The demo's judging: an open round that is disputed, one that is closed, and a way in for a judge."""

from __future__ import annotations

import pytest

from campmgr.areas.judging.queries.award_lists import award_lists, verify_awards
from campmgr.areas.judging.queries.award_publicity import publicity_of
from campmgr.areas.judging.queries.report import frame_of, report_of
from campmgr.areas.judging.queries.rounds import rounds_of
from campmgr.areas.judging.rules.leaning import leaning
from campmgr.areas.whole import CATALOGUE
from campmgr.demo.called_works import CODE, add_call
from campmgr.demo.judged_works import add_judging, judging_guests
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.store import data_file


@pytest.fixture(scope="module")
def judged(demo_camp, tmp_path_factory):
    """The demo's file with its call for works, judged."""
    folder = tmp_path_factory.mktemp("judged")
    built = demo_camp(folder)
    add_call(built.path, built)
    add_judging(built.path)
    store = data_file.open_file(built.path, CATALOGUE)
    yield store
    data_file.close(store)


def test_one_round_is_open_and_disputed_and_one_is_closed(judged):
    with judged.reading() as r:
        world = worlds.load(r)
        activity = world.activities.called(CODE)[0]
        lines = {each.name: each for each in rounds_of(r, activity)}
        assert {name: line.state for name, line in lines.items()} == {"初评": "opened", "复评": "set"}
        report = report_of(r, world, activity, lines["初评"])
        assert len(report.judges) == 5
        assert [score for score in report.scores if score.earlier], "a mark was corrected"
        found = leaning(report_of(r, world, activity, lines["初评"]).marked, frame_of(lines["初评"].round), "raw", 1)
        assert found.judges, "the first place hangs on somebody"
        with pytest.raises(Refused):
            report_of(r, world, activity, lines["复评"])


def test_its_awards_are_frozen_put_up_and_what_the_marks_give(judged):
    with judged.reading() as r:
        world = worlds.load(r)
        activity = world.activities.called(CODE)[0]
        (listed,) = award_lists(r, world, activity)
        assert verify_awards(r, world, activity, listed.number).differences == ()
        assert listed.fits
        assert {row.award for row in listed.now.rows if not row.entry} == {"优秀创客", "优秀组织单位"}
        assert publicity_of(r, activity, listed).posting is not None


def test_a_judge_gets_in_by_a_link(judged):
    with judged.writing() as w:
        (guest,) = judging_guests(w, "correct horse")
    assert guest.path.startswith("/link/")
    assert "周明远" in guest.words
