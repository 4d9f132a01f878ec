"""A county hosts, a town reports, the province only receives: packs in any order and cutting give one state, and one bulletin."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from campmgr.areas.activities.actions import amend, open_activity
from campmgr.areas.activities.queries import unheard_words
from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.areas.points.actions.adoptions import AdoptionRow, adopt, settle
from campmgr.areas.points.actions.bulletins import amend_bulletin, freeze
from campmgr.areas.points.actions.items import Report, report_item
from campmgr.areas.points.actions.naming import add_named_units
from campmgr.areas.points.actions.noted import match, noted_draft, refuse
from campmgr.areas.points.actions.passing import pass_items
from campmgr.areas.points.actions.standings import cancel_bonus, excuse, say_bonus
from campmgr.areas.points.kinds.lists import OUTLETS
from campmgr.areas.points.queries.bulletins import bulletin_of, changes_since
from campmgr.areas.points.queries.items import AdoptionLine, ItemLine, adoptions_of, known_items
from campmgr.areas.points.queries.noted import noted_adoptions
from campmgr.areas.points.settings import SORTS
from campmgr.errors import CampError, NotAllowed
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import list_row
from campmgr.facts.saying import record, say
from campmgr.ids import random_id
from campmgr.ledger.envelope import Draft, Stream, subject
from campmgr.periods.spans import named
from campmgr.store.door import Reader
from tests.kit.story import Cast, Node, pack_of
from tests.nodes.test_any_order import all_pieces

OUTLET_NAMES = ("人民日报", "常州日报", "武进日报")


class Quarter:
    """A county's laptop, a town's, one above that holds everything, and what they do at random."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.dice = Random(seed)
        self.root, self.copy = cast.root(lessons=()), cast.new("同权")
        self.county, self.town = cast.new("县"), cast.new("镇")
        self.root.enrols(self.copy, "35")
        self.root.enrols(self.county, "350102")
        self.county.do(open_activity, "correspondents-2022", "xc", host="350102")
        self.county.do(lambda w: add_named_units(w, self.activity(self.county)))
        self.county.enrols(self.town, "WJ-BK-01")
        self.count = 0

    def activity(self, node: Node) -> Activity:
        return next(each for each in node.world.activities.values() if each.code == "xc")

    def unit(self, node: Node) -> str:
        return node.unit("WJ-BK-01" if node is self.town else self.dice.choice(("WJ-BK-01", "WJ-BK-02", "WJ-KS-01")))

    def items(self, node: Node) -> list[ItemLine]:
        def ask(r: Reader) -> list[ItemLine]:
            return list(known_items(r, [row[0] for row in r.all("select item from items order by item")]).values())

        found: list[ItemLine] = node.see(ask)
        return found

    def live(self, times: int) -> None:
        verbs = (*[self.report] * 3, *[self.adopt] * 2, *[self.look] * 2, self.settle, self.class_outlet, self.bonus, self.decide,
                 self.take_back, self.take_back_a_batch, self.tamper, self.note, self.match,
                 self.match, self.send)  # fmt: skip
        self.county.sends(self.root)
        for _ in range(times):
            self.count += 1
            try:
                self.dice.choice(verbs)(self.dice.choice((self.county, self.town)))
            except (CampError, IndexError):
                continue
        for _ in range(2):
            self.town.sends(self.county)
            self.county.sends(self.root)
            self.root.gives(self.county)
            self.county.gives(self.town)

    def report(self, node: Node) -> None:
        day = f"2022-{self.dice.randint(4, 6):02}-{self.dice.randint(1, 28):02}"
        sort, title, length = self.dice.choice(SORTS), f"稿{self.dice.randint(1, 12)}", self.dice.choice((700, 900))
        section = self.dice.choice(("", "IN急资讯"))
        said = Report(sort, title, min(day, "2022-04-01"), f"{day}T10:00+08:00", {"said": length}, section=section)
        node.do(report_item, self.activity(node), self.unit(node), said)

    def adopt(self, node: Node) -> None:
        item = self.dice.choice(self.items(node))
        node.do(adopt, item, self.dice.choice(OUTLET_NAMES), f"2022-05-{self.dice.randint(1, 28):02}")

    def look(self, node: Node) -> None:
        item = self.dice.choice(self.items(node))
        accepted = self.dice.random() < 0.7
        node.do(pass_items, self.activity(node), [item.item], item.stage + 1, accepted=accepted, reason="" if accepted else "请补")

    def settle(self, node: Node) -> None:
        item = self.dice.choice(self.items(node))
        found: list[AdoptionLine] = node.see(adoptions_of, [item.item])
        node.do(settle, self.activity(node), item, self.dice.choice(found).fact, counts=self.dice.random() < 0.5, reason="看过")

    def class_outlet(self, node: Node) -> None:
        values = {"name": "武进日报", "class": self.dice.randint(1, 5), "from_on": f"2022-05-{self.dice.randint(1, 20):02}"}
        node.do(list_row, OUTLETS, self.activity(node), "", values)

    def bonus(self, node: Node) -> None:
        unit = self.unit(node)
        node.do(say_bonus, self.activity(node), unit, self.dice.randint(0, 50), "好")
        if self.dice.random() < 0.3:
            node.do(cancel_bonus, self.activity(node), unit, "处置不力", "查实")
        node.do(excuse, self.activity(node), unit, "2022-W15", "停电")

    def decide(self, node: Node) -> None:
        typed = {"points.several": self.dice.choice(("highest", "sum")), "passing.required": self.dice.choice(("warn", "required"))}
        node.do(amend, self.activity(node), typed, "试")

    def take_back(self, node: Node) -> None:
        node.withdraws(self.dice.choice(self.items(node)).fact)

    def take_back_a_batch(self, node: Node) -> None:
        """As a program that asks no door does, of whatever was said as one press."""
        scope, batch = self.dice.choice(node.see(lambda r: r.all("select distinct scope, batch from facts where batch <> ''")))
        if scope.startswith("people/"):
            node.do(record, [Draft(scope, "batch_withdrawn", subject("batch", batch), {"reason": "略"})])

    def note(self, node: Node) -> None:
        row = AdoptionRow("xc", "", "", f"题{self.dice.randint(1, 3)}", "新华社", "2022-05-01", "", 0)
        node.do(lambda w: say(w, [noted_draft(self.activity(node), self.unit(node), row, "2022-06-30", batch=random_id())]))

    def match(self, node: Node) -> None:
        """The host's two laptops, of which neither may know what the other has said."""
        node = self.dice.choice((self.root, node))
        noted = self.dice.choice(node.see(noted_adoptions, self.activity(node)))
        if self.dice.random() < 0.3:
            node.do(refuse, noted, "不是")
        else:
            node.do(match, noted, self.dice.choice(self.items(node)))

    def tamper(self, node: Node) -> None:
        item = self.dice.choice(self.items(node))
        found: list[AdoptionLine] = node.see(adoptions_of, [item.item])
        passed = {"stage": 3, "accepted": self.dice.random() < 0.5, "by": "人事教育科", "reason": "略"}
        settled = {"adoption": self.dice.choice(found).fact, "counts": self.dice.random() < 0.5, "reason": "看过"}
        kind, body = self.dice.choice((("item_passed", passed), ("adoption_settled", settled)))
        node.do(record, [Draft(item.unit, kind, subject("item", item.item), {"activity": item.activity, **body})])

    def told(self, node: Node) -> list[tuple[str, str, str]]:
        """The words of which the review says that they are not theirs."""
        return [word for each in node.see(lambda r: list(unheard_words(r))) for word in each.words]

    def send(self, node: Node) -> None:
        if node is self.town:
            node.sends(self.county)
        else:
            node.gives(self.town), node.sends(self.root)


