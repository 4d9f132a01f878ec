"""The signed text of a certificate: one spelling, bytes that never change, and nothing altered is ever taken."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.certificates.proof.statement import (
    MODES,
    MOST_HUNDREDTHS,
    NotAStatement,
    Statement,
    check_of,
    decode,
    encode,
    from_text,
    shortened,
    sign_statement,
    statement_holds,
    to_text,
)
from campmgr.ids import certificate_number, certificate_number_of, certificate_number_value
from campmgr.ledger.seal import KeyPair, new_key, writer_of

CAMPAIGN = "c0ffee00" + "5a" * 12
KEY = KeyPair("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")  # fmt: skip
"""The first key of RFC 8032's own test vectors."""
SAID = Statement("", "", certificate_number(CAMPAIGN, "p", 1), "full", 815, "2023-06-10", "35" * 16, "鼓楼区安泰中心小学", "王子涵")
GOLDEN = ("AcD_7gBH8Y8d-6QFjsHmwMl_Uc6NAAMvIXEQNTU1NTU1NTU1NTU1NTU1NRvpvJPmpbzljLrlronms7DkuK3lv4PlsI_lraYJ54"
          "6L5a2Q5ra1z7rvMkVTGsuJdUVrsHNBXZ0M4DZxD1kH5aHdT_7NrZahj4FLkL0KVU_flVPuNTXerL0n1tKH0u-IdOwuRfJ2DrRo")  # fmt: skip
"""What this version prints must be read by every later one."""

texts = st.text(max_size=40).filter(lambda text: len(text.encode("utf-8", "surrogatepass")) < 256 and _is_unicode(text))


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def signed_text(said: Statement = SAID) -> str:
    return encode(sign_statement(KEY, CAMPAIGN, said))


def test_the_bytes_never_change():
    assert signed_text() == GOLDEN


def test_it_is_short_enough_for_a_code_of_three_centimetres():
    address = "https://example.org/c/XXXX-XXXX-XXXX-XXXX#"
    assert len(address + signed_text()) <= 260
    assert (
        len(
            signed_text(
                SAID._replace(name="买买提·吐尔逊江·阿卜杜", unit_name=shortened("某某省某某市某某区某某街道第一中心小学", 48))
            )
        )
        <= 280
    )


@given(
    st.integers(0, 2**75 - 1),
    st.sampled_from(MODES),
    st.integers(0, MOST_HUNDREDTHS),
    st.dates(),
    st.binary(max_size=40),
    texts,
    texts,
)
def test_what_is_written_is_read(value, mode, credited, day, unit, unit_name, name):
    day = day.replace(year=2000 + day.year % 100).isoformat() if (day.month, day.day) != (2, 29) else "2024-02-29"
    said = sign_statement(
        KEY, CAMPAIGN, Statement("", "", certificate_number_of(value), mode, credited, day, unit.hex(), unit_name, name)
    )
    assert decode(encode(said)) == said
    assert statement_holds(KEY.public, CAMPAIGN, said)


def test_signing_twice_gives_the_same_bytes():
    assert signed_text() == signed_text()


@pytest.mark.drawn(whole=10_000, usual=1_200)
def test_of_all_mutations_none_is_taken(draws):
    data, dice = from_text(signed_text()), random.Random(4)
    taken = []
    for _ in range(draws):
        changed = mutated(bytearray(data), dice)
        if bytes(changed) != data and _taken(to_text(bytes(changed))):
            taken.append(changed.hex())
    assert taken == []


@pytest.mark.drawn(whole=10_000, usual=1_200)
def test_mutations_that_mend_the_check_are_not_taken_either(draws):
    data, dice = from_text(signed_text()), random.Random(5)
    whole = data[:-2]
    for _ in range(draws):
        changed = bytes(mutated(bytearray(whole), dice))
        assert changed == whole or not _taken(to_text(changed + check_of(changed)))


@pytest.mark.parametrize("place", range(16))
def test_no_other_spelling_of_the_same_bytes_is_taken(place):
    text = signed_text()
    for other in (text + "=", text + "==", text.replace("_", "/"), text + "A", text[:-1], " " + text, text + "\n",
                  text[:place] + "-" + text[place:], text[: -1 - place], text.swapcase()):  # fmt: skip
        if other != text:
            with pytest.raises(NotAStatement):
                decode(other)


@pytest.mark.parametrize("odd", ["", "#", "AQ", "证书", "=HYPERLINK(1)", "A" * 4000, "\x00" * 200, "𠮷"])
def test_anything_else_is_no_statement(odd):
    with pytest.raises(NotAStatement):
        decode(odd)


def test_another_camp_or_another_key_does_not_hold():
    said = sign_statement(KEY, CAMPAIGN, SAID)
    assert not statement_holds(KEY.public, CAMPAIGN[:-1] + "b", said)
    assert not statement_holds(new_key().public, CAMPAIGN, said)
    assert not statement_holds(KEY.public, CAMPAIGN, said._replace(key=writer_of(new_key().public)[:12]))


@pytest.mark.parametrize(
    "wrong",
    [{"credited": MOST_HUNDREDTHS + 1}, {"issued_on": "1999-12-31"}, {"name": "长" * 86}, {"number": "1234"}, {"mode": "half"}],
)
def test_what_does_not_fit_the_form_is_not_signed(wrong):
    with pytest.raises((ValueError, OverflowError)):
        sign_statement(KEY, CAMPAIGN, SAID._replace(**wrong))


def test_a_number_is_its_value_and_back():
    for edition in range(200):
        number = certificate_number(CAMPAIGN, "p", edition)
        assert certificate_number_of(certificate_number_value(number)) == number


def test_a_long_name_of_a_unit_keeps_its_end():
    assert shortened("第一小学", 12) == "第一小学"
    assert shortened("福州市第一小学", 15) == "…第一小学"
    assert len(shortened("𠮷" * 40, 48).encode()) <= 48


def mutated(data: bytearray, dice: random.Random) -> bytearray:
    """One to three things that happen to bytes: a flipped bit, another byte, one lost, one more, a piece moved."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at = dice.randrange(len(data))
        sort = dice.randrange(5)
        if sort == 0:
            data[at] ^= 1 << dice.randrange(8)
        elif sort == 1:
            data[at] = dice.randrange(256)
        elif sort == 2:
            del data[at]
        elif sort == 3:
            data.insert(at, dice.randrange(256))
        else:
            other = dice.randrange(len(data))
            data[at], data[other] = data[other], data[at]
    return data


def _taken(text: str) -> bool:
    try:
        return statement_holds(KEY.public, CAMPAIGN, decode(text))
    except NotAStatement:
        return False
