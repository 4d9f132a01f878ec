"""QR codes as pictures and as text: the same modules in both."""

from __future__ import annotations

import base64
import re
import struct
import zlib

from campmgr.files.qr import qr_picture, qr_png, qr_svg, qr_text

TEXT = "HTTP://EXAMPLE.ORG/J/12345678"


def test_the_picture_has_a_white_ground_and_is_small():
    svg = qr_svg(TEXT)
    assert svg.startswith("<svg ")
    assert '<path fill="#fff" d="M0 0h33v33H0z"/>' in svg
    assert len(svg) < 6_000
    assert base64.b64decode(qr_picture(TEXT).partition(",")[2]).decode() == svg


def test_picture_and_terminal_draw_the_same_modules():
    drawn = {
        (int(x) + step, int(y)) for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", qr_svg(TEXT)) for step in range(int(width))
    }
    dark = {"█": (False, False), "▀": (False, True), "▄": (True, False), " ": (True, True)}
    printed = {
        (x, 2 * line + half)
        for line, row in enumerate(qr_text(TEXT).split("\n"))
        for x, character in enumerate(row)
        for half in (0, 1)
        if dark[character][half]
    }
    assert printed == drawn
    assert {(4, 4), (10, 4), (4, 10)} <= drawn


def test_chinese_and_addresses_fit():
    assert qr_svg("逃生演练训练营 http://127.0.0.1:8000/j/123") != qr_svg(TEXT)


def test_the_png_draws_the_same_modules():
    png, scale = qr_png(TEXT, scale=3), 3
    parts, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        sort, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(sort + data),)
        parts[sort], at = data, at + 12 + length
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    lines, row = zlib.decompress(parts[b"IDAT"]), (width + 7) // 8 + 1
    assert (width, len(lines)) == (height, height * row)
    dark = {
        (x, y)
        for y in range(height // scale)
        for x in range(width // scale)
        if not lines[y * scale * row + 1 + x * scale // 8] >> (7 - x * scale % 8) & 1
    }
    assert dark == {
        (int(x) + step, int(y)) for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", qr_svg(TEXT)) for step in range(int(run))
    }