@pytest.mark.drawn(whole=12, usual=2)
def test_any_order_and_cutting_of_packs_gives_one_state(cast, tmp_path, seed):
    life = Quarter(cast, seed)
    life.live(60)
    root, copy = life.root, life.copy
    for _ in range(2):  # what came before its unit was known comes again
        run = life.dice.sample(range(count := len(root.see(all_pieces))), count)
        while run:
            chosen, run = run[:9], run[9:]
            with root.store.reading() as r:
                some = all_pieces(r)
                pack = pack_of(
                    r, tmp_path / f"{len(run)}.pack", [Outgoing(some[at].segment, some[at].facts) for at in chosen], copy
                )
            copy.takes_quietly(pack)
    assert copy.hash == root.hash == root.rebuilt() == copy.rebuilt()
    assert life.items(root)
    for node in (life.county, life.town):
        assert node.hash == node.rebuilt()
        assert not node.problems


def test_what_a_host_said_in_public_counts_although_it_came_before_its_enrolment(cast, tmp_path):
    life = Quarter(cast, 1)
    life.class_outlet(life.county)
    life.county.sends(life.root)
    theirs = Stream("public", life.county.writer)
    for number, is_sent in enumerate((lambda stream: stream == theirs, lambda _stream: True)):
        with life.root.store.reading() as r:
            some = [Outgoing(each.segment, each.facts) for each in all_pieces(r) if is_sent(each.segment.stream)]
            assert some
            pack = pack_of(r, tmp_path / f"{number}.pack", some, life.copy)
        life.copy.takes_quietly(pack)
    assert life.copy.see(lambda r: r.value("select count(*) from outlets")) == 1
    assert life.copy.hash == life.root.hash == life.copy.rebuilt()


