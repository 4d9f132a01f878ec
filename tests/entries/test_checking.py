"""The pre-flight: every worked example of both notices, as files that are made and judged."""

from __future__ import annotations

import json
import struct

import pytest
from click.testing import CliRunner

from campmgr.app.commands import commands
from campmgr.areas.entries.files.probing import probe_file
from campmgr.areas.entries.rules.checking import Checked, check
from campmgr.areas.whole import CATALOGUE
from tests.kit.made_media import Film, box, filled, jpg, png, write_film

COLLECTION = CATALOGUE.activity_rules("works-collection-2023")
CONTEST = CATALOGUE.activity_rules("video-contest-2024")


@pytest.fixture
def judged(tmp_path):
    """Write a file and judge it; its levels by rule, where they are not ok."""

    def judge(made: bytes | Film, rules=COLLECTION, name: str = "", cut: int = 0) -> Checked:
        path = tmp_path / (name or ("x.mp4" if isinstance(made, Film) else "x.jpg"))
        if isinstance(made, Film):
            write_film(path, made, cut)
        else:
            path.write_bytes(made)
        return check(probe_file(path), rules)

    return judge


def troubles(checked: Checked) -> dict[str, str]:
    return {each.rule: each.level for each in checked.findings if each.level != "ok"}


@pytest.mark.parametrize(
    ("size", "form", "name", "changes", "expected"),
    [
        (1_000_000, "jpg", "x.jpg", {}, {}),
        (999_999, "jpg", "x.jpg", {}, {"bytes": "refuse"}),
        (5_242_880, "png", "x.png", {}, {}),
        (5_242_881, "png", "x.png", {}, {"bytes": "refuse"}),
        (1_048_575, "jpg", "x.jpg", {"pictures.least_bytes": "1048576"}, {"bytes": "refuse"}),
        (1_048_576, "jpg", "x.jpeg", {"pictures.least_bytes": "1048576"}, {}),
        (1_200_000, "png", "x.jpg", {}, {"extension": "warn"}),
        (1_200_000, "jpg", "照片", {}, {"extension": "warn"}),
    ],
)
def test_a_picture_by_its_bytes_and_its_content(judged, size, form, name, changes, expected):
    rules = COLLECTION
    for key, value in changes.items():
        rules = rules.with_change(key, value)
    assert troubles(judged(filled(jpg() if form == "jpg" else png(), size), rules, name)) == expected


def test_what_is_found_stands_beside_the_notices_sentence_and_how_to_mend_it(judged):
    small = next(each for each in judged(filled(jpg(), 999_999)).findings if each.rule == "bytes")
    assert (small.found, small.wanted) == (
        "999,999 字节（0.95 MiB）", "单幅作品不小于1M不大于5M（1,000,000 到 5,242,880 字节）")  # fmt: skip
    assert "小于 1,000,000 字节" in small.fix


@pytest.mark.parametrize("head", [b"RIFF\0\0\0\0WEBPVP8 ", struct.pack(">I", 24) + b"ftypheic" + bytes(12), b"GIF89a"])
def test_other_formats_under_a_pictures_name_are_refused_with_what_to_do(judged, head):
    checked = judged(filled(head, 2_000_000))
    assert troubles(checked) == {"extension": "warn", "format": "refuse"}
    assert any("另存为 JPG" in each.fix for each in checked.findings)


