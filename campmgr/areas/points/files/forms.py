"""The notice's two tables of points and the list of correspondents, as their annexes print them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from campmgr.areas.points.queries.table import PointsRow, PointsTable
from campmgr.areas.points.rules.because import class_word
from campmgr.areas.points.rules.tasks import BLOCKS, OFFICES
from campmgr.areas.points.settings import CLASSES, Due, Forms, Points, Rows, before_words
from campmgr.facts.activities import Activity
from campmgr.files.official_form import FormColumn, OfficialForm
from campmgr.files.official_paper import Paper, Value
from campmgr.settings.sections import Chosen
from campmgr.wording import name_key

_ADOPTED = ("录用条数",)
_COLUMNS = (
    FormColumn("unit", "单位", "name", 10, is_spread=True),
    FormColumn("reports", "工作动态/舆情", "number", 10),
    FormColumn("articles", "综合性文章/约稿", "number", 11),
    *(FormColumn(f"n{cls}", class_word(cls), "number", 4, over=_ADOPTED) for cls in CLASSES),
    FormColumn("points", "积分总计", "number", 7, is_spread=True),
)
_TITLE = "{year}年度信息宣传稿件积分统计表"
SUBTITLES = {BLOCKS: "（板  块）", OFFICES: "（科室  大队）"}

TABLES = {
    group: OfficialForm("points", "积分统计表", _TITLE, _COLUMNS, (("unit",), ("points",)), subtitle=subtitle)
    for group, subtitle in SUBTITLES.items()
}
"""The table of each group: annexes 3 and 4."""

ROSTER = OfficialForm(
    "correspondents",
    "宣传员名单",
    "{district}应急管理宣传员名单",
    (
        FormColumn("name", "姓名", "name", 6, is_spread=True),
        FormColumn("post", "职务", "text", 8, is_spread=True),
        FormColumn("phone", "联系电话", "code", 9, names="电话 手机 手机号"),
        FormColumn("note", "备注", "text", 9, is_spread=True),
    ),
    (("name",),),
    above=("填报单位：{unit}",),
    below=("备注：宣传员名单请{due}报送至{office}。",),
)


def roster_said(rules: Chosen) -> Mapping[str, str]:
    """What stands for the places of the list of correspondents."""
    return {"district": rules[Forms].roster_district, "due": before_words(rules[Due].roster_on), "office": rules[Forms].office}


def table_paper(activity: Activity, group: str, table: PointsTable, *, blank: bool = False) -> Paper:
    """The table of a group on its form: each row in its place, and the blank ruled rows where the notice has them; `blank`: without
    figures, as the annex is printed.
    """
    rules = activity.rules
    empty_after = {name_key(name) for name in rules[Rows].blank_after}
    lines: list[Sequence[Value]] = []
    for each in table.rows:
        if each.row.group == group:
            lines.append(_line(each, rules[Points], blank=blank))
            if name_key(each.row.unit.name) in empty_after:
                lines.append(("",) * len(_COLUMNS))
    paper = TABLES[group].paper(lines, said={"year": str(rules[Points].year)})
    return paper if blank else replace(paper, footer=f"积分统计表，{table.period.words}")


def _line(row: PointsRow, rules: Points, *, blank: bool) -> Sequence[Value]:
    figures: Sequence[Value] = ("",) * (len(_COLUMNS) - 1) if blank else row.printed(rules)
    return (row.row.unit.name, *figures)
