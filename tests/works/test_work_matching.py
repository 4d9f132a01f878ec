"""What is said of works travels: matched names, decisions about flags and lower bounds stand on every node and after a rebuild."""

from __future__ import annotations

from typing import Any

import pytest

from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.works.actions.works import Reading, judge, reading_draft, settle_flags, work_draft
from campmgr.areas.works.queries.flags import all_flags, open_cases
from campmgr.areas.works.queries.standings import standings
from campmgr.areas.works.rules.work import Work, row_key, work_id
from campmgr.desks.queries.review import Asked, Span, review_count, review_part
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.files.imports.importing import Options, import_file
from campmgr.ledger.envelope import Draft, subject
from tests.kit.called import unit_called

LINK = "https://example.org/v/1"


def said(camp) -> str:
    """A work of 张三 in S1: it fell, then the platform showed 10万+; matched under another link; the fall was looked at."""
    with camp.store.writing() as w:
        who, work = find_person(w, "001"), Work("火场逃生", LINK, account="个人号")
        key, place = work_id(w.meta("campaign"), work), who.home
        counts = (Reading("2023-06-01T04:00:00Z", 900), Reading("2023-06-02T04:00:00Z", 700),
                  Reading("2023-06-03T04:00:00Z", 100_000, rounded=True, at_least=True))  # fmt: skip
        matched = Draft(place, "work_matched", subject("work", key), {"key": row_key("https://v.example.org/abc", "", "", "", "")})
        registered = work_draft(w.meta("campaign"), work, who.person, who.home, "2023-06-01")
        say(w, [registered, *(reading_draft(place, key, count) for count in counts), matched])
        fall = next(flag.case for flag in open_cases(w, worlds.load(w), key) if flag.matter == "fall")
        settle_flags(w, key, who, [fall], "平台清理", counts=None)
        judge(w, key, who, counts=False, reason="待核")
        judge(w, key, who, counts=True, reason="已核")
    return key


def told(camp) -> dict[str, Any]:
    with camp.store.reading() as r:
        world = worlds.load(r)
        rows = standings(r, world).rows
        return {
            "keys": r.all("select work, fact, key from work_keys order by fact"),
            "decisions": r.all("select work, fact, case_, counts, reason from work_decisions order by fact"),
            "flags": all_flags(r, world),
            "ranking": [(row.work, row.likes, row.at_least) for row in rows],
        }


def test_another_node_sees_the_same(camp, child, tmp_path):
    key = said(camp)
    with camp.store.reading() as r:
        make_pack(r, worlds.load(r), tmp_path / "pack", "")
    accept_pack(child.store, tmp_path / "pack")
    here = told(camp)
    assert told(child) == here
    assert here["ranking"] == [(key, 100_000, True)]
    assert [flag.matter for flag in here["flags"]] == ["lower_bound", "fall"]
    assert [row[3] for row in sorted(here["decisions"], key=lambda row: str(row[3]))] == [0, 1, None]


def test_a_lower_bound_that_turns_exact_is_a_change(camp, tmp_path):
    said(camp)

    def count(text: str):
        (tmp_path / "likes.csv").write_text(f"作品链接,点赞数\n{LINK},{text}\n")
        counts = import_file(camp.store, "likes", tmp_path / "likes.csv", Options(read_at="2023-06-03T12:00")).counts
        return (counts.changed, counts.unchanged)

    assert count("10万+") == (0, 1)
    assert count("100000") == (1, 0)
    with camp.store.reading() as r:
        assert [row.at_least for row in standings(r, worlds.load(r)).rows] == [False]


@pytest.mark.parametrize("link", ["https://v.example.org/abc", "http://v.example.org/abc/?utm_source=1"])
def test_a_matched_link_finds_the_work_and_registers_nothing(camp, tmp_path, link):
    key = said(camp)
    (tmp_path / "likes.csv").write_text(f"作品链接,标题,作者,点赞数\n{link},改名了,某人,120000\n")
    counts = import_file(camp.store, "likes", tmp_path / "likes.csv", Options(read_at="2023-06-05T12:00")).counts
    assert (counts.new, counts.rejected) == (1, 0)
    assert camp.rows("select work, likes from works") == [(key, 120_000)]


def test_one_link_under_two_authors_is_flagged_until_somebody_looked(camp):
    with camp.store.writing() as w:
        work, campaign = Work("火场逃生", LINK), w.meta("campaign")
        key = work_id(campaign, work)
        for number in ("001", "002"):
            who = find_person(w, number)
            say(w, [work_draft(campaign, work, who.person, who.home, "2023-06-01")])
    with camp.store.writing() as w:
        (flag,) = open_cases(w, worlds.load(w), key)
        assert (flag.matter, flag.read_at) == ("two_authors", "")
        span = Span(unit_called(w, "35"))
        (case,) = review_part(w, worlds.load(w), span, Asked()).cases
        assert (case.row.matter, case.row.unit, case.about) == ("two_authors", unit_called(w, "S1"), "火场逃生")
        settle_flags(w, key, find_person(w, "001"), [flag.case], "是第一位的作品")
        assert open_cases(w, worlds.load(w), key) == []
        assert review_count(w, worlds.load(w), span) == 0
