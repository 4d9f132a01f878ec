"""A judge sees the files of the works that were given to them, blind and part by part; nobody else does."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.judging.files.blind_files import open_blind
from tests.judging.panel import Panel, seated
from tests.kit.made_media import Film, box, png, write_film
from tests.kit.office import see
from tests.kit.pages import CAST, Pages

BALLOT = "/judge/初评/"
MAKER = "某市应急管理局"


@pytest.fixture
def panel(pages: Pages, tmp_path) -> Panel:
    """A film and a picture, named after who made them; the film says so in its head too. A work of the judge's, and another."""
    panel = seated(pages)
    film = write_film(tmp_path / f"{MAKER}-王五.mp4", Film())
    film.write_bytes(film.read_bytes() + box(b"udta", f"作者：{MAKER}".encode()))
    panel.contest.has_file("晨曦", film)
    picture = tmp_path / f"{MAKER}.海报"
    picture.write_bytes(png())
    panel.contest.has_file("晨曦", picture)
    panel.contest.has_work("外人", "3507")
    panel.contest.has_file("外人", film)
    return panel


def files(panel: Panel, title: str = "晨曦") -> list[str]:
    text = see(panel.pages, f"{BALLOT}?work={panel.contest.works[title]}", "elias")
    assert not [each for each in (MAKER, "王五", "海报") if each in text], "a blind round names no maker, in no file name either"
    return re.findall(rf'(?:src|href)="([^"]+/{panel.contest.works[title]}/[^"]+)"', text.replace("&amp;", "&"))


def test_a_film_is_played_part_by_part_without_its_makers_name(panel):
    film, other = files(panel)
    assert film.split("?")[0].endswith("-1.mp4")
    assert other.split("?")[0].endswith("-2")
    judge = panel.pages.browser("elias")
    whole = judge.get(film)
    assert (whole.status_code, whole.mimetype, whole.headers["Accept-Ranges"]) == (200, "video/mp4", "bytes")
    assert MAKER.encode() not in whole.data
    assert MAKER not in f"{whole.headers}"
    part = judge.get(film, headers={"Range": "bytes=5-20"})
    assert (part.status_code, part.data) == (206, whole.data[5:21])
    tail = judge.get(film, headers={"Range": "bytes=-9"})
    assert (tail.status_code, tail.data, tail.headers["Content-Range"]) == (
        206, whole.data[-9:], f"bytes {len(whole.data) - 9}-{len(whole.data) - 1}/{len(whole.data)}")  # fmt: skip
    assert judge.get(film, headers={"Range": f"bytes={len(whole.data)}-"}).status_code == 416
    saved = judge.get(other)
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_nobody_else_gets_a_file_and_no_judge_one_that_was_not_given_to_them(panel):
    film = files(panel)[0]
    for who in (*CAST, "nobody"):
        if who != "elias":
            assert panel.pages.browser(who).get(film).status_code in {303, 401, 403, 404}, who
    judge, works = panel.pages.browser("elias"), panel.contest.works
    assert judge.get(film.replace(works["晨曦"], works["外人"])).status_code == 404
    assert judge.get(film.replace("-1.mp4", "-7.mp4")).status_code == 404
    panel.contest.node.do(lambda w: w.run("delete from assignments where entry = :entry", entry=works["晨曦"]))
    assert judge.get(film).status_code == 404


def test_a_film_read_from_any_place_is_the_film_read_from_the_beginning(tmp_path):
    path = write_film(tmp_path / "a.mp4", Film())
    path.write_bytes(path.read_bytes() + box(b"udta", b"secret " * 40) + box(b"free", b"x" * 30) + box(b"meta", b"secret"))
    with open_blind(path) as file:
        whole = file.read()
        assert b"secret" not in whole
        assert len(whole) == path.stat().st_size
        for at in range(0, len(whole), 11):
            file.seek(at)
            assert file.read(17) == whole[at : at + 17]


def test_a_judge_is_led_to_the_works_that_wait(panel):
    assert "件作品等您评审" in see(panel.pages, "/desk/", "elias")
    assert 'href="/judge/"' in see(panel.pages, "/desk/", "elias")
    assert "等您评审" not in see(panel.pages, "/desk/", "dora")
    assert "都评完了" in see(panel.pages, "/judge/", "elias")
    panel.contest.has_work("灯塔", "3506")
    panel.contest.assigns(seed="again")
    assert "还有 1 件" in see(panel.pages, "/judge/", "elias")
    panel.contest.opened()
    assert "已开启，谢谢您" in see(panel.pages, "/judge/", "elias")
