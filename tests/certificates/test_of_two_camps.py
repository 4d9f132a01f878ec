"""Certificates of two years are told apart wherever one is shown, and each is printed under its own camp's name."""

from __future__ import annotations

import pytest

from campmgr.accounts.queries import Account
from campmgr.areas.activities.actions import Opening, begin
from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.camp.settings import Camp
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.certificates.actions.revoking import reissue
from campmgr.areas.certificates.queries.camps import as_of_camp, as_of_certificate
from campmgr.areas.certificates.queries.checks import verify_certificate
from campmgr.areas.certificates.queries.listed import CERTIFICATES
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.desks.queries.person import page_of
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.store.door import Reader
from tests.kit.story import Cast, Node

PRESET = "escape-drill-2023"
NAMES = ("逃生演练训练营", "平安校园训练营")


@pytest.fixture
def two(cast: Cast) -> tuple[Node, str, list[str]]:
    """A root, a pupil, and the numbers of the pupil's certificates of two years."""
    root = cast.root()
    root.adds("S1", "350102", "学校")
    pupil = root.joins("S1", "张三", "05")
    numbers: list[str] = []
    for lessons in (("V1", "V2"), ("W1",)):
        if numbers:
            root.do(begin, Opening(PRESET, "2024", typed={"camp.name": NAMES[1], "camp.year": "2024"}))
            root.do(describe_lesson, Lesson("W1", "校园安全", 800, 60, "科普视频", "家庭"))
        for lesson in lessons:
            root.marks(pupil, lesson)
        root.marks(pupil, condition="sign_in")
        numbers += root.do(issue).numbers
    return root, pupil, numbers


def test_verifying_tells_the_camp_and_its_year(two):
    root, _pupil, numbers = two
    found = [root.see(verify_certificate, each) for each in numbers]
    assert [(each.state, each.camp.code, each.camp.year) for each in found] == [("valid", "camp", 2023), ("valid", "2024", 2024)]
    assert found[1].camp.words == f"{NAMES[1]}（2024 年）"


def test_lists_and_the_persons_page_tell_them_apart(two):
    root, pupil, numbers = two
    listed = _listed(root)
    page = root.see(lambda r: page_of(r, worlds.load(r), root.person(pupil)))
    camps = {line.key: line.cells[-1] for line in listed}
    assert set(camps) == set(numbers)
    assert camps[numbers[1]] == f"{NAMES[1]}（2024 年）"
    assert len(set(camps.values())) == 2
    assert {each.number: each.camp for each in page.certificates} == camps
    assert [each.is_present for each in sorted(page.certificates, key=lambda each: numbers.index(each.number))] == [False, True]


def test_each_is_printed_under_its_own_camp(two):
    root, _pupil, numbers = two

    def printed(r: Reader) -> list[tuple[str, str]]:
        world = worlds.load(r)
        of = [as_of_certificate(r, world, each) for each in numbers]
        return [(certificate_prints(r, each, world.root_unit, number=number)[0].number, each.rules[Camp].name)
                for each, number in zip(of, numbers, strict=True)]  # fmt: skip

    assert [number for number, _ in root.see(printed)] == numbers
    assert [name for _, name in root.see(printed)][1] == NAMES[1]
    assert root.see(printed)[0][1] != NAMES[1]


def test_all_of_a_camp_are_those_of_that_camp_alone(two):
    root, _pupil, numbers = two

    def all_of(r: Reader) -> list[list[str]]:
        world = worlds.load(r)
        of = (as_of_camp(world, ""), world)
        return [[each.number for each in certificate_prints(r, each, world.root_unit)] for each in of]

    assert root.see(all_of) == [[numbers[0]], [numbers[1]]]


def test_in_a_file_of_one_camp_nothing_more_is_said(cast: Cast):
    root = cast.root()
    root.adds("S1", "350102", "学校")
    pupil = root.joins("S1", "张三", "05")
    for lesson in ("V1", "V2"):
        root.marks(pupil, lesson)
    root.marks(pupil, condition="sign_in")
    root.do(issue)
    (line,) = _listed(root)
    assert line.cells[-1] == ""


def test_last_years_certificate_is_given_anew_with_its_own_hours(two):
    root, pupil, numbers = two
    assert root.hours(pupil) == 800
    root.do(amend_rule, "certificate.required_hundredths", "900")  # nobody is ready this year any more
    made = root.do(reissue, numbers[0], "姓名更正")
    (row,) = root.see(
        lambda r: r.all("select activity, credited, state from certificates where number = :number", number=made.number)
    )
    assert row == ("", 800, "valid")
    with pytest.raises(Refused, match="没有达到领证条件"):
        root.do(reissue, numbers[1], "姓名更正")
    assert root.rebuilt() == root.hash


def _listed(root):
    """The certificates as the office lists them."""

    def see(r):
        world = worlds.load(r)
        office = Account("", "", "", "organizer", world.root_unit, "")
        return list(CERTIFICATES.rows(r, world, office, CERTIFICATES.asked({})).each("", down=False))

    return root.see(see)
