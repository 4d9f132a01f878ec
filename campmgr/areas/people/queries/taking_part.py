"""Who is part of the camp that is going on, and who was only in an earlier one (docs/ledger.md#activities)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.people.fold.people import IS_ABSENT
from campmgr.areas.people.queries.one_unit import units_of_one
from campmgr.class_order import class_key
from campmgr.facts.units import Unit
from campmgr.store.door import Reader

MOST_CARRIED = 2000
"""People who are carried over at once; more are carried class by class."""


@dataclass(frozen=True, slots=True)
class LeftClass:
    """People of a class ("" for none) who were in an earlier camp and are not in this one; `joined`: how many of it are."""

    name: str
    left: int
    joined: int


_AT_HOME = "from people p where p.home in (:keys) and p.kind <> 'outside' and p.erased = 0 and p.left_on = ''"

_LEFT_CLASSES = (
    f"select min(p.class_name), sum({IS_ABSENT}), count(*) - sum({IS_ABSENT}) {_AT_HOME}"
    f" group by p.class_key having sum({IS_ABSENT}) > 0 order by p.class_key limit 200"
)
_LEFT = (
    f"select p.person {_AT_HOME} and {IS_ABSENT} and p.class_key = :class_key"
    " order by length(p.number), p.number, p.name, p.person limit :most"
)
_ANY_LEFT = f"select count(*) {_AT_HOME} and {IS_ABSENT}"


def left_classes(r: Reader, unit: str) -> tuple[LeftClass, ...]:
    """The classes of a unit's own people of whom somebody was left in an earlier camp."""
    return tuple(LeftClass(*row) for row in r.among(_LEFT_CLASSES, units_of_one(r, unit)))


def left_of_class(r: Reader, unit: str, class_name: str) -> list[str]:
    """Who of a class of a unit's own people, however it is written, was left in an earlier camp; nobody who was erased."""
    found = r.among(_LEFT, units_of_one(r, unit), class_key=class_key(class_name), most=MOST_CARRIED)
    return [row[0] for row in found]


def count_left(r: Reader, unit: str) -> int:
    """How many of a unit's own people were left in an earlier camp."""
    return sum(row[0] for row in r.among(_ANY_LEFT, units_of_one(r, unit)))


_UNITS_LEFT = f"""
    select u.unit, count(*) from units u join people p on p.home = u.unit
    where u.path >= :path and u.path < :end and p.kind <> 'outside' and p.erased = 0 and p.left_on = '' and {IS_ABSENT}
    group by u.unit, u.place order by u.place limit 200"""  # noqa: S608 - our own words


def units_with_left(r: Reader, unit: Unit) -> list[tuple[str, int]]:
    """The units of a subtree whose own people were left in an earlier camp, with how many; the first 200."""
    rows = r.all(_UNITS_LEFT, path=unit.path, end=unit.path[:-1] + "0")
    return [(str(key), int(count)) for key, count in rows]
