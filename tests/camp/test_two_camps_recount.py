"""Two camps in one file: both reports equal a recount that knows nothing of facts, folds and tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.carrying_over import ClassChoice, carried_lines, carry_over
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.units.queries.reports import report_units
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from campmgr.ids import random_id
from campmgr.store.door import Reader
from tests.kit.story import Cast, Node

PRESET = "escape-drill-2023"
SCHOOLS = ("S1", "S2", "S3")
WORTH = ({"V1": 100, "V2": 700, "V3": 99}, {"V1": 300, "W1": 500})
"""What each lesson is worth in the first camp and in the second, as this test says it."""
REQUIRED = 800

Row = tuple[int, ...]
"""Joined, learning, completed, ready, certified, hundredths."""


@dataclass
class Pupil:
    """What somebody who keeps a list would write down."""

    school: str
    class_name: str
    joined: list[bool]
    lessons: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    signed: list[bool] = field(default_factory=lambda: [False, False])
    certified: list[bool] = field(default_factory=lambda: [False, False])

    def counts(self, camp: int) -> Row:
        """What they add to their school's row."""
        total = sum(WORTH[camp][each] for each in self.lessons[camp])
        is_in = self.joined[camp] or bool(self.lessons[camp]) or self.signed[camp] or self.certified[camp]
        complete = total >= REQUIRED
        return (int(is_in), int(total > 0), int(complete), int(complete and self.signed[camp]), int(self.certified[camp]), total)


class Story:
    """Two years of three schools, told to a root and a school's laptop, and noted on the side."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.random = Random(seed)
        self.root = cast.root()
        for school in SCHOOLS:
            self.root.adds(school, "350102", "学校")
        self.laptop = cast.new("校")
        self.root.enrols(self.laptop, "S1")
        self.pupils: dict[str, Pupil] = {}

    def registers(self, camp: int) -> None:
        school, class_name = self.random.choice(SCHOOLS), self.random.choice(("三年1班", "三年2班", ""))
        at = len(self.pupils)
        who = Registration(self.root.unit(school), f"学生{at}", f"{at:03d}", class_name)
        self.pupils[self.root.do(register, who)] = Pupil(school, class_name, [camp == 0, camp == 1])

    def learns(self, node: Node, camp: int, schools: tuple[str, ...] = SCHOOLS) -> None:
        known = [key for key, each in self.pupils.items() if each.school in schools]
        if not known:
            return
        key = self.random.choice(known)
        if self.random.random() < 0.3:
            node.marks(key, condition="sign_in")
            self.pupils[key].signed[camp] = True
        else:
            lesson = self.random.choice(sorted(WORTH[camp]))
            node.marks(key, lesson)
            self.pupils[key].lessons[camp].add(lesson)

    def moves(self) -> None:
        key, school = self.random.choice(list(self.pupils)), self.random.choice(SCHOOLS)
        if self.pupils[key].school != school:
            self.root.moves(key, school)
            self.pupils[key].school = school

    def issues(self, camp: int) -> None:
        self.root.do(issue)
        for each in self.pupils.values():
            each.certified[camp] |= bool(each.counts(camp)[3])

    def carries_over(self) -> None:
        school, name, to = (
            self.random.choice(SCHOOLS),
            self.random.choice(("三年1班", "三年2班", "")),
            self.random.choice(("四年1班", "")),
        )
        batch, unit = random_id(), self.root.unit(school)
        meant = [each for each in self.pupils.values()
                 if (each.school, each.class_name) == (school, name) and not each.counts(1)[0]]  # fmt: skip
        count = self.root.do(lambda w: carry_over(w, carried_lines(w, unit, [ClassChoice(name, to)]), batch))
        assert count == len(meant)
        if self.random.random() < 0.3:
            if meant:
                self.root.withdraws(batch)
            return
        for each in meant:
            each.joined[1] = True
            each.class_name = (to or name) if name else to

    def opens_the_second(self) -> None:
        self.root.do(open_activity, PRESET, "2024")
        for code, worth in WORTH[1].items():
            self.root.do(describe_lesson, Lesson(code, f"课{code}", worth, 60, "科普视频", "家庭"))

    def recounted(self, camp: int) -> dict[str, Row]:
        rows: dict[str, list[Row]] = defaultdict(list)
        for each in self.pupils.values():
            rows[each.school].append(each.counts(camp))
        return {school: tuple(map(sum, zip(*rows[school], strict=True))) for school in rows}


def _reported(r: Reader) -> dict[str, Row]:
    rows = report_units(r, worlds.load(r), "school").rows
    return {row.code: row.amounts[:6] for row in rows if row.code in SCHOOLS}


def _equal(story: Story, reported: dict[str, Row], camp: int) -> None:
    wanted = story.recounted(camp)
    assert {school: row for school, row in reported.items() if any(row)} == {each: row for each, row in wanted.items() if any(row)}


@pytest.mark.drawn(whole=200)
def test_both_camps_reports_equal_a_recount(cast: Cast, seed: int):
    story = Story(cast, seed)
    root, random = story.root, story.random
    for _ in range(random.randint(4, 9)):
        story.registers(0)
    for _ in range(random.randint(6, 18)):
        random.choice([lambda: story.learns(root, 0), lambda: story.learns(root, 0), story.moves])()
    story.issues(0)
    _equal(story, root.see(_reported), 0)
    root.gives(story.laptop)
    story.opens_the_second()

    for _ in range(random.randint(6, 16)):
        random.choice([
            lambda: story.learns(root, 1), lambda: story.learns(root, 1), lambda: story.registers(1), story.moves,
            story.carries_over,
        ])()  # fmt: skip
    at_school = {key for key, each in story.pupils.items() if each.school == "S1" and each.joined[0]}
    if late := [key for key in at_school if story.laptop.see(lambda r, key=key: _is_held(r, key))]:
        key = random.choice(sorted(late))
        story.laptop.marks(key, "V3")  # the school has not heard of the second camp yet
        story.pupils[key].lessons[0].add("V3")
        story.laptop.sends(root)
    story.issues(1)

    _equal(story, root.see(_reported), 1)
    earlier.make(root.store, "")
    with earlier.opened(root.store, "") as copy, copy.reading() as r:
        _equal(story, _reported(r), 0)
    assert root.hash == root.rebuilt()


def _is_held(r: Reader, person: str) -> bool:
    return r.value("select 1 from people where person = :person and steps <> '[]'", person=person) is not None
