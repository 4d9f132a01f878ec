"""A person's own copy as a paper: a sheet of the workbook, or pages of the PDF, for each part."""

from __future__ import annotations

from campmgr.desks.queries.own_copy import CopyPart, OwnCopy
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart

_WIDTHS = {
    "项目": 9, "内容": 16, "课程": 12, "说明": 16, "记录": 8, "登记人": 6, "录入时间": 9, "答复": 10, "原因": 12, "时间": 9, "多少": 8,
    "看了什么": 9,
}  # fmt: skip
_USUAL = 6

_RIGHTS = "有不对的，请告诉联络员更正；要删除，请在“我的学时”里撤回同意，或请联络员办理。"


def copy_paper(copy: OwnCopy, taken_by: str) -> Paper:
    """Everything held about one person, to keep or print; `taken_by` says who took it."""
    footer = f"个人信息副本　胸卡编码 {copy.code}　{taken_by} {copy.at}"
    return Paper(tuple(_part(copy, each, first=place == 0) for place, each in enumerate(copy.parts)), footer)


def _part(copy: OwnCopy, part: CopyPart, *, first: bool) -> PaperPart:
    columns = tuple(PaperColumn(head, "text", _WIDTHS.get(head, _USUAL)) for head in part.heads)
    above = (
        (f"{copy.name}，{copy.unit}。这台电脑上截至 {copy.at} 保存的关于本人的全部内容，共 {len(copy.parts)} 部分。", _RIGHTS)
        if first
        else (copy.name,)
    )
    below = () if part.rows else (part.nothing,)
    title = "个人信息副本" if first else part.title
    return PaperPart(part.title, title, columns, (Group(part.rows),), above, below, wide=len(part.heads) > 4,
                     subtitle=part.title if first else "")  # fmt: skip
