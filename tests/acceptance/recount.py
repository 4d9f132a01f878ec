"""The numbers of the camp counted a second time, by brute force from the design's words and the files alone.

Nothing of the program is imported here. What the two disagree on is a mistake of one of them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.acceptance import sheet_reader as sheets
from tests.acceptance.sheet_reader import BadRow, Line, lines_of

CAMP_BEGINS = "2023-05-20"
ROOT, DIRECT, OWN_ROW, AWAY = "35", "3500", "350128", "350527"
UNIT_KINDS = {
    **{kind: kind for kind in "省 市 县 乡 村 学校 社区 企业 机关 妇联 其他".split()},
    "小学": "学校",
    "中学": "学校",
    "大学": "学校",
    "公司": "企业",
}
LINES = tuple("安委 应急 教育 妇联 企业 社区".split())
PERSON_KINDS = {"活动组织机构", "企事业单位", "职工", "学校师生", "社区(村)居民", "社会公众", "学生", "居民", "教师", ""}
CONDITIONS = {"签到", "关注", "每日扫码"}


@dataclass(slots=True)
class Unit:
    code: str
    name: str
    kind: str
    parent: str
    line: str
    expected: int | None = None
    fixed: bool = False


@dataclass(eq=False, slots=True)
class Person:
    """A participant, or (joined False) the author of a work who never joined; `units`: home first, then memberships."""

    number: str
    name: str
    units: list[str]
    joined: bool = True
    group: str = ""
    phone: str = ""
    marks: dict[tuple[str, str], int] = field(default_factory=dict)
    conditions: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Lesson:
    hundredths: int
    length: int
    replay_of: str


@dataclass(eq=False, slots=True)
class Work:
    link: str
    author: Person
    likes: dict[str, int] = field(default_factory=dict)


class Recount:
    """What the files say. `take` each file in the order of the imports; then ask the tables built on it (`tables.py`)."""

    def __init__(self, preset_units: Path) -> None:
        self.units: dict[str, Unit] = {}
        self.people: list[Person] = []
        self.lessons: dict[str, Lesson] = {}
        self.works: dict[str, Work] = {}
        self.children: dict[str, list[str]] = defaultdict(list)
        self._by_number: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
        with preset_units.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._add(Unit(row["code"], row["name"], row["kind"], row["parent"], row["line"], fixed=True))

    def take(self, kind: str, path: Path, read_at: str = "") -> list[tuple[int, str]]:
        """Count a file in; the rows that must be rejected come back as (row number, reason).

        `notes` holds, until the next file, those that must be taken without a cell that cannot be read.
        """
        self._read_at = read_at
        self._seen: set[object] = set()
        self.notes: list[tuple[int, str]] = []
        takers: dict[str, Callable[[Line], None]] = {
            "units": self._unit, "people": self._person, "lessons": self._lesson, "marks": self._mark, "likes": self._work,
        }  # fmt: skip
        lines = list(lines_of(path))
        self._coming = {line["代码"]: line["上级代码"] for line in lines} if kind == "units" else {}
        rejects: list[tuple[int, str]] = []
        for line in lines:
            try:
                takers[kind](line)
            except BadRow as bad:
                rejects.append((line.number, bad.reason))
        return rejects

    def path(self, code: str) -> list[str]:
        """The unit and all above it."""
        found = [code]
        while parent := self.units[found[-1]].parent:
            found.append(parent)
        return found

    def line_of(self, code: str) -> str:
        """The unit's own line, else the nearest one above."""
        return next((self.units[each].line for each in self.path(code) if self.units[each].line), "")

    def away(self, code: str) -> bool:
        """Whether the unit stands below 金门: no report has a row for it, and it has no people."""
        return AWAY in self.path(code)[1:]

    def persons_called(self, number: str) -> list[Person]:
        """Everybody with that 编号."""
        return self._by_number[number]

    def _add(self, unit: Unit) -> None:
        if unit.code not in self.units:
            self.children[unit.parent].append(unit.code)
        self.units[unit.code] = unit

    def _unit(self, line: Line) -> None:
        code, parent = line["代码"], line["上级代码"]
        if not line["名称"]:
            raise BadRow("missing_value")
        if line["类别"] not in UNIT_KINDS:
            raise BadRow("unknown_word")
        if parent == code:
            raise BadRow("circular_parent")
        if parent and parent not in self.units and parent not in self._coming:
            raise BadRow("unknown_unit")
        expected = sheets.whole(line["应参与人数"]) if line["应参与人数"] else None
        known = self.units.get(code)
        if known is not None and known.fixed:
            known.expected = known.expected if expected is None else expected
        else:
            self._add(Unit(code, line["名称"], UNIT_KINDS[line["类别"]], parent, line["条线"], expected))

    def _unit_code(self, text: str) -> str:
        if text not in self.units:
            raise BadRow("unknown_unit")
        if AWAY in self.path(text):
            raise BadRow("not_participating")
        return text

    def _person(self, line: Line) -> None:
        number, name = line["编号"], line["姓名"]
        if not name:
            raise BadRow("missing_value")
        unit = self._unit_code(line["单位"])
        if line["参与者类别"] not in PERSON_KINDS:
            raise BadRow("unknown_word")
        if number and (unit, number) in self._seen:
            raise BadRow("repeated_row")
        self._seen.add((unit, number))
        phone = line["手机号"]
        if phone and len(phone) != 11:
            self.notes.append((line.number, "bad_number"))
            phone = ""
        said = Person(number, name, [unit], group=line["班级"], phone=phone)
        known = self._numbered(said) or self._only_one_like(said)
        if known is not None:
            self._seen.add(known)
            self._hear(known, said)
            return
        for person in self._by_number[number] if number else []:
            if key(person.name) == key(name) and self.line_of(unit) not in {self.line_of(each) for each in person.units}:
                person.units.append(unit)
                return
        self._join(said)

    def _join(self, person: Person) -> None:
        self.people.append(person)
        self._seen.add(person)
        self._by_name[person.units[0], key(person.name)].append(person)
        if person.number:
            self._by_number[person.number].append(person)

    def _numbered(self, said: Person) -> Person | None:
        """Same unit and 编号 is the same person; with another name and another class nobody can tell, and nobody is renamed."""
        bearers = [each for each in self._by_number[said.number] if said.units[0] in each.units] if said.number else []
        for person in bearers:
            if key(person.name) == key(said.name):
                return person
        at_home = [each for each in bearers if each.units[0] == said.units[0]]
        if any(said.group and key(said.group) != key(each.group) for each in at_home):
            raise BadRow("conflict")
        return at_home[0] if at_home else None

    def _only_one_like(self, said: Person) -> Person | None:
        """Of those at home there with that name whom no other row of the file means, the only one the row does not contradict."""
        like = [
            each
            for each in self._by_name[said.units[0], key(said.name)]
            if key(each.name) == key(said.name)
            and each not in self._seen
            and all(not mine or not other or key(mine) == key(other) for mine, other in zip(_told(each), _told(said), strict=True))
        ]
        if len(like) > 1:
            raise BadRow("ambiguous_person")
        return like[0] if like else None

    def _hear(self, known: Person, said: Person) -> None:
        """What the row says stands, in the unit that is the person's home; what it leaves blank stays."""
        if known.units[0] != said.units[0]:
            return
        if said.number and not known.number:
            known.number = said.number
            self._by_number[said.number].append(known)
        if key(known.name) != key(said.name):
            known.name = said.name
            self._by_name[known.units[0], key(said.name)].append(known)
        known.group, known.phone = said.group or known.group, said.phone or known.phone

    def _lesson(self, line: Line) -> None:
        self.lessons[line["编号"]] = Lesson(sheets.hundredths(line["课时"]), sheets.whole(line["时长"]), line["重播自"])

    def _mark(self, line: Line) -> None:
        person = self._whose(line)
        on = sheets.day(line["日期"])
        if on < CAMP_BEGINS:
            raise BadRow("outside_camp")
        if not line["课程编号"]:
            person.conditions.add((line["方式"], on))
            return
        if line["课程编号"] not in self.lessons:
            raise BadRow("unknown_lesson")
        length = self.lessons[line["课程编号"]].length
        minutes = sheets.whole(line["分钟"]) if line["分钟"] else length
        if not 1 <= minutes <= 1440:
            raise BadRow("out_of_range")
        person.marks[line["课程编号"], on] = minutes

    def _whose(self, line: Line) -> Person:
        number = line["参与者编号"]
        found = self._by_number[number] if number else [each for each in self.people if each.name == line["姓名"]]
        if line["单位代码"]:
            found = [each for each in found if line["单位代码"] in each.units]
        if line["姓名"]:
            found = [each for each in found if each.name == line["姓名"]]
        if not found and len(number) == 16 and number.isdigit() and int(number) % 97 != 1:
            raise BadRow("bad_check_digits")
        if len(found) != 1:
            raise BadRow("ambiguous_person" if found else "unknown_person")
        return found[0]

    def _work(self, line: Line) -> None:
        link, count = line["作品链接"], sheets.likes(line["点赞数"])
        if link in self._seen:
            raise BadRow("repeated_row")
        if link not in self.works:
            self.works[link] = Work(link, self._author(line))
        self._seen.add(link)
        self.works[link].likes[self._read_at] = count

    def _author(self, line: Line) -> Person:
        if line["参与者编号"]:
            return self._whose(line)
        return Person("", line["作者"], [self._unit_code(line["单位"] or DIRECT)], joined=False)


def key(name: str) -> str:
    """What two ways to write one name share: no spaces, one width, one sort of dot."""
    return re.sub("[•‧・．.∙●]", "·", "".join(unicodedata.normalize("NFKC", name).split()))


def _told(person: Person) -> tuple[str, str, str]:
    return person.number, person.group, person.phone


def credit(lessons: dict[str, Lesson], marks: Iterable[tuple[tuple[str, str], int]], until: str = "9999") -> int:
    """Hundredths earned: minutes of a lesson summed over days, floored by its length, live and its replays once."""
    minutes: dict[str, int] = defaultdict(int)
    for (code, on), counted in marks:
        minutes[code] += counted if on <= until else 0
    best: dict[str, int] = defaultdict(int)
    for code, watched in minutes.items():
        lesson = lessons[code]
        worth = lesson.hundredths * min(watched, lesson.length) // lesson.length
        best[lesson.replay_of or code] = max(best[lesson.replay_of or code], worth)
    return sum(best.values())