def test_a_picture_cut_in_half_is_found_though_its_head_is_good(judged):
    whole = jpg((3000, 2000))
    assert troubles(judged(whole[: len(whole) // 2]))["whole"] == "refuse"
    whole = png((900, 900))
    assert troubles(judged(whole[:-30], name="x.png"))["whole"] == "refuse"


def test_a_bomb_is_refused_and_not_opened(judged):
    checked = judged(filled(png(points=30_000), 1_500_000), name="x.png")
    assert troubles(checked) == {"whole": "refuse"}
    assert (checked.probe.trouble, checked.passes) == ("bomb", False)


def test_a_long_drawing_is_taken_whole_or_said_to_be_unread(judged):
    assert troubles(judged(filled(png((1080, 16_000)), 1_500_000), name="x.png")) == {}
    assert troubles(judged(filled(png((1080, 26_000)), 1_500_000), name="x.png")) == {"whole": "warn"}


_FULL = (1920, 1080)


@pytest.mark.parametrize(
    ("film", "expected"),
    [
        (Film(coded=_FULL), {}),
        (Film(coded=_FULL, turned=90), {}),
        (Film(coded=(1280, 720)), {"resolution": "refuse"}),
        (Film(coded=(1280, 720), shown=_FULL), {"resolution": "refuse"}),
        (Film(coded=(1920, 804)), {"resolution": "refuse"}),
        (Film(coded=(1440, 1080)), {}),
        (Film(codec=b"hvc1"), {"codec": "warn"}),
        (Film(brand=b"qt  "), {"container": "warn", "extension": "warn"}),
        (Film(length=(0, 1000), fragments=True), {"whole": "refuse"}),
        (Film(length=(0, 1000), fragments=True, told=60_000), {}),
        (Film(length=(9_000, 10)), {}),
        (Film(length=(9_001, 10)), {"duration": "refuse"}),
        (Film(length=(900_021, 1000), track=(900_000, 1000)), {}),
        (Film(length=(900_053, 1000)), {}),
        (Film(length=(900_060, 1000)), {}),
        (Film(length=(900_061, 1000)), {"duration": "refuse"}),
        (Film(picture=False), {"sound": "warn"}),
        (Film(length=(60_000, 1000), wide=True, turned=270, coded=(1080, 1920)), {}),
        (Film(data=5 * 2**30), {}),
        (Film(index_first=True), {}),
        (Film(index=False), {"whole": "refuse"}),
        (Film(length=(1, 0)), {"whole": "refuse"}),
    ],
)
def test_a_video_of_the_collection(judged, film, expected):
    assert troubles(judged(film)) == expected


def test_a_wide_film_is_taken_where_the_long_side_counts_and_the_page_says_which(judged):
    checked = judged(Film(coded=(1920, 804)), COLLECTION.with_change("videos.letterbox", "long_side_1920"))
    assert troubles(checked) == {}
    assert "或者长边满 1920" in next(each.wanted for each in checked.findings if each.rule == "resolution")


@pytest.mark.parametrize(
    ("film", "expected"),
    [
        (Film(length=(60_000, 1000)), {}),
        (Film(length=(59_900, 1000)), {"duration": "refuse"}),
        (Film(length=(59_993, 1000)), {}),
        (Film(length=(480_000, 1000)), {}),
        (Film(length=(480_021, 1000)), {}),
        (Film(length=(480_100, 1000)), {"duration": "refuse"}),
        (Film(coded=(1080, 1920)), {}),
        (Film(turned=90), {}),
        (Film(coded=(3840, 2160)), {}),
        (Film(coded=(1920, 1088)), {}),
        (Film(coded=(1916, 1080)), {}),
        (Film(coded=(1900, 1080)), {"ratio": "refuse"}),
        (Film(coded=(1944, 1080)), {"ratio": "refuse"}),
        (Film(coded=(2048, 1080)), {"ratio": "refuse"}),
        (Film(coded=(1440, 1080)), {"ratio": "refuse"}),
        (Film(coded=(1080, 2340)), {"ratio": "refuse"}),
        (Film(coded=(1920, 804)), {"ratio": "refuse", "resolution": "refuse"}),
        (Film(brand=b"qt  "), {"container": "refuse", "extension": "warn"}),
        (Film(codec=b"hvc1"), {}),
    ],
)
def test_a_video_of_the_contest(judged, film, expected):
    assert troubles(judged(film, CONTEST)) == expected


def test_a_renamed_quicktime_film_is_called_so(judged):
    checked = judged(Film(brand=b"qt  "), CONTEST)
    assert next(each.found for each in checked.findings if each.rule == "container") == "MOV 改名成了 .mp4"


@pytest.mark.parametrize("head", [b"RIFF\0\0\0\0AVI LIST", b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska"])
def test_other_containers_under_the_name_of_an_mp4_are_refused(judged, head):
    assert troubles(judged(filled(head, 5000), CONTEST, "x.mp4"))["container"] == "refuse"


def test_what_was_not_copied_to_its_end_is_refused(judged):
    assert judged(Film(index_first=True, data=50_000), cut=20_000).probe.trouble == "cut"
    assert judged(Film(data=50_000), cut=300).probe.trouble == "cut"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04" + bytes(100),
        box(b"ftyp", b"isom") + struct.pack(">I4s", 3, b"moov"),
        box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"\0")),
        box(b"ftyp", b"isom") + box(b"moov", struct.pack(">I4s", 9999, b"trak")),
        box(b"ftyp", b"isom") + box(b"free") * 5000,
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_film_and_no_picture_is_named_and_stops_nothing(judged, data):
    assert judged(data, name="=HYPERLINK(1)" + "长" * 60 + ".mp4").passes is False


def test_no_class_that_is_not_called_for_is_taken(judged):
    assert troubles(judged(filled(jpg(), 2_000_000), CONTEST)) == {"class": "refuse"}


def asked(*args: str) -> tuple[int, dict]:
    answer = CliRunner().invoke(commands, ["entry", "check", *args, "--json"], obj=CATALOGUE)
    return answer.exit_code, json.loads(answer.stdout) if answer.exit_code == 0 else {}


def test_the_command_needs_no_data_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPMGR_DB", str(tmp_path / "none.sqlite"))
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "好.jpg").write_bytes(filled(jpg(), 1_000_000))
    write_film(tmp_path / "w" / "大.mp4", Film(data=3 * 2**30, turned=90))
    code, told = asked(str(tmp_path / "w"), str(tmp_path / "没有.png"))
    assert (code, told["failed"]) == (0, 1)
    film, picture, missing = told["files"]
    assert (film["container"], film["brand"], film["codec"], film["ms"], film["width"], film["height"], film["rotation"]) == (
        "MP4", "isom", "h264", 60_000, 1080, 1920, 90)  # fmt: skip
    assert (film["sha256"], len(picture["sha256"]), picture["pages"], missing["passes"]) == (None, 64, 1, False)
    assert not (tmp_path / "none.sqlite").exists()


def test_the_command_refuses_what_it_does_not_know(tmp_path):
    (tmp_path / "x.jpg").write_bytes(filled(jpg(), 1_000_000))
    path = str(tmp_path / "x.jpg")
    assert asked(path, "--class", "歌曲")[0] != 0
    assert asked(path, "--preset", "escape-drill-2023")[0] != 0
    assert asked(path, "--class", "视频类")[1]["failed"] == 1
