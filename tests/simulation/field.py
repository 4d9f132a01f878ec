"""Seven laptops and a drawer of sticks: who says what, who carries what to whom, all by chance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from campmgr.areas.certificates.actions import issuing as certificates
from campmgr.areas.certificates.queries.certificates import Whom
from campmgr.areas.hours.actions import corrections
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.units.actions import units
from campmgr.areas.works.actions import works
from campmgr.areas.works.rules.work import Work
from campmgr.errors import CampError, NotAllowed
from campmgr.facts.saying import say
from campmgr.ids import born_in, hash_id
from campmgr.store.door import Writer
from tests.kit.called import unit_called
from tests.kit.story import Cast, Node

REFUSALS = frozenset(
    "not_granted unknown_person outside_camp conflict unknown_fact refused_by_rule circular_parent not_enrolled unknown_unit"
    " not_participating doubtful_clock".split()
)
"""What a node may be told when chance makes it say something it may not."""


class Field:
    """Everybody, and what is known of what they did."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.dice = Random(seed)
        self.cast = cast
        self.count = 0
        self.root = cast.root("省")
        self.city = cast.new("市", "2022-06-01T09:00")  # a year behind
        self.county, self.county2 = cast.new("县"), cast.new("县乙")
        self.school = cast.new("A", "2024-06-01T09:00")  # a year ahead
        self.block, self.women = cast.new("B"), cast.new("妇")
        self.places: dict[str, list[str]] = {}
        self.above: dict[str, Node] = {}
        self.said: dict[str, str] = {}
        self.people: list[str] = []
        self.names: dict[str, tuple[str, str]] = {}
        self.stirred: set[str] = set()
        self.packs: list[Path] = []
        self.refused = 0
        self._enrol()

    def _enrol(self) -> None:
        self.root.enrols(self.city, "3501")
        self.city.enrols(self.county, "350102")
        self.city.enrols(self.women, "3501", "妇联")
        self.city.sends(self.root)
        self.root.enrols(self.county2, "350102")
        self.county.adds("S1", "350102", "学校")
        self.county.adds("C1", "350102", "社区")
        self.county.enrols(self.school, "S1")
        self.county.enrols(self.block, "C1")
        told = (
            (self.root, ["S1", "C1", "350102", "350103", "3501-FL", "350203"], self.root),
            (self.city, ["S1", "C1", "350102", "350103", "3501-FL"], self.root),
            (self.county, ["S1", "C1", "350102"], self.city), (self.county2, ["S1", "C1", "350102"], self.root),
            (self.school, ["S1"], self.county), (self.block, ["C1"], self.county), (self.women, ["3501-FL"], self.city),
        )  # fmt: skip
        self.rest()
        for node, places, above in told:
            self.joined(node, places, above)

    def joined(self, node: Node, places: list[str], above: Node) -> None:
        """Somebody takes part from now on."""
        self.places[node.name] = places
        self.above[node.name] = above
        self.heard(node)

    @property
    def nodes(self) -> list[Node]:
        """Everyone who takes part."""
        return [node for node in self.cast.nodes if node.name in self.places]

    def heard(self, node: Node) -> None:
        """Remember what a node has said by now."""
        rows = node.see(lambda r: r.all("select f.chain from facts f join local_keys k on k.writer = f.writer"))
        self.said |= dict.fromkeys((row[0] for row in rows), node.name)

    # chance

    def live(self, steps: int) -> None:
        """So many things happen, most of them words, some of them sticks."""
        for _ in range(steps):
            self.count += 1
            node = self.dice.choice(self.nodes)
            if self.dice.random() < 0.35:
                self._carry_stick(node)
            else:
                self._speak(node)
            self.heard(node)
            if self.dice.random() < 0.08:
                node.close()
            node.clock.move(minutes=self.dice.randint(0, 300))

    def _carry_stick(self, node: Node) -> None:
        """A fresh pack up or down, or any old one to anybody."""
        if self.dice.random() < 0.6 or not self.packs:
            other = self.dice.choice(self.nodes)
            self.packs.append(node.packed(other.id if self.dice.random() < 0.5 else ""))
            self.heard(node)
        taker = self.dice.choice(self.nodes)
        try:
            taker.takes(self.dice.choice(self.packs[-12:] if self.dice.random() < 0.7 else self.packs))
        except NotAllowed as closed:
            if closed.reason != "sealed_pack":  # that stick was for somebody else
                raise
        self.heard(taker)

    def _speak(self, node: Node) -> None:
        verbs: list[tuple[Callable[[Node], object], int]] = [
            (self._join, 5), (self._mark, 9), (self._sign_in, 4), (self._move, 3), (self._member, 2), (self._merge, 1),
            (self._part, 1), (self._correct, 2), (self._withdraw, 2), (self._work, 2), (self._likes, 2), (self._issue, 1),
            (self._unit, 1), (self._details, 2),
        ]  # fmt: skip
        verb = self.dice.choices([verb for verb, _ in verbs], [weight for _, weight in verbs])[0]
        try:
            verb(node)
        except CampError as refusal:
            if refusal.reason not in REFUSALS:
                raise
            self.refused += 1

    # words

    def _someone(self, node: Node) -> str:
        """Mostly somebody who is known there; sometimes anybody, as at a station."""
        known = [row[0] for row in node.see(lambda r: r.all("select person from people where kind <> '' order by person"))]
        some = known if known and self.dice.random() < 0.8 else self.people
        return str(self.dice.choice(some)) if some else self._join(node)

    def _who(self, w: Writer, person: str) -> Person:
        found = people_by_id(w, [person])
        if person not in found:
            raise CampError("这里不认识。", reason="unknown_person")
        return found[person]

    def _join(self, node: Node) -> str:
        unit = self.dice.choice(self.places[node.name])
        name = f"{unit}的第{self.count}人"
        home = unit_called(node.world, unit)
        person = born_in(home, hash_id("the same in every run", self.count))
        node.do(say, people.register_drafts(person, Registration(home, name, f"{self.count:05d}", kind="学校师生")))
        self.people.append(person)
        self.names[person] = (unit, name)
        return person

    def _mark(self, node: Node) -> None:
        node.marks(
            self._someone(node), self.dice.choice(("V1", "V2", "V3", "Z1", "Z1R")), self._day(), self.dice.choice((None, 10, 40))
        )

    def _sign_in(self, node: Node) -> None:
        node.marks(self._someone(node), condition="sign_in", day=self._day())

    def _day(self) -> str:
        return f"2023-06-{self.dice.randint(1, 9):02d}"

    def _move(self, node: Node) -> None:
        person = self._someone(node)
        unit, day = self.dice.choice(self.places[node.name]), self._day()
        node.do(lambda w: people.move(w, self._who(w, person), unit, day))
        self.stirred.add(person)

    def _member(self, node: Node) -> None:
        person = self._someone(node)
        node.do(lambda w: people.add_membership(w, self._who(w, person), "3501-FL"))

    def _merge(self, node: Node) -> None:
        one, other = self._someone(node), self._someone(node)
        node.do(lambda w: people.merge(w, self._who(w, one), self._who(w, other)))
        self.stirred |= {one, other}

    def _part(self, node: Node) -> None:
        person = self._someone(node)
        node.do(lambda w: people.part(w, person, self._who(w, person)))

    def _details(self, node: Node) -> None:
        person = self._someone(node)
        node.do(lambda w: people.change_details(w, self._who(w, person), class_name=f"{self.count}班"))

    def _fact(self, node: Node) -> tuple[str, str]:
        rows = node.see(lambda r: r.all("select person, fact from marks order by person, lesson, day, minutes, fact"))
        if not rows:
            raise CampError("还没有。", reason="unknown_fact")
        person, fact = self.dice.choice(rows)
        return str(person), str(fact)

    def _correct(self, node: Node) -> None:
        person, fact = self._fact(node)
        node.do(lambda w: corrections.correct_mark(w, self._who(w, person), fact, self.dice.randint(1, 60), "看错"))

    def _withdraw(self, node: Node) -> None:
        node.withdraws(self._fact(node)[1])

    def _work(self, node: Node) -> None:
        person, world = self._someone(node), node.world
        work = Work(f"作品{self.count}", f"v.kuaishou.com/{self.count}", published_on=self._day())
        node.do(lambda w: say(w, [works.work_draft(world.campaign, work, person, self._who(w, person).home, self._day())]))

    def _likes(self, node: Node) -> None:
        rows = node.see(lambda r: r.all("select work, author, person from works order by link"))
        if rows:
            work, _, person = self.dice.choice(rows)
            reading = works.Reading(f"{self._day()}T04:00:00Z", self.dice.randint(0, 500))
            node.do(lambda w: say(w, [works.reading_draft(self._who(w, person).home, work, reading)]))

    def _issue(self, node: Node) -> None:
        node.do(certificates.issue, Whom(self.dice.choice(self.places[node.name])))

    def _unit(self, node: Node) -> None:
        unit, parent = self.dice.choice(("S1", "C1")), self.dice.choice(("350102", "350103", "350102"))
        node.do(units.move_unit, unit, parent, self._day())

    # rest

    def rest(self) -> None:
        """Everything goes up and down until nothing changes any more."""
        for _ in range(12):
            before = [node.hash for node in self.nodes]
            for node in reversed(self.nodes):
                if self.above[node.name] is not node:
                    node.sends(self.above[node.name])
                    self.heard(self.above[node.name])
            for node in self.nodes:
                self.root.gives(node)
                self.heard(node)
            if [node.hash for node in self.nodes] == before:
                return
        raise AssertionError("it never comes to rest")
