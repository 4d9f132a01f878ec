"""What can be chosen before a class is marked: classes by grade, lessons by when they were last used, days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.roster import UNCLASSED, WHOLE, ClassCount
from campmgr.class_order import parted
from campmgr.clock import later
from campmgr.facts.world import World
from campmgr.settings.terms import say
from campmgr.web.i18n import _
from campmgr.wording import hours_text

_BRACKETED = re.compile(r"[（(]\s*(.+?)\s*[)）](.*)")
"""（2）班 behind its grade is 2班: the brackets kept the two apart, and two classes filled a line."""

_SHOWN = 5
"""Lessons that stand open before the others; one used lately comes before one that was not."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice: what the form sends, what it is called, a word at its end, whether it is marked already."""

    value: str
    words: str
    more: str = ""
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """The classes of one grade; "" for those that name none."""

    words: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """All that can be chosen, and what is: the class, the lesson or condition, and the day (each "" while none is).

    `others`: lessons that stand folded away; `days`: today and yesterday. `label` calls the class, `short` and `long` the lesson.
    """

    grades: tuple[Grade, ...]
    lessons: tuple[Chip, ...]
    others: tuple[Chip, ...]
    days: tuple[Chip, ...]
    class_name: str
    what: str
    day: str
    label: str
    short: str
    long: str

    @property
    def is_other_day(self) -> bool:
        """Whether the day is none of those that have a name."""
        return self.day not in {each.value for each in self.days}

    @property
    def day_words(self) -> str:
        """The day as people write it."""
        return day_words(self.day)

    @property
    def is_made(self) -> bool:
        """Whether all three are chosen, so that there is a list."""
        return bool(self.class_name and self.what and self.day)


def choices_of(world: World) -> tuple[tuple[str, str], ...]:
    """Lessons by their codes, then the conditions this camp looks at."""
    lessons = [(lesson.code, f"{lesson.code} {lesson.name}") for lesson in lessons_of(world).values()]
    return (*lessons, *((word, say(CONDITIONS, word)) for word in CONDITIONS.words))


def choices_made(
    world: World, counts: Sequence[ClassCount], lately: Sequence[str], chosen: tuple[str, str, str], today: str
) -> Choices:
    """What a page offers, once class, lesson and day are `chosen` (each "" for none)."""
    class_name, what, day = chosen
    grades = _grades(counts)
    lessons = lessons_of(world)
    every = {
        key: Chip(key, words, hours_text(lessons[key].hundredths) if key in lessons else "") for key, words in choices_of(world)
    }
    order = [*dict.fromkeys((*(each for each in lately if each in every), *every))]
    first = order[: max(_SHOWN, min(len(lately), 8))]
    if what and what not in first:
        first.append(what)
    label = next((_label(chip) for grade in grades for chip in grade.chips if chip.value == class_name), "")
    return Choices(
        grades=grades,
        lessons=tuple(every[key] for key in first),
        others=tuple(every[key] for key in order if key not in first),
        days=(Chip(today, _("今天 %(day)s") % {"day": day_words(today)}), Chip(later(today, -1), _("昨天"))),
        class_name=class_name,
        what=what,
        day=day,
        label=label,
        short=what if what in lessons else every[what].words if what else "",
        long=every[what].words if what else "",
    )


def next_class(counts: Sequence[ClassCount], now: str) -> str:
    """The class after this one that is not marked yet, from the top again after the last; "" for none."""
    named = [each for each in counts if each.name]
    at = next((at for at, each in enumerate(named) if each.name == now), None)
    if at is None:
        return ""
    return next((each.name for each in (*named[at + 1 :], *named[:at]) if not _is_full(each)), "")


def day_words(day: str) -> str:
    """A day as people write it: 6月14日."""
    return f"{int(day[5:7])}月{int(day[8:10])}日" if day else ""


def _label(chip: Chip) -> str:
    return chip.value if chip.value not in {WHOLE, UNCLASSED} else chip.words


def _is_full(each: ClassCount) -> bool:
    """Whether a class counts as marked: most of it is, since somebody is always missing."""
    return 2 * each.marked > each.people


def _grades(counts: Sequence[ClassCount]) -> tuple[Grade, ...]:
    """Classes by grade where several share one, then those without a class, then everyone where classes are few or none."""
    named = [each for each in counts if each.name]
    parts = {each.name: parted(each.name) for each in named}
    by_grade: dict[str, list[Chip]] = {}
    is_parted = len({grade for grade, _rest in parts.values()}) < len(named)
    for each in named:
        grade, rest = parts[each.name] if is_parted else ("", each.name)
        by_grade.setdefault(grade, []).append(_chip(each, each.name, _BRACKETED.sub(r"\1\2", rest) if grade else rest))
    found = [Grade(grade, tuple(chips)) for grade, chips in by_grade.items()]
    people, marked = sum(each.people for each in counts), sum(each.marked for each in counts)
    last = [_chip(each, UNCLASSED, _("没有班级")) for each in counts if named and not each.name]
    if people:
        last.append(_chip(ClassCount("", people, marked), WHOLE, _("全部人员")))
    return (*found, Grade("", tuple(last))) if last else tuple(found)


def _chip(each: ClassCount, value: str, words: str) -> Chip:
    return Chip(value, words, f"{each.marked}/{each.people}", _is_full(each))
