"""Reading a QR code out of a photo, for browsers that cannot do it themselves; tries again where the first look sees nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from campmgr.errors import BadInput

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 50_000_000
"""More than any phone's camera; a small file can claim far more and would take the memory of a laptop."""

_SIDE = 1600
"""A larger photo is made smaller first: its modules still have pixels enough, and it is read ten times as fast."""


def read_qr(data: bytes) -> str:
    """The text of the first QR code in a picture. Raises BadInput: "unreadable_file", also without a code; "too_large"."""
    import zxingcpp  # most commands look at no photo -- slow import

    picture = _opened(data)
    for look in _looks(picture):
        found = zxingcpp.read_barcode(look, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        if found is not None and found.valid and found.text:
            return str(found.text)
    raise BadInput(
        "照片里没有找到二维码。", reason="unreadable_file", hint="请靠近一些、对准二维码重拍，避免反光；或改填证书编号。"
    )


def _opened(data: bytes) -> Image.Image:
    """The picture in grey, upright, not larger than needed."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # -- slow import

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "BMP", "GIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadInput("照片太大。", reason="too_large", hint="请用手机重新拍一张，或把照片缩小。")
            picture.draft("L", (_SIDE, _SIDE))
            upright = ImageOps.exif_transpose(picture).convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as problem:
        raise BadInput("这个文件不是照片，或已经损坏。", reason="unreadable_file", hint="请选 JPG 或 PNG 照片。") from problem
    upright.thumbnail((_SIDE, _SIDE))
    return upright


def _looks(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture as it is, then cleaned of dots, enlarged and sharpened (measured: finds half of what the first look missed)."""
    from PIL import Image, ImageFilter  # -- slow import

    yield picture
    clean = picture.filter(ImageFilter.MedianFilter(3))
    yield clean
    large = clean.resize((clean.width * 2, clean.height * 2), Image.Resampling.LANCZOS)
    yield large
    yield large.filter(ImageFilter.UnsharpMask(4, 200, 0))
