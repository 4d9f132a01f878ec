"""How well a mark is founded: each way in which it can come has a grade, printed beside it.

A grade says how far somebody else than the learner vouches for the minutes. It never changes the credit: an organizer who wants
only well-founded hours sees in one column which are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.terms import say, vocabulary

SOURCES = vocabulary(
    "登记方式",
    {
        "class": "班级 集体 班级签到 班级登记 课堂 课堂点名 点名",
        "station": "扫码 扫码台 扫码站 登记台 扫码点 扫码点登记 现场扫码",
        "import": "导入 表格 excel 单位汇总",
        "own": "本人 自己 自行登记 本人登记 自报 自行申报 self",
        "paper": "纸质 纸面 纸质补录 纸质签到表 签到表 签名表",
        "platform": "平台 快手 快手平台 平台数据 平台记录",
        "hand": "手工 手工补录 人工 手动 补录 manual",
    },
    {
        "class": "课堂登记",
        "station": "签到台",
        "import": "表格导入",
        "own": "本人申报",
        "paper": "纸质名册",
        "platform": "平台导出",
        "hand": "手工登记",
    },
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A grade, "A" (best) to "D", and what it rests on, in words people read."""

    grade: str
    rests_on: str


_TABLE = {
    "station": Evidence("A", "本人到场扫码，当场记下时间"),
    "class": Evidence("A", "老师或联络员在场，当面点名"),
    "platform": Evidence("B", "学习平台自己的观看记录"),
    "paper": Evidence("B", "有本人签名的纸质名册可查"),
    "import": Evidence("C", "单位汇总上报的表格"),
    "hand": Evidence("C", "联络员事后补录"),
    "own": Evidence("D", "本人申报，经联络员确认"),
}

UNKNOWN = Evidence("D", "较新版本的登记方式")
"""For a source this version does not know: written by a newer node, kept, and graded as the weakest."""


def evidence_of(source: str) -> Evidence:
    """The evidence behind a source (`SOURCES`)."""
    return _TABLE.get(source, UNKNOWN)


def evidence_words(source: str) -> str:
    """A source with its grade, as it stands beside a mark: "签到台 · A"."""
    return f"{say(SOURCES, source)} · {evidence_of(source).grade}"


def evidence_table() -> tuple[tuple[str, str, str], ...]:
    """(grade, source in words, what it rests on), the best first: printed where grades are explained."""
    known = [(evidence.grade, say(SOURCES, source), evidence.rests_on) for source, evidence in _TABLE.items()]
    return tuple(sorted(known, key=lambda row: row[0]))
