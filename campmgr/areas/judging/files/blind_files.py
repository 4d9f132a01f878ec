"""A work's file without what its head says of who made it. What is in the picture stays: no logo can be hidden."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from io import SEEK_SET, BufferedReader, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

_EXIF, _ICC, _ADOBE = 0xE1, 0xE2, 0xEE
_APP, _LAST_APP, _COMMENT, _START, _STANDALONE = 0xE0, 0xEF, 0xFE, 0xDA, frozenset((0x01, *range(0xD0, 0xD9)))
_TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))
_PNG = b"\x89PNG\r\n\x1a\n"
_TOLD = frozenset((b"udta", b"meta", b"uuid"))
_WITHIN = frozenset((b"moov", b"trak"))
_PIECE = 1 << 20


def open_blind(source: Path) -> IO[bytes]:
    """The same as a file to read from any place on, as films are played: nothing of a film is copied, of a picture all."""
    with source.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return BufferedReader(_BlindMovie(source), _PIECE)
    if not head.startswith((b"\xff\xd8", _PNG)):
        return source.open("rb")
    out = TemporaryFile(prefix="campmgr-")  # noqa: SIM115 - whoever reads it closes it
    copy_blind(source, out)
    out.seek(0)
    return out


def copy_blind(source: Path, out: IO[bytes]) -> bool:
    """Copy a JPG, PNG or MP4 without author, place, camera, comments; False where the format is another and it is copied as it is.

    The picture's and film's own data stay byte for byte, and a picture stays upright.
    """
    with source.open("rb") as file:
        head = file.read(12)
        file.seek(0)
        if head.startswith(b"\xff\xd8"):
            _copy_jpeg(file, out)
        elif head.startswith(_PNG):
            _copy_png(file, out)
        elif head[4:8] == b"ftyp":
            with BufferedReader(_BlindMovie(source), _PIECE) as movie:
                shutil.copyfileobj(movie, out, _PIECE)
        else:
            shutil.copyfileobj(file, out, _PIECE)
            return False
    return True


def _copy_jpeg(file: IO[bytes], out: IO[bytes]) -> None:
    """Segments up to the data: colours stay, and of the camera's words only how it was held."""
    out.write(file.read(2))
    turn = 1
    kept: list[bytes] = []
    while len(mark := file.read(2)) == 2 and mark[0] == 0xFF and mark[1] not in {_START, *_STANDALONE}:
        size = file.read(2)
        body = file.read(struct.unpack(">H", size)[0] - 2) if len(size) == 2 else b""
        if mark[1] == _EXIF:
            turn = _held(body) or turn
        elif mark[1] in {_APP, _ADOBE} or (mark[1] == _ICC and body.startswith(b"ICC_PROFILE\0")) or not _tells(mark[1]):
            kept.append(mark + size + body)
    if turn != 1:
        kept.insert(1 if kept and kept[0][1] == _APP else 0, _only_turned(turn))
    out.write(b"".join(kept) + mark)
    shutil.copyfileobj(file, out, _PIECE)


def _tells(mark: int) -> bool:
    return _APP <= mark <= _LAST_APP or mark == _COMMENT


def _held(body: bytes) -> int:
    """How the camera was held (1 to 8), 0 where the segment does not say."""
    if not body.startswith(b"Exif\0\0") or len(body) < 20:
        return 0
    order = "<" if body[6:8] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", body, 10)
    if at + 8 > len(body):
        return 0
    (count,) = struct.unpack_from(f"{order}H", body, 6 + at)
    for place in range(8 + at, min(8 + at + 12 * count, len(body) - 11), 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", body, place)
        if tag == 0x0112:
            return value if 1 <= value <= 8 else 0
    return 0


def _only_turned(turn: int) -> bytes:
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)
    return bytes((0xFF, _EXIF)) + struct.pack(">H", len(body) + 2) + body


def _copy_png(file: IO[bytes], out: IO[bytes]) -> None:
    out.write(file.read(8))
    while len(head := file.read(8)) == 8:
        size, name = struct.unpack(">I4s", head)
        body = file.read(size + 4)
        if name not in _TEXTS:
            out.write(head + body)
        if name == b"IEND":
            return


class _BlindMovie(RawIOBase):
    """The film in the same length with boxes of words made into free room, zeros inside: no offset in it moves."""

    def __init__(self, source: Path) -> None:
        self._file = source.open("rb", buffering=0)
        self._told = sorted(_boxes_that_tell(self._file, 0, source.stat().st_size))
        self._file.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = SEEK_SET, /) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, into: Any, /) -> int:
        view, start = memoryview(into).cast("B"), self._file.tell()
        got = self._file.readinto(view) or 0
        for at, end in self._told:
            blind = memoryview(b"free" + bytes(max(0, min(end, start + got) - at - 8)))
            first, last = max(at + 4, start), min(end, start + got)
            if first < last:
                view[first - start : last - start] = blind[first - at - 4 : last - at - 4]
        return got

    def close(self) -> None:
        self._file.close()
        super().close()


def _boxes_that_tell(file: IO[bytes], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at + 8 <= end:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", file.read(8))[0], 16
        size = size or end - at
        if size < head or at + size > end:
            return
        if name in _TOLD and head == 8:
            yield at, at + size
        elif name in _WITHIN:
            yield from _boxes_that_tell(file, at + head, at + size)
        at += size
