"""Who learned what, when: those who never began, who stopped half-way, who lack half an hour, who finished (F-19, F-21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.demo.dice import Dice
from campmgr.demo.lessons import ENOUGH, HALF_HOUR_SHORT, LESSONS, LIVE_ON, TOPICS
from campmgr.demo.people import Someone

Course = Literal["never", "began", "half_way", "half_hour_short", "complete"]

_FIRST, _LAST = 6, 26
"""Lessons are taken on these days of June; what is watched again comes after."""

_SIGNS_IN: dict[Course, int] = {"never": 15, "began": 45, "half_way": 60, "half_hour_short": 85, "complete": 76}
"""How many of a hundred signed in."""

_WAYS = ((5, "platform"), (3, "own"), (2, "station"), (1, "paper"))


@dataclass(frozen=True, slots=True)
class MadeStudy:
    """One person's marks of lessons, how far they went, and the conditions they fulfilled."""

    someone: Someone
    course: Course
    marks: tuple[MarkRow, ...]
    conditions: tuple[MarkRow, ...]

    @property
    def signed_in(self) -> bool:
        """Whether they signed in (F-21)."""
        return any(row.condition == "sign_in" for row in self.conditions)


def studies_of(everyone: Sequence[Someone], marks: int) -> list[MadeStudy]:
    """What everyone learned, `marks` marks of lessons in all: what is missing to that number was watched once more by somebody.

    Raises ValueError when the people learned more than that on their own, or could not learn so much.
    """
    studies = [_study(someone) for someone in everyone]
    missing = marks - sum(len(study.marks) for study in studies)
    again = dict(_watched_again(studies, max(missing, 0)))
    if sum(map(len, again.values())) != missing:
        raise ValueError(f"the made-up camp is out of proportion: {len(everyone)} people cannot have {marks} marks")
    return [
        MadeStudy(each.someone, each.course, (*each.marks, *again.get(at, ())), each.conditions) for at, each in enumerate(studies)
    ]


def _study(someone: Someone) -> MadeStudy:
    dice = Dice("study", someone.who.number)
    course = _course(someone.place.zeal, dice)
    marks = [mark for lesson, part in _taken(course, dice) for mark in _marks(someone, lesson, dice, part=part)]
    marks.sort(key=lambda row: row.key[1])
    return MadeStudy(someone, course, tuple(marks), tuple(_conditions(course, marks, dice)))


def _course(zeal: int, dice: Dice) -> Course:
    """How far somebody went; where there is zeal (percent of the usual), fewer never begin and more finish."""
    choices: tuple[tuple[int, Course], ...] = (
        (80_000 // zeal, "never"), (1400, "began"), (1900, "half_way"), (9 * zeal, "half_hour_short"), (50 * zeal, "complete"),
    )  # fmt: skip
    return dice.weighted(choices)


def _taken(course: Course, dice: Dice) -> Iterator[tuple[str, bool]]:
    """The lessons somebody took, and whether they stopped in the middle of it."""
    topics = dice.shuffled(TOPICS)
    if course in {"half_hour_short", "complete"}:
        left_out = dice.pick(HALF_HOUR_SHORT if course == "half_hour_short" else ENOUGH)
        yield from ((topic, False) for topic in topics if topic not in left_out)
        return
    count = {"never": 0, "began": dice.between(1, 3), "half_way": dice.between(4, 7)}[course]
    stopped = count > 1 and dice.chance(70)
    yield from ((topic, stopped and at == count - 1) for at, topic in enumerate(topics[:count]))


def _marks(someone: Someone, lesson: str, dice: Dice, *, part: bool) -> Iterator[MarkRow]:
    """How one lesson was taken: with the class, live or as replay, at once or in two evenings."""
    length = LESSONS[lesson].length_minutes
    if part:
        on = LIVE_ON.get(lesson) or _june(dice.between(_FIRST, _LAST))
        yield MarkRow(on, lesson, minutes=dice.between(5, length - 5), source=dice.weighted(_WAYS))
    elif someone.who.class_name and dice.chance(80):
        yield MarkRow(_class_day(someone, lesson), lesson, source="class")
    elif lesson in LIVE_ON:
        yield from _live_or_replay(lesson, dice)
    elif dice.chance(35):
        cut, day = dice.between(5, length - 5), dice.between(_FIRST, _LAST - 5)
        yield MarkRow(_june(day), lesson, minutes=cut, source="platform")
        yield MarkRow(_june(day + dice.between(1, 5)), lesson, minutes=length - cut, source="platform")
    else:
        # rarely more than there was to watch: a doubt for the desk to look at
        minutes = dice.weighted(((120, length), (1, length + dice.between(1, 15)), (60, None)))
        yield MarkRow(_june(dice.between(_FIRST, _LAST)), lesson, minutes=minutes, source=dice.weighted(_WAYS))


def _class_day(someone: Someone, lesson: str) -> str:
    """The day on which a class took a lesson together; a live on its own day."""
    dice = Dice("class", someone.who.unit, someone.who.class_name, lesson)
    return LIVE_ON.get(lesson) or _june(dice.between(_FIRST, _LAST))


def _live_or_replay(live: str, dice: Dice) -> Iterator[MarkRow]:
    """The live, or its replay afterwards, or both, which earns once (F-13)."""
    seen = dice.weighted(((55, "live"), (30, "replay"), (15, "both")))
    if seen != "replay":
        yield MarkRow(LIVE_ON[live], live, source="platform")
    if seen != "live":
        yield MarkRow(_june(dice.between(int(LIVE_ON[live][-2:]) + 1, _LAST)), f"{live}-R", source="platform")


def _conditions(course: Course, marks: Sequence[MarkRow], dice: Dice) -> Iterator[MarkRow]:
    day = marks[0].day if marks else _june(dice.between(_FIRST, _LAST))
    if dice.chance(_SIGNS_IN[course]):
        yield MarkRow(day, condition="sign_in", source=dice.weighted(((3, "station"), (2, "own"))))
    if dice.chance(20):
        yield MarkRow(day, condition="follow", source="own")


def _watched_again(studies: Sequence[MadeStudy], missing: int) -> Iterator[tuple[int, list[MarkRow]]]:
    """Lessons watched once more in the last days of June, which earn nothing: at most the first two of anybody who learned."""
    dice = Dice("again")
    for at in dice.shuffled([at for at, study in enumerate(studies) if study.marks]):
        lessons = list(dict.fromkeys(row.lesson for row in studies[at].marks if _is_whole(row)))[: min(2, missing)]
        missing -= len(lessons)
        yield at, [MarkRow(_june(dice.between(_LAST + 1, 30)), lesson, source="platform") for lesson in lessons]


def _is_whole(row: MarkRow) -> bool:
    return row.minutes is None or row.minutes >= LESSONS[row.lesson].length_minutes


def _june(day: int) -> str:
    return f"2023-06-{day:02d}"
