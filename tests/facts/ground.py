"""What a random life stands on: one camp and the model of it, choices of whom and where, and what verbs share."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.clock import today_of
from campmgr.facts.recovery import Recovery
from campmgr.ledger.hpke import sealing_key_from
from campmgr.ledger.seal import key_from
from campmgr.store.door import Writer
from tests.facts.model import Model, Seen, Thing
from tests.kit.story import Cast, Node

COUNTIES = ("350102", "350103", "350128", "350203", "350302")
FEDERATIONS = ("3501-FL", "3502-FL", "350128-FL")


def camp_of_its_own(cast: Cast, seed: int, monkeypatch: pytest.MonkeyPatch) -> Node:
    """A camp whose ids are the same at every run of a seed: they follow from its root's key and its recovery key.

    Whose id stands for several is a matter of their order, so a life with other ids is another life.
    """
    dice = Random(f"keys {seed}")
    monkeypatch.setattr(Ed25519PrivateKey, "generate", lambda: Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)))
    return cast.root(recovery=Recovery("", key_from(dice.randbytes(32)), sealing_key_from(dice.randbytes(32))))


class Ground:
    """A data file and its model, kept alike, and the dice."""

    def __init__(self, node: Node, seed: int) -> None:
        self.node = node
        self.dice = Random(seed)
        self.model = Model(dict(lessons_of(node.world)))
        units_of_the_preset = node.world.tree.units
        for unit in units_of_the_preset.values():
            parent = units_of_the_preset[unit.parent].code if unit.parent else ""
            self.model.ids[unit.code] = unit.unit
            self.model.units[unit.code] = Thing(parent, unit.kind, unit.own_line, unit.participating)
        self.model.units["350527"].participating = False
        self.count = 0

    @property
    def today(self) -> str:
        return today_of(self.node.clock)

    def some_day(self) -> str:
        """Today or a little earlier, inside the camp."""
        day = (self.node.clock.now() - timedelta(days=self.dice.choice((0, 0, 1, 3, 8)))).isoformat()[:10]
        return max(day, "2023-05-31")

    def someone(self) -> str:
        """A person who has a row: the id that stands."""
        known = [group[0] for group in self.model.groups() if self.model.registered(group[:1])]
        return self.dice.choice(known) if known else ""

    def some_unit(self) -> str:
        """Mostly where people are at home, sometimes anywhere."""
        if self.dice.random() < 0.2:
            return self.dice.choice([unit for unit in self.model.units if self.model.takes_part(unit)])
        added = [unit for unit in self.model.units if unit.startswith("U")]
        return self.dice.choice([*added, *COUNTIES, *FEDERATIONS])

    def who(self, w: Writer, person: str) -> Person:
        return people_by_id(w, [person])[person]

    def group(self, person: str) -> list[str]:
        return next(group for group in self.model.groups() if person in group)

    # what is done to both

    def is_marked(self, person: str, lesson: str, day: str, minutes: int | None = None) -> None:
        marked = self.node.marks(person, lesson, day, minutes)
        if marked.state == "recorded":
            self.model.marks[marked.fact] = Seen(person, lesson, day, minutes)

    def meets(self, person: str, condition: str, day: str) -> None:
        marked = self.node.marks(person, condition=condition, day=day)
        if marked.state == "recorded":
            self.model.conditions[marked.fact] = Seen(person, condition, day)

    def describes(self, lesson: Lesson) -> None:
        self.node.do(describe_lesson, lesson)
        self.model.lessons[lesson.code] = lesson
