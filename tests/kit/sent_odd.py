"""What else people send that once came in wrong without a word, and what becomes of each; letters as in `sent_inputs`."""

from __future__ import annotations

from typing import Any

from tests.kit.sent_books import SentSheet
from tests.kit.sent_inputs import DAY, L, M, P, Sent, U

_ONE: list[Any] = ["k1", "甲一", "S1", "一班", ""]
_TWO: list[Any] = ["k2", "甲二", "S1", "二班", ""]
_TURNED = ["姓名", "编号", "单位代码", "手机号"]
_SHARED_MINUTES: list[list[Any]] = [M, ["001", "V1", 20, DAY], ["002", "V1", None, DAY]]
_NUMBERED: list[list[Any]] = [["姓名", "班级"], ["甲一", None]]

ODD = [
    # C. Tables below one another, cells that several rows share
    Sent(
        "C",
        "people",
        ".csv utf-8",
        [P, _ONE, _TURNED, ["甲三", "k3", "S1", ""], ["甲四", "k4", "S1", ""]],
        "1+0=0-3; 3 not_a_row; 4 not_a_row; 5 not_a_row; k1 甲一 一班 ",
    ),
    Sent(
        "C",
        "people",
        ".xlsx",
        SentSheet([P, _ONE, [], _TURNED, ["甲三", "k3", "S1", None], [], P, _TWO], left=2),
        "2+0=0-3; 4 not_a_row; 5 not_a_row; 7 not_a_row; k1 甲一 一班 ; k2 甲二 二班 ",
    ),
    Sent("C", "marks", ".xlsx", SentSheet(_SHARED_MINUTES, merges=[(1, 2, 2, 2)]), "1+0=0-1; 3 broken_cell; 001 V1 2023-06-01 20"),
    Sent(
        "C",
        "marks",
        ".xls",
        SentSheet(_SHARED_MINUTES, left=3, merges=[(1, 2, 2, 2)]),
        "1+0=0-1; 3 broken_cell; 001 V1 2023-06-01 20",
    ),
    Sent(
        "C",
        "marks",
        ".ods",
        SentSheet(_SHARED_MINUTES, top=2, merges=[(1, 2, 2, 2)]),
        "1+0=0-1; 5 broken_cell; 001 V1 2023-06-01 20",
    ),
    Sent(
        "C",
        "people",
        ".xlsx",
        SentSheet([P, ["k1", "甲一", "S1", "一班", "13800000001"], ["k2", "甲二", "S1", "二班", None]], merges=[(1, 4, 2, 4)]),
        "2+0=0-0; (broken_cell); k1 甲一 一班 13800000001; k2 甲二 二班 ",
    ),
    # E. Addresses that lead nowhere, or elsewhere than they seem to
    Sent(
        "E",
        "likes",
        ".csv utf-8",
        [L, ["https://example.org:99999/1", "甲", "甲一", 5, "S1"], ["https://example.org:0/2", "乙", "甲一", 5, "S1"]],
        "0+0=0-2; 2 bad_link; 3 bad_link",
    ),
    Sent(
        "E",
        "likes",
        ".xlsx",
        [L, ["https://a@example.org/1", "甲", "甲一", 5, "S1"], ["https://a:b@example.org/2", "乙", "甲一", 5, "S1"]],
        "0+0=0-2; 2 bad_link; 3 bad_link",
    ),
    Sent(
        "E",
        "likes",
        ".ods",
        [L, ["https://example.org:8443/1", "甲", "甲一", 5, "S1"]],
        "1+0=0-0; https://example.org:8443/1 甲 5",
    ),
    # I. TRUE and FALSE are no words
    Sent(
        "I",
        "people",
        ".xlsx",
        [P, ["k1", "甲一", "S1", True, ""], [False, "甲二", "S1", "", ""], ["k3", "甲三", "S1", "三班", True]],
        "2+0=0-1; 3 broken_cell; (bad_number); (broken_cell); k1 甲一  ; k3 甲三 三班 ",
    ),
    Sent("I", "people", ".xls", [P, ["k1", True, "S1", "", ""]], "0+0=0-1; 2 broken_cell"),
    Sent("I", "units", ".xlsx", [U, ["S7", False, "350102"], [True, "八小", "350102"]], "0+0=0-2; 2 broken_cell; 3 broken_cell"),
    # K. Formulas and quotation marks in a .csv
    Sent("K", "people", ".csv gbk", [P, ["=A2+1", "甲一", "S1", "一班", ""]], "0+0=0-1; 2 broken_cell"),
    Sent("K", "marks", ".csv utf-8", [M, ["001", "V1", "=5+10", DAY]], "0+0=0-1; 2 bad_number"),
    Sent("K", "people", ".csv utf-8", [P, ["“k1”", "“甲一”", "“S1”", "“一班”", ""]], "1+0=0-0; k1 甲一 一班 "),
    Sent(
        "K",
        "likes",
        ".csv utf-8",
        [L, ['=HYPERLINK("https://example.org/7","看")', "甲", "甲一", 5, "S1"]],
        "1+0=0-0; https://example.org/7 甲 5",
    ),
    # O. A class above the headings
    Sent(
        "O",
        "people",
        ".csv gbk",
        [["学校：第一小学", "班级：三年级2班"], *_NUMBERED, ["甲二", "一班"]],
        "2+0=0-0; (form_line); (form_line);  甲一 三年级2班 ;  甲二 一班 ",
    ),
    Sent(
        "O",
        "people",
        ".xlsx",
        [["填报单位：第一小学"], ["班级名称", "六年级1班"], ["姓名"], ["甲一"]],
        "1+0=0-0; (form_line); (form_line);  甲一 六年级1班 ",
    ),
]
