"""What everybody reads of a call: until when, how, and every limit with the figure that the rules judge by."""

from __future__ import annotations

from html import unescape

import pytest

from campmgr.areas.activities.actions import Opening, begin
from tests.kit.office import see

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
