"""Registering, details, memberships, moving, merging, parting, erasing."""

from __future__ import annotations

import pytest

from campmgr.areas.people.actions.people import Registration, add_membership, change_details, erase, merge, move, part, register
from campmgr.areas.units.queries.reports import report_units
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds


def _do(camp, verb, *args, **more):
    with camp.store.writing() as w:
        return verb(w, *args, **more)


def _joined(camp, by="city") -> dict[str, int]:
    with camp.store.reading() as r:
        report = report_units(r, worlds.load(r), by)
    return {row.code: row.amounts[0] for row in report.rows if row.amounts[0]} | {"": report.total.amounts[0]}


def test_a_person_is_registered_in_their_unit(camp):
    person = _do(camp, register, Registration("S2", "赵六", "010", "一班", "13900000000", "学校师生", guardian=True))
    who = camp.person("010")
    assert (who.person, who.home, who.name, who.class_name, who.guardian) == (person, camp.unit("S2"), "赵六", "一班", True)
    assert _joined(camp) == {"3501": 4, "": 4}


def test_the_same_unit_and_number_is_the_same_person(camp):
    before = camp.state()
    assert _do(camp, register, Registration("S1", "张三", "001")) == camp.person("001").person
    assert camp.state() == before


def test_the_same_number_in_another_unit_is_somebody_else(camp):
    one = camp.person("001").person
    assert _do(camp, register, Registration("S2", "别人", "001")) != one


def test_without_a_number_two_of_one_name_are_two(camp):
    assert _do(camp, register, Registration("S1", "同名")) != _do(camp, register, Registration("S1", "同名"))


def test_a_unit_can_be_told_by_its_name(camp):
    _do(camp, register, Registration("第二小学", "赵六", "010"))
    assert camp.person("010").home == camp.unit("S2")


@pytest.mark.parametrize(
    ("who", "family", "reason"),
    [
        (Registration("S9", "赵六", "010"), NotFound, "unknown_unit"),
        (Registration("", "赵六", "010"), NotFound, "unknown_unit"),
        (Registration("350527", "赵六", "010"), Refused, "not_participating"),
        (Registration("S1", "", "010"), BadInput, "missing_value"),
        (Registration("S1", "  ", "010"), BadInput, "missing_value"),
    ],
)
def test_who_cannot_be_registered(camp, who, family, reason):
    before = camp.state()
    with pytest.raises(family) as told:
        _do(camp, register, who)
    assert told.value.reason == reason
    assert camp.state() == before


def test_kinmen_takes_nobody_by_moving_or_joining_either(camp):
    for verb in (move, add_membership):
        with pytest.raises(Refused) as told:
            _do(camp, verb, camp.person("001"), "350527")
        assert told.value.reason == "not_participating"


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("mailto:x")', "𠮷野", "欧阳·买买提", "O'Neil; drop table people", "<b>x</b>", "名" * 60]
)
def test_names_are_kept_as_they_are(camp, name):
    _do(camp, register, Registration("S1", name, "010"))
    assert camp.person("010").name == name


def test_details_change_and_the_old_ones_stay_in_the_history(camp):
    _do(camp, change_details, camp.person("001"), name="张叁")
    assert camp.person("001").name == "张叁"
    assert camp.person("001").phone == "13800000001"
    told = [(event.body["name"], event.stands) for event in camp.page("001").history if event.kind == "person_details_changed"]
    assert told == [("张三", False), ("张叁", True)]
    assert camp.rows("select 1 from review") == []


def test_details_that_stand_so_already_write_nothing(camp):
    before = camp.state()
    assert _do(camp, change_details, camp.person("001"), name="张三", phone="13800000001") is None
    assert camp.state() == before


def test_a_name_cannot_be_changed_into_nothing(camp):
    for name in ("", " "):
        with pytest.raises(BadInput) as told:
            _do(camp, change_details, camp.person("001"), name=name)
        assert told.value.reason == "missing_value"


def test_a_second_membership_counts_once_in_the_total(camp):
    _do(camp, add_membership, camp.person("001"), "F1")
    assert camp.page("001").memberships == (camp.unit("F1"),)
    assert _joined(camp) == {"3501": 3, "": 3}
    assert _joined(camp, "line")[""] == 3
    before = camp.state()
    _do(camp, add_membership, camp.person("001"), "F1")
    assert camp.state() == before


