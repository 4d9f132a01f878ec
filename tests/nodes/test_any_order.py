"""Any order, any cutting at seals and any repetition of segments gives one state."""

from __future__ import annotations

from random import Random

import pytest

from campmgr.areas.nodes.exchange.segments import Outgoing, pieces, streams_for
from campmgr.areas.nodes.queries.answered import holdings
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts import world as worlds
from campmgr.store.door import Reader
from tests.kit.story import Node, pack_of
from tests.nodes.listed import list_life


@pytest.fixture
def told(cast) -> tuple[Node, Node]:
    """A root that has heard three writers, and a file with the same grant that has heard next to nothing."""
    root, copy, school, block = cast.root(), cast.new("同权"), cast.new("A"), cast.new("B")
    root.enrols(copy, "35")
    copy.close()
    root.adds("S1", "350102", "学校")
    root.adds("C1", "350102", "社区")
    root.enrols(school, "S1")
    root.enrols(block, "C1")
    _days(root, school, block)
    return root, copy


def _days(root: Node, school: Node, block: Node) -> None:
    ana, bo = school.joins("S1", "甲", "001"), school.joins("S1", "乙", "002")
    cai = block.joins("C1", "丙", "003")
    school.marks(ana, "V1")
    school.marks(bo, "V2")
    wrong = school.marks(bo, "V1", minutes=20)
    block.marks(ana, "Z1")  # B does not know her
    block.marks(cai, condition="sign_in")
    for node in (school, block):
        node.sends(root)
    root.moves(ana, "C1", "2023-06-01")
    root.do(lambda w: people.add_membership(w, people_by_id(w, [bo])[bo], "3501-FL"))
    root.do(lambda w: people.merge(w, people_by_id(w, [bo])[bo], people_by_id(w, [cai])[cai]))
    for node in (root, school, block):
        node.clock.move(days=1)
    school.marks(ana, "V3")
    school.withdraws(wrong.fact)
    school.sends(root)
    root.adds("S2", "350103", "学校")
    list_life(root, [ana, root.joins("S2", "丁", "004"), root.joins("S2", "己", "006")])
    root.erases(cai)
    root.gives(block)
    block.joins("C1", "戊", "005")
    block.sends(root)


def all_pieces(r: Reader) -> list[Outgoing]:
    """Everything a file holds, cut at every seal."""
    world = worlds.load(r)
    return [
        Outgoing(segment, iter(list(facts)))
        for stream in streams_for(holdings(r), world, "")
        for segment, facts in pieces(r, world.campaign, stream)
    ]


@pytest.mark.drawn(whole=12, usual=2)
def test_random_packs_of_pieces_end_in_one_state(cast, told, tmp_path, seed):
    root, copy = told
    dice = Random(seed)
    count = len(root.see(all_pieces))
    gaps = 0
    for _ in range(2):  # what came before its unit was known comes again
        run = dice.sample(range(count), count)
        while run:
            size = dice.randint(1, 9)
            chosen, run = run[:size], run[size:]
            with root.store.reading() as r:
                some = all_pieces(r)
                pack = pack_of(r, tmp_path / f"{seed}.pack", [Outgoing(some[at].segment, some[at].facts) for at in chosen], copy)
            taken = copy.takes_quietly(pack)
            gaps += sum(each.result == "gap" for each in taken.segments)
            if dice.random() < 0.2:
                copy.close()
            if dice.random() < 0.2:
                assert copy.rebuilt() == copy.hash
    assert gaps > 0
    assert copy.see(lambda r: r.value("select count(*) from parked")) == 0
    assert copy.hash == root.hash
    assert copy.rebuilt() == root.hash
    assert not copy.problems
    assert copy.facts() == root.facts()


def test_the_same_pack_again_changes_nothing(told):
    root, copy = told
    pack = root.packed()
    first, again = copy.takes_quietly(pack), copy.takes_quietly(pack)
    assert (first.new > 0, again.new, again.known) == (True, 0, first.new + first.known)
    assert copy.hash == root.hash
