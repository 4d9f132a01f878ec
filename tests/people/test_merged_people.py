"""What was said of one of two people who are one holds while they are one, and goes to the right one when they are parted."""

from __future__ import annotations

from campmgr.areas.certificates.actions import issuing as certificates
from campmgr.areas.certificates.actions import revoking
from campmgr.areas.hours.actions import corrections
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.queries.reports import report_units
from campmgr.facts import world as worlds
from tests.kit.story import Node


def _two(root: Node) -> tuple[str, str]:
    """Two people, the one whose id will stand first."""
    one, other = sorted((root.joins("350102", "甲", "1"), root.joins("350103", "甲", "2")))
    return one, other


def _merge(root: Node, one: str, other: str) -> None:
    root.do(lambda w: people.merge(w, people_by_id(w, [one])[one], people_by_id(w, [other])[other]))


def _part(root: Node, one: str) -> None:
    root.do(lambda w: people.part(w, one, people_by_id(w, [one])[one]))


def test_correcting_a_mark_of_the_other_id_counts_now_and_after_a_parting(cast):
    root = cast.root()
    one, other = _two(root)
    wrong = root.marks(other, "V1").fact
    _merge(root, one, other)
    root.do(lambda w: corrections.correct_mark(w, people_by_id(w, [one])[one], wrong, 30, "看错"))
    assert root.total("hours") == 50
    _part(root, one)
    assert root.total("hours", "350103") + root.total("hours", "350102") == 50
    assert root.see(lambda r: r.value("select credited from people where person = :p", p=other)) == 50


def test_a_revoked_certificate_of_the_other_id_stays_revoked(cast):
    root = cast.root()
    one, other = _two(root)
    root.marks(other, "V1")
    root.marks(other, "V2")
    root.marks(other, condition="sign_in")
    number = root.do(certificates.issue).numbers[0]
    _merge(root, one, other)
    root.do(revoking.revoke, number, "误发")
    assert root.total("certified") == 0
    _part(root, one)
    assert root.total("certified") == 0


def test_who_was_a_member_before_moving_there_counted_there_before(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校")
    ana = root.joins("350203", "甲", "1")
    root.do(lambda w: people.add_membership(w, people_by_id(w, [ana])[ana], "S1"))
    root.clock.move(days=3)
    root.moves(ana, "S1")
    for day in ("2023-06-02", ""):
        report = root.see(lambda r, day=day: report_units(r, worlds.load(r), "line", day))
        assert {row.code: row.amounts[0] for row in report.rows}["教育"] == 1


def _details(root: Node, one: str) -> tuple[str, str]:
    """Telephone and class as they are shown of somebody."""
    found = root.see(lambda r: people_by_id(r, [one])[one])
    return found.phone, found.class_name


def test_what_one_record_leaves_blank_the_other_fills_until_they_are_parted(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校")
    one, other = sorted((root.joins("S1", "张小苗", "1"), root.joins("S1", "张小苗", "2")))
    far = root.joins("350103", "张小苗", "3")
    root.do(lambda w: people.change_details(w, people_by_id(w, [other])[other], phone="13900004567", class_name="一（3）班"))
    root.do(lambda w: people.change_details(w, people_by_id(w, [far])[far], class_name="六2班"))
    _merge(root, one, far)
    assert _details(root, min(one, far))[1] != ("六2班" if one < far else "")
    _part(root, min(one, far))
    _merge(root, one, other)
    assert _details(root, one) == ("13900004567", "一（3）班")
    assert root.rebuilt() == root.hash
    _part(root, one)
    assert (_details(root, one), _details(root, other)) == (("", ""), ("13900004567", "一（3）班"))


def _three(root: Node) -> list[str]:
    """Three people, the one whose id would stand for all first."""
    return sorted(root.joins("350102", f"丙{number}", f"3{number}") for number in range(3))


def _ones(root: Node, *people: str) -> list[str]:
    """Who stands for each of these."""
    found = root.see(lambda r: people_by_id(r, people))
    return [found[person].person for person in people]


def test_whoever_was_parted_from_one_of_several_can_be_merged_with_them_again(cast):
    root = cast.root()
    one, two, three = _three(root)
    _merge(root, two, three)
    _merge(root, one, two)
    _part(root, three)
    assert _ones(root, one, two, three) == [one, one, three]
    _merge(root, one, three)
    assert _ones(root, one, two, three) == [one] * 3
    _part(root, three)
    assert _ones(root, one, two, three) == [one, one, three]


def test_two_who_were_parted_are_one_again_when_somebody_is_merged_with_both_and_apart_when_that_is_taken_back(cast):
    root = cast.root()
    one, two, three = _three(root)
    root.marks(one, "V1")
    root.marks(two, "V2")
    _merge(root, two, three)
    _part(root, two)
    _merge(root, one, two)
    root.do(lambda w: people.merge(w, people_by_id(w, [one])[one], people_by_id(w, [three])[three], batch="again"))
    assert _ones(root, one, two, three) == [one] * 3
    assert (root.total("joined"), root.hours(one)) == (1, 800)
    assert root.rebuilt() == root.hash
    root.do(people.part_batch, "again")
    assert _ones(root, one, two, three) == [one, one, three]
    assert (root.total("joined"), root.hours(one), root.hours(three)) == (2, 800, 0)


def test_whoever_stands_for_several_is_parted_from_all_of_them_however_they_were_merged(cast):
    root = cast.root()
    one, two, three = _three(root)
    _merge(root, two, three)
    _merge(root, one, two)
    _part(root, one)
    assert _ones(root, one, two, three) == [one, two, three]
    assert root.rebuilt() == root.hash
