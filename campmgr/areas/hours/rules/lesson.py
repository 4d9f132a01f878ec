"""What a lesson and a mark of one are, and how a lesson is counted: how long, together with which others, and when it is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from campmgr.clock import parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: what it is worth (hundredths of a 课时), how long it is, and the code of the live it replays, or "".

    `starts_at` is the stored instant at which a live begins, "" where nobody said; it matters only for lives that overlap.
    """

    code: str
    name: str
    hundredths: int
    length_minutes: int
    kind: str
    field: str
    replay_of: str = ""
    starts_at: str = ""


class Mark(NamedTuple):  # not a dataclass: a bulk import builds 100,000 of them, straight from rows
    """One record that a person watched a lesson on a day "YYYY-MM-DD"; no minutes means the lesson's full length."""

    fact: str
    lesson: str
    day: str
    minutes: int | None
    source: str


class Counted(NamedTuple):
    """A lesson as it is counted. `session`: (start, end) in minutes of a live whose time counts, the end not included."""

    code: str
    length: int
    hundredths: int
    group: str
    session: tuple[int, int] | None


def origin(lessons: Mapping[str, Lesson], code: str) -> str:
    """The live at the start of a chain of replays; in a circle, which a table may hold by mistake, its smallest code."""
    path = [code]
    while (lesson := lessons.get(path[-1])) is not None and lesson.replay_of:
        if lesson.replay_of in path:
            return min(path[path.index(lesson.replay_of) :])
        path.append(lesson.replay_of)
    return path[-1]


def lives_of(lessons: Iterable[Lesson]) -> list[tuple[Lesson, datetime]]:
    """The lives whose start is known, each with the instant at which it begins, the first first."""
    known = [(lesson, _start_of(lesson)) for lesson in lessons]
    return sorted(((each, start) for each, start in known if start), key=lambda live: (live[1], live[0].code))


def _start_of(lesson: Lesson) -> datetime | None:
    """When a live begins; None for a replay, which is watched at any time, and for a start nobody knows."""
    if lesson.replay_of or not lesson.starts_at:
        return None
    try:
        return parse_instant(lesson.starts_at)
    except (ValueError, OverflowError):  # written by a newer node in a form of its own
        return None


def session_of(lesson: Lesson) -> tuple[int, int] | None:
    """When a live is on, in minutes since 1970; None where it is no live or nobody knows its start."""
    begins = _start_of(lesson)
    if begins is None:
        return None
    start = int(begins.timestamp()) // 60
    return start, start + max(lesson.length_minutes, 1)
