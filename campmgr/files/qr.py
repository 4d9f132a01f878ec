"""QR codes: as a compact SVG, as the address of a picture for a page, and as text for a terminal."""

from __future__ import annotations

import base64
import struct
import zlib
from itertools import groupby, zip_longest
from typing import Any, cast

_QUIET = 4
"""Blank modules around the code, as ISO/IEC 18004 asks."""


def qr_svg(text: str) -> str:
    """A QR code (level M) as SVG: black on white in any colour scheme, one path, runs of modules drawn as one bar."""
    return _svg(_matrix(text))


def qr_svg_in_bulk(text: str) -> str:
    """The same for thousands of codes: several times as fast, and often of a smaller version, since it mixes the code's modes."""
    from zxingcpp import BarcodeFormat, create_barcode  # -- slow import

    image = create_barcode(text, BarcodeFormat.QRCode, ec_level="M").to_image(scale=1, add_quiet_zones=False)
    rows = cast("list[list[int]]", memoryview(cast("Any", image)).tolist())
    return _svg([[not grey for grey in row] for row in rows])


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
    matrix = _matrix(text)
    blank = [False] * _QUIET
    rows = [[*blank, *row, *blank] for row in matrix]
    empty = [[False] * len(rows[0])] * _QUIET
    pixels = b"".join(_scanline(row, scale) * scale for row in [*empty, *rows, *empty])
    size = len(rows[0]) * scale
    header = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)  # one bit a pixel, greyscale
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(pixels, 9)) + _chunk(b"IEND", b"")


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


def _scanline(row: list[bool], scale: int) -> bytes:
    """One line of pixels: no filter, then bits, white ones set, padded to whole bytes."""
    bits = "".join(("0" if dark else "1") * scale for dark in row)
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
