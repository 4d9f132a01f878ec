"""Receipts: what comes back on the stick decides what the next pack carries (docs/ledger.md#receipts)."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.matters import MATTERS
from campmgr.areas.nodes.queries.neighbours import Arrival, arrivals, neighbour_lines, owed_above, to_carry_up
from campmgr.areas.whole import CATALOGUE
from campmgr.desks.queries.restored import restored_file
from campmgr.errors import BadInput, CampError, NotAllowed
from campmgr.facts import world as worlds
from campmgr.store import upkeep
from campmgr.store.door import Reader
from tests.kit.story import Cast, Node


def _facts(pack: Path) -> int:
    return sum(row.length for row in PackReader(pack).rows())


def _pair(cast: Cast) -> tuple[Node, Node]:
    """A root and a county, each of which has the other's receipt for all it has said."""
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    county.joins("350102", "甲", "001")
    county.hands(root)
    root.hands(county)
    return root, county


def _line(node: Node, other: Node):
    return next(line for line in node.see(neighbour_lines, node.world) if line.node == other.id)


def test_a_pack_carries_what_the_receipt_of_the_last_one_lacks(cast):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    ana = county.joins("350102", "甲", "001")
    first = county.packed(root.id)
    assert _facts(county.packed(root.id)) == _facts(first)
    county.hears(root.takes(first).receipt)
    assert _facts(county.packed(root.id)) == 0
    county.marks(ana, "V1")
    pack = county.packed(root.id)
    assert _facts(pack) == 1
    assert (root.takes(pack).new, root.hours(ana)) == (1, 100)
    assert _facts(county.packed(root.id, whole=True)) == _facts(first) + 1


def test_what_no_receipt_tells_of_is_sent_again(cast):
    root, county = _pair(cast)
    ana = county.joins("350102", "乙", "002")
    lost = county.packed(root.id)
    county.marks(ana, "V1")
    assert _facts(county.packed(root.id)) == _facts(lost) + 1
    root.takes(county.packed(root.id))
    assert _facts(county.packed(root.id)) == _facts(lost) + 1


def test_a_pack_for_several_carries_what_any_of_them_lacks(cast):
    root, one, other = cast.root(), cast.new("甲县"), cast.new("乙县")
    root.enrols(one, "350102")
    root.enrols(other, "350103")
    root.hands(one)
    all_of_it = _facts(root.packed())
    root.hands(other)
    assert _facts(root.packed()) == 0
    root.adds("S9", "350102", "学校")
    assert _facts(root.packed()) == 1 < all_of_it
    root.hands(one)
    assert _facts(root.packed()) == 1
    assert _facts(root.packed(one.id)) == 0


def test_both_stay_lean_whoever_is_ahead(cast):
    """Each names the points that the other has shown, so that nothing goes back to whom it came from."""
    root, county = _pair(cast)
    for day in range(1, 6):
        county.joins("350102", f"第{day}人", f"{day:03d}9")
        root.adds(f"T{day}", "350102", "学校")
        up, down = county.packed(root.id), root.packed(county.id)
        assert (_facts(up), _facts(down)) == (2, 1)
        county.hears(root.takes(up).receipt)
        root.hears(county.takes(down).receipt)
    assert root.hash != ""
    assert (_facts(county.packed(root.id)), _facts(root.packed(county.id))) == (0, 0)


def test_an_older_receipt_a_repeated_one_and_one_for_another_pack_change_nothing(cast):
    root, county = _pair(cast)
    county.joins("350102", "乙", "002")
    one = root.takes(county.packed(root.id)).receipt
    county.joins("350102", "丙", "003")
    two = root.takes(county.packed(root.id)).receipt
    assert [county.hears(each).result for each in (two, two, one)] == ["new", "known", "older"]
    assert _facts(county.packed(root.id)) == 0
    with pytest.raises(NotAllowed) as closed:
        root.hears(two)
    assert closed.value.reason == "sealed_pack"


