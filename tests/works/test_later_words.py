"""What was said of a flag knowing an earlier word stands, however wrong either clock was (docs/ledger.md#registers)."""

from __future__ import annotations

from datetime import timedelta

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.actions.works import settle_flags, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.facts.saying import say
from campmgr.store.door import Reader, Writer
from tests.kit.story import Cast, Node

CASE = "fallen:1"


def _settles(node: Node, work: str, author: str, words: str) -> None:
    def verb(w: Writer) -> None:
        settle_flags(w, work, people_by_id(w, [author])[author], [CASE], words)

    node.do(verb)


def _said(r: Reader) -> list[tuple[str, int]]:
    """Every word about it, as the clocks have them."""
    return [(reason, stands) for reason, stands in r.all("select reason, stands from work_decisions order by clock")]


def test_a_later_word_about_a_flag_stands_though_its_clock_is_a_year_behind(cast: Cast):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    author = county.joins("350102", "欧阳甲", "1")
    county.do(lambda w: say(w, [work_draft(
        w.meta("campaign"), Work("作品", "video.example/v/1"), author, county.unit("350102"), "2023-06-01")]))  # fmt: skip
    work = work_id(root.world.campaign, Work("作品", "video.example/v/1"))
    county.sends(root)
    root.clock.move(days=365)
    assert root.clock.now() - county.clock.now() > timedelta(days=300)
    _settles(root, work, author, "先这样说")
    root.gives(county)
    _settles(county, work, author, "问过了")
    county.sends(root)
    for node in (root, county):
        assert node.see(_said) == [("问过了", 1), ("先这样说", 0)]
    assert root.rebuilt() == root.hash
