"""A receipt says what is otherwise since one that the pack's maker has; all where there is none (docs/ledger.md#receipts)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from campmgr.areas.nodes.exchange.giving_receipts import held_lines
from campmgr.areas.nodes.exchange.receipt import Content, read_receipt
from campmgr.areas.nodes.local.receipts import HeldLines, receipts
from campmgr.areas.nodes.queries.answered import holdings
from campmgr.areas.nodes.queries.neighbours import arrivals, neighbour_lines
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.saying import carry
from campmgr.store.door import Reader
from campmgr.store.ledger import own_sealing_keys
from tests.kit.story import Cast, Node


def _pair(cast: Cast) -> tuple[Node, Node]:
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    for number in range(8):
        root.adds(f"S{number}", "350102", "学校")
        root.joins(f"S{number}", f"第{number}人", f"{number}")
    for _ in range(2):
        root.hands(county)
        county.hands(root)
    return root, county


def _content(node: Node, receipt: bytes) -> Content:
    """What a receipt says that is closed for a node."""
    path = node.folder / "looked.receipt"
    path.write_bytes(receipt)
    content = read_receipt(path, node.see(own_sealing_keys)).content
    assert content is not None
    return content


def _outstanding(node: Node, other: Node) -> int:
    (line,) = node.see(neighbour_lines, node.world, [other.id])
    return int(line.outgoing.facts)


def test_nothing_new_is_said_in_no_line(cast):
    root, county = _pair(cast)
    receipt = root.takes(county.packed(root.id)).receipt
    assert (_content(county, receipt).since != "", dict(_content(county, receipt).lines)) == (True, {})
    assert len(receipt) < 1600
    county.hears(receipt)
    assert _outstanding(county, root) == 0


def test_one_change_is_one_line(cast):
    root, county = _pair(cast)
    county.joins("350102", "甲", "001")
    receipt = root.takes(county.packed(root.id)).receipt
    assert [line.end for line in _content(county, receipt).lines.values()] == [2]
    assert _outstanding(county, root) == 2
    county.hears(receipt)
    assert _outstanding(county, root) == 0


def test_a_receipt_that_was_lost_is_said_again_by_the_next(cast):
    root, county = _pair(cast)
    county.joins("350102", "甲", "001")
    root.takes(county.packed(root.id))
    county.adds("T1", "350102", "学校")
    receipt = root.takes(county.packed(root.id)).receipt
    assert len(_content(county, receipt).lines) == 2
    county.hears(receipt)
    assert _outstanding(county, root) == 0


def test_whoever_has_none_is_told_all(cast):
    """A laptop whose disk was put back to before its first receipt, and one that a receipt was given to and never reached."""
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    first = root.takes(county.packed(root.id)).receipt
    second = root.takes(county.packed(root.id)).receipt
    assert [_content(county, each).since for each in (first, second)] == ["", ""]
    assert county.hears(second).result == "new"
    assert county.hears(first).result == "older"
    assert _content(county, root.takes(county.packed(root.id)).receipt).since != ""


def test_one_that_goes_on_from_what_is_not_here_is_told_and_the_next_one_is_understood(cast):
    root, county = _pair(cast)
    county.joins("350102", "甲", "001")
    receipt = root.takes(county.packed(root.id)).receipt
    county.do(lambda w: w.run("delete from local_receipts"))  # as a damaged disk might have it
    with pytest.raises(BadInput) as refusal:
        county.hears(receipt)
    assert (refusal.value.reason, county.see(receipts, root.id)) == ("missing_receipt", [])
    assert "再做一个数据包" in refusal.value.hint
    receipt = root.takes(county.packed(root.id)).receipt
    assert (_content(county, receipt).since, county.hears(receipt).result) == ("", "new")
    assert _outstanding(county, root) == 0


def test_packs_of_many_days_that_are_taken_in_at_once_are_all_answered(cast):
    root, county = _pair(cast)
    packs = [county.packed(root.id) for _ in range(14)]
    given = []
    for number, pack in enumerate(packs):
        root.adds(f"Z{number}", "350102", "学校")
        given.append((root.takes(pack).receipt, _lines_for(root, county)))
    assert {_content(county, receipt).since == "" for receipt, _ in given} == {
        True,
        False,
    }  # so old that nobody knows the one before
    for receipt, told in given:
        county.hears(receipt)
        assert dict(county.see(receipts, root.id)[0].lines) == told


def test_what_is_held_no_longer_is_told(cast):
    """A county that lost a school lets go of its scope, and its receipt says so."""
    root, county = _pair(cast)
    county.joins("S1", "甲", "001")
    county.hands(root)
    scope = f"people/{root.unit('S1')}"
    assert scope in {stream.scope for stream in root.see(receipts, county.id)[0].lines}
    root.enrols(county, "S2")
    county.hands(root)
    root.hands(county)
    root.hands(county)
    told = root.see(receipts, county.id)[0]
    assert scope not in {stream.scope for stream in told.lines}
    assert dict(told.lines) == _lines_for(county, root)


def test_of_two_files_that_give_receipts_in_turn_each_goes_on_from_its_own(cast):
    root, county = _pair(cast)
    twin = cast.add(root.twin("双生"))
    for number in range(4):
        county.joins("350102", f"又{number}", f"9{number}")
        taker = (root, twin)[number % 2]
        receipt = taker.takes(county.packed(root.id)).receipt
        told = _lines_for(taker, county)
        county.hears(receipt)
        assert dict(county.see(receipts, root.id)[0].lines) == told
    assert _outstanding(county, root) > 0  # neither of them has all of it


def test_what_laptops_above_have_signed_is_passed_on_once(cast):
    province, county, school = cast.root(), cast.new("县"), cast.new("校")
    province.enrols(county, "350102")
    county.adds("S1", "350102", "学校")
    county.enrols(school, "S1")
    school.joins("S1", "甲", "001")

    def told() -> int:
        receipt = county.takes(school.packed(county.id)).receipt
        school.hears(receipt)
        return len(_content(school, receipt).above)

    def arrived() -> list[bool]:
        return [each.is_whole for each in school.see(arrivals, school.world)]

    assert (told() > 0, arrived()) == (True, [True, False])
    assert told() == 0
    county.hands(province)
    assert (told() > 0, arrived()) == (True, [True, True])
    assert (told(), arrived()) == (0, [True, True])


# chance: whatever is lost, doubled, late or put back, what was heard is what was held


def _lines_for(giver: Node, maker: Node) -> HeldLines:
    def asked(r: Reader) -> HeldLines:
        return held_lines(holdings(r), worlds.load(r), maker.id)

    return dict(giver.see(asked))


class _Chance:
    """Two laptops, a drawer of packs and receipts, and what each receipt came from."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.dice = Random(seed)
        self.root, self.county = _pair(cast)
        self.count = 0
        self.packs: list[tuple[Node, Path]] = []
        self.given: list[tuple[Node, bytes]] = []
        self.held: dict[str, HeldLines] = {}
        self.kept: dict[str, Path] = {}

    def other(self, node: Node) -> Node:
        return self.county if node is self.root else self.root

    def speaks(self, node: Node) -> None:
        self.count += 1
        node.joins(self.dice.choice(["350102", "S1", "S2", "S3"]), f"新{self.count}", f"8{self.count:04d}")

    def packs_up(self, node: Node) -> None:
        self.packs.append((self.other(node), node.packed(self.other(node).id, whole=self.dice.random() < 0.1)))

    def takes(self, _: Node) -> None:
        if self.packs:
            taker, pack = self.dice.choice(self.packs[-6:])
            maker = self.other(taker)
            receipt = taker.takes(pack).receipt
            taker.do(carry)
            path = maker.folder / "told.receipt"
            path.write_bytes(receipt)
            found = read_receipt(path, maker.see(own_sealing_keys))
            self.held[found.id] = _lines_for(taker, maker)
            self.given.append((maker, receipt))

    def hears(self, _: Node) -> None:
        if self.given:
            maker, receipt = self.dice.choice(self.given[-8:])
            with suppress(BadInput):
                maker.hears(receipt)
            for one in maker.see(receipts, self.other(maker).id):
                if one.receipt in self.held:
                    assert dict(one.lines) == self.held[one.receipt]

    def erases(self, node: Node) -> None:
        known = node.see(lambda r: r.all("select person from people where name <> '' order by person"))
        if known:
            node.erases(self.dice.choice(known)[0])

    def keeps(self, node: Node) -> None:
        node.close()
        self.kept[node.name] = node.folder / "old.sqlite"
        shutil.copyfile(node.path, self.kept[node.name])

    def is_put_back(self, node: Node) -> None:
        if node.name in self.kept:
            node.close()
            for part in node.folder.glob("camp.sqlite*"):
                part.unlink()
            shutil.copyfile(self.kept[node.name], node.path)

    def lives(self, steps: int) -> None:
        verbs: list[tuple[Callable[[Node], None], int]] = [
            (self.speaks, 4), (self.packs_up, 6), (self.takes, 6), (self.hears, 6), (self.erases, 1), (self.keeps, 1),
            (self.is_put_back, 1),
        ]  # fmt: skip
        for _ in range(steps):
            (verb,) = self.dice.choices([verb for verb, _ in verbs], [weight for _, weight in verbs])
            verb(self.dice.choice([self.root, self.county]))


@pytest.mark.drawn(whole=60, usual=3)
def test_what_is_heard_is_what_was_held_whatever_befalls_the_sticks(cast, seed):
    chance = _Chance(cast, seed)
    chance.lives(90)
    assert chance.held
    for node in (chance.root, chance.county):
        node.hands(chance.other(node))
        node.hands(chance.other(node))
        assert not node.problems
