"""A sheet of units that comes back: what was sent, what came back, what has changed here since; field by field, row by row.

Nothing follows from silence: a row that did not come back is no deletion, a column that is gone says nothing, and where both sides
changed a field, somebody decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from campmgr.wording import normal

FIELDS = ("code", "name", "parent", "kind", "line", "count", "state")
"""What is compared of a unit; its number of people, with the day and who said it, is one field."""

Value = str | tuple[str, str, str]
Values = Mapping[str, Value]

Way = Literal["same", "agreed", "here", "there", "both"]
"""as it was sent, changed alike on both sides, changed in the sheet, changed here since, changed on both."""


def way_of(sent: Value, back: Value, now: Value) -> Way:
    """What became of a field; how wide a character is and where blanks stand makes no difference."""
    then, came, stands = _plain(sent), _plain(back), _plain(now)
    if came == stands:
        return "same" if came == then else "agreed"
    if came == then:
        return "there"
    return "here" if stands == then else "both"


def _plain(value: Value) -> Value:
    """A value as it is compared."""
    if isinstance(value, str):
        return "".join(normal(value).split())
    number, day, source = value
    return number, day, "".join(normal(source).split())


def key_of(trip: str, place: int) -> str:
    """What a row is known by when it comes back: the export, its place in it, two check digits (ISO 7064, MOD 97-10), which find
    every digit that was mistyped and any two that were exchanged.
    """
    return f"{trip}-{place:05d}-{98 - (int(trip, 36) * 10**5 + place) * 100 % 97:02d}"


def place_of(trip: str, key: str) -> int | None:
    """Which row of an export a key stands for; None for a key that was edited, or is another export's."""
    told = key.upper().split("-")
    if len(told) != 3 or told[0] != trip or not (told[1].isascii() and told[1].isdigit() and len(told[1]) == 5):
        return None
    return int(told[1]) if key_of(trip, int(told[1])) == key.upper() else None


def trip_in(keys: Iterable[str]) -> str:
    """The export that most keys of a file name, "" where none names any."""
    named = Counter(key.upper().partition("-")[0] for key in keys if key.count("-") == 2)
    return min(named, key=lambda each: (-named[each], each), default="")


class CameBack(NamedTuple):
    """A row that came back: its number in the file, its key ("" for a new one), the values of the columns that are there."""

    number: int
    key: str
    values: Values


class Unread(NamedTuple):
    """A row that came back and cannot be read: its number in the file, its key, "" for none, what it calls itself, why."""

    number: int
    key: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Which row of the sheet stands for which that was sent. `new`: rows without a key; `missing`: places that did not come back;
    `odd`: rows that stand for none, each with why: "key", "doubled", "swapped".
    """

    known: Mapping[int, CameBack]
    new: Sequence[CameBack]
    missing: Sequence[int]
    odd: Sequence[tuple[CameBack, str]]


def matched(trip: str, sent: Sequence[Values], rows: Sequence[CameBack]) -> Matched:
    """Match what came back with what was sent.

    A key that stands twice stands for nothing, neither time. One whose row is called what another row was called, by name and code,
    has slipped: somebody sorted some of the columns alone.
    """
    places = {row.number: place_of(trip, row.key) for row in rows if row.key}
    often = Counter(place for place in places.values() if place is not None)
    titles: dict[tuple[Value, Value], set[int]] = {}
    for at, values in enumerate(sent):
        titles.setdefault(_title(values), set()).add(at)
    known: dict[int, CameBack] = {}
    odd: list[tuple[CameBack, str]] = []
    for row in rows:
        place = places.get(row.number)
        if not row.key:
            continue
        if place is None or place >= len(sent):
            odd.append((row, "key"))
        elif often[place] > 1:
            odd.append((row, "doubled"))
        elif place not in titles.get(_title({**sent[place], **row.values}), {place}):
            odd.append((row, "swapped"))
        else:
            known[place] = row
    told = set(known) | {place for row, _ in odd if (place := places.get(row.number)) is not None}
    missing = [place for place in range(len(sent)) if place not in told]
    return Matched(known, [row for row in rows if not row.key], missing, odd)


def _title(values: Values) -> tuple[Value, Value]:
    return _plain(values["code"]), _plain(values["name"])


def ways_of(sent: Values, back: Values, now: Values) -> dict[str, Way]:
    """What became of each field; of a column that did not come back, as if nobody had touched it."""
    return {field: way_of(sent[field], back.get(field, sent[field]), now[field]) for field in FIELDS}


def circles(parents: Mapping[str, str], moved: Iterable[str]) -> set[str]:
    """Of the units that are moved, those that would stand below themselves once all are."""
    found = set()
    for unit in moved:
        at, seen = parents.get(unit, ""), {unit}
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at:
            found.add(unit)
    return found