def test_a_receipt_for_a_pack_that_this_file_has_not_made_is_told(cast):
    root, county, backup = cast.root(), cast.new("县"), cast.folder / "backup.sqlite"
    root.enrols(county, "350102")
    county.close()
    backup.write_bytes(county.path.read_bytes())
    county.joins("350102", "甲", "001")
    receipt = root.takes(county.packed(root.id)).receipt
    county.close()
    county.path.write_bytes(backup.read_bytes())
    before = county.see(_everything)
    with pytest.raises(BadInput) as refusal:
        county.hears(receipt)
    assert (refusal.value.reason, county.see(_everything)) == ("foreign_receipt", before)


def test_receipts_of_another_camp_of_strangers_and_of_the_revoked_are_told(cast):
    root, county = _pair(cast)
    elsewhere, child = cast.root("别的营"), cast.new("别的县")
    elsewhere.enrols(child, "350102")
    pack = root.packed(county.id)
    _refuses(county, elsewhere_receipt(elsewhere, child), "wrong_campaign")
    receipt = county.takes(pack).receipt
    root.revokes(county)
    before = root.see(_everything)
    _refuses(root, receipt, "not_granted")
    assert root.see(_everything) == before


def elsewhere_receipt(elsewhere: Node, child: Node) -> bytes:
    """A receipt of another camp's pack."""
    return child.takes(elsewhere.packed(child.id)).receipt


def _refuses(node: Node, receipt: bytes, reason: str) -> None:
    with pytest.raises(CampError) as refusal:
        node.hears(receipt)
    assert refusal.value.reason == reason


def _everything(r: Reader) -> str:
    digest = hashlib.sha256()
    for (table,) in r.all("select name from sqlite_master where type = 'table' order by name"):
        for row in r.each(f"select * from {table}"):  # noqa: S608 - names from the file itself
            digest.update(repr(row).encode())
    return digest.hexdigest()


def _first_letter_of_the_signature(receipt: bytes) -> int:
    lines = receipt.split(b"\n")
    begins = sum(len(line) + 1 for line in lines[: 2 + json.loads(lines[1])["letters"]])
    return next(at for at in range(begins, len(receipt)) if receipt[at : at + 1].isalpha())


@pytest.mark.drawn(whole=5_000, usual=60)
def test_an_altered_receipt_changes_nothing(cast, draws):
    root, county = _pair(cast)
    county.joins("350102", "乙", "002")
    honest, dice = root.takes(county.packed(root.id)).receipt, Random(8)
    before, letter = county.see(_everything), _first_letter_of_the_signature(honest)
    for drawn in range(draws):
        data = bytearray(honest)
        at = dice.randrange(len(data)) if drawn else letter
        if not drawn:
            data[at] ^= 32  # the same number in capitals
        elif dice.random() < 0.7:
            data[at] ^= 1 << dice.randrange(8)
        else:
            del data[at:]
        with pytest.raises(BadInput) as refusal:
            county.hears(bytes(data))
        assert refusal.value.reason in {"damaged_pack", "newer_pack"}
    assert county.see(_everything) == before
    assert county.hears(honest).result == "new"


def test_a_finder_of_a_receipt_reads_its_head_alone(cast):
    root, county = _pair(cast)
    county.joins("350102", "欧阳乙", "002")
    receipt = root.takes(county.packed(root.id)).receipt
    head = json.loads(receipt.split(b"\n")[1])
    assert set(head) == {"answers", "at", "by", "campaign", "digest", "letters", "number", "size", "succeeds"}
    assert receipt.split(b"\n")[0] == b"campmgr receipt 1"
    assert county.unit("350102").encode() not in receipt


# laptops that were restored, copied, or have lost what they held


