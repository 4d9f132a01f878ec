"""What a file is found to be: its format by its content, then what its own reader tells."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from campmgr.areas.entries.files.images import probe_picture
from campmgr.areas.entries.files.mediainfo import ask_mediainfo
from campmgr.areas.entries.files.movies import read_movie, upright
from campmgr.areas.entries.rules.probes import Probe

MOST_COUNTED = 64 * 2**20
"""Bytes up to which a file is hashed at every look; larger ones are, once, when they are handed in."""

_HEAD = 512
_ISO = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")

_SIGNS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("JPG", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("PNG", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("GIF", lambda head: head.startswith((b"GIF87a", b"GIF89a"))),
    ("WEBP", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
    ("TIFF", lambda head: head.startswith((b"II*\0", b"MM\0*"))),
    ("BMP", lambda head: head.startswith(b"BM") and head[6:10] == b"\0\0\0\0"),
    ("HEIC", lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIC),
    ("3GP", lambda head: head[4:8] == b"ftyp" and head[8:10] == b"3g"),
    ("MOV", lambda head: head[4:8] in _ISO and (head[4:8] != b"ftyp" or head[8:12] == b"qt  ")),
    ("MP4", lambda head: head[4:8] == b"ftyp"),
    ("AVI", lambda head: head.startswith(b"RIFF") and head[8:12] == b"AVI "),
    ("WAV", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE"),
    ("WEBM", lambda head: head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]),
    ("MKV", lambda head: head.startswith(b"\x1a\x45\xdf\xa3")),
    ("FLV", lambda head: head.startswith(b"FLV")),
    ("WMV", lambda head: head.startswith(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11")),
    ("MPG", lambda head: head.startswith((b"\0\0\x01\xba", b"\0\0\x01\xb3"))),
    ("TS", lambda head: head[:1] == b"G" and head[188:189] == b"G"),
    ("MP3", lambda head: head.startswith(b"ID3") or head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}),
)


def format_of(head: bytes) -> str:
    """A format by the first bytes of a file; "" for none that is known."""
    return next((name for name, fits in _SIGNS if fits(head)), "")


def probe_file(path: Path) -> Probe:
    """Look at a file; what is wrong with it is said, never raised."""
    probe = Probe(path.name)
    try:
        size = path.stat().st_size
        if not path.is_file():
            return replace(probe, trouble="missing")
        with path.open("rb") as file:
            head = file.read(_HEAD)
        probe = replace(probe, bytes=size, container=format_of(head), sha256=digest_of(path) if size <= MOST_COUNTED else None)
        if not size or not probe.container:
            return replace(probe, trouble="unknown" if size else "empty")
        if probe.container in {"MP4", "MOV", "3GP"}:
            return _probe_movie(path, probe)
        if probe.is_picture:
            return probe_picture(path, probe)
    except (OSError, ValueError):
        return replace(probe, trouble="missing")
    return ask_mediainfo(path, probe)


def digest_of(path: Path, told: Callable[[int], None] | None = None) -> str:
    """SHA-256 of a file's bytes; `told` hears how many were read since it last heard."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
            if told:
                told(len(part))
    return found.hexdigest()


def _probe_movie(path: Path, probe: Probe) -> Probe:
    with path.open("rb") as file:
        movie = read_movie(file, probe.bytes)
    found = replace(probe, brand=movie.brand, ms=movie.ms, has_sound=movie.has_sound, trouble=movie.trouble)
    if shown := movie.picture:
        width, height = upright(shown)
        found = replace(
            found, codec=shown.codec, track_ms=shown.ms, width=width, height=height, rotation=shown.rotation,
            coded_short=min(shown.coded), coded_long=max(shown.coded),
        )  # fmt: skip
    return ask_mediainfo(path, found) if found.trouble == "no_duration" else found
