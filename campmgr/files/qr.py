"""QR codes: as a compact SVG, as the address of a picture for a page, and as text for a terminal."""

from __future__ import annotations

import base64
import struct
import zlib
from itertools import groupby, zip_longest
from math import isqrt
from typing import Any, cast

_QUIET = 4
"""Blank modules around the code, as ISO/IEC 18004 asks."""

_BULK_MASK = 3
"""The pattern laid over codes in bulk."""

_BULK_SCALE, _HALF_BYTES = 4, b"0" + b"f" * 255
"""Pixels a module of theirs, since readers of PDF smooth a little what they enlarge; so many of one bit are a hexadecimal digit,
which a grey value is translated into.
"""


def qr_svg(text: str) -> str:
    """A QR code (level M) as SVG: black on white in any colour scheme, one path, runs of modules drawn as one bar."""
    return _svg(_matrix(text))


def qr_svg_in_bulk(text: str) -> str:
    """The same for thousands of codes, often of a smaller version: this library mixes the code's modes.

    The modules are a small picture inside the drawing. What sets pages takes one picture in far faster than a thousand bars, and a
    file of ten thousand pages is a third as large.
    """
    from zxingcpp import BarcodeFormat, create_barcode  # -- slow import

    # any mask is read alike (a signed statement is as good as random), and trying all eight takes five times as long
    code = create_barcode(text, BarcodeFormat.QRCode, ec_level="M", data_mask=_BULK_MASK)
    grey = bytes(memoryview(cast("Any", code.to_image(scale=1, add_quiet_zones=False))))
    size, digits = isqrt(len(grey)), grey.translate(_HALF_BYTES).decode("ascii")
    lines = [_line_of(digits[at : at + size]) * _BULK_SCALE for at in range(0, size * size, size)]
    edge = _line_of("f" * size) * (_BULK_SCALE * _QUIET)
    picture = _packed((size + 2 * _QUIET) * _BULK_SCALE, b"".join((edge, *lines, edge)), effort=1)  # it is packed anew
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><image width="1" height="1" image-rendering="optimizeSpeed"'
        f' href="data:image/png;base64,{base64.b64encode(picture).decode("ascii")}"/></svg>'
    )


def _svg(matrix: list[list[bool]]) -> str:
    size = len(matrix) + 2 * _QUIET
    bars = "".join(_bars(row, line) for line, row in enumerate(matrix, start=_QUIET))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{bars}"/></svg>'
    )


def qr_picture(text: str) -> str:
    """The QR code as a data: address, for an <img> on a page or on paper."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(text).encode("ascii")).decode("ascii")


def qr_png(text: str, scale: int = 12) -> bytes:
    """The QR code as a PNG of one bit a pixel, `scale` pixels a module: what a phone saves among its photos."""
    return _png(["".join("0" if dark else "1" for dark in row) for row in _matrix(text)], scale)


def qr_text(text: str) -> str:
    """The QR code for a terminal, two modules in a character; light on dark, as terminals mostly are."""
    blank = [False] * _QUIET
    rows = [[*blank, *row, *blank] for row in _matrix(text)]
    empty = [[False] * len(rows[0])] * _QUIET
    rows = [*empty, *rows, *empty]
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=empty[0])
    return "\n".join("".join(_HALVES[upper, lower] for upper, lower in zip(*pair, strict=True)) for pair in pairs)


_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


def _matrix(text: str) -> list[list[bool]]:
    """The modules without a border, dark ones true."""
    from qrcode import QRCode, constants  # -- slow import

    code = QRCode(error_correction=constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _line_of(digits: str) -> bytes:
    """One line of pixels out of half bytes, with the blank border beside them; every byte of it is whole, or ends in white."""
    line = "f" * _QUIET + digits + "f" * _QUIET
    return b"\0" + bytes.fromhex(line + "f" * (len(line) % 2))


def _png(rows: list[str], scale: int) -> bytes:
    """A picture of one bit a pixel out of rows of modules, "1" for a light one, with the blank border around them."""
    side, above = "1" * _QUIET, ["1" * (len(rows) + 2 * _QUIET)] * _QUIET
    framed = [*above, *(f"{side}{row}{side}" for row in rows), *above]
    pixels = b"".join(_scanline(row, scale) * scale for row in framed)
    return _packed(len(framed) * scale, pixels, effort=9)


def _packed(size: int, lines: bytes, effort: int) -> bytes:
    """A square picture of one bit a pixel; `effort` from 1 to 9 is what packing it may cost."""
    header = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)  # one bit a pixel, greyscale
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(lines, effort)) + _chunk(b"IEND", b"")


def _scanline(row: str, scale: int) -> bytes:
    """One line of pixels: no filter, then bits, white ones set, padded to whole bytes."""
    bits = row.replace("0", "0" * scale).replace("1", "1" * scale)
    bits += "1" * (-len(bits) % 8)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(sort: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + sort + data + struct.pack(">I", zlib.crc32(sort + data))


def _bars(row: list[bool], line: int) -> str:
    """The dark runs of one row as path commands."""
    found, at = "", _QUIET
    for dark, modules in groupby(row):
        width = len(list(modules))
        found += f"M{at} {line}h{width}v1h-{width}z" if dark else ""
        at += width
    return found