def test_a_restored_laptop_asks_again_for_what_it_lost(cast):
    root, county = _pair(cast)
    county.close()
    backup = county.path.read_bytes()
    ana = root.joins("350102", "乙", "002")
    root.hands(county)
    assert _facts(root.packed(county.id)) == 0
    county.close()
    county.path.write_bytes(backup)
    root.marks(ana, "V1")
    lean = root.packed(county.id)
    taken = county.takes(lean)
    assert {each.result for each in taken.segments} == {"gap"}
    root.hears(taken.receipt)
    assert _line(root, county).outgoing.facts > 0
    assert root.hands(county).new > 0
    assert county.hours(ana) == 100
    for _ in range(3):  # so long it might be one of two machines that answer in turn
        root.hands(county)
    assert _facts(root.packed(county.id)) == 0


@pytest.mark.parametrize("whole", [True, False], ids=["all of it", "lean first"])
def test_a_laptop_restored_under_a_new_writer_gets_back_what_it_had_handed_up(cast, whole):
    """Its own words since the backup are with whoever stands above: one pack of all of it brings them, or two and a receipt."""
    root, county = _pair(cast)
    backup = cast.folder / "backup.sqlite"
    upkeep.backup(county.store, backup)
    pupil = county.joins("350102", "乙", "002")
    county.marks(pupil, "V1")
    county.hands(root)
    root.hands(county)
    assert (_facts(county.packed(root.id)), _facts(root.packed(county.id))) == (0, 0)
    county.close()
    upkeep.restore(backup, county.path, CATALOGUE)
    with county.store.reading() as r:
        assert restored_file(r, worlds.load(r)).above == "全营的主机"
        assert r.value("select count(*) from marks") == 0
    if not whole:
        root.hears(county.takes(root.packed(county.id)).receipt)
    county.takes(root.packed(county.id, whole=whole))
    assert county.hours(pupil) == 100
    county.marks(pupil, condition="sign_in")
    county.hands(root)
    assert _facts(county.packed(root.id)) == 1  # who it is now: a copy of the root may not have heard


def test_a_succession_cancels_what_the_laptop_said_before(cast):
    root, county = _pair(cast)
    copy = cast.add(county.copied("新电脑"))
    copy.joins("350102", "乙", "002")
    assert _facts(root.packed(county.id)) == 0
    root.takes(copy.packed(root.id))
    assert _facts(root.packed(county.id)) == _facts(root.packed(county.id, whole=True))
    pack = root.packed(county.id)
    root.hears(copy.takes(pack).receipt)
    assert _facts(root.packed(county.id)) == 0
    ana = root.joins("350102", "丙", "003")
    root.hears(copy.takes(root.packed(county.id)).receipt)
    root.hears(county.takes(root.packed(county.id, whole=True)).receipt)
    root.marks(ana, "V1")
    last = root.packed(county.id)
    root.hears(copy.takes(last).receipt)
    assert _facts(root.packed(county.id)) == 1  # the one it was copied from has answered too, and lacks it
    assert county.takes(last).new == 1


def test_a_file_copied_twice_before_anybody_heard_of_it_answers_all_the_same(cast):
    root, county = _pair(cast)
    copy = cast.add(county.copied("新电脑"))
    copy.joins("350102", "乙", "002")
    again = cast.add(copy.copied("更新的电脑"))
    receipt = again.takes(root.packed(county.id)).receipt
    assert root.hears(receipt).result == "new"


def test_both_branches_of_a_fork_reach_everybody_by_lean_packs(cast):
    root, county = _pair(cast)
    twin = cast.add(county.twin("双生"))
    for node, name in ((county, "乙"), (twin, "丙"), (twin, "丁")):
        node.joins("350102", name, name)
    for _ in range(3):
        for node in (county, twin):
            node.hands(root)
            root.hands(node)
    assert root.facts() == county.facts() == twin.facts()
    assert root.hash == county.hash == twin.hash