def test_the_home_is_no_second_membership(camp):
    before = camp.state()
    _do(camp, add_membership, camp.person("001"), "S1")
    assert camp.page("001").memberships == ()
    assert camp.state()[1] == before[1]


def test_a_move_takes_the_history_along(camp):
    camp.mark("001", "V1")
    assert _do(camp, move, camp.person("001"), "S2", "2023-06-10") is not None
    assert camp.person("001").home == camp.unit("S2")
    assert camp.credited("001") == 100
    assert camp.mark("001", "V1").state == "known"
    before = camp.state()
    assert _do(camp, move, camp.person("001"), "S2") is None
    assert camp.state() == before


@pytest.mark.parametrize("day", ["next week", "2023-02-30", "20230"])
def test_a_move_on_a_day_that_is_none_is_refused(camp, day):
    before = camp.state()
    with pytest.raises(BadInput) as told:
        _do(camp, move, camp.person("001"), "S2", day)
    assert told.value.reason == "bad_date"
    assert camp.state() == before


def test_a_move_to_nowhere(camp):
    with pytest.raises(NotFound) as told:
        _do(camp, move, camp.person("001"), "S9")
    assert told.value.reason == "unknown_unit"


def test_merged_people_are_one_and_a_parting_undoes_it(camp):
    camp.mark("001", "V1")
    camp.mark("003", "Z1")
    before = {number: (camp.person(number).person, camp.credited(number)) for number in ("001", "003")}
    stands = _do(camp, merge, camp.person("001"), camp.person("003"))
    assert stands == min(person for person, _ in before.values())
    assert camp.credited(camp.person(stands).code) == 300
    assert _joined(camp)[""] == 2
    apart = _do(camp, part, stands, camp.person(stands))
    assert sorted(apart) == sorted(person for person, _ in before.values())
    assert {number: (camp.person(number).person, camp.credited(number)) for number in ("001", "003")} == before
    assert _joined(camp)[""] == 3


def test_merging_oneself_or_parting_what_was_never_merged_is_refused(camp):
    with pytest.raises(Refused):
        _do(camp, merge, camp.person("001"), camp.person("001"))
    with pytest.raises(NotFound):
        _do(camp, part, "001", camp.person("001"))


def test_merging_twice_is_refused_and_merging_after_a_parting_is_not(camp):
    stands = _do(camp, merge, camp.person("001"), camp.person("002"))
    with pytest.raises(Refused):
        _do(camp, merge, camp.person(stands), camp.person(stands))
    _do(camp, part, stands, camp.person(stands))
    assert _do(camp, merge, camp.person("001"), camp.person("002")) == stands


def test_both_codes_of_merged_people_serve(camp):
    codes = [camp.person(number).code for number in ("001", "002")]
    _do(camp, merge, camp.person("001"), camp.person("002"))
    assert len({camp.person(code).person for code in codes}) == 1


def test_an_erased_name_is_nowhere_and_the_hours_stay(camp):
    code = camp.person("001").code
    camp.mark("001", "V1")
    before = _joined(camp)
    _do(camp, erase, camp.person("001"), "本人要求")
    who = camp.person(code)
    assert (who.name, who.number, who.phone, who.shown_name) == ("", "", "", "已删除")
    assert camp.credited(code) == 100
    assert _joined(camp) == before
    assert "张三" not in str(camp.page(code).history)
    camp.store.empty_log()
    assert "张三".encode() not in camp.store.path.read_bytes()
    with pytest.raises(NotFound):
        camp.person("001")


def test_erasing_twice_writes_nothing_more(camp):
    code = camp.person("001").code
    _do(camp, erase, camp.person("001"), "本人要求")
    before = camp.state()
    _do(camp, erase, camp.person(code), "本人要求")
    assert camp.state() == before


def test_erasing_one_who_moved_erases_both_places(camp):
    code = camp.person("001").code
    _do(camp, move, camp.person("001"), "S2", "2023-06-10")
    _do(camp, erase, camp.person(code), "本人要求")
    assert camp.person(code).shown_name == "已删除"
    assert camp.rows("select 1 from facts where body like '%张三%'") == []


def test_a_school_registers_in_itself_alone(camp, child):
    _do(child, register, Registration("S1", "赵六", "010"))
    before = child.state()
    with pytest.raises(NotAllowed):
        _do(child, register, Registration("S2", "钱七", "011"))
    with pytest.raises(NotAllowed):
        _do(child, add_membership, child.person("001"), "F1")
    assert child.state() == before
