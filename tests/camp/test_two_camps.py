"""Next year's camp beside this year's: the same people and units, hours and certificates from zero (docs/ledger.md#activities)."""

from __future__ import annotations

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.certificates.queries.checks import verify_certificate
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.world import lessons_of
from campmgr.errors import NotAllowed
from tests.kit.story import Cast, Node

PRESET = "escape-drill-2023"


@pytest.fixture
def year(cast: Cast) -> tuple[Node, Node, str, str]:
    """A root and a school after one camp: who learned, and the number of the certificate."""
    root, school = cast.root(), cast.new("校")
    root.adds("S1", "350102", "学校")
    root.enrols(school, "S1")
    pupil = school.joins("S1", "张三", "05")
    for lesson in ("V1", "V2"):
        school.marks(pupil, lesson)
    school.marks(pupil, condition="sign_in")
    (number,) = school.do(issue).numbers
    school.sends(root)
    return root, school, pupil, number


def test_hours_begin_at_zero_and_last_years_certificate_stays_valid(year):
    root, school, pupil, number = year
    assert (root.hours(pupil), root.total("certified")) == (800, 1)

    root.do(open_activity, PRESET, "2024")
    root.gives(school)

    for node in (root, school):
        assert (node.hours(pupil), node.total("learning"), node.total("certified"), node.total("joined")) == (0, 0, 0, 0)
        assert node.see(verify_certificate, number).state == "valid"
        assert lessons_of(node.world) == {}
        assert node.rebuilt() == node.hash


def test_the_new_camp_has_lessons_rules_and_certificates_of_its_own(year):
    root, school, pupil, number = year
    first = root.world.rules.digest()
    root.do(open_activity, PRESET, "2024")
    root.do(describe_lesson, Lesson("V1", "楼道逃生", 800, 60, "科普视频", "家庭"))
    root.do(amend_rule, "certificate.required_hundredths", "600")
    root.gives(school)
    school.marks(pupil, "V1")
    school.marks(pupil, condition="sign_in")
    done = school.do(issue)
    school.sends(root)

    assert [node.hours(pupil) for node in (root, school)] == [800, 800]
    assert lessons_of(school.world)["V1"].name == "楼道逃生"
    assert root.world.rules.digest() != first
    (fresh,) = done.numbers
    assert fresh != number
    assert [root.see(verify_certificate, each).state for each in (number, fresh)] == ["valid", "valid"]
    assert root.hash == root.rebuilt()


def test_opening_the_same_again_changes_nothing_and_a_school_cannot(year):
    root, school, *_ = year
    root.do(open_activity, PRESET, "2024")
    before = root.facts()
    root.do(open_activity, PRESET, "2024")
    assert root.facts() == before
    with pytest.raises(NotAllowed):
        school.do(open_activity, PRESET, "2025")


def test_marks_of_last_year_that_come_late_belong_to_last_year(year):
    root, school, pupil, _ = year
    school.marks(pupil, "V3")
    late = school.packed()
    root.do(open_activity, PRESET, "2024")
    root.takes(late)
    assert root.hours(pupil) == 0
    assert root.rebuilt() == root.hash
