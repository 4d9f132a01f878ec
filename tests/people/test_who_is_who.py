"""Rosters that come several times, or number pupils within their class: who is who (docs/formats.md#people)."""

from __future__ import annotations

import pytest

from tests.kit.program import write

_ALL = ["编号", "姓名", "班级", "手机号"]


@pytest.fixture
def roster(program, tmp_path):
    """Imports a roster for S1 and says how many people the school has then."""
    number = 0

    def send(headings, *rows, suffix=".xlsx", dry=False):
        nonlocal number
        number += 1
        path = write(tmp_path / f"r{number}{suffix}", [headings, *rows])
        return program.json("import", "people", path, "--unit", "S2", *(["--dry-run"] if dry else []))

    return send


def _counts(data):
    return data["new"], data["changed"], data["unchanged"], data["rejected"]


def _reasons(data):
    return [each["reason"] for each in data["rejects"]]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_same_roster_with_telephones_then_with_numbers_makes_no_new_people(roster, program, suffix):
    assert _counts(roster(["姓名"], ["甲一"], ["甲二"], suffix=suffix)) == (2, 0, 0, 0)
    with_phones = roster(["姓名", "手机号"], ["甲一", "13800000011"], ["甲二", "13800000012"], suffix=suffix)
    assert _counts(with_phones) == (0, 2, 0, 0)
    assert _counts(roster(["编号", "姓名"], ["k1", "甲一"], ["k2", "甲二"], suffix=suffix)) == (0, 2, 0, 0)
    assert _counts(roster(["编号", "姓名"], ["k1", "甲一"], ["k2", "甲二"], suffix=suffix)) == (0, 0, 2, 0)
    assert program.json("person", "show", "k1", "--phone")["phone"] == "13800000011"


def test_the_other_way_round_too(roster):
    assert _counts(roster(_ALL, ["k1", "甲一", "一班", "13800000011"])) == (1, 0, 0, 0)
    for headings, row in (
        (["姓名"], ["甲一"]),
        (["姓名", "班级"], ["甲一", "一班"]),
        (["姓名", "手机号"], ["甲一", "13800000011"]),
    ):
        assert _counts(roster(headings, row)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "written", ["阿里•买买提", "阿里‧买买提", "阿里・买买提", "阿里．买买提", "阿里∙买买提", "阿里●买买提", "阿里 · 买买提"]
)
def test_a_name_with_another_dot_is_the_same_person_and_keeps_its_written_form(roster, program, written):
    assert _counts(roster(["编号", "姓名"], ["k1", "阿里·买买提"], ["k2", "⾼明"])) == (2, 0, 0, 0)
    assert _counts(roster(["编号", "姓名"], ["k1", written], ["k2", "高明"])) == (0, 0, 2, 0)
    assert _counts(roster(["姓名"], [written], ["高 明"])) == (0, 0, 2, 0)
    assert program.json("person", "show", "k1")["name"] == "阿里·买买提"


@pytest.mark.parametrize("written", ["一年级3班", "一（3）班", "1年3班"])
def test_a_class_written_otherwise_is_the_same_class(roster, program, written):
    assert _counts(roster(["姓名", "班级"], ["甲一", "一年3班"])) == (1, 0, 0, 0)
    assert _counts(roster(["姓名", "班级"], ["甲一", written])) == (0, 0, 1, 0)
    assert _counts(roster(_ALL, ["k1", "甲一", written, "13800000011"])) == (0, 1, 0, 0)
    assert program.json("person", "show", "k1")["class"] == "一年3班"
    renamed = roster(_ALL, ["k1", "甲一一", written, "13800000011"])
    assert (_counts(renamed), _reasons(renamed)) == ((0, 1, 0, 0), [])


def test_pupils_of_one_name_in_one_class_are_repeated_however_it_is_written(roster):
    again = roster(["姓名", "班级"], ["甲一", "一年3班"], ["甲一", "一（3）班"])
    assert (_counts(again), _reasons(again)) == ((1, 0, 0, 1), ["repeated_row"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["1", "甲一", "一班", None], ["1", "乙一", "二班", None]),
        (["1", "甲一", "一班", "13800000011"], ["1", "乙一", "二班", "13800000021"]),
        (["01", "甲一", "三年级1班", None], ["01", "乙一", "三年级2班", None]),
        (["1", "甲一", None, None], ["1", "乙一", "二班", None]),
        (["１", "甲一", "1班", None], ["1", "乙一", "２班", None]),
    ],
)
def test_another_name_and_class_under_one_number_is_a_conflict_and_shows_both(roster, program, first, second):
    assert _counts(roster(_ALL, first)) == (1, 0, 0, 0)
    again = roster(_ALL, second)
    assert (_counts(again), _reasons(again)) == ((0, 0, 0, 1), ["conflict"])
    assert {"甲一", "乙一"} <= {name for name in ("甲一", "乙一") if name in again["rejects"][0]["sentence"]}
    assert program.json("person", "show", str(first[0]).replace("１", "1"))["name"] == "甲一"


def test_a_name_mended_within_the_same_class_is_a_correction(roster, program):
    roster(_ALL, ["1", "甲壹", "一班", None])
    assert _counts(roster(_ALL, ["1", "甲一", "1班".replace("1", "一"), None])) == (0, 1, 0, 0)
    assert program.json("person", "show", "1")["name"] == "甲一"


def test_namesakes_are_not_mixed_up(roster):
    rows = [["张三", "一班", "13800000011"], ["张三", "二班", "13800000012"], ["张三", "一班", "13800000013"]]
    assert _counts(roster(_ALL[1:], *rows)) == (3, 0, 0, 0)
    assert _counts(roster(_ALL[1:], *rows)) == (0, 0, 3, 0)
    assert _counts(roster(["姓名", "班级"], ["张三", "二班"])) == (0, 0, 1, 0)
    assert _reasons(roster(["姓名", "班级"], ["张三", "一班"])) == ["ambiguous_person"]
    assert _reasons(roster(["编号", "姓名"], ["k1", "张三"])) == ["ambiguous_person"]
    assert _counts(roster(_ALL, ["k1", "张三", "二班", None])) == (0, 1, 0, 0)


def test_two_rows_that_fit_one_person_are_asked_about(roster):
    assert _counts(roster(["姓名"], ["张三"])) == (1, 0, 0, 0)
    both = roster(["编号", "姓名"], ["k1", "张三"], ["k2", "张三"])
    assert (_counts(both), _reasons(both)) == ((0, 0, 0, 2), ["ambiguous_person"] * 2)
    assert _counts(roster(_ALL, ["k1", "张三", "一班", None])) == (0, 1, 0, 0)
    assert _counts(roster(_ALL, ["k2", "张三", "二班", None])) == (1, 0, 0, 0)


def test_trying_says_what_importing_does(roster):
    rows = [["k1", "甲一", "一班", None], ["k2", "甲二", "一班", None], ["k1", "乙一", "二班", None], ["", "甲一", "一班", None]]
    tried, done = roster(_ALL, *rows, dry=True), roster(_ALL, *rows)
    assert _counts(tried) == _counts(done)
    assert [each["sentence"] for each in tried["rejects"]] == [each["sentence"] for each in done["rejects"]]
