"""What everybody reads of a call: until when, how, and every limit with the figure that the rules judge by."""

from __future__ import annotations

from html import unescape

import pytest

from campmgr.areas.activities.actions import Opening, begin
from campmgr.demo.media import made_picture
from tests.entries.test_entry_files_page import called
from tests.kit.office import see, send

WORKS = ("第二季度", "2023-06-24", "1,000,000 到 5,242,880 字节", "15 分", "短边不少于 1080", "作品链接、相应文案和宣传海报",
         "作品内容不含任何商业广告", "2023-01-01 到 2023-12-31", "摄影", "践行训词精神的典型事迹")  # fmt: skip
CONTEST = ("报给转报单位", "2024-05-29 17:30", "报给主办单位", "7月31日", "1 分 0 秒到8 分", "16:9、9:16，差不超过 1%", "公开且不涉密",
           "数智赋能", "不收任何费用")  # fmt: skip


@pytest.mark.parametrize(("preset", "words"), [("works-collection-2023", WORKS), ("video-contest-2024", CONTEST)])
def test_the_public_page_says_until_when_how_and_what_is_asked(pages, preset, words):
    with pages.store.writing() as w:
        begin(w, Opening(preset, "ZP"))
    assert "/a/ZP/how" in see(pages, "/a/ZP/", "nobody")
    text = unescape(see(pages, "/a/ZP/how", "nobody"))
    assert [each for each in words if each not in text] == []
    assert "结批" in text


def test_one_that_is_over_says_so(pages):
    with pages.store.writing() as w:
        begin(w, Opening("works-collection-2023", "ZP"))
    pages.clock.move(days=400)
    assert "征集的时间都已过了" in see(pages, "/a/ZP/how", "nobody")


def test_the_gallery_draws_the_pictures_of_works_that_are_shown_and_no_other_file(pages):
    at, picture = called(pages), made_picture(7, 400, 300)
    assert send(pages, at, "dora", role="作品", file=(picture, "守夜.png")).status_code == 303
    with pages.store.reading() as r:
        digest, entry = r.one("select sha256, entry from entry_files")
    address = f"/a/ZP/gallery/{entry}/{digest}"
    assert pages.browser("nobody").get(address).status_code == 404, "it is not shown yet"
    send(pages, "/office/a/ZP/works/", doing="展播", outlet="微信", entry=entry)
    assert address in see(pages, "/a/ZP/gallery", "nobody")
    shown = pages.browser("nobody").get(address)
    assert (shown.status_code, shown.mimetype, shown.data) == (200, "image/png", picture)
    assert pages.browser("nobody").get(f"/a/ZP/gallery/{entry}/{'0' * 64}").status_code == 404
    send(pages, "/office/a/ZP/works/", doing="revoke", reach="展播", reason="略", entry=entry)
    assert pages.browser("nobody").get(address).status_code == 404
