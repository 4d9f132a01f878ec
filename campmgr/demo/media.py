"""Pictures and films of the made-up works: whole files that every reader opens, made of nothing."""

from __future__ import annotations

import struct
import zlib


def made_picture(shade: int, width: int = 1280, height: int = 900) -> bytes:
    """A PNG of one grey, stored as it is, so that it has the bytes a picture of its size has."""
    rows = b"".join(b"\0" + bytes([(shade + row // 6) % 256]) * width for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 0)) + _chunk(b"IEND", b"")


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
