"""Pictures people send, made harmless: decoded whole and written anew, so that nothing but what can be seen is kept.

Place and time of a photo, names in comments, second pictures hidden in a file: none of it survives. A file that is no picture, is
cut short, or unpacks to far more than it weighs is refused with a sentence.
"""

from __future__ import annotations

import struct
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from campmgr.areas.hours.actions.declarations import Picture
from campmgr.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = 25_000_000
"""Beyond any telephone's screen, and beyond a camera's JPEG decoded at a fraction: 25 megapixels unpack to 75 MB."""

_KEPT_PIXELS = 3_000_000
"""Enough to read every word of a screenshot, a tenth of what a camera sends."""

_ONE_AT_A_TIME = Lock()
"""A class that sends its pictures in the same minute must not fill an old laptop's memory."""

_BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, OverflowError, EOFError, struct.error)
"""What the library raises, from its various readers, for a file that is no picture or not a whole one."""

_HELD = 0x0112
"""The EXIF tag that says how the camera was held."""

_SMALL_SIDE = 320
_QUALITY, _SMALL_QUALITY = 82, 70
_HINT = "请用手机截图（JPG、PNG 或 WebP），再试一次。"


def tidy_picture(data: bytes, most_bytes: int) -> Picture:
    """A picture as JPEG of at most three megapixels and a small one for lists; the same bytes give the same picture.

    Raises BadInput: `too_large` by bytes or by what it unpacks to, `unreadable_file` for anything that is not whole.
    """
    if len(data) > most_bytes:
        raise BadInput(f"截图太大，最多 {most_bytes / 1024 / 1024:.1f} MB。", reason="too_large",
                       hint="请截图而不要拍照，或先裁小一些。")  # fmt: skip
    with _ONE_AT_A_TIME:
        shown = _within(_opened(data))
        return Picture(_jpeg(shown, _QUALITY), _jpeg(_small(shown), _SMALL_QUALITY))


def _opened(data: bytes) -> Image:
    """The picture upright, in plain colours on white, with nothing attached to it."""
    from PIL import Image  # few requests bring one -- slow import

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as source:
            source.draft("RGB", _size_within(source.size))  # JPEG alone can be decoded at a fraction
            if source.size[0] * source.size[1] > _MOST_PIXELS:
                raise _too_many(*source.size)
            source.load()  # whole: a file that was cut short shows itself only here
            upright = _upright(source)
            return _on_white(upright.convert("RGBA")) if upright.has_transparency_data else _on_white(upright.convert("RGB"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise BadInput("这张图片展开后太大。", reason="too_large", hint=_HINT) from problem
    except _BROKEN as problem:
        raise BadInput("这个文件不是完整的图片，没有收下。", reason="unreadable_file", hint=_HINT) from problem


def _upright(source: Image) -> Image:
    """As its camera says it was held. (The library's own function also writes the place back, and stumbles over a broken one.)"""
    from PIL.Image import Transpose  # as above -- slow import

    turns = {2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
             6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90}  # fmt: skip
    turn = turns.get(source.getexif().get(_HELD, 1))
    return source if turn is None else source.transpose(turn)


def _on_white(shown: Image) -> Image:
    """The same pixels in a new picture: a converted one would still carry comments and what else came with it."""
    from PIL import Image as Images  # as above -- slow import

    plain = Images.new("RGB", shown.size, "white")
    plain.paste(shown, mask=shown.getchannel("A") if shown.mode == "RGBA" else None)
    return plain


def _too_many(width: int, height: int) -> BadInput:
    return BadInput(f"这张图片有 {width}×{height} 点，太大了。", reason="too_large", hint=_HINT)


def _size_within(size: tuple[int, int]) -> tuple[int, int]:
    """A size of the same shape with at most as many pixels as are kept."""
    width, height = size
    share = min(1.0, (_KEPT_PIXELS / max(1, width * height)) ** 0.5)
    return max(1, int(width * share)), max(1, int(height * share))


def _within(shown: Image) -> Image:
    size = _size_within(shown.size)
    return shown if size == shown.size else shown.resize(size)


def _small(shown: Image) -> Image:
    small = shown.copy()
    small.thumbnail((_SMALL_SIDE, _SMALL_SIDE))
    return small


def _jpeg(shown: Image, quality: int) -> bytes:
    target = BytesIO()
    shown.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
