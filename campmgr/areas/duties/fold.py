"""What this area adds to the fold of a person: their duties, each with how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from campmgr.areas.people.fold.identity import Days, PersonPart, Rows
from campmgr.facts.world import World
from campmgr.ids import canonical
from campmgr.ledger.order import ReadFact
from campmgr.store.tables import Table

DUTIES = Table(
    "duties",
    ("person", "activity", "duty", "fact", "unit", "from_on", "until_on", "state", "ended_on", "reason", "more"),
    4,
    "person",
)


@dataclass(slots=True)
class HeldDuty:
    """A duty as its facts tell it."""

    given: ReadFact
    state: str = "given"
    ended_on: str = ""
    reason: str = ""


class DutiesHeld:
    """The duties of one person. What follows another word of the same duty ends it on the day from which it holds itself."""

    def __init__(self) -> None:
        self._duties: list[HeldDuty] = []
        self._is_erased = False

    def give(self, one: ReadFact) -> None:
        """A duty begins, or goes on otherwise."""
        if (before := self._last(one)) is not None:
            before.state, before.ended_on = "followed", max(one.body["from_on"], before.given.body["from_on"])
        self._duties.append(HeldDuty(one))

    def end(self, one: ReadFact) -> None:
        """It ends; of one that nobody here has given nothing is left to say."""
        if (held := self._last(one)) is not None:
            held.state, held.reason = "ended", one.body["reason"]
            held.ended_on = max(one.body["on"], held.given.body["from_on"])

    def _last(self, one: ReadFact) -> HeldDuty | None:
        """The duty of the same activity and word that goes on."""
        key = (one.body["activity"], one.body["duty"])
        going_on = (each for each in reversed(self._duties) if each.state == "given")
        return next((each for each in going_on if (each.given.body["activity"], each.given.body["duty"]) == key), None)

    def add_days(self, days: Days) -> None:
        """A duty says nothing of whether somebody takes part; whoever is erased has none any more."""
        self._is_erased = days.is_erased

    def add_rows(self, person: str, rows: Rows) -> None:
        """Each duty with how it ended."""
        for each in self._duties:
            body, is_lost = each.given.body, self._is_erased and each.state == "given"
            rows[DUTIES].append(
                (person, body["activity"], body["duty"], each.given.id, body["unit"], body["from_on"], body["until_on"],
                 "erased" if is_lost else each.state, each.ended_on, each.reason, canonical(body["more"]))
            )  # fmt: skip

    def doubts(self, _: Days) -> Iterable[tuple[str, object, str]]:
        """Nothing of its own: what was said side by side is told of every register."""
        return ()


def _begin(_: World) -> Callable[[], DutiesHeld]:
    return DutiesHeld


FOLDS = (
    PersonPart(
        name="duties",
        kinds={"duty_given": DutiesHeld.give, "duty_ended": DutiesHeld.end},
        begin=_begin,
        tables=(DUTIES,),
    ),
)
