"""A .csv of like counts as offices send it, in GB18030, with thirty-four kinds of trouble, and each row's correction.

Written for the made-up camp of `campmgr demo`, whose units 3501 福州市 and 3502 厦门市 it names. Names are made up.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

TITLES = (["“逃生演练”短视频点赞统计表"], ["填表人：", "", "", "", "日期：2023年6月30日"])
ABOVE = ["作品信息", "", "", "", "点赞数", "播放量", "", ""]
HEADINGS = ["视频链接", "作品标题", "作者姓名", "账号类型", "", "", "发布日期", "所在单位", "参与者编号", "备注"]
"""The headings stand in two rows; 备注 means nothing to the import."""


@dataclass(frozen=True)
class Trouble:
    """A row with one kind of trouble. `likes`: as it is stored; `reason`: why it is rejected, "" where it is taken;
    `mended`: (column, value) that makes it right, None where nothing does.
    """

    kind: str
    row: list[str]
    likes: int = 0
    reason: str = ""
    mended: tuple[int, str] | None = None


def _row(n: int, likes: str, **other: str) -> list[str]:
    named = {"link": f"https://example.org/t/{n}", "title": f"演练作品{n}", "author": f"作者甲{n}", "account": "个人号", "plays": "",
             "day": "2023-06-05", "unit": "3501", "number": "", "remark": ""} | other  # fmt: skip
    return [named["link"], named["title"], named["author"], named["account"], likes, named["plays"], named["day"], named["unit"],
            named["number"], named["remark"]]  # fmt: skip


TAKEN = (
    Trouble("full-width digits", _row(1, "１２３"), 123),
    Trouble("ten thousands", _row(2, "1.2万"), 12_000),
    Trouble("w for ten thousand", _row(3, "3.4w"), 34_000),
    Trouble("grouped", _row(4, "1,234"), 1234),
    Trouble("hundred millions", _row(5, "1.5亿"), 150_000_000),
    Trouble("a lower bound", _row(6, "10万+"), 100_000),
    Trouble("a no-break space", _row(7, "1\xa0234"), 1234),
    Trouble("a zero-width space", _row(8, "5\u200b6"), 56),
    Trouble("a line break in a cell", _row(9, "78\n"), 78),
    Trouble("a word behind the number", _row(10, "300赞"), 300),
    Trouble("a date with points", _row(11, "11", day="2023.6.5"), 11),
    Trouble("a date in words", _row(12, "12", day="2023年6月5日 12:30"), 12),
    Trouble("a date as a serial number", _row(13, "13", day="45082"), 13),
    Trouble("a unit by its name", _row(14, "14", unit="福州市"), 14),
    Trouble("a padded name", _row(15, "15", author="张　三"), 15),
    Trouble("a rare character", _row(16, "16", author="𠮷田"), 16),
    Trouble("a formula for a title", _row(17, "17", title='=HYPERLINK("http://example.org","点我")'), 17),
    Trouble("a private character", _row(18, "18", author="王\ue123"), 18),
    Trouble("a link without its scheme", _row(19, "19", link="example.org/t/19"), 19),
    Trouble("two hundred characters", _row(20, "20", title="长" * 200), 20),
    Trouble("a date without its year", _row(21, "21", day="6月5日"), 21),  # a row can do without it: left out, and noted
)
REJECTED = (
    Trouble("about", _row(31, "约300"), 300, "bad_number", (4, "300")),
    Trouble("below zero", _row(32, "-5"), 5, "out_of_range", (4, "5")),
    Trouble("half a like", _row(33, "1.5"), 15_000, "bad_number", (4, "1.5万")),
    Trouble("no count", _row(34, ""), 34, "missing_value", (4, "34")),
    Trouble("a word of no list", _row(36, "36", account="火星号"), 36, "unknown_word", (3, "个人号")),
    Trouble("no such unit", _row(37, "37", unit="9999"), 37, "unknown_unit", (7, "3502")),
    Trouble(
        "a link that is a program", _row(38, "38", link="javascript:alert(1)"), 38, "bad_link", (0, "https://example.org/t/38")
    ),
    Trouble("the same work again", _row(1, "39"), 39, "repeated_row", (0, "https://example.org/t/39")),
    Trouble("an id in scientific form", _row(40, "40", number="3.50E+17"), 40, "bad_number", (8, "")),
    Trouble("nobody's number", _row(41, "41", number="没有这个人"), 41, "unknown_person", (8, "")),
    Trouble("no author", _row(42, "42", author=""), 42, "missing_value", (2, "作者甲42")),
    Trouble("two hundred and one characters", _row(43, "43", title="长" * 201), 43, "too_long", (1, "长")),
    Trouble("the row of sums", ["合计", "", "", "", "99999", "", "", "", "", ""], 0, "missing_value"),
)


def write_troubled(path: Path, encoding: str = "gb18030") -> Path:
    """Write the file: titles, headings in two rows, blank rows in between, then every kind of trouble."""
    rows = [*TITLES, [], ABOVE, HEADINGS, *(one.row for one in TAKEN), [], *(one.row for one in REJECTED)]
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path
