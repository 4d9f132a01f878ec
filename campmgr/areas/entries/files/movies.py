"""What an MP4 or MOV holds: brand, codec, length, what is shown, how it is turned; read by its boxes, never by its pictures."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from typing import BinaryIO

from campmgr.areas.entries.files.boxes import Box, BoxFile, CutShort, Damaged

_CODECS = {
    **dict.fromkeys((b"avc1", b"avc3"), "h264"),
    **dict.fromkeys((b"hvc1", b"hev1", b"dvh1"), "hevc"),
    b"av01": "av1",
    b"vp09": "vp9",
    b"mp4v": "mpeg4",
    **dict.fromkeys((b"apcn", b"apch", b"apcs", b"apco", b"ap4h"), "prores"),
}
_ENABLED = 1
_UNKNOWN = {0, 2**32 - 1, 2**64 - 1}
"""Durations that say nothing."""


@dataclass(slots=True)
class Track:
    """A track: of pictures (b"vide") or sound (b"soun")."""

    handler: bytes = b""
    is_enabled: bool = False
    ms: int | None = None
    codec: str = ""
    rotation: int = 0
    shown: tuple[int, int] = (0, 0)
    coded: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Movie:
    """A film as its boxes tell it; `trouble` a word of `TROUBLES`."""

    brand: str = ""
    ms: int | None = None
    tracks: list[Track] = field(default_factory=list)
    trouble: str = ""

    @property
    def picture(self) -> Track | None:
        """The track that is shown: the first that is switched on."""
        shown = [each for each in self.tracks if each.handler == b"vide"]
        return next((each for each in shown if each.is_enabled), shown[0] if shown else None)

    @property
    def has_sound(self) -> bool:
        """Whether something is to be heard."""
        return any(each.handler == b"soun" for each in self.tracks)


def read_movie(stream: BinaryIO, size: int) -> Movie:
    """Read a film; never raises for what a file may hold."""
    file, movie, index = BoxFile(stream, size), Movie(), None
    try:
        for box in file.boxes(0, size):
            if box.kind == b"ftyp" and not movie.brand:
                movie.brand = file.read(box, 4).decode("latin-1")
            elif box.kind == b"moov":
                index = index or box
        if index is None:
            movie.trouble = "no_index"
            return movie
    except (CutShort, Damaged) as problem:
        movie.trouble = "cut" if isinstance(problem, CutShort) else "damaged"
    if index is not None:
        try:
            _read_index(file, index, movie)
        except (CutShort, Damaged, struct.error):
            movie.trouble = movie.trouble or "damaged"
    return movie


def _read_index(file: BoxFile, index: Box, movie: Movie) -> None:
    for box in file.boxes(index.start, index.end):
        if box.kind == b"mvhd":
            movie.ms = _milliseconds(file.read(box, 32))
        elif box.kind == b"trak":
            movie.tracks.append(_track(file, box))
        elif box.kind == b"mvex":
            movie.ms = movie.ms or _fragments(file, box, index)
    if movie.ms is None:
        movie.trouble = movie.trouble or "no_duration"


def _milliseconds(head: bytes) -> int | None:
    """The length in a head of a film or track, to the nearest millisecond; None where it says none."""
    scale, duration = struct.unpack_from(">IQ", head, 20) if head[0] else struct.unpack_from(">II", head, 12)
    return _in_ms(duration, scale)


def _in_ms(duration: int, scale: int) -> int | None:
    if not scale or duration in _UNKNOWN:
        return None
    return int((duration * 2000 + scale) // (2 * scale))


def _fragments(file: BoxFile, extension: Box, index: Box) -> int | None:
    """The length of a film in fragments, where its head of extensions tells it."""
    for head in file.inside(extension, b"mehd"):
        told = file.read(head, 12)
        (duration,) = struct.unpack_from(">Q" if told[0] else ">I", told, 4)
        for whole in file.inside(index, b"mvhd"):
            begins = file.read(whole, 32)
            (scale,) = struct.unpack_from(">I", begins, 20 if begins[0] else 12)
            return _in_ms(duration, scale)
    return None


def _track(file: BoxFile, box: Box) -> Track:
    track = Track()
    for head in file.inside(box, b"tkhd"):
        _read_shape(file.read(head, 96), track)
    for head in file.inside(box, b"mdia", b"mdhd"):
        track.ms = _milliseconds(file.read(head, 32))
    for head in file.inside(box, b"mdia", b"hdlr"):
        track.handler = file.read(head, 12)[8:12]
    if track.handler == b"vide":
        for head in file.inside(box, b"mdia", b"minf", b"stbl", b"stsd"):
            _read_sample(file.read(head, 48), track)
    return track


def _read_shape(head: bytes, track: Track) -> None:
    """Size as shown and how it is turned: the matrix maps (1, 0) to (a, b)."""
    at = 52 if head[0] else 40
    a, b = struct.unpack_from(">ii", head, at)
    width, height = struct.unpack_from(">II", head, at + 36)
    track.is_enabled = bool(head[3] & _ENABLED)
    track.rotation = round(math.degrees(math.atan2(b, a))) % 360 if a or b else 0
    track.shown = (width >> 16, height >> 16)


def _read_sample(head: bytes, track: Track) -> None:
    """The first sample's description: four letters of the codec, points as stored."""
    if len(head) < 44:
        return
    name = head[12:16]
    track.codec = _CODECS.get(name, name.decode("latin-1").strip())
    track.coded = struct.unpack_from(">HH", head, 40)
    if track.shown == (0, 0):
        track.shown = track.coded


def upright(track: Track) -> tuple[int, int]:
    """Width and height as they are seen."""
    width, height = track.shown
    return (height, width) if track.rotation % 180 in range(45, 136) else (width, height)
