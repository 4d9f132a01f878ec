"""Who may say what of a work: the host decides, an office above passes on or sends back, a unit speaks of its own list.

What a tampered program writes all the same (`record` asks no door) counts for nothing, displaces nothing, and is told.
"""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.activities.matters import MATTERS, NOT_THEIRS
from campmgr.areas.entries.actions.handing_in import preview, take_late
from campmgr.areas.entries.actions.staging import reinstate_entry, revoke_entry, stage_entries
from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.desks.actions import withdrawing
from campmgr.errors import CampError, NotAllowed
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import record
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, subject
from tests.entries.test_handing_in import GOOD, activity, seen
from tests.kit.agreed import list_agreed
from tests.kit.story import Cast, Node, pack_of
from tests.nodes.test_any_order import all_pieces


class Call:
    """A province that hosts, a city below it, a school below that, each with a laptop; a second one that only receives."""

    def __init__(self, cast: Cast) -> None:
        self.root, self.copy = cast.root(lessons=()), cast.new("同权")
        self.city, self.school = cast.new("市"), cast.new("校")
        self.root.adds("S1", "350102", "学校")
        self.root.enrols(self.copy, "35")
        self.root.enrols(self.city, "3501")
        self.root.do(open_activity, "works-collection-2023", "zp")
        self.root.gives(self.city)
        self.city.enrols(self.school, "S1")
        self.nodes = (self.root, self.city, self.school)
        for node in self.nodes:
            node.clock.move(days=25)
        values = GOOD | {"title": "守夜", "link": "https://example.org/1"}
        self.school.do(list_agreed, activity(self.school), self.school.unit("S1"), values)
        self.travel()

    def travel(self) -> None:
        for _ in range(2):
            self.school.sends(self.city), self.city.sends(self.root)
            self.root.gives(self.city), self.city.gives(self.school)

    def row(self, node: Node):
        return seen(node)["守夜"].row

    def words(self) -> list[str]:
        return [seen(node)["守夜"].words for node in self.nodes]

    def writes(self, node: Node, kind: str, **body: object) -> str:
        """What a program writes that asks no door; the fact's id."""
        row = self.row(node)
        draft = Draft(row.unit, kind, subject("entry", row.id), {"activity": row.activity} | body)
        return str(node.do(record, [draft])[0].chain)

    def tampers(self, stage: str) -> str:
        return self.writes(self.school, "entry_staged", stage=stage, outlet="", checks={}, reason="")

    def told(self, node: Node) -> list[str]:
        """What the review says of words that are not theirs."""
        matter, world = next(each for each in MATTERS if each.name == NOT_THEIRS), node.world
        rows, tell = matter.rows, matter.tell
        assert rows
        return [each.sentence for each in node.see(lambda r: tell(r, world, list(rows(r, world))))]

    def whole(self) -> None:
        for node in self.nodes:
            assert node.hash == node.rebuilt()


@pytest.fixture
def call(cast: Cast) -> Call:
    return Call(cast)


@pytest.mark.parametrize("stage", ["初筛", "入围", "展播", "未入围"])
def test_a_unit_that_shortlists_itself_is_refused_and_what_a_tampered_program_writes_counts_nowhere(call, stage):
    with pytest.raises(NotAllowed, match="主办单位"):
        call.school.do(stage_entries, [call.row(call.school)], stage, outlet="微信", reason="略")
    with pytest.raises(NotAllowed, match="主办单位"):
        call.city.do(stage_entries, [call.row(call.city)], stage, outlet="微信", reason="略")
    call.tampers(stage)
    call.travel()
    assert call.words() == ["待报送"] * 3
    for node in call.nodes:
        assert [f"《守夜》{stage}" in each for each in call.told(node)] == [True]
    call.whole()


def test_what_the_host_says_after_it_stands_although_the_same_was_written_before(call):
    call.tampers("入围")
    call.travel()
    call.root.do(stage_entries, [call.row(call.root)], "入围")
    call.travel()
    assert call.words() == ["入围"] * 3
    call.tampers("未入围")
    call.travel()
    assert call.words() == ["入围"] * 3
    call.whole()


def test_a_unit_neither_gives_back_what_it_lost_nor_takes_the_hosts_word_back(call):
    revoked = call.root.do(revoke_entry, call.row(call.root), "参选", "画面取自他人", batch="b" * 32).chain
    call.travel()
    with pytest.raises(NotAllowed):
        call.school.do(reinstate_entry, call.row(call.school), "参选", "没有的事")
    call.writes(call.school, "entry_reinstated", reach="参选", reason="没有的事")
    row = call.row(call.school)
    back = {"fact": revoked, "reason": "没有的事"}
    call.school.do(record, [Draft(f"people/{row.unit}", "fact_withdrawn", subject("entry", row.id), back)])
    whole = Draft(f"people/{row.unit}", "batch_withdrawn", subject("batch", "b" * 32), {"reason": "没有的事"})
    call.school.do(record, [whole])
    call.travel()
    assert call.words() == ["撤销参选资格"] * 3
    assert "恢复资格" in call.told(call.root)[0]
    call.whole()
    call.root.do(withdrawing.withdraw, revoked, "查清了")
    call.travel()
    assert call.words() == ["待报送"] * 3
    call.whole()


