"""The signed list: parts that each prove themselves, one spelling, nothing altered taken."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.certificates.proof.revocation_list import MOST_BYTES, STATES, RevokedEntry, decode_part, list_texts, part_holds
from campmgr.areas.certificates.proof.statement import NotAStatement, check_of, decode, from_text, to_text
from campmgr.ids import certificate_number, certificate_number_of
from campmgr.ledger.seal import new_key
from tests.certificates.test_statement import CAMPAIGN, KEY, mutated, signed_text

AS_OF = "2023-07-01T04:05:00Z"


def _entry(value: int, state: str) -> RevokedEntry:
    number = certificate_number_of(value)
    return RevokedEntry(number, state, certificate_number_of(value ^ 1) if state == "superseded" else "")


entries = st.lists(st.builds(_entry, st.integers(0, 2**75 - 1), st.sampled_from(STATES)), max_size=80)


@given(entries)
def test_every_entry_comes_back_once_whatever_their_number(wanted):
    parts = [decode_part(text) for text in list_texts(KEY, CAMPAIGN, AS_OF, wanted)]
    assert sorted(entry for part in parts for entry in part.entries) == sorted(wanted)
    assert [(part.part, part.parts, part.as_of) for part in parts] == [(at, len(parts), AS_OF) for at in range(1, len(parts) + 1)]
    assert all(part_holds(KEY.public, CAMPAIGN, part) for part in parts)


@given(entries)
def test_every_part_fits_its_code(wanted):
    assert all(len(from_text(text)) <= MOST_BYTES for text in list_texts(KEY, CAMPAIGN, AS_OF, wanted))


def test_an_empty_list_is_a_list_and_the_order_given_is_no_matter():
    (text,) = list_texts(KEY, CAMPAIGN, AS_OF, [])
    assert decode_part(text).entries == ()
    some = [_entry(value, "revoked") for value in (5, 3, 4)]
    assert list_texts(KEY, CAMPAIGN, AS_OF, some) == list_texts(KEY, CAMPAIGN, AS_OF, some[::-1])


def test_the_bytes_never_change():
    p, q, again = (certificate_number(CAMPAIGN, *which) for which in (("p", 1), ("q", 1), ("q", 2)))
    (text,) = list_texts(KEY, CAMPAIGN, AS_OF, [RevokedEntry(p, "revoked"), RevokedEntry(q, "superseded", again)])
    assert text == (
        "AsD_7gBH8Y8d-6QAvJK1AAEAAQ7VS1rA6ocCjuwC4kKtnMvmhYbDBY7B5sDJf1HOjfEJco-AIQTwe"
        "yp0664zS1mG78vDK_yX5cQOYCW0n6mpTIW3ibBLxxejEt6ZfHAwy2T6ZpGFqgxNTGF2L1pB6AXeDg"
    )


@pytest.mark.drawn(whole=10_000, usual=240)
def test_mutations_are_not_taken_even_with_a_mended_check(draws):
    (text,) = list_texts(KEY, CAMPAIGN, AS_OF, [_entry(value, "revoked") for value in range(7, 20)])
    whole, dice = from_text(text)[:-2], random.Random(6)
    for _ in range(draws):
        changed = bytes(mutated(bytearray(whole), dice))
        if changed != whole:
            assert not _taken(to_text(changed + check_of(changed)))
            assert not _taken(to_text(changed + from_text(text)[-2:]))


def test_a_list_and_a_certificate_are_never_taken_for_each_other():
    (text,) = list_texts(KEY, CAMPAIGN, AS_OF, [])
    with pytest.raises(NotAStatement):
        decode(text)
    with pytest.raises(NotAStatement):
        decode_part(signed_text())


def test_another_camp_or_key_does_not_hold():
    (text,) = list_texts(KEY, CAMPAIGN, AS_OF, [])
    assert not part_holds(new_key().public, CAMPAIGN, decode_part(text))
    assert not part_holds(KEY.public, CAMPAIGN[:-1] + "b", decode_part(text))


def _taken(text: str) -> bool:
    try:
        return part_holds(KEY.public, CAMPAIGN, decode_part(text))
    except NotAStatement:
        return False
