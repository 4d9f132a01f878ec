"""How many people of each home and class are how far: kept by difference, so that no page of a province looks at each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.totals import read_placements, units_of
from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table, add_amounts

SUMS = ("people", "away", "learning", "unsigned", "complete", "lacking", "ready", "certified", "behind", "due", "refused", "valid",
        "ended", "held", "minors", "have_left", "owing")  # fmt: skip
CONSENT_SUMS = Table("consent_sums", ("home", "year", "agreed", "withdrawn"), 2, "home")
CLASS_SUMS = Table("class_sums", ("home", "members", "class_key", "class_name", *SUMS), 4, "home")


class Counted(NamedTuple):
    """What of a row of people the sums are made of, by the names of its columns."""

    home: str
    kind: str
    name: str
    class_name: str
    class_key: str
    guardian: int
    erased: int
    left_on: str
    credited: int
    signed_in: int
    complete: int
    ready: int
    certified: int
    valid: int
    ended: int
    due: int
    agreed_in: str
    withdrew_in: str
    placements: str
    steps: str


def add_class_sums(w: Writer, old: Iterable[Row], new: Iterable[Row]) -> None:
    """Take the people off who were there, and put on who is there now; rows as `Counted`. Nothing is written where all stays."""
    change = Counter(new)
    change.subtract(old)
    sums: dict[Row, list[int]] = defaultdict(lambda: [0] * len(SUMS))
    consents: dict[Row, list[int]] = defaultdict(lambda: [0, 0])
    for row, times in change.items():
        if times:
            one = Counted(*row)
            for place, year in enumerate((one.agreed_in, one.withdrew_in)):
                if year:
                    consents[one.home, year][place] += times
            sum_ = sums[one.home, _members(one.placements, one.home), one.class_key, one.class_name]
            for place, amount in enumerate(_amounts(one)):
                sum_[place] += times * amount
    add_amounts(w, CLASS_SUMS, ((key, tuple(amounts)) for key, amounts in sums.items()))
    add_amounts(w, CONSENT_SUMS, ((key, (amounts[0], amounts[1])) for key, amounts in consents.items()))


@lru_cache(4_000)  # people of one home share theirs
def _members(placements: str, home: str) -> str:
    known = read_placements(placements)
    return ",".join(sorted(unit for unit in units_of(known[-1][1]) if unit != home)) if known else ""


def _amounts(one: Counted) -> tuple[int, ...]:
    """In the order of `SUMS`."""
    is_theirs = int(one.kind != OUTSIDE)
    here = int(is_theirs and one.steps != "[]")
    owes = here and int(not one.left_on)
    held = int(not one.erased)
    return (
        here, int(is_theirs and not here), here and int(one.credited > 0), owes and int(not one.signed_in), here and one.complete,
        owes and int(one.complete and not one.ready), here and one.ready, here and one.certified,
        owes and int(not one.ready and bool(one.name)), is_theirs and one.due,
        is_theirs and int(one.complete and not one.certified and not one.due), one.valid, one.ended, held, held and one.guardian,
        here and int(bool(one.left_on)), owes and int(not one.ready),
    )  # fmt: skip
