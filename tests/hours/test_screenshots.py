"""Pictures people send: seen alike, freed of everything attached, refused with a sentence where they are none or too much."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from campmgr.areas.hours.files.screenshots import tidy_picture
from campmgr.errors import BadInput

MOST = 8 * 1024 * 1024
SECRET = b"lin-xiaoming-was-here"


def _picture(size=(300, 600), colour="teal", mode="RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def _bytes(picture: Image.Image, sort: str = "JPEG", **more) -> bytes:
    target = BytesIO()
    picture.save(target, sort, **more)
    return target.getvalue()


def _photo() -> bytes:
    """A photo with place, time, owner, a comment and a colour profile."""
    exif = Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x0112] = SECRET.decode(), SECRET.decode(), 6
    exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 4.0, 30.0), 3: "E", 4: (119.0, 18.0, 0.0)})
    return _bytes(_picture((400, 200)), exif=exif, comment=SECRET, icc_profile=SECRET * 20)


def _opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def test_place_time_and_owner_are_gone_and_the_picture_stands_upright():
    photo = _photo()
    assert Image.open(BytesIO(photo)).getexif().get_ifd(0x8825)
    made = tidy_picture(photo, MOST)
    for data in (made.whole, made.small):
        kept = _opened(data)
        assert (kept.format, kept.mode, dict(kept.getexif()), kept.info.get("comment")) == ("JPEG", "RGB", {}, None)
        assert "icc_profile" not in kept.info
        assert SECRET not in data
    assert _opened(made.whole).size == (200, 400)


def test_texts_of_a_png_and_what_hangs_behind_it_are_gone():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    made = tidy_picture(_bytes(_picture(), "PNG", pnginfo=texts) + SECRET, MOST)
    assert SECRET not in made.whole + made.small


_SORTS = {"JPEG": "RGB L CMYK 1", "PNG": "RGB L P RGBA 1 I;16", "WEBP": "RGB L CMYK P RGBA 1 I;16"}
"""Each format with the kinds of picture that can be written as it."""


@pytest.mark.parametrize(("sort", "mode"), [(sort, mode) for sort, modes in _SORTS.items() for mode in modes.split()])
def test_every_sort_of_picture_is_taken(sort, mode):
    data = _bytes(_picture((30, 40), 1, mode) if mode in {"P", "1", "L", "I;16"} else Image.new(mode, (30, 40)), sort)
    assert _opened(tidy_picture(data, MOST).whole).size == (30, 40)


def test_what_is_transparent_becomes_white():
    made = tidy_picture(_bytes(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"), MOST)
    assert _opened(made.whole).convert("L").tobytes() == b"\xff" * 64


def test_a_camera_picture_becomes_small_enough_to_keep_and_quick_to_list():
    made = tidy_picture(_bytes(Image.effect_noise((4000, 3000), 60).convert("RGB"), quality=60), MOST)
    width, height = _opened(made.whole).size
    assert 2_500_000 < width * height <= 3_000_000
    assert max(_opened(made.small).size) <= 320
    assert len(made.small) < 40_000


def test_the_same_bytes_give_the_same_picture():
    assert tidy_picture(_photo(), MOST).digest == tidy_picture(_photo(), MOST).digest


def _png_bomb(side: int) -> bytes:
    """A PNG of so many black points, of which few bytes are sent."""

    def chunk(sort: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + sort + data + struct.pack(">I", zlib.crc32(sort + data))

    packer = zlib.compressobj(9)
    line = b"\0" * (1 + side // 8)
    packed = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [6_000, 10_000, 32_000])
def test_what_unpacks_to_far_more_than_it_weighs_is_refused(side):
    bomb = _png_bomb(side)
    assert len(bomb) < 300_000
    with pytest.raises(BadInput, match="太大") as told:
        tidy_picture(bomb, MOST)
    assert told.value.reason == "too_large"


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_refused(sort):
    whole = _bytes(Image.effect_noise((300, 300), 60).convert("RGB"), sort)
    with pytest.raises(BadInput, match="不是完整的图片") as told:
        tidy_picture(whole[: len(whole) // 2], MOST)
    assert told.value.reason == "unreadable_file"


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg onload='x()'/>", b"PK\x03\x04", b"\xff\xd8\xff", _bytes(_picture(), "GIF")]
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(BadInput, match="不是完整的图片"):
        tidy_picture(data, MOST)


def test_a_file_over_the_limit_is_not_opened():
    with pytest.raises(BadInput, match=r"最多 0\.1 MB"):
        tidy_picture(b"x" * 100_001, 100_000)


_WHOLE = tuple(_bytes(_picture((24, 24)), sort) for sort in ("JPEG", "PNG", "WEBP"))


@given(st.sampled_from(_WHOLE), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_whatever_happened_to_the_bytes_there_is_a_picture_or_a_sentence(whole, changes):
    data = bytearray(whole)
    for at, byte in changes:
        data[at % len(data)] = byte
    try:
        came = _opened(tidy_picture(bytes(data), MOST).whole).format
    except BadInput as problem:
        came = problem.reason
    assert came in {"too_large", "unreadable_file", "JPEG"}
