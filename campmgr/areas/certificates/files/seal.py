"""The seal of certificates as a picture: decoded whole, drawn anew with nothing attached, its white ground made transparent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from campmgr.errors import BadInput
from campmgr.files.pictures import unpacked

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 2 * 1024 * 1024
_MOST_POINTS = 4_000_000
_LEAST_SIDE, _KEPT_SIDE = 120, 600
"""Printed 37 mm wide, 600 points are 400 to the inch; fewer than 120 would be seen as steps."""

_HINT = "请用透明或白色底、正方形左右的 PNG 图片，再试一次。"


@dataclass(frozen=True, slots=True)
class SealPicture:
    """A seal as PNG, and the sum of what can be seen of it: the same picture, drawn anew anywhere, has the same sum."""

    digest: str
    png: bytes


def tidy_seal(data: bytes) -> SealPicture:
    """A seal out of an uploaded PNG. Raises BadInput: `too_large`, `unreadable_file`, `out_of_range` if tiny; Busy."""
    from PIL import Image as Images  # few requests bring one -- slow import

    if len(data) > MOST_BYTES:
        raise BadInput(f"印章图片太大，最多 {MOST_BYTES // 1024 // 1024} MB。", reason="too_large", hint=_HINT)
    with unpacked(data, ("PNG",), _MOST_POINTS) as opened:
        if min(opened.size) < _LEAST_SIDE:
            raise BadInput(f"这张图片只有 {opened.width}×{opened.height} 点，印出来会模糊。", reason="out_of_range",
                           hint=f"每边至少 {_LEAST_SIDE} 点，最好 {_KEPT_SIDE} 点。")  # fmt: skip
        seen = opened.convert("RGBA")
        seen.thumbnail((_KEPT_SIDE, _KEPT_SIDE))
        plain = _without_ground(seen)
    pixels = plain.tobytes()
    digest = hashlib.sha256(b"%dx%d:" % plain.size + pixels).hexdigest()
    made = BytesIO()
    Images.frombytes("RGBA", plain.size, pixels).save(made, "PNG", optimize=True)
    return SealPicture(digest, made.getvalue())


def _without_ground(seen: Image) -> Image:
    """A picture without any transparency gets it: the whiter a point, the less of it is left, so that words show below the seal."""
    from PIL import ImageChops  # as above -- slow import

    if seen.has_transparency_data and seen.getchannel("A").histogram()[255] < seen.size[0] * seen.size[1]:
        return seen
    red, green, blue, _ = seen.split()
    ink = ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))
    seen.putalpha(ink.point([min(255, level * 6 // 5) if level > 8 else 0 for level in range(256)]))
    return seen
