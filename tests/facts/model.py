"""What was done, in plain Python, and every report counted again from it: no ledger, no folds, no differences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from campmgr.areas.hours.rules.lesson import Lesson

FOREVER = "9999-12-31"
Amounts = tuple[int, ...]
ZERO: Amounts = (0,) * 8
LINES = ("安委", "应急", "教育", "妇联", "企业", "社区")
UNIT_REPORTS = {"school": ("学校", "教育"), "federation": ("妇联", "妇联")}

RULES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("certificate.required_hundredths", "required", {"800": 800, "400": 400, "1000": 1000}),
    ("certificate.sign_in_required", "sign_in", {"true": True, "false": False}),
    ("certificate.follow_required", "follow", {"false": False, "true": True}),
    ("hours.live_and_replay", "once", {"once": True, "both": False}),
    ("hours.rule", "rule", {"proportional": "proportional", "minutes_per_unit": "minutes_per_unit"}),
)
"""Settings that change what counts: their key, the model's word for them, and what may be typed."""


def plus(one: Amounts, other: Amounts) -> Amounts:
    """Sum by sum."""
    return tuple(a + b for a, b in zip(one, other, strict=True))


@dataclass
class Thing:
    """A unit as it was told."""

    parent: str
    kind: str
    line: str
    participating: bool = True


@dataclass
class Seen:
    """A fact of a person or work that can be corrected or withdrawn."""

    subject: str
    what: str
    day: str
    value: int | None = None
    batch: str = ""
    replaces: str = ""
    gone: bool = False

    def is_repeated_by(self, other: Seen) -> bool:
        """Whether two homes of somebody who moved have recorded the same thing, each with its class (docs/ledger.md#registers)."""
        return bool(self.batch and other.batch) and (self.subject, self.what, self.day) == (other.subject, other.what, other.day)


@dataclass
class Someone:
    """A person as they were registered."""

    kind: str
    day: str
    homes: list[tuple[str, str]]
    members: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, list[str]] = field(default_factory=dict)
    batch: str = ""


@dataclass
class Piece:
    """A work."""

    author: str
    day: str
    counts: bool = True


