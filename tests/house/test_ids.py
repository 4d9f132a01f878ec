"""Codes on paper: a slip of the finger is noticed."""

from __future__ import annotations

import pytest

from campmgr.ids import is_roster_code, roster_code


def test_roster_codes_are_ten_digits_that_carry_their_check():
    for _ in range(200):
        code = roster_code()
        assert (len(code), is_roster_code(code)) == (10, True)


@pytest.mark.parametrize("code", ["2061548896", "0000000001", "9999999921"])
def test_one_wrong_digit_and_two_exchanged_ones_are_noticed(code):
    code = next(f"{code[:8]}{check:02d}" for check in range(1, 98) if is_roster_code(f"{code[:8]}{check:02d}"))
    wrong = [code[:at] + digit + code[at + 1 :] for at in range(10) for digit in "0123456789" if digit != code[at]]
    wrong += [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(9) if code[at] != code[at + 1]]
    assert not [each for each in wrong if is_roster_code(each)]


@pytest.mark.parametrize("text", ["", "1", "000000000１", "00000000011", "x000000001"])
def test_what_is_no_code_is_none(text):
    assert not is_roster_code(text)
