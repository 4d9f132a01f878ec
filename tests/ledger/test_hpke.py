"""What is closed for a sealing key opens with that key, whole and under its text alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.ledger.hpke import close_for, new_sealing_key, open_with

_KEY, _OTHER = new_sealing_key(), new_sealing_key()


@given(st.binary(max_size=200), st.text(max_size=20))
def test_it_comes_back(content, bound):
    assert open_with(_KEY.private, close_for(_KEY.public, content, bound), bound) == content


def test_nobody_else_opens_it():
    closed = close_for(_KEY.public, b"secret", "camp")
    assert open_with(_OTHER.private, closed, "camp") is None
    assert open_with(_KEY.private, closed, "another camp") is None


@given(st.data())
def test_no_altered_byte_passes(data):
    closed = close_for(_KEY.public, b"secret", "camp")
    place = data.draw(st.integers(0, len(closed) - 1))
    altered = closed[:place] + bytes([closed[place] ^ data.draw(st.integers(1, 255))]) + closed[place + 1 :]
    assert open_with(_KEY.private, altered, "camp") is None


@pytest.mark.parametrize("cut", [0, 1, 32, 48])
def test_no_cut_letter_passes(cut):
    assert open_with(_KEY.private, close_for(_KEY.public, b"secret", "camp")[:cut], "camp") is None


@pytest.mark.parametrize("key", ["", "zz", "00" * 31, "00" * 32])
def test_what_is_no_key_is_told(key):
    with pytest.raises(ValueError):  # noqa: PT011 - cryptography words it
        close_for(key, b"secret", "camp")
