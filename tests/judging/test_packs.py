"""What a judge takes home: works without their makers' names, one page, one workbook; and how marks are read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from campmgr.areas.judging.files.blind_files import copy_blind
from campmgr.areas.judging.files.pack import PackFile, write_pack
from campmgr.areas.judging.rules.score_form import (
    FormWork,
    ScoreForm,
    entry_begins,
    form_code,
    in_drawn_order,
    work_number,
)
from campmgr.ledger.hpke import new_sealing_key
from tests.kit.made_media import Film, box, png, write_film

CRITERIA = ("科学性", "故事性", "创新性", "艺术性", "传播性", "趣味性")
ENTRY, OTHER = "a1b2c3d4e5", "ffee00112233"
CODE = form_code("form", "judge")
KEY = new_sealing_key()


def form(*works: FormWork) -> ScoreForm:
    return ScoreForm(
        CODE, "短视频征选", "初评", "张评委", CRITERIA, 10, 50, (("9-10", "可作全国展播"),), works, KEY.public, "2024-09-30"
    )


def blind(data: bytes, tmp_path: Path) -> tuple[bytes, bool]:
    source, out = tmp_path / "source", io.BytesIO()
    source.write_bytes(data)
    cleaned = copy_blind(source, out)
    return out.getvalue(), cleaned


def photo(**more: object) -> bytes:
    image, made = Image.linear_gradient("L").resize((80, 60)).convert("RGB"), io.BytesIO()
    exif = image.getexif()
    exif[0x013B], exif[0x0112] = "某市应急管理局 王五", 6
    image.save(made, "JPEG", exif=exif, comment="王五的作品".encode(), **more)
    return made.getvalue()


def test_a_photo_loses_its_author_and_stays_upright(tmp_path):
    clean, known = blind(photo(icc_profile=b"colours"), tmp_path)
    assert known
    assert "王五".encode() not in clean
    with Image.open(io.BytesIO(clean)) as after, Image.open(io.BytesIO(photo())) as before:
        assert (dict(after.getexif()), after.info["icc_profile"]) == ({0x0112: 6}, b"colours")
        assert after.tobytes() == before.tobytes()


def test_a_photo_without_words_stays_as_it_is(tmp_path):
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG")
    assert blind(made.getvalue(), tmp_path) == (made.getvalue(), True)


def test_a_png_loses_its_words(tmp_path):
    from PIL.PngImagePlugin import PngInfo

    info, made = PngInfo(), io.BytesIO()
    info.add_text("Author", "王五")
    info.add_itxt("Title", "某单位")
    Image.new("RGB", (9, 9), (1, 2, 3)).save(made, "PNG", pnginfo=info)
    clean, known = blind(made.getvalue(), tmp_path)
    with Image.open(io.BytesIO(clean)) as image:
        image.load()
        assert (known, image.info, image.getpixel((3, 3))) == (True, {}, (1, 2, 3))
    assert blind(png(), tmp_path)[0] == png()


def test_a_film_keeps_its_length_and_loses_its_words(tmp_path):
    plain = write_film(tmp_path / "plain.mp4", Film()).read_bytes()
    data = plain + box(b"udta", "作者：王五".encode())
    clean, known = blind(data, tmp_path)
    assert (known, len(clean), clean[: len(plain)]) == (True, len(data), plain)
    assert "王五".encode() not in clean
    assert clean[len(plain) + 4 : len(plain) + 8] == b"free"


def test_words_inside_the_index_are_found_too(tmp_path):
    inner = box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", box(b"udta", b"secret")), box(b"meta", b"secret"))
    clean, _ = blind(box(b"ftyp", b"isom0000") + inner + box(b"mdat", b"secret film"), tmp_path)
    assert clean.count(b"secret") == 1


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x20ftypisom\xff\xff"])
def test_a_torn_file_is_passed_on(data, tmp_path):
    assert len(blind(data, tmp_path)[0]) <= len(data)


def test_another_format_is_passed_on_and_named(tmp_path):
    assert blind(b"%PDF-1.7 ...", tmp_path) == (b"%PDF-1.7 ...", False)


def packed(tmp_path: Path) -> bytes:
    photo_at, out = tmp_path / "某单位-王五.jpg", io.BytesIO()
    photo_at.write_bytes(photo())
    work = FormWork(ENTRY, "矿灯", "音视频类", "数智赋能", "</script><b>", "", (f"{ENTRY[:8]}-1.jpg",))
    done = write_pack(form(work), [PackFile(work.files[0], photo_at), PackFile("x-2.mp4", None)], out)
    assert (done.works, done.missing, done.as_they_are) == (1, ("x-2.mp4",), ())
    return out.getvalue()


def test_a_pack_holds_page_sheet_and_works_under_other_names(tmp_path):
    data = packed(tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["评审.html", "评分表.xlsx", f"作品/{ENTRY[:8]}-1.jpg", "说明.txt"]
        page = archive.read("评审.html").decode()
        everything = b"".join(map(archive.read, archive.namelist()))
    assert "王五".encode() not in everything
    assert page.count("</script>") == 2
    assert "x-2.mp4" in zipfile.ZipFile(io.BytesIO(data)).read("说明.txt").decode()
    assert packed(tmp_path) == data


def test_a_row_is_known_by_its_number_in_this_form_alone():
    number = work_number(CODE, ENTRY)
    assert entry_begins(CODE, f" {number} ") == ENTRY[:8]
    other = form_code("form", "another")
    assert [entry_begins(*each) for each in ((other, number), (CODE, number[:-1] + "?"), (CODE, ENTRY[:8]), (CODE, ""))] == [""] * 4
    assert entry_begins(CODE, work_number(CODE, OTHER)[:8] + number[8:]) == ""


def test_every_form_has_a_code_of_its_own():
    assert len({form_code(form, judge) for form in ("a", "b") for judge in ("c", "d")}) == 4


def test_every_judge_sees_the_works_in_an_order_of_their_own():
    works = [f"{at:08x}" for at in range(30)]
    one = in_drawn_order(works, "7", "a")
    assert sorted(one) == works
    assert one == in_drawn_order(reversed(works), "7", "a")
    assert len({tuple(in_drawn_order(works, seed, judge)) for seed in "12" for judge in "ab"}) == 4
