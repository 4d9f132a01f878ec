"""Every dressing of a genuine code finds it, and never another's."""

from __future__ import annotations

import random

import pytest

from campmgr.ids import (
    certificate_number,
    certificate_number_of,
    certificate_number_value,
    is_certificate_number,
    person_code,
    random_token,
    roster_code,
    short_code,
)
from campmgr.typed_codes import (
    certificate_number_in,
    join_code_in,
    page_token_in,
    person_code_alone_in,
    person_code_in,
    readings,
    roster_code_in,
)
from tests.kit.dressed_codes import DRESSINGS, FULL, MISREAD, dressed


def _numbers(dice: random.Random) -> str:
    return certificate_number(str(dice.random()), "p", 1)


_SORTS = {
    "certificate": (_numbers, certificate_number_in),
    "join code": (lambda _: short_code(), join_code_in),
    "card": (lambda dice: person_code(str(dice.random())), person_code_in),
    "paper": (lambda _: roster_code(), roster_code_in),
}


@pytest.mark.parametrize("sort", _SORTS)
def test_every_dressing_of_a_genuine_code_finds_it(sort):
    dice = random.Random(sort)
    make, find = _SORTS[sort]
    for _ in range(12):
        code = make(dice)
        for typed in dressed(dice, code):
            assert find(typed) == code, typed


@pytest.mark.parametrize("sort", _SORTS)
def test_a_mistyped_code_is_never_anothers(sort):
    dice = random.Random(f"wrong {sort}")
    make, find = _SORTS[sort]
    known = {make(dice) for _ in range(200)}
    for code in sorted(known)[:60]:
        at = dice.choice([place for place, each in enumerate(code) if each != "-"])
        other = dice.choice([each for each in "23456789" if each != code[at]])
        wrong = code[:at] + other + code[at + 1 :]
        for dressing in DRESSINGS:
            assert find(dressing.format(wrong)) not in known - {code}
        assert find(wrong) != code


def test_a_code_inside_a_longer_number_does_not_stand_alone():
    code = person_code("somebody")
    assert [person_code_alone_in(text) for text in (code, f"编号：{code}。", f"G{code}", f"{code}2", f"00{code}")] == [
        code,
        code,
        "",
        "",
        "",
    ]
    assert person_code_in(f"G{code}") == code


def test_two_codes_in_one_text_are_none():
    one, other = short_code(), short_code()
    assert join_code_in(f"{one} {other}") == ""
    assert join_code_in(f"{one} 或 {one}") == one


def test_no_new_number_holds_a_letter_to_mistake():
    for at in range(2000):
        number = certificate_number("camp", f"p{at}", 1)
        assert is_certificate_number(number)
        assert not set("ILOU") & set(number)
        assert certificate_number_of(certificate_number_value(number)) == number


def test_the_link_to_ones_own_page_is_found_in_its_dressings():
    for _ in range(20):
        token = random_token()
        for typed in (token, token.lower(), token.translate(FULL), token.translate(MISREAD), f"{token[:9]}\u200b{token[9:]}"):
            for dressing in ("{}", "{}。", "https://camp.example.org/p/{}?from=singlemessage", "]Q3{}", "我的链接：{} "):
                assert page_token_in(dressing.format(typed)) == token
    assert page_token_in("短") == "短"


def test_any_text_is_read_in_its_dressings():
    for text in ("编号：007", "编号: ００７", "]Q1007", "007\u200b", "“007”", "007。", "No:007", " 007\r\n"):
        assert "007" in readings(text), text
    assert readings("3501-FL")[0] == "3501-FL"
    assert "3501-FL" in readings("代码：３５０１－ＦＬ")


@pytest.mark.parametrize("text", ["", " ", "-" * 16, "O" * 10_000, "证" * 16, "]Q3", "\u200b" * 50, "0" * 4000, "A-" * 2000])
def test_no_text_is_too_strange(text):
    for find in (certificate_number_in, join_code_in, person_code_in, roster_code_in, page_token_in):
        assert isinstance(find(text), str)
