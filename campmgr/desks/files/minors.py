"""The year of minors as a paper: the table by unit, each look, each erasure; names stand nowhere in it."""

from __future__ import annotations

from campmgr.desks.queries.minors import MinorsYear
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart

MINORS_HEADS = ("单位", "登记了监护人同意的", "学校里没有登记的", "本年同意", "本年撤回", "本年查看", "本年删除")

_NOTE = "未成年人指登记时注明监护人同意的人：这里不存出生日期。“学校里没有登记的”含教师和已满十四周岁的学生，请学校核对。"
_LOCAL = "查看只记这台电脑上的；各单位电脑上的，由各单位出具。"


def minors_paper(found: MinorsYear, scope: str, at: str) -> Paper:
    """Three tables: by unit, who looked, who was erased."""
    numbers = (PaperColumn("单位", "name", 14), *(PaperColumn(head, "number", 6) for head in MINORS_HEADS[1:]))
    rows: tuple[tuple[str | int, ...], ...] = (*(each.row for each in found.units), found.total)
    above = (f"{scope}，{found.year} 年，截至 {at}", _NOTE, _LOCAL)
    title = f"{found.year} 年未成年人个人信息保护情况"
    looked = tuple(PaperColumn(*each) for each in (("时间", "code", 8), ("谁", "name", 6), ("看了什么", "text", 8),
                                                   ("胸卡编码", "code", 9), ("单位", "name", 10), ("原因", "text", 9)))  # fmt: skip
    erased = tuple(PaperColumn(*each) for each in (("时间", "code", 8), ("谁", "name", 6), ("胸卡编码", "code", 9), ("单位", "name", 10),
                                                   ("原因", "text", 12), ("监护人", "name", 5)))  # fmt: skip
    looks = tuple((each.at, each.who, each.what, each.code, each.unit, each.why) for each in found.looks)
    gone = tuple((each.at, each.who, each.code, each.unit, each.reason, each.guardian) for each in found.erased)
    return Paper((
        PaperPart("按单位", title, numbers, (Group(rows),), above, wide=True),
        PaperPart("查看", "查看手机号和副本的记录", looked, (Group(looks),), (f"{found.year} 年，{len(looks)} 次",), wide=True),
        PaperPart("删除", "删除个人信息的记录", erased, (Group(gone),), (f"{found.year} 年，{len(gone)} 人，含成年人",), wide=True),
    ), title)  # fmt: skip
