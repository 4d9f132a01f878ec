"""Rows of this data file alone: rosters printed on paper with the sheets typed in, pictures beside declarations that wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.store.door import Reader, Writer


class RosterFor(NamedTuple):
    """For whom and what a roster is printed: "" where the paper leaves it blank; `with_minutes` 1 or 0."""

    unit: str
    class_name: str
    what: str
    day: str
    with_minutes: int


def is_roster(r: Reader, roster: str) -> bool:
    """Whether a roster has this code already."""
    return r.one("select 1 from local_rosters where roster = :roster", roster=roster) is not None


def keep_roster(w: Writer, roster: str, about: RosterFor, people: Sequence[str], made_at: str, made_by: str) -> None:
    """Keep a roster and its rows in order."""
    w.run(
        "insert into local_rosters (roster, unit, class_name, what, day, with_minutes, made_at, made_by)"
        " values (:roster, :unit, :class_name, :what, :day, :with_minutes, :at, :by)",
        roster=roster, at=made_at, by=made_by, **about._asdict())  # fmt: skip
    w.many("insert into local_roster_rows (roster, number, person) values (?, ?, ?)",
           [(roster, number, person) for number, person in enumerate(people, 1)])  # fmt: skip


def untouched_rosters(r: Reader, about: RosterFor) -> list[str]:
    """The last five rosters made for just this of which no sheet was typed in, the newest first."""
    rows = r.all(
        """select roster from local_rosters l where unit = :unit and class_name = :class_name and what = :what and day = :day
           and with_minutes = :with_minutes and not exists (select 1 from local_roster_sheets s where s.roster = l.roster)
           order by made_at desc limit 5""",
        **about._asdict())  # fmt: skip
    return [row[0] for row in rows]


def people_on(r: Reader, roster: str) -> list[str]:
    """The people of a roster, row by row."""
    return [row[0] for row in r.all("select person from local_roster_rows where roster = :roster order by number", roster=roster)]


def keep_sheet(w: Writer, roster: str, sheet: int, batch: str, people: int, typed_at: str) -> None:
    """Note that a sheet was typed in as a batch, with how many people."""
    w.run(
        "insert into local_roster_sheets (roster, sheet, batch, people, typed_at) values (:roster, :sheet, :batch, :people, :at)"
        " on conflict (roster, sheet, batch) do nothing",
        roster=roster, sheet=sheet, batch=batch, people=people, at=typed_at)  # fmt: skip


def has_picture(r: Reader, person: str, digest: str) -> bool:
    """Whether this very picture of a person is kept."""
    return r.one("select 1 from local_screenshots where person = :person and digest = :digest", person=person,
                 digest=digest) is not None  # fmt: skip


def count_pictures(r: Reader, person: str) -> int:
    """How many pictures of a person are kept."""
    return int(r.value("select count(*) from local_screenshots where person = :person", person=person))


def add_picture(w: Writer, person: str, digest: str, whole: bytes, small: bytes, made_at: str) -> None:
    """Keep a picture, whole and small, as JPEG."""
    w.run(
        "insert into local_screenshots (person, digest, picture, small, made_at) values (:person, :digest, :whole, :small, :at)",
        person=person, digest=digest, whole=whole, small=small, at=made_at)  # fmt: skip
