"""A list's row whose 编号 is somebody else's waits until somebody decides: the same person, another one, or nobody."""

from __future__ import annotations

import re

import pytest

from tests.kit.desk_story import DESK, UNIT, post, school
from tests.kit.office import see, send
from tests.kit.program import write

HEADINGS = ["编号", "姓名", "班级", "手机号"]


@pytest.fixture
def roster(program, tmp_path):
    """Imports a roster for S2."""
    number = 0

    def take(*rows):
        nonlocal number
        number += 1
        return program.json("import", "people", write(tmp_path / f"r{number}.xlsx", [HEADINGS, *rows]), "--unit", "S2")

    return take


def _counts(data):
    return data["new"], data["changed"], data["unchanged"], data["rejected"]


def _waiting(program):
    return program.json("review", "list")["rows"]


def _who(program, number):
    data = program.json("person", "show", number, "--phone")
    return data["name"], data["class"], data["phone"]


@pytest.fixture
def conflict(roster, program):
    """甲一 bears number 1; a list says 乙一 of another class."""
    roster(["1", "甲一", "三年级1班", None])
    assert _counts(roster(["1", "乙一", "三年级2班", "13800000021"])) == (0, 0, 0, 1)
    (case,) = _waiting(program)
    return case


def test_the_case_shows_both_and_says_what_can_be_done(conflict, program):
    assert (conflict["matter"], conflict["unit"], conflict["answers"]) == ("taken_number", "S2", ["same", "another", "leave"])
    told = str(program.json("review", "show", conflict["row"]))
    assert all(word in told for word in ("甲一", "三年级1班", "乙一", "三年级2班", "第 2 行"))
    assert "13800000021" not in told


def test_the_same_person_takes_the_lists_name_and_class_and_may_be_given_back(conflict, program, roster):
    done = program.json("review", "settle", conflict["row"], "same")
    assert _who(program, "1") == ("乙一", "三年级2班", "13800000021")
    assert _waiting(program) == []
    assert _counts(roster(["1", "乙一", "三年级2班", None])) == (0, 0, 1, 0)
    program.json("withdraw", done["batch"], "--reason", "弄错了")
    assert _who(program, "1")[:2] == ("甲一", "三年级1班")
    assert [row["row"] for row in _waiting(program)] == [conflict["row"]]


def test_another_person_is_registered_and_meant_by_the_list_when_it_comes_again(conflict, program, roster):
    done = program.json("review", "settle", conflict["row"], "another")
    assert _who(program, "1")[0] == "甲一"
    assert _who(program, "三年级2班-1") == ("乙一", "三年级2班", "13800000021")
    assert _counts(roster(["1", "乙 一", "三年级2班", None], ["1", "甲一", "三年级1班", None])) == (0, 0, 1, 1)
    assert _counts(roster(["1", "乙 一", "三年级2班", "13800000099"])) == (0, 1, 0, 0)
    assert _who(program, "三年级2班-1")[2] == "13800000099"
    assert _waiting(program) == []
    program.json("withdraw", done["batch"], "--reason", "弄错了")
    assert [row["row"] for row in _waiting(program)] == [conflict["row"]]


def test_two_of_one_class_and_number_get_two_numbers(roster, program):
    roster(["1", "甲一", "1班", None])
    for name in ("乙一", "丙一"):
        roster(["1", name, "2班", None])
    for case in _waiting(program):
        program.json("review", "settle", case["row"], "another")
    assert {_who(program, number)[0] for number in ("1", "2班-1", "2班-1-2")} == {"甲一", "乙一", "丙一"}


def test_what_is_left_out_is_not_asked_again(conflict, program, roster):
    done = program.json("review", "settle", conflict["row"], "leave")
    assert _waiting(program) == []
    assert _counts(roster(["1", "乙一", "三年级2班", None])) == (0, 0, 0, 1)
    assert (_waiting(program), _who(program, "1")[0]) == ([], "甲一")
    program.json("withdraw", done["batch"], "--reason", "还是要问")
    assert len(_waiting(program)) == 1


def test_a_list_that_comes_twice_is_asked_about_once(conflict, program, roster):
    roster(["1", "乙一", "三年级2班", None], ["2", "乙二", "三年级2班", None])
    assert [row["row"] for row in _waiting(program)] == [conflict["row"]]


def test_a_list_whose_lines_have_slipped_is_one_case(roster, program):
    many = 60
    roster(*([str(n), f"甲{n}号生", f"{n % 5}班", None] for n in range(many)))
    slipped = roster(*([str(n), f"甲{n + 1}号生", f"{(n + 1) % 5}班", None] for n in range(many)), ["x", "新生", "1班", None])
    assert _counts(slipped) == (1, 0, 0, many)
    (case,) = _waiting(program)
    assert (case["matter"], case["count"], program.json("review", "list")["count"]) == ("taken_number", many, 1)
    done = program.json("review", "settle", case["row"], "leave")
    assert (done["settled"], _waiting(program)) == (many, [])
    program.json("withdraw", done["batch"], "--reason", "再看")
    again = program.json("review", "settle", _waiting(program)[0]["row"], "another")
    assert (again["settled"], _waiting(program)) == (many, [])
    assert program.json("verify")["ok"]


def test_an_import_that_is_taken_back_asks_nothing(roster, program):
    roster(["1", "甲一", "1班", None])
    done = roster(["1", "乙一", "2班", None], ["2", "乙二", "2班", None])
    assert len(_waiting(program)) == 1
    program.json("withdraw", done["batch"], "--reason", "错文件")
    assert _waiting(program) == []


def test_whoever_is_erased_is_gone_from_what_waits_too(conflict, program):
    program.json("review", "settle", conflict["row"], "another")
    program.json("person", "erase", "三年级2班-1", "--reason", "本人要求")
    assert _waiting(program) == []
    assert "乙一".encode() not in program.path.read_bytes()


def test_the_preview_and_the_receipt_lead_to_where_it_is_decided(pages):
    school(pages, "甲一")
    rows = f"编号,姓名,班级\n{UNIT}-甲一,乙一,三年2班\n"
    shown = send(pages, f"{DESK}/import/preview", "dora", kind="people", file=(rows.encode(), "名单.csv"))
    assert all(words in shown.text for words in ("要人决定的行", "去逐条核对", "是同一个人、是另一个人，还是不导入"))
    decide = _commit(pages, shown).headers["Location"]
    assert decide.endswith(f"{DESK}/review?sort=taken_number")
    assert all(words in see(pages, decide, "dora") for words in ("甲一", "乙一", "是另一个人，编号前加班级"))
    shown = send(pages, f"{DESK}/import/preview", "dora", kind="people", file=(f"{rows}N9,丙一,三年2班\n".encode(), "名单.csv"))
    receipt = see(pages, _commit(pages, shown).headers["Location"], "dora")
    assert "有 1 行的编号是本单位另一个人的" in receipt
    assert f"{DESK}/review?sort=taken_number" in receipt


def _commit(pages, shown):
    action = f"{DESK}/import/commit"
    form = next(one for one in re.findall(r"<form.*?</form>", shown.text, re.DOTALL) if f'action="{action}"' in one)
    return post(pages, action, **dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)))
