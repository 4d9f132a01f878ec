"""Prize lists: frozen at a time, numbered, and verified against the facts (F-24)."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.prizes.actions.freezing import freeze, verify
from campmgr.areas.prizes.queries.prizes import prize_list
from campmgr.areas.works.actions.works import Reading, judge, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, tidy_link, work_id
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say

_AT = "2023-06-09T00:00"
_READ = "2023-06-08T04:00:00Z"


def _work(camp, author, likes, title="演练", read_at=_READ, replaces="") -> tuple[str, str]:
    """Hand in a work and its count; (work, the count's fact)."""
    who, work = camp.person(author), Work(title, link=f"https://example.org/{title}", account="个人号")
    with camp.store.writing() as w:
        key = work_id(w.meta("campaign"), work)
        drafts = [] if replaces else [work_draft(w.meta("campaign"), work, who.person, who.home, "2023-06-01")]
        drafts.append(reading_draft(who.home, key, Reading(read_at, likes), replaces))
        return key, say(w, drafts)[-1].fact.chain


def _freeze(camp, at=_AT):
    with camp.store.writing() as w:
        return freeze(w, at)


def _verify(camp, number):
    with camp.store.reading() as r:
        return verify(r, number)


def test_a_list_is_frozen_shown_and_proves_itself(camp):
    _work(camp, "001", 90, "甲")
    _work(camp, "002", 80, "乙")
    _work(camp, "001", 50, "丙")
    frozen = _freeze(camp)
    assert [(row.place, row.name, row.likes, row.title) for row in frozen.rows] == [(1, "张三", 90, "甲"), (2, "李四", 80, "乙")]
    assert (frozen.number, frozen.at, frozen.published, frozen.whole) == (1, "2023-06-09T00:00:00+08:00", True, True)
    with camp.store.reading() as r:
        assert prize_list(r, worlds.load(r), 1) == frozen
    assert _verify(camp, 1).equal


def test_counts_read_after_the_time_do_not_matter(camp):
    _work(camp, "001", 90, "甲")
    _work(camp, "002", 80, "乙")
    first = _freeze(camp)
    _work(camp, "002", 500, "乙", "2023-06-09T04:00:00Z")
    assert _verify(camp, 1).equal
    assert [row.likes for row in _freeze(camp).rows] == [90, 80]
    assert first.ids == _freeze(camp).ids


def test_a_later_correction_of_what_was_frozen_is_told(camp):
    _work(camp, "001", 90, "甲")
    _, fact = _work(camp, "002", 80, "乙")
    _freeze(camp)
    _work(camp, "002", 95, "乙", replaces=fact)
    verdict = _verify(camp, 1)
    assert not verdict.equal
    assert len(verdict.differences) == 2
    again = _freeze(camp)
    assert again.number == 2
    assert [row.name for row in again.rows] == ["李四", "张三"]
    assert _verify(camp, 2).equal
    assert not _verify(camp, 1).equal
    with camp.store.reading() as r:
        assert [row.likes for row in prize_list(r, worlds.load(r), 1).rows] == [90, 80]


def test_a_work_that_is_judged_out_makes_the_list_differ(camp):
    _work(camp, "001", 90, "甲")
    work, _ = _work(camp, "002", 80, "乙")
    _freeze(camp)
    with camp.store.writing() as w:
        judge(w, work, camp.person("002"), counts=False, reason="非原创")
    verdict = _verify(camp, 1)
    assert not verdict.equal
    assert "2" in verdict.differences[-1]
    with camp.store.writing() as w:
        judge(w, work, camp.person("002"), counts=True, reason="申诉成立")
    assert _verify(camp, 1).equal


def test_changed_rules_change_no_frozen_list(camp):
    for number, likes in (("001", 90), ("002", 80), ("003", 70)):
        _work(camp, number, likes, f"作品{number}")
    _freeze(camp)
    with camp.store.writing() as w:
        amend_rule(w, "ranking.length", "1")
    assert _verify(camp, 1).equal
    assert len(_freeze(camp).rows) == 1


def test_a_list_needs_its_time(camp):
    before = camp.state()
    with pytest.raises(Refused) as told:
        _freeze(camp, "")
    assert told.value.reason == "no_cut_off"
    assert camp.state() == before
    with camp.store.writing() as w:
        amend_rule(w, "ranking.cut_off", "2023-06-09T00:00")
    with pytest.raises(Refused, match="空的"):
        _freeze(camp, "")  # nothing was read by then


@pytest.mark.parametrize("at", ["2023-06-10T12:01", "2099-01-01", "2023-06-10T04:01:00Z"])
def test_a_time_still_to_come_is_refused(camp, at):
    before = camp.state()
    with pytest.raises(Refused):
        _freeze(camp, at)
    assert camp.state() == before


@pytest.mark.parametrize("at", ["soon", "2023-02-30", "25:00", "0001-01-01", "9999-12-31T23:59-12:00"])
def test_what_is_no_time_is_refused(camp, at):
    with pytest.raises((BadInput, Refused)):
        _freeze(camp, at)


@pytest.mark.parametrize("number", [0, 1, -1, 10**9])
def test_a_list_that_is_not_there(camp, number):
    with pytest.raises(NotFound) as told:
        _verify(camp, number)
    assert told.value.reason == "unknown_list"


def test_an_empty_list_is_refused(camp):
    before = camp.state()
    with pytest.raises(Refused, match="空的"):
        _freeze(camp)
    assert camp.state() == before


def test_all_who_are_tied_at_the_cut_are_in(camp):
    with camp.store.writing() as w:
        amend_rule(w, "ranking.length", "2")
    for number, likes in (("001", 90), ("002", 80), ("003", 80)):
        _work(camp, number, likes, f"作品{number}")
    assert [row.place for row in _freeze(camp).rows] == [1, 2, 2]


def test_lists_are_frozen_by_the_root_alone(camp, child):
    before = child.state()
    with pytest.raises(NotAllowed):
        _freeze(child)
    assert child.state() == before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://Example.org/a/", "http://example.org/a"),
        ("https://m.example.org/a?share=1#top", "example.org/a"),
        ("  https://example.org/a ", "https://example.org/a"),
    ],
)
def test_links_that_mean_one_work_are_one(one, other):
    assert tidy_link(one) == tidy_link(other)
    assert work_id("c", Work("", one)) == work_id("c", Work("", other))


@pytest.mark.parametrize("link", ["rtsp://[", "rtsp://[::1", "rtsp://a]b/", "://", "", "https://", "h ttp://x", "//"])
def test_no_link_stops_the_program(link):
    assert isinstance(tidy_link(link), str)