def test_two_machines_that_answer_in_turn_both_get_everything(cast):
    """The image of a disk that writes nothing itself: nothing tells it from the first, but that its receipts say less."""
    root, county = _pair(cast)
    twin = cast.add(county.twin("双生"))
    for number in range(4):
        root.joins("350102", f"第{number}人", f"{number}")
        for node in (county, twin)[:: 1 - 2 * (number % 2)]:
            root.hands(node)
    root.hands(county)
    root.hands(twin)
    assert root.facts() == county.facts() == twin.facts()


@pytest.mark.parametrize("year", ["2021", "2025"])
def test_a_clock_two_years_wrong_keeps_nothing_from_arriving_and_is_told(cast, year):
    root, county = cast.root(), cast.new("县", f"{year}-06-01T09:00")
    root.enrols(county, "350102")
    (rows,) = (matter.rows for matter in MATTERS if matter.name == "clock")
    assert rows is not None
    for number in range(2):
        county.joins("350102", f"第{number}人", f"{number}")
        county.hands(root)
        root.hands(county)
        assert _facts(county.packed(root.id)) == _facts(root.packed(county.id)) == 0
    assert [each.is_whole for each in county.see(arrivals, county.world)] == [True]
    assert any(list(node.see(rows, node.world)) for node in (root, county))


# arrived is what a receipt proves


def test_a_school_learns_that_the_province_has_it_when_the_receipts_have_come_down(cast):
    province, city, county, school = cast.root(), cast.new("市"), cast.new("县"), cast.new("校")
    province.enrols(city, "3501")
    city.enrols(county, "350102")
    county.adds("S1", "350102", "学校")
    county.enrols(school, "S1")
    ana = school.joins("S1", "甲", "001")
    school.marks(ana, "V1")
    chain = [school, county, city, province]

    def arrived() -> list[bool]:
        told: tuple[Arrival, ...] = school.see(arrivals, school.world)
        return [each.is_whole for each in told]

    assert arrived() == [False, False, False]
    receipts = {}
    for below, above in pairwise(chain):
        receipts[below] = above.takes(below.packed(above.id)).receipt
    assert arrived() == [False, False, False]
    school.hears(receipts[school])
    assert arrived() == [True, False, False]
    county.hears(receipts[county])
    city.hears(receipts[city])
    for below, above in pairwise(chain[:3]):
        below.hears(above.takes(below.packed(above.id)).receipt)
    assert arrived() == [True, True, False]
    county.hears(city.takes(county.packed(city.id)).receipt)
    school.hears(county.takes(school.packed(county.id)).receipt)
    assert arrived() == [True, True, True]
    school.marks(ana, "V3")
    assert arrived() == [False, False, False]


def test_the_desk_tells_what_to_carry_up_until_the_receipt_is_back(cast):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    assert root.see(to_carry_up, root.world) is None
    assert county.see(to_carry_up, county.world).outgoing.facts == 0  # what came from there is no errand
    county.joins("350102", "甲", "001")
    pack = county.packed(root.id)
    receipt = root.takes(pack).receipt
    assert county.see(to_carry_up, county.world).outgoing.facts == 2
    assert [(each.called, each.facts) for each in county.see(owed_above, county.world)] == [("个人信息", 1), ("登记人员", 1)]
    county.hears(receipt)
    assert county.see(to_carry_up, county.world).outgoing.facts == 0
    county.joins("350102", "乙", "002")
    assert county.see(to_carry_up, county.world).outgoing.facts == 2


def test_what_is_outstanding_both_ways_is_told_with_its_age(cast):
    root, county = _pair(cast)
    line = _line(county, root)
    assert (line.is_above, line.outgoing.facts, line.incoming.facts) == (True, 0, 0)
    assert line.last_contact.startswith("2023-06-01")
    county.clock.move(days=2)
    county.joins("350102", "乙", "002")
    assert _line(county, root).outgoing == (2, "2023-06-03 09:00")
    root.adds("S7", "350102", "学校")
    county.hears(root.takes(county.packed(root.id)).receipt)
    line = _line(county, root)
    assert (line.outgoing.facts, line.incoming.facts) == (0, 1)
