"""Seals and segments: what was signed is proved, everything else is not."""

from __future__ import annotations

import random

import pytest

from campmgr.ids import sha256
from campmgr.ledger.envelope import Draft, Stream, genesis
from campmgr.ledger.seal import SUITE, new_key, seal, seal_holds, sign, signed, writer_of
from campmgr.ledger.segment import Damaged, Segment, check_seal, check_start
from tests.ledger.writing import write_fact

_CHAIN = sha256("last")


@pytest.fixture(scope="module")
def key():
    return new_key()


@pytest.fixture
def stream(key):
    return Stream("people/350102", key.writer)


def test_a_writers_id_is_the_hash_of_its_key(key):
    assert key.writer == writer_of(key.public) == sha256("writer:" + key.public)[:32]
    assert new_key().writer != key.writer


def test_the_writers_own_seal_holds(key, stream):
    mark = seal(key, "camp", stream, 7, _CHAIN)
    assert (mark.seq, mark.chain, mark.suite) == (7, _CHAIN, SUITE)
    assert seal_holds(key.public, "camp", stream, mark)


def test_a_seal_is_of_one_camp_one_stream_one_place(key, stream):
    mark = seal(key, "camp", stream, 7, _CHAIN)
    assert not seal_holds(key.public, "other", stream, mark)
    assert not seal_holds(key.public, "camp", stream._replace(scope="people/350103"), mark)
    assert not seal_holds(key.public, "camp", stream, mark._replace(seq=8))
    assert not seal_holds(key.public, "camp", stream, mark._replace(chain=sha256("other")))


def test_another_writers_key_seals_nothing_here(key, stream):
    other = new_key()
    forged = seal(other, "camp", stream, 7, _CHAIN)
    assert not seal_holds(key.public, "camp", stream, forged)
    assert not seal_holds(other.public, "camp", stream, forged)


def test_an_unknown_suite_is_never_taken_for_valid(key, stream):
    assert not seal_holds(key.public, "camp", stream, seal(key, "camp", stream, 7, _CHAIN)._replace(suite="sm2"))


@pytest.mark.parametrize("garbled", ["", "zz", "00", "0" * 64, "0" * 128, "é", "0" * 129])
def test_garbled_keys_and_signatures_are_not_valid(key, garbled):
    assert not signed(garbled, "text", sign(key, "text"))
    assert not signed(key.public, "text", garbled)


def test_every_flipped_digit_is_noticed(key):
    good, dice = sign(key, "text"), random.Random(5)
    for _ in range(60):
        place = dice.randrange(len(good))
        bad = good[:place] + f"{int(good[place], 16) ^ dice.randrange(1, 16):x}" + good[place + 1 :]
        assert not signed(key.public, "text", bad)


def test_a_segment_begins_where_its_stream_begins(key, stream):
    mark = seal(key, "camp", stream, 2, _CHAIN)
    check_start("camp", Segment(stream, 1, genesis("camp", stream).chain, mark))
    for wrong in (Segment(stream, 1, _CHAIN, mark), Segment(stream, 0, _CHAIN, mark), Segment(stream, 3, _CHAIN, mark)):
        with pytest.raises(Damaged):
            check_start("camp", wrong)


def test_a_segment_ends_at_its_writers_seal(key, stream):
    fact = write_fact("camp", stream, 1, genesis("camp", stream), 5, "2023-06-10T00:00:00+08:00",
                      Draft(stream.scope[7:], "membership_ended", "person:1", {"unit": "A"}))  # fmt: skip
    whole = Segment(stream, 1, genesis("camp", stream).chain, seal(key, "camp", stream, 1, fact.chain))
    check_seal("camp", key.public, whole, fact.chain)
    with pytest.raises(Damaged):
        check_seal("camp", key.public, whole, _CHAIN)
    with pytest.raises(Damaged):
        check_seal("camp", new_key().public, whole, fact.chain)
    assert whole.length == 1
