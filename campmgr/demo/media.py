"""Pictures and films of the made-up works: whole files that every reader opens, made of nothing."""

from __future__ import annotations

import struct
import zlib

_SKIES = (((16, 24, 58), (232, 126, 74)), ((18, 70, 88), (244, 196, 150)), ((38, 20, 62), (214, 92, 110)))
"""From above to the horizon: dusk, dawn, night."""
_SHADES = 200
_SUN, _FAR, _NEAR, _LIT = range(_SHADES, _SHADES + 4)
"""Places in the palette: the sky takes those before."""


def made_picture(number: int, width: int = 1280, height: int = 900) -> bytes:
    """A PNG of a town below an evening sky, another one for each number, stored as it is: it has the bytes of one of its size."""
    far, near = _houses(number, 17, width), _houses(number, 9, width)
    middle, centre, radius = width * (2 + number // 60 % 4) // 7, height * 3 // 8, height // 6
    rows = bytearray()
    for row in range(height):
        line = bytearray([row * _SHADES // height]) * width
        _fill(line, _SUN, middle, round(max(0, radius**2 - (row - centre) ** 2) ** 0.5))
        for left, right, floors in far:
            if row > height * (17 - floors) // 22:
                line[left:right] = bytes([_FAR]) * (right - left)
        for left, right, floors in near:
            if row > height * (20 - floors) // 22:
                line[left:right] = _front(number + left, right - left, row * 44 // height)
        rows += b"\0" + line
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    drawn = _chunk(b"PLTE", _palette(number)) + _chunk(b"IDAT", zlib.compress(rows, 0))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + drawn + _chunk(b"IEND", b"")


def _palette(number: int) -> bytes:
    above, below = _SKIES[number // 60 % len(_SKIES)]
    ends = list(zip(above, below, strict=True))
    sky = [round(high + (low - high) * shade / _SHADES) for shade in range(_SHADES) for high, low in ends]
    return bytes([*sky, 255, 226, 160, *(each * 2 // 3 + 20 for each in above), *(each // 3 for each in above), 255, 214, 120])


def _houses(number: int, count: int, width: int) -> list[tuple[int, int, int]]:
    """Where each begins and ends, and how many floors it has."""
    step = width // count
    floors = [3 + (at * at * 3 + at * 5 + number // 20 + count) % 8 for at in range(count)]
    return [(at * step, at * step + step - at % 3 * step // 8, high) for at, high in enumerate(floors)]


def _fill(line: bytearray, colour: int, middle: int, half: int) -> None:
    line[max(0, middle - half) : middle + half] = bytes([colour]) * (middle + half - max(0, middle - half))


def _front(seed: int, width: int, floor: int) -> bytes:
    """One line of points of a house: wall, and on every other of its half floors windows, of which some are lit."""
    wall = bytes([_NEAR])
    if floor % 2 or width < 40:
        return wall * width
    panes = (bytes([_LIT if (seed + floor * 5 + at * 3) % 7 < 2 else _FAR]) * 10 for at in range(width // 24 - 1))
    drawn = wall * 12 + b"".join(each + wall * 14 for each in panes)
    return (drawn + wall * width)[:width]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def made_film(seconds: int, width: int = 1920, height: int = 1080) -> bytes:
    """An MP4 that says how long and how large it is, and holds no picture."""
    times = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000)
    matrix = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    shape = (
        struct.pack(">IIIIII", 3, 0, 0, 1, 0, seconds * 1000) + bytes(16) + matrix + struct.pack(">II", width << 16, height << 16)
    )
    sample = _box(b"avc1", bytes(24), struct.pack(">HH", width, height), bytes(50))
    table = _box(b"minf", _box(b"stbl", _box(b"stsd", struct.pack(">II", 0, 1), sample)))
    media = _box(b"mdia", _box(b"mdhd", times, bytes(4)), _box(b"hdlr", bytes(8), b"vide", bytes(13)), table)
    index = _box(b"moov", _box(b"mvhd", times, bytes(80)), _box(b"trak", _box(b"tkhd", shape), media))
    return _box(b"ftyp", b"isom", bytes(4), b"isom") + index + _box(b"mdat", bytes(65_536))


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body
