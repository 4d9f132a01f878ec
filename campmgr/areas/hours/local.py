"""Rows of this data file alone: rosters printed on paper with the sheets typed in, pictures beside declarations that wait, logs of
meetings of which somebody still has to say who is who.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campmgr.areas.hours.rules.sessions import Span
from campmgr.facts.area import Forgotten
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


class SessionSaid(NamedTuple):
    """What a log says of one name, or of a person known already (`person`): times, or `seconds` told without them on `day`."""

    unit: str
    lesson: str
    key: str
    batch: str
    row_number: int
    called: str
    spans: tuple[Span, ...]
    seconds: int
    day: str
    person: str


_SAID = "unit, lesson, key, batch, row_number, called, spans, seconds, day, person"
# a log that was taken back says nothing
_STANDING = "not exists (select 1 from withdrawn d where d.batch = s.batch)"
_SESSIONS = f"select {_SAID} from local_sessions s where {_STANDING} and unit = :unit"  # noqa: S608 - our own words


def keep_sessions(w: Writer, said: Iterable[SessionSaid]) -> None:
    """Remember what logs say; what somebody said of a name, or put aside, stays so."""
    w.many(
        f"insert into local_sessions ({_SAID}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
        " on conflict (unit, lesson, key, spans) do update set batch = excluded.batch, row_number = excluded.row_number,"
        " person = case when excluded.person = '' then person else excluded.person end",
        [each._replace(spans=json.dumps(each.spans)) for each in said],  # type: ignore[arg-type] # as it is stored
    )


def waiting_sessions(r: Reader, unit: str, *, aside: bool = False) -> list[SessionSaid]:
    """What waits in a unit for somebody to say who it is, or was put aside, in the order of the logs."""
    order = " and person = '' and put_aside = :aside order by lesson, row_number, key, spans"
    return [_said(row) for row in r.all(_SESSIONS + order, unit=unit, aside=int(aside))]


def sessions_of(r: Reader, unit: str, lesson: str, person: str) -> list[SessionSaid]:
    """All that logs say of a person in a lesson."""
    return [_said(row) for row in r.all(_SESSIONS + " and lesson = :lesson and person = :person order by row_number, spans",
                                        unit=unit, lesson=lesson, person=person)]  # fmt: skip


def session_names(r: Reader, unit: str) -> dict[str, str]:
    """Who is meant by which name in a unit's logs, as somebody said."""
    return dict(r.all("select key, person from local_session_names where unit = :unit", unit=unit))


def name_session(w: Writer, unit: str, key: str, person: str) -> None:
    """Remember who is meant by a name, for what waits and for logs to come."""
    w.run("insert or replace into local_session_names (unit, key, person) values (:unit, :key, :person)",
          unit=unit, key=key, person=person)  # fmt: skip
    w.run("update local_sessions set person = :person where unit = :unit and key = :key", unit=unit, key=key, person=person)


def unname_session(w: Writer, unit: str, key: str) -> None:
    """Forget who is meant by a name: what it says waits again, and is asked about in logs to come."""
    w.run("delete from local_session_names where unit = :unit and key = :key", unit=unit, key=key)
    w.run("update local_sessions set person = '' where unit = :unit and key = :key", unit=unit, key=key)


def session_keys(r: Reader, unit: str) -> dict[str, int]:
    """The names in a unit's logs, and in how many rows each stands."""
    return dict(r.all("select key, count(*) from local_sessions where unit = :unit group by key", unit=unit))


def put_session_aside(w: Writer, unit: str, key: str, *, aside: bool) -> None:
    """Leave a name out for good, or take it up again."""
    w.run("update local_sessions set put_aside = :aside where unit = :unit and key = :key", unit=unit, key=key, aside=int(aside))


def forget_sessions(w: Writer, who: Forgotten) -> None:
    """Forget what logs say under the name of somebody whose details are erased."""
    w.run("delete from local_session_names where key in (select key from local_sessions where called = :name)", name=who.name)
    w.run("delete from local_sessions where called = :name", name=who.name)


def _said(row: Sequence[object]) -> SessionSaid:
    said = SessionSaid(*row)  # type: ignore[arg-type] # our own columns
    return said._replace(spans=tuple(Span(*each) for each in json.loads(str(said.spans))))
