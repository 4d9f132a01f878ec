from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.works.rules.work import row_key, tidy_link


@pytest.mark.parametrize(
    "other",
    ["https://www.example.org/v/Ab1", "http://EXAMPLE.org/v/Ab1/", "example.org/v/Ab1", "https://m.example.org/v/Ab1?utm_source=wx",
     "https://example.org/v/Ab1?shareToken=9&from=chat&ts=1", "ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｏｒｇ／ｖ／Ａｂ１",
     " https://example.org:443/v/Ab1#top ",
     "https://wap.example.org/v/Ab1?spm=a.b.c", "https://example.org/v/Ab1?share_id=2&x=3", "https://example.org/v\u200b/Ab1"],
)  # fmt: skip
def test_one_work_whatever_the_link_gathered_on_its_way(other):
    assert tidy_link(other) == "example.org/v/Ab1"


@pytest.mark.parametrize(
    ("one", "other"),
    [("https://example.org/v/Ab1", "https://example.org/v/ab1"), ("https://v.example.org/Ab1", "https://example.org/Ab1"),
     ("https://example.org/watch?id=1", "https://example.org/watch?id=2"),
     ("https://example.org/#/v/1", "https://example.org/#/v/2"),
     ("https://example.org:8080/1", "https://example.org/1"), ("m.cn/1", "n.cn/1")],
)  # fmt: skip
def test_different_works(one, other):
    assert tidy_link(one) != tidy_link(other)


def test_the_order_of_what_is_asked_for_does_not_matter():
    assert tidy_link("https://example.org/p?vid=2&id=1") == tidy_link("https://example.org/p?id=1&utm_medium=x&vid=2")


@given(st.text(max_size=60))
def test_whatever_was_written_has_a_spelling_that_stays(text):
    once = tidy_link(text)
    assert isinstance(once, str)
    assert row_key("", "", text, text, "") == row_key("", "", f" {text} ", text, "")


def test_a_row_is_known_by_link_then_number_then_who_and_what():
    assert row_key("https://m.example.org/1", "ZP1", "题", "张三", "S1") == "link:example.org/1"
    assert row_key("", "ZP1", "题", "张三", "S1") == "number:ZP1"
    assert row_key("", "", "《题》", "张 三", "S1") == row_key("", "", "题", "张三", "S1") != row_key("", "", "题", "张三", "S2")
    assert "张三" not in row_key("", "", "题", "张三", "S1")
