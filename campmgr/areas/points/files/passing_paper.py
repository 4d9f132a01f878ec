"""宣传稿件送审单: the items that wait for a post, numbered, with room for what it decides of each, and to sign."""

from __future__ import annotations

from collections.abc import Mapping

from campmgr.areas.points.local import PassingSheet
from campmgr.areas.points.queries.items import ItemLine
from campmgr.clock import minute_text
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart, Value

_COLUMNS = (
    PaperColumn("序号", "number", 4),
    PaperColumn("标题", "text", 20),
    PaperColumn("类型", "name", 6),
    PaperColumn("事件日期", "name", 6),
    PaperColumn("报送时间", "name", 7),
    PaperColumn("最迟", "name", 6),
    PaperColumn("通过或退回", "sign", 6),
    PaperColumn("退回的原因", "sign", 10),
)


def passing_sheet_paper(unit: str, post: str, made: PassingSheet, lines: Mapping[str, ItemLine]) -> Paper:
    """The paper; a row whose item was withdrawn since says so, so that the numbers stay."""
    part = PaperPart(
        "送审单", "宣传稿件送审单", _COLUMNS, (Group(tuple(_row(number, lines.get(item)) for number, item in enumerate(made.items, 1))),),
        above=((f"单位：{unit}", f"审核：{post}", f"送审单号：{made.sheet}"),),
        below=(
            (f"共 {len(made.items)} 篇", "审核人签字：", "日期："),
            "签好以后，在“待审稿件”页按送审单号打开这一份，照序号录入；没有写明的照旧等着审。",
        ),
        wide=True,
    )  # fmt: skip
    return Paper((part,), f"送审单 {made.sheet}　{minute_text(made.made_at)} 打印")


def _row(number: int, line: ItemLine | None) -> tuple[Value, ...]:
    if line is None:
        return (number, "（已撤回）", "", "", "", "", "", "")
    late = "（迟报）" if line.late else ""
    return (number, line.title, line.sort, line.event_on, line.sent_words, f"{line.last_day}{late}", "", "")
