"""What people send, kind of trouble by kind of trouble, in every format, and what becomes of each: A to H.

An input is what was sent, and what became of it in one line: new, changed, unchanged and rejected rows; the rows that were
rejected and why; what was noted; and what is there now. The letters are those of the kinds: a blank that is none (A), an amount
that is not used (B), a table that begins right of A (C), who is who (D), links (E), what is left out or taken in silence (F), spans
(G), rows that are no people (H), and in `sent_dirt` what is shown but not stored (I), parts that nobody reads (J), dirt of .csv
(K), sittings (L), files by another name (M), doubtful side values (N), lines above the headings (O).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.kit.sent_books import Broken, Formula, Linked, SentSheet
from tests.kit.sent_imports import MARKS, PEOPLE

M, P = MARKS, PEOPLE
L = ["作品链接", "标题", "作者", "点赞数", "单位"]
U = ["代码", "名称", "上级代码"]
DAY = "2023-06-01"


class Parted(NamedTuple):
    """Rows in an .xlsx that holds other parts too."""

    rows: list[list[Any]]
    parts: dict[str, bytes]


class Sent(NamedTuple):
    """What was sent: the letter of its kind of trouble, the kind of import, the suffix (of a .csv with its encoding), the rows or
    the sheet, and what became of it.
    """

    letter: str
    kind: str
    suffix: str
    what: Any
    came: str


INPUTS = [
    # A. A blank that is none
    Sent("A", "marks", ".csv gbk", [M, ["001", "V1", "#VALUE!", DAY]], "0+0=0-1; 2 broken_cell"),
    Sent("A", "marks", ".csv utf-16", [M, ["001", "V1", "#DIV/0!", DAY]], "0+0=0-1; 2 broken_cell"),
    Sent("A", "marks", ".xls", [M, ["001", "V1", 30, Broken("#REF!")]], "0+0=0-1; 2 broken_cell"),
    Sent("A", "marks", ".ods", [M, ["001", "V1", "Err:502", DAY]], "0+0=0-1; 2 broken_cell"),
    Sent("A", "marks", ".xlsx", [M, ["001", Formula("VLOOKUP(A2,B:C,2)"), 30, DAY]], "0+0=0-1; 2 broken_cell"),
    Sent(
        "A",
        "marks",
        ".csv utf-8",
        [M, ["001", "V1", "#N/A N/A", DAY], ["001", "V1", "#溢出!", "2023-06-02"]],
        "0+0=0-2; 2 broken_cell; 3 bad_number",
    ),
    Sent("A", "marks", ".xlsx", [M, ["001", "V1", "########", DAY]], "0+0=0-1; 2 broken_cell"),
    Sent(
        "A",
        "units",
        ".xlsx",
        [[*U, "应参与人数"], ["S7", "七小", "350102", Broken("#NUM!")], ["S8", "八小", Broken(), 5]],
        "1+0=0-1; 3 broken_cell; (broken_cell); S7 七小 -",
    ),
    # B. An amount column that is not used
    Sent(
        "B",
        "marks",
        ".csv gbk",
        [[*M[:2], "学习总时长(h)", "日期"], ["001", "V1", "0.5", DAY]],
        "missing_column: “学习总时长(h)”像是分钟，但看不懂它的单位，没有用上；没有分钟的行会按全部学完计，所以没有导入。",
    ),
    Sent(
        "B",
        "marks",
        ".xls",
        [[*M[:2], "在线时长", "日期"], ["001", "V1", 20, DAY]],
        "1+0=0-0; (close_heading); 001 V1 2023-06-01 20",
    ),
    Sent(
        "B",
        "marks",
        ".ods",
        [[*M[:2], "观看分钟数", "日期"], ["001", "V1", 20, DAY]],
        "1+0=0-0; (close_heading); 001 V1 2023-06-01 20",
    ),
    Sent(
        "B",
        "marks",
        ".csv utf-16",
        [[*M[:2], "有效观看进度", "日期"], ["001", "V1", "35%", DAY]],
        "missing_column: “有效观看进度”像是分钟，但看不懂它的单位，没有用上；没有分钟的行会按全部学完计，所以没有导入。",
    ),
    Sent(
        "B",
        "marks",
        ".xlsx",
        [[*M[:2], "累计观看", "日期"], ["001", "V1", "25分", DAY]],
        "missing_column: “累计观看”像是分钟，但看不懂它的单位，没有用上；没有分钟的行会按全部学完计，所以没有导入。",
    ),
    Sent(
        "B",
        "marks",
        ".xlsx",
        [[*M[:2], "完成率", "日期"], ["001", "V1", 0.35, DAY]],
        "missing_column: “完成率”像是分钟，但看不懂它的单位，没有用上；没有分钟的行会按全部学完计，所以没有导入。",
    ),
    # C. The table begins right of A
    Sent(
        "C",
        "people",
        ".ods",
        SentSheet([P, ["k1", "甲一", "S1", "一班", "13800000001"]], top=3, left=4),
        "1+0=0-0; k1 甲一 一班 13800000001",
    ),
    Sent(
        "C",
        "people",
        ".xls",
        SentSheet(
            [P, ["k1", "甲一", "S1", "一班", "13800000001"], ["k2", "甲二", None, None, None]],
            top=2,
            left=3,
            merges=[(1, 2, 2, 2), (1, 3, 2, 3)],
        ),
        "2+0=0-0; k1 甲一 一班 13800000001; k2 甲二 一班 ",
    ),
    Sent(
        "C",
        "people",
        ".xlsx",
        SentSheet([["旧编号", *P], ["x1", "k1", "甲一", "S1", "一班", "13800000001"]], left=2, hidden_columns=[0]),
        "1+0=0-0; k1 甲一 一班 13800000001",
    ),
    Sent("C", "marks", ".csv gbk", [["", "", *M], ["", "", "001", "V1", "20", DAY]], "1+0=0-0; 001 V1 2023-06-01 20"),
    Sent("C", "marks", ".ods", SentSheet([M, ["001", "V1", Broken(), DAY]], top=5, left=2), "0+0=0-1; 7 broken_cell"),
    # D. Who is who
    Sent(
        "D",
        "people",
        ".csv gbk",
        [P, ["k1", "阿依古丽·买买提", "S1", "一班", ""], ["", "阿依古丽.买买提", "S1", "一班", "13800000001"]],
        "2+0=0-0;  阿依古丽.买买提 一班 13800000001; k1 阿依古丽·买买提 一班 ",
    ),
    Sent(
        "D",
        "people",
        ".xlsx",
        [P, ["1", "甲一", "S1", "一班", ""], ["1", "甲二", "S1", "二班", ""]],
        "1+0=0-1; 3 repeated_row; 1 甲一 一班 ",
    ),
    Sent(
        "D",
        "people",
        ".xls",
        [P, ["", "甲一", "S1", "一班", ""], ["", "甲一", "S1", "二班", ""]],
        "2+0=0-0;  甲一 一班 ;  甲一 二班 ",
    ),
    Sent("D", "people", ".ods", [P, ["００１", "张三", "S1", "", ""]], "0+0=1-0"),
    Sent(
        "D",
        "people",
        ".csv utf-16",
        [P, ["k1", "José", "S1", "", ""], ["k2", "José", "S1", "", ""]],
        "2+0=0-0; k1 José  ; k2 José  ",
    ),
    # E. What is a link
    Sent(
        "E",
        "likes",
        ".csv gbk",
        [L, ["看看这个https://example.org/v/1。太好了", "甲", "甲一", 5, "S1"]],
        "1+0=0-0; https://example.org/v/1 甲 5",
    ),
    Sent("E", "likes", ".xlsx", [L, ["https://example.org/1 https://example.org/2", "甲", "甲一", 5, "S1"]], "0+0=0-1; 2 bad_link"),
    Sent(
        "E",
        "likes",
        ".ods",
        [L, [Linked("打开", "https://example.org/9"), "甲", "甲一", 5, "S1"]],
        "1+0=0-0; https://example.org/9 甲 5",
    ),
    Sent(
        "E",
        "likes",
        ".csv utf-8",
        [L, ["详见附件", "甲", "甲一", 5, "S1"], ["javascript:alert(1)", "乙", "甲二", 6, "S1"]],
        "0+0=0-2; 2 bad_link; 3 bad_link",
    ),
    Sent("E", "likes", ".xls", [L, ["（https://example.org/3）", "甲", "甲一", 5, "S1"]], "1+0=0-0; https://example.org/3 甲 5"),
    Sent(
        "E",
        "likes",
        ".csv utf-16",
        [L, ["8.23 复制打开抖音 https://v.example.org/iAbC/ 看视频", "甲", "甲一", 5, "S1"]],
        "1+0=0-0; https://v.example.org/iAbC/ 甲 5",
    ),
    # F. Left out or taken in silence
    Sent(
        "F",
        "people",
        ".xls",
        SentSheet([P, ["k1", "甲一", "S1", "", ""]], name="一班", more={"二班": [P, ["k2", "甲二", "S1", "", ""]]}),
        "2+0=0-0; (several_sheets); k1 甲一  ; k2 甲二  ",
    ),
    Sent(
        "F",
        "people",
        ".ods",
        SentSheet([P, ["k1", "甲一", "S1", "", ""]], name="名单", more={"说明": [["请按格式填写"]]}),
        "1+0=0-0; k1 甲一  ",
    ),
    Sent(
        "F",
        "marks",
        ".xlsx",
        SentSheet([M, ["001", "V1", 20, DAY], ["002", "V1", 20, DAY]], hidden_rows=[1]),
        "2+0=0-0; (hidden_rows); 001 V1 2023-06-01 20; 002 V1 2023-06-01 20",
    ),
    Sent(
        "F",
        "marks",
        ".ods",
        SentSheet([M, ["001", "V1", 20, DAY], ["002", "V1", 20, DAY]], hidden_rows=[2]),
        "2+0=0-0; (hidden_rows); 001 V1 2023-06-01 20; 002 V1 2023-06-01 20",
    ),
    Sent(
        "F",
        "units",
        ".xlsx",
        SentSheet([U, ["S7", "七小", "350102"]], name="小学", more={"中学": [U, ["S8", "八中", "350102"]]}),
        "2+0=0-0; (several_sheets); S7 七小 -; S8 八中 -",
    ),
    # G. A span read as a zone
    Sent("G", "marks", ".csv gbk", [M, ["001", "V1", 20, "2023/06/01 19:00-20:30"]], "1+0=0-0; 001 V1 2023-06-01 20"),
    Sent("G", "marks", ".xls", [M, ["001", "V1", 20, "2023年6月1日19:00至20:30"]], "1+0=0-0; 001 V1 2023-06-01 20"),
    Sent("G", "marks", ".ods", [M, ["001", "V1", 20, "2023-06-01 23:30-00:30"]], "1+0=0-0; 001 V1 2023-06-01 20"),
    Sent("G", "marks", ".xlsx", [M, ["001", "V1", 20, "2023-06-01 至 2023-06-03"]], "0+0=0-1; 2 bad_date"),
    Sent("G", "marks", ".csv utf-16", [M, ["001", "V1", 20, "2023-06-01T20:00+08:00"]], "1+0=0-0; 001 V1 2023-06-01 20"),
    Sent("G", "marks", ".csv utf-8", [M, ["001", "V1", 20, "6月1日-6月3日"]], "0+0=0-1; 2 bad_date"),
    # H. Rows that are no people
    Sent(
        "H",
        "people",
        ".csv gbk",
        [P, ["k1", "甲一", "S1", "", ""], ["", "共1人", "", "", ""], ["审核人：", "王", "", "", ""]],
        "1+0=0-2; 3 not_a_row; 4 not_a_row; k1 甲一  ",
    ),
    Sent(
        "H", "people", ".xls", [P, ["k1", "甲一", "S1", "", ""], [None, "合　计", None, 1, None]], "1+0=0-1; 3 not_a_row; k1 甲一  "
    ),
    Sent(
        "H",
        "people",
        ".ods",
        [P, ["k1", "ÁÖÐ¡Ã÷", "S1", "", ""], ["k2", "æž—å°æ˜Ž", "S1", "", ""]],
        "0+0=0-2; 2 bad_name; 3 bad_name",
    ),
    Sent(
        "H",
        "people",
        ".xlsx",
        [P, ["k1", "张一 王二", "S1", "", ""], ["k2", "甲三/甲四", "S1", "", ""], ["k3", "甲五（转学）", "S1", "", ""]],
        "0+0=0-3; 2 bad_name; 3 bad_name; 4 bad_name",
    ),
    Sent(
        "H",
        "people",
        ".csv utf-16",
        [P, ["k1", "——", "S1", "", ""], ["k2", "N/A", "S1", "", ""], ["k3", "待定", "S1", "", ""]],
        "0+0=0-3; 2 bad_name; 3 bad_name; 4 bad_name",
    ),
]
