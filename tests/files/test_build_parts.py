"""What the build fetches: the font is unpacked table by table, and nothing damaged gets through."""

from __future__ import annotations

import struct
import zlib

import pytest

from hatch_build import FONT, FONTS, unpacked_woff
from tests.house.sources import ROOT


def _woff(tables: dict[bytes, bytes], squeeze: bool = True) -> bytes:
    directory, body, at = b"", b"", 44 + 20 * len(tables)
    for tag, table in tables.items():
        packed = min(zlib.compress(table), table, key=len) if squeeze else table
        directory += struct.pack(">4sIIII", tag, at + len(body), len(packed), len(table), 7)
        body += packed + bytes(-len(packed) % 4)
    length = at + len(body)
    return struct.pack(">4sIIHHIHHIIIII", b"wOFF", 0x00010000, length, len(tables), 0, 0, 1, 0, 0, 0, 0, 0, 0) + directory + body


@pytest.mark.parametrize("squeeze", [True, False])
def test_every_table_comes_out_as_it_was(squeeze):
    tables = {b"head": b"abc" * 100, b"cmap": b"x", b"glyf": bytes(1001)}
    font = unpacked_woff(_woff(tables, squeeze))
    flavour, count = struct.unpack_from(">IH", font)
    entries = list(struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count]))
    assert flavour == 0x00010000
    assert [tag for tag, *_ in entries] == sorted(tables)
    assert {tag: font[at : at + size] for tag, _check, at, size in entries} == tables


@pytest.mark.parametrize("damage", [lambda woff: woff[:-1], lambda woff: b"wOF2" + woff[4:], lambda woff: woff[:60]])
def test_a_damaged_font_is_no_font(damage):
    with pytest.raises(ValueError, match=r".+"):
        unpacked_woff(damage(_woff({b"head": b"abc" * 100})))


def test_the_font_is_there_with_its_licence():
    assert (ROOT / FONTS / FONT).stat().st_size > 10_000_000
    assert "SIL OPEN FONT LICENSE" in (ROOT / FONTS / "LXGWWenKai.LICENSE").read_text("utf-8")
