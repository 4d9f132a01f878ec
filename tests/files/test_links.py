"""What is taken for the link of a work."""

from __future__ import annotations

import pytest

from campmgr.files.cells import CellProblem
from campmgr.files.links import link
from campmgr.files.odd_cells import LinkedText

A = "https://v.example.org/iRxyz9/"


@pytest.mark.parametrize(
    "cell",
    [
        A,
        f" {A}\n",
        f"7.43 复制打开抖音，看看【福州一小的作品】消防演练 {A} 08/23 c@a.Nj",
        f"（{A}）",
        f"【{A}】",
        f"<{A}>",
        f"我的作品：{A}。",
        f"{A}，欢迎点赞！",
        f"{A}复制此链接，打开抖音观看",
        f"{A} {A}",
        f"[消防演练]({A})",
        f"“{A}”",
        f"链接:{A};",
        LinkedText("点击查看", A),
        LinkedText(A, "https://other.example.org/1"),
        LinkedText("消防演练", f"{A}"),
        "ｈｔｔｐｓ：／／v.example.org/iRxyz9/",
    ],
)
def test_the_one_address_is_taken_out(cell):
    assert link(cell) == A


@pytest.mark.parametrize(
    "address",
    ["https://example.org/乙", "http://a.example.org/x?id=1&x=(2)", "HTTPS://Example.org/A", "https://zh.example.org/wiki/火_(化学)",
     "v.example.org/1",
     "https://example.org", "http://127.0.0.1:8080/a#/b", "https://w.example.org/web/pages/feed?eid=export%2FUz"],
)  # fmt: skip
def test_an_address_alone_stays_as_it_is(address):
    assert link(address) == address


@pytest.mark.parametrize(
    "cell",
    ["点击查看", "链接", "见附件", "无", "-", "https://", "http:" + "//点击查看", "javascript:alert(1)", "mailto:a@b.cn",
     "https://example.org/1 https://example.org/2",
     "C:\\作品\\1.mp4", "甲作.mp4", LinkedText("点击查看", "mailto:a@b.cn"), LinkedText("点击查看", "#Sheet2!A1"), "123", "抖音号 fzyx2023"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(cell):
    with pytest.raises(CellProblem) as problem:
        link(cell)
    assert problem.value.reason == "bad_link"


def test_blank_is_no_link():
    assert link(" ") == ""


@pytest.mark.parametrize("between", [",", "，", ";", "、", "|", ", ", "；"])
def test_two_addresses_written_one_behind_the_other_are_two(between):
    with pytest.raises(CellProblem) as problem:
        link(f"{A}1{between}{A}2")
    assert problem.value.reason == "bad_link"


def test_an_address_inside_another_belongs_to_it_and_a_page_s_own_ampersand_is_one():
    assert link(f"{A}?to=https://v.example.org/2") == f"{A}?to=https://v.example.org/2"
    assert link(f"{A}?a=1&amp;b=2") == f"{A}?a=1&b=2"
