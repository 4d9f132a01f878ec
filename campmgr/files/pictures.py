"""The one decoder of pictures people send: what a picture would unpack to is known before it is, and one is unpacked at a time.

A few hundred bytes can claim fifty million points, and a class sends its pictures in the same minute. So each format has its price
a point, and a picture that would cost more memory than an old laptop spares is refused before it is looked at.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from campmgr.errors import BadInput, Busy

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_MEMORY = 105 * 1024 * 1024
"""Bytes that unpacking one picture may take; at rest the program takes some 100 MB."""

_PRICES = {"JPEG": 0, "PNG": 8, "WEBP": 20, "BMP": 8, "GIF": 8}
"""Bytes for each point while a picture is unpacked and made smaller (measured; a WebP's decoder keeps two pictures of its own)."""

_PROGRESSIVE = 6
"""The same of a JPEG whose parts come in several rounds: all of it is held, at whatever fraction it is read."""

_KEPT = 4
"""The same of what a JPEG is unpacked to, at the fraction that is read."""

BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, OverflowError, EOFError, struct.error)
"""What the library raises, from its various readers, for a file that is no picture or not a whole one."""

_HELD = 0x0112
"""The EXIF tag that says how the camera was held."""

_HINT = "请用手机截图，或把照片缩小，再试一次。"
_PATIENCE = 5.0
_MOST_WAITING = 2
"""Seconds and requests that wait for the decoder; more would take every thread that answers pages."""

_turn = threading.Lock()
_line = threading.BoundedSemaphore(1 + _MOST_WAITING)


@contextmanager
def unpacked(data: bytes, formats: tuple[str, ...], points: int) -> Iterator[Image]:
    """A picture upright and made smaller to about this many points where it has more; nobody else's is unpacked meanwhile.

    Its mode is one of L, RGB, RGBA. Raises BadInput: "too_large" before anything is unpacked, "unreadable_file" for what is no
    whole picture; Busy while too many wait.
    """
    if not _line.acquire(blocking=False):
        raise _busy()
    try:
        if not _turn.acquire(timeout=_PATIENCE):
            raise _busy()
        try:
            yield _smaller(data, formats, points)
        finally:
            _turn.release()
    finally:
        _line.release()


def _smaller(data: bytes, formats: tuple[str, ...], points: int) -> Image:
    from PIL import Image  # few requests bring one -- slow import

    try:
        with Image.open(BytesIO(data), formats=formats) as source:
            size = source.size
            source.draft(None, size_within(size, points))  # JPEG alone can be decoded at a fraction  # type: ignore[arg-type]
            if _price(source, size) > MOST_MEMORY:
                raise BadInput(f"这张图片有 {size[0]}×{size[1]} 点，太大了。", reason="too_large", hint=_HINT)
            source.load()  # whole: a file that was cut short shows itself only here
            turn = source.getexif().get(_HELD, 1)
            plain = _plain(source)
            within = size_within(plain.size, points)
            return _upright(plain if within == plain.size else plain.resize(within), turn)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise BadInput("这张图片展开后太大。", reason="too_large", hint=_HINT) from problem
    except BROKEN as problem:
        raise BadInput(
            "这个文件不是完整的图片，没有收下。", reason="unreadable_file", hint="请选 JPG 或 PNG 图片，再试一次。"
        ) from problem


def _price(source: Image, size: tuple[int, int]) -> int:
    """Bytes that unpacking takes; `size` is that of the whole, `source.size` the fraction that is read."""
    whole = size[0] * size[1]
    if source.format != "JPEG":
        return whole * _PRICES[str(source.format)]
    rounds = whole * _PROGRESSIVE if source.info.get("progressive") else 0
    return rounds + source.size[0] * source.size[1] * _KEPT


def _plain(source: Image) -> Image:
    """In one of three modes. A palette or a single transparent colour becomes RGBA only where there is transparency."""
    if source.has_transparency_data:
        return source if source.mode == "RGBA" else source.convert("RGBA")
    if source.mode in {"L", "RGB"}:
        return source
    return source.convert("L" if source.mode in {"1", "I;16", "I", "F"} else "RGB")


def _upright(plain: Image, turn: int) -> Image:
    """As its camera says it was held. (The library's own function also writes the place back, and stumbles over a broken one.)"""
    from PIL.Image import Transpose  # as above -- slow import

    turns = {2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
             6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90}  # fmt: skip
    way = turns.get(turn)
    return plain.copy() if way is None else plain.transpose(way)


def size_within(size: tuple[int, int], points: int) -> tuple[int, int]:
    """A size of the same shape with at most so many points."""
    width, height = size
    share = min(1.0, (points / max(1, width * height)) ** 0.5)
    return max(1, int(width * share)), max(1, int(height * share))


def _busy() -> Busy:
    return Busy("正在处理别人的图片。", hint="请等几秒再发一次。")
