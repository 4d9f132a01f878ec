"""Pictures people send, made harmless: decoded whole and written anew, so that nothing but what can be seen is kept.

Place and time of a photo, names in comments, second pictures hidden in a file: none of it survives. A file that is no picture, is
cut short, or unpacks to far more than it weighs is refused with a sentence (`campmgr/files/pictures.py`).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from campmgr.areas.hours.actions.declarations import Picture
from campmgr.errors import BadInput
from campmgr.files.pictures import unpacked

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("JPEG", "PNG", "WEBP")
_KEPT_POINTS = 3_000_000
"""Enough to read every word of a screenshot, a tenth of what a camera sends."""

_SMALL_SIDE = 320
_QUALITY, _SMALL_QUALITY = 82, 70


def tidy_picture(data: bytes, most_bytes: int) -> Picture:
    """A picture as JPEG of at most three megapixels and a small one for lists; the same bytes give the same picture.

    Raises BadInput: `too_large` by bytes or by what it unpacks to, `unreadable_file` for anything that is not whole; Busy.
    """
    if len(data) > most_bytes:
        raise BadInput(f"截图太大，最多 {most_bytes / 1024 / 1024:.1f} MB。", reason="too_large",
                       hint="请截图而不要拍照，或先裁小一些。")  # fmt: skip
    with unpacked(data, _FORMATS, _KEPT_POINTS) as seen:
        shown = _on_white(seen)
        return Picture(_jpeg(shown, _QUALITY), _jpeg(_small(shown), _SMALL_QUALITY))


def _on_white(shown: Image) -> Image:
    """The same pixels in a new picture: a converted one would still carry comments and what else came with it."""
    from PIL import Image as Images  # few requests bring one -- slow import

    plain = Images.new("RGB", shown.size, "white")
    plain.paste(shown, mask=shown.getchannel("A") if shown.mode == "RGBA" else None)
    return plain


def _small(shown: Image) -> Image:
    small = shown.copy()
    small.thumbnail((_SMALL_SIDE, _SMALL_SIDE))
    return small


def _jpeg(shown: Image, quality: int) -> bytes:
    target = BytesIO()
    shown.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
