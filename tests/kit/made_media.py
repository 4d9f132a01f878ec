"""Films and pictures made for tests: an MP4 written box by box, and pictures of an exact size."""

from __future__ import annotations

import random
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


@dataclass(frozen=True, slots=True)
class Film:
    """What a made film claims. Lengths are (duration, time scale); `shown` None is as stored; `data` the bytes of its pictures,
    which are never written but by making the file so long.
    """

    length: tuple[int, int] = (60_000, 1000)
    track: tuple[int, int] | None = None
    coded: tuple[int, int] = (1920, 1080)
    shown: tuple[int, int] | None = None
    turned: int = 0
    brand: bytes = b"isom"
    codec: bytes = b"avc1"
    sound: bool = True
    picture: bool = True
    fragments: bool = False
    told: int | None = None
    wide: bool = False
    index_first: bool = False
    index: bool = True
    data: int = 1000
    is_enabled: bool = True


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of a kind."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def write_film(path: Path, film: Film, cut: int = 0) -> Path:
    """Write it, sparse where it is long; `cut` leaves out so many bytes at its end."""
    head = box(b"ftyp", film.brand, struct.pack(">I", 512), b"isom")
    index = _index(film) if film.index else b""
    before, after = (index, b"") if film.index_first else (b"", index)
    large = film.data > 2**32 - 100
    size = struct.pack(">I4sQ", 1, b"mdat", film.data + 16) if large else struct.pack(">I4s", film.data + 8, b"mdat")
    with path.open("wb") as file:
        file.write(head + before + size)
        file.seek(film.data, 1)
        file.write(after)
        file.truncate(len(head + before + size) + film.data + len(after) - cut)
    return path


def _index(film: Film) -> bytes:
    tracks = [_track(film, 1, b"vide")] if film.picture else []
    tracks += [_track(film, 2, b"soun")] if film.sound else []
    more = b""
    if film.fragments:
        more = box(b"mvex", *([box(b"mehd", struct.pack(">II", 0, film.told))] if film.told is not None else []))
    return box(b"moov", box(b"mvhd", _times(film.length, film.wide), bytes(80)), *tracks, more)


def _times(length: tuple[int, int], wide: bool) -> bytes:
    duration, scale = length
    return struct.pack(">IQQIQ", 1 << 24, 0, 0, scale, duration) if wide else struct.pack(">IIIII", 0, 0, 0, scale, duration)


def _track(film: Film, number: int, handler: bytes) -> bytes:
    width, height = film.shown or film.coded
    a, b, c, d = (each << 16 for each in _TURNS[film.turned])
    times = struct.pack(">QQIIQ" if film.wide else ">IIIII", 0, 0, number, 0, film.length[0])
    flags = struct.pack(">I", (1 << 24 if film.wide else 0) | (3 if film.is_enabled else 2))
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    head = box(b"tkhd", flags, times, bytes(16), matrix, struct.pack(">II", width << 16, height << 16))
    sample = (
        box(film.codec, bytes(24), struct.pack(">HH", *film.coded), bytes(50)) if handler == b"vide" else box(b"mp4a", bytes(28))
    )
    table = box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1), sample))
    media = box(b"mdia", box(b"mdhd", _times(film.track or film.length, film.wide), bytes(4)),
                box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", table))  # fmt: skip
    return box(b"trak", head, media)


def png(size: tuple[int, int] = (64, 48), points: int | None = None) -> bytes:
    """A PNG; with `points` one that only claims to be so wide and high: a bomb."""
    made = BytesIO()
    Image.new("RGB", size, (90, 120, 30)).save(made, "PNG")
    data = made.getvalue()
    if points is None:
        return data
    head = b"IHDR" + struct.pack(">II", points, points) + data[24:29]
    return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]


def jpg(size: tuple[int, int] = (640, 480), seed: int = 1, quality: int = 90, **more: object) -> bytes:
    """A JPEG of noise that a seed draws."""
    made = BytesIO()
    small = Image.frombytes("RGB", (64, 64), random.Random(seed).randbytes(64 * 64 * 3))
    small.resize(size).save(made, "JPEG", quality=quality, **more)
    return made.getvalue()


def filled(data: bytes, size: int) -> bytes:
    """A picture made exactly so many bytes long, by what stands behind it and is never shown."""
    assert len(data) <= size
    return data + bytes(size - len(data))