def test_what_only_the_host_may_say_counts_from_the_host_alone(cast):
    life = Quarter(cast, 1)
    town, county = life.town, life.county
    said = Report("综合性原创文章", "一篇文章", "", "2022-04-02T10:00+08:00", {"said": 900})
    key, _ = town.do(report_item, life.activity(town), town.unit("WJ-BK-01"), said)
    (item,) = life.items(town)
    town.do(adopt, item, "人民日报", "2022-05-01")
    fact = town.see(adoptions_of, [key])[0].fact
    with pytest.raises(NotAllowed):
        town.do(settle, life.activity(town), item, fact, counts=False, reason="自己说不算")
    told = {"activity": item.activity, "adoption": fact, "counts": False, "reason": "自己说不算"}
    town.do(record, [Draft(item.unit, "adoption_settled", subject("item", key), told)])
    assert life.items(town)[0].points == 15, "a unit does not settle its own adoption"
    town.sends(county)
    county.do(settle, life.activity(county), life.items(county)[0], fact, counts=False, reason="没有刊出")
    county.gives(town)
    assert [life.items(node)[0].points for node in (town, county)] == [2, 2]
    with pytest.raises(CampError):
        town.do(say_bonus, life.activity(town), town.unit("WJ-BK-01"), 10, "自己给的")


def test_what_a_unit_writes_into_the_hosts_list_counts_nowhere(cast):
    """Its own door refuses it; a program that was tampered with would not, and packs carry what is in `public` to everybody."""
    life = Quarter(cast, 1)
    town, county = life.town, life.county
    values = {each.name: each.blank for each in OUTLETS.fields} | {"name": "武进日报", "class": 1}
    activity = life.activity(town).id
    body = {"activity": activity, "listed": True} | values
    row = OUTLETS.row_id(activity, "", body)
    town.do(record, [Draft("", f"{OUTLETS.name}_listed", subject(OUTLETS.name, row), body)])
    town.sends(county)
    for node in (town, county):
        assert node.see(lambda r: r.value("select count(*) from outlets")) == 0
        assert node.hash == node.rebuilt()
    county.do(list_row, OUTLETS, life.activity(county), "", {"name": "武进日报", "class": 2, "from_on": "2022-05-01"})
    county.gives(town)
    for node in (town, county):
        assert node.see(lambda r: r.all("select name, class from outlets")) == [("武进日报", 2)]
        assert node.hash == node.rebuilt()


def test_a_bulletin_is_the_same_on_another_laptop(cast, tmp_path: Path):
    life = Quarter(cast, 2)
    town, county, root = life.town, life.county, life.root
    said = Report("舆情", "一条舆情", "2022-04-01", "2022-04-02T10:00+08:00")
    town.do(report_item, life.activity(town), town.unit("WJ-BK-01"), said)
    town.sends(county)
    number = county.do(freeze, life.activity(county), named("2022Q2"), "板块")
    late = Report("舆情", "迟到的一条", "2022-06-29", "2022-06-30T10:00+08:00")
    town.do(report_item, life.activity(town), town.unit("WJ-BK-01"), late)
    town.sends(county)
    frozen = county.see(bulletin_of, life.activity(county), number)
    assert county.do(amend_bulletin, life.activity(county), frozen, "补报") == 1
    county.sends(root)
    told = [node.see(bulletin_of, life.activity(node), number) for node in (county, root)]
    assert told[0] == told[1]
    assert told[0].is_whole
    assert [row.figures[-1] for row in told[1].unrolled.rows[:2]] == [2, 0]
    county.gives(town)
    assert town.see(bulletin_of, life.activity(town), number) == told[0], "though the host's own scope never comes to a unit"
    assert town.see(lambda r: r.value("select count(*) from facts where kind = 'bulletin_frozen'")) == 0
    for node in (town, county, root):
        assert node.hash == node.rebuilt()
    assert root.see(lambda r: changes_since(r, root.world, life.activity(root), told[1])) == ()
