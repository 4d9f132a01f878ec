"""Why an item has the points it has, each entry in a sentence."""

from __future__ import annotations

from campmgr.areas.points.rules.worth import Entry
from campmgr.areas.points.settings import SEVERAL, Points

_CLASSES = "一二三四五"


def class_word(cls: int) -> str:
    """一类 … 五类; 未归类 for an outlet that nobody has classed."""
    return f"{_CLASSES[cls - 1]}类" if 1 <= cls <= len(_CLASSES) else "未归类"


def sentence(entry: Entry, sort: str, last_day: str, outlet: str, rules: Points) -> str:
    """An entry in words; `outlet`: who adopted it, where it is about an adoption."""
    told = {
        "report": f"报送{sort} 1 条，计 {entry.points} 分。",
        "late": f"最迟 {last_day} 报送，{entry.day} 才报，不计报送分。",
        "short": "字数不够，不计报送分。",
        "no_double": f"被{outlet}录用，{_taken_back(entry)}",
        "adopted": f"被{outlet}（{class_word(int(entry.column) if entry.column.isdigit() else 0)}）录用，计 {entry.points} 分。",
        "several": f"{outlet}也录用了；一篇被几家录用的，{SEVERAL[rules.several]}。",
        "refused": f"{outlet}的录用，主办单位核定不计分。",
        "sort_not_adopted": f"被{outlet}录用；{sort}被录用不另计分。",
        "late_not_adopted": f"被{outlet}录用；迟报的不计录用分。",
        "unclassed": f"{outlet}还没有归类，暂不计分。",
        "not_passed": "还没有审完，暂不计分。",
    }
    return told[entry.code]


def _taken_back(entry: Entry) -> str:
    return "不再计报送分。" if not entry.points else f"报送分 {-entry.points} 分扣回。"