def test_an_office_above_sends_back_and_passes_on_and_the_hosts_word_stands_against_both(call):
    call.city.do(stage_entries, [call.row(call.city)], "退回", reason="画面有招牌")
    call.travel()
    assert call.words() == ["退回"] * 3
    call.tampers("报送")
    call.travel()
    assert call.words() == ["退回"] * 3
    call.city.do(stage_entries, [call.row(call.city)], "报送")
    call.travel()
    assert call.words() == ["报送"] * 3
    call.root.do(stage_entries, [call.row(call.root)], "入围")
    call.travel()
    call.city.do(stage_entries, [call.row(call.city)], "退回", reason="市里不报了")
    call.travel()
    assert call.words() == ["入围"] * 3
    assert [call.told(node) for node in call.nodes] == [[], [], []], "nobody wrote what is not theirs"
    call.whole()


def test_a_unit_does_not_declare_a_double_to_be_none(call):
    call.writes(call.school, "entry_told_apart", why="作品链接", others=["f" * 64], reason="")
    call.travel()
    assert all(node.see(lambda r: r.value("select count(*) from entry_apart")) == 0 for node in call.nodes)
    assert "不是重复报送" in call.told(call.root)[0]
    call.whole()


def test_a_unit_does_not_let_itself_hand_in_late(call):
    for node in call.nodes:
        node.clock.move(days=190)
    school, where = call.school, find_unit(call.school.world, "S1")
    body = {"activity": activity(school).id, "unit": where.unit, "window": "2023Q2", "reason": "台风"}
    key = hash_id("handin", body["activity"], where.unit, "2023Q2")
    with pytest.raises(NotAllowed):
        school.do(take_late, activity(school), where, "2023Q2", "台风")
    school.do(record, [Draft(where.unit, "handin_late_taken", subject("handin", key), body)])
    call.travel()
    assert school.see(preview, activity(school), where).placed.window is None
    assert "同意补报" in call.told(call.root)[0]
    call.root.do(take_late, activity(call.root), find_unit(call.root.world, "S1"), "2023Q2", "台风")
    call.travel()
    assert "台风" in school.see(preview, activity(school), where).placed.sentence
    call.whole()


@pytest.mark.drawn(whole=12, usual=2)
def test_packs_in_any_order_give_one_state_whatever_a_tampered_program_wrote(cast, tmp_path, seed):
    call, dice = Call(cast), Random(seed)

    def tamper() -> None:
        word = dice.choice(("入围", "退回", "报送", "展播", "未入围"))
        dice.choice((lambda: call.tampers(word),
                     lambda: call.writes(call.school, "entry_revoked", reach="参选", reason="略"),
                     lambda: call.writes(call.school, "entry_reinstated", reach="参选", reason="略")))()  # fmt: skip

    def say() -> None:
        node = dice.choice((call.root, call.root, call.city))
        stage = dice.choice(("入围", "退回", "报送", "展播"))
        node.do(stage_entries, [call.row(node)], stage, outlet="微信", reason="略", batch=dice.choice(("", f"{dice.random()}")))

    def lose() -> None:
        dice.choice((revoke_entry, reinstate_entry))
        call.root.do(dice.choice((revoke_entry, reinstate_entry)), call.row(call.root), "参选", "略")

    def take_back() -> None:
        node = dice.choice(call.nodes)
        words = node.see(lambda r: r.all("select fact from ruled_words"))
        node.withdraws(dice.choice(words)[0])

    for _ in range(40):
        with suppress(CampError, IndexError):
            dice.choice((tamper, tamper, say, say, lose, take_back, call.travel))()
    call.travel()
    root, copy = call.root, call.copy
    for _ in range(2):  # what came before its unit was known comes again
        run = dice.sample(range(count := len(root.see(all_pieces))), count)
        while run:
            chosen, run = run[:9], run[9:]
            with root.store.reading() as r:
                some = all_pieces(r)
                picked = [Outgoing(some[at].segment, some[at].facts) for at in chosen]
                pack = pack_of(r, tmp_path / f"{len(run)}.pack", picked, copy)
            copy.takes_quietly(pack)
    assert copy.hash == root.hash == root.rebuilt() == copy.rebuilt()
    assert len(set(call.words())) == 1
    call.whole()