class Model:
    """Everything that was done to one camp."""

    def __init__(self, lessons: dict[str, Lesson]) -> None:
        self.lessons = lessons
        self.rules: dict[str, Any] = {
            "rule": "proportional",
            "unit": 45,
            "once": True,
            "required": 800,
            "sign_in": True,
            "follow": False,
        }
        self.units: dict[str, Thing] = {}
        self.ids: dict[str, str] = {}
        self.moves: list[tuple[str, int, str, str]] = []
        self.people: dict[str, Someone] = {}
        self.marks: dict[str, Seen] = {}
        self.conditions: dict[str, Seen] = {}
        self.works: dict[str, Piece] = {}
        self.likes: dict[str, Seen] = {}
        self.merges: set[tuple[str, str]] = set()
        self.parted: set[tuple[str, str]] = set()
        self.gone_batches: set[str] = set()
        self.anew: set[str] = set()  # of these somebody was registered in another batch since
        self.city_level = {"350128"}

    # the tree

    def parents(self) -> dict[str, list[tuple[str, str]]]:
        """Who stood below whom since when; a move that would make a circle never happened."""
        history = {unit: [("", told.parent)] for unit, told in self.units.items()}
        now = {unit: told.parent for unit, told in self.units.items()}
        for day, _, unit, target in sorted(self._moves_that_hold()):
            above, at = [], target
            while at:
                above.append(at)
                at = now[at]
            if unit not in above:
                now[unit] = target
                history[unit].append((day, target))
        return history

    def _moves_that_hold(self) -> list[tuple[str, int, str, str]]:
        """A later word holds from its own day on, and so takes away what was to begin after it."""
        hold: list[tuple[str, int, str, str]] = []
        for move in sorted(self.moves, key=lambda each: each[1]):
            hold = [each for each in hold if each[2] != move[2] or each[0] <= move[0]] + [move]
        return hold

    def path(self, unit: str, day: str) -> list[str]:
        """A unit and all above it on a day."""
        history, found = self.parents(), []
        while unit:
            found.append(unit)
            unit = [parent for since, parent in history[unit] if since <= day][-1]
        return found

    def line(self, unit: str) -> str:
        """A unit's line today: its own, else inherited, else by its kind."""
        own = inherited = ""
        for each in reversed(self.path(unit, FOREVER)):
            told = self.units[each]
            own = told.line or inherited or {"学校": "教育", "妇联": "妇联"}.get(told.kind, "")
            inherited = own
        return own

    def takes_part(self, unit: str) -> bool:
        """Whether a unit and all above it take part."""
        return all(self.units[each].participating for each in self.path(unit, FOREVER))

    # people

    def groups(self) -> Iterator[list[str]]:
        """People, those merged together."""
        left = set(self.people)
        while left:
            group, waiting = set(), [min(left)]
            while waiting:
                one = waiting.pop()
                group.add(one)
                waiting += [b if a == one else a for a, b in self.merges if one in (a, b) and not {a, b} <= group]
            left -= group
            yield sorted(group)

    def first(self, person: str) -> str:
        """The id that stands for a person."""
        return next(group[0] for group in self.groups() if person in group)

    def standing(self, facts: dict[str, Seen]) -> dict[str, Seen]:
        """What was neither withdrawn nor corrected by something that stands, which corrects its repeats too."""
        left = {one: seen for one, seen in facts.items() if not seen.gone and seen.batch not in self.gone_batches}
        corrected = set()
        for seen in left.values():
            one = seen.replaces
            while one:
                corrected |= {one, *(fact for fact, other in facts.items() if facts[one].is_repeated_by(other))}
                one = facts[one].replaces
        return {one: seen for one, seen in left.items() if one not in corrected}

    def credit(self, marks: list[Seen], day: str) -> int:
        """Hundredths earned by a day."""
        by_day: dict[tuple[str, str], int] = defaultdict(int)
        for mark in marks:
            if mark.day <= day and mark.what in self.lessons:
                minutes = max(self.lessons[mark.what].length_minutes, 1) if mark.value is None else mark.value
                by_day[mark.what, mark.day] = max(by_day[mark.what, mark.day], minutes)
        watched: dict[str, int] = defaultdict(int)
        for (lesson, _), minutes in by_day.items():
            watched[lesson] += minutes
        best: dict[str, int] = defaultdict(int)
        for code, minutes in watched.items():
            described, origin = self.lessons[code], code
            while self.rules["once"] and origin in self.lessons and self.lessons[origin].replay_of:
                origin = self.lessons[origin].replay_of
            counting = min(minutes, max(described.length_minutes, 1))
            minutely = self.rules["rule"] == "minutes_per_unit"
            worth = counting if minutely else described.hundredths * counting // max(described.length_minutes, 1)
            best[origin] = max(best[origin], worth)
        total = sum(best.values())
        return 100 * total // int(self.rules["unit"]) if self.rules["rule"] == "minutes_per_unit" else total

    def registered(self, group: list[str]) -> list[str]:
        """Those of a group whose registration stands."""
        return [each for each in group if self.people[each].batch not in self.gone_batches or not self.people[each].batch]

    def amounts(self, group: list[str], day: str, marks: list[Seen], conditions: list[Seen]) -> Amounts:
        """What a person adds by a day, works apart."""
        certificates = [span for each in group for span in self.people[each].certificates.values()]
        days = [self.people[each].day for each in self.registered(group)]
        days += [seen.day for seen in (*marks, *conditions)] + [since for since, _ in certificates]
        if min(days) > day:
            return ZERO
        hours = self.credit(marks, day)
        complete = hours >= int(self.rules["required"])
        had = {seen.what for seen in conditions if seen.day <= day}
        asked = {each for each in ("sign_in", "follow") if self.rules[each]}
        certified = any(since <= day < until for since, until in certificates)
        return (1, int(hours > 0), int(complete), int(complete and asked <= had), int(certified), hours, 0, 0)

    def place(self, group: list[str], day: str) -> tuple[str, str, list[str]]:
        """Kind, home and other memberships of a person on a day."""
        first = self.people[group[0]]
        home = [unit for since, unit in first.homes if since <= day][-1]  # the last word, of those that hold by then
        others: dict[str, str] = {}
        for each in group[1:]:
            since, unit = self.people[each].homes[-1]
            others[unit] = since
        members: dict[str, str] = {}
        for each in group:
            for unit, since in self.people[each].members.items():
                members[unit] = min(since, members.get(unit, since))
        others |= members
        return (
            first.kind,
            home,
            sorted((unit for unit, since in others.items() if since <= day and unit != home), key=self.ids.__getitem__),
        )
