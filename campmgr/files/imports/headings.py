"""How a heading is read: in its several spellings, with the scale it names (小时, 万), or by the parts that it is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from campmgr.files.imports.layouts import LayoutColumn, plain
from campmgr.files.odd_cells import unwrapped
from campmgr.files.read_table import Cell
from campmgr.wording import normal

_BRACKETS = re.compile(r"[(\[【〔<](.*?)[)\]】〕>]")
_BRACKET_MARKS = re.compile(r"[()\[\]【】〔〕<>]")
_SCALES = {
    **dict.fromkeys("小时 时 钟头 h hr hrs hour hours".split(), "小时"),
    **dict.fromkeys("秒 秒钟 s sec secs second seconds".split(), "秒"),
    **dict.fromkeys("万 万次 万个 万赞 w".split(), "万"),
    **dict.fromkeys("千 千次 k".split(), "千"),
    **dict.fromkeys("亿 亿次".split(), "亿"),
    **dict.fromkeys("百 百次 % ％ 百分比 比例 天 日 周 月 percent".split(), "?"),
}
"""What a heading says its numbers count, beside the usual unit; "?" for what no column can take."""

_TIMES_ONLY = frozenset("次 节 课时 学时 集 章 门 个".split())
_SCALE_AROUND = re.compile(r"^(?:单位|按|以|计量单位|为)*(.*?)(?:数|计|为单位|计算)*$")
_TAILS = ("小时数", "小时", "hours", "hour", "hrs", "秒数", "秒钟", "秒", "seconds")
_BARE_SCALES = frozenset("小时 hours hrs 秒 seconds".split())
_JOINED = ("/", "单位", "为", "按", "(", ":")
_LONGEST = 16
_READ = 200
"""Characters of a heading that are looked at."""
_LATIN = re.compile(r"[a-z]{1,3}")


class Heading:
    """A heading taken apart. `readings`: (plain spelling, scale) in which it may be known; `scale`: the one it names anywhere."""

    __slots__ = ("bare", "readings", "scale")

    def __init__(self, text: str) -> None:
        text = unwrapped(normal(text[:_READ])[:_READ])
        remarks = [plain(each) for each in _BRACKETS.findall(text)]
        whole, self.bare = plain(_BRACKET_MARKS.sub("", text)), plain(_BRACKETS.sub("", text))
        self.scale = next(filter(None, map(_scale_of, remarks)), "")
        self.readings: list[tuple[str, str]]
        if self.scale:
            self.readings = [(self.bare, self.scale)]
            return
        self.readings = [(each, "") for each in dict.fromkeys((whole, self.bare)) if each]
        if self.bare in _BARE_SCALES:
            self.scale = _SCALES[self.bare]
            self.readings.append((self.bare, self.scale))
            return
        for tail in (*_TAILS, *(mark + word for mark in _JOINED for word in _SCALES)):
            if self.bare.endswith(tail) and len(self.bare) > len(tail):
                word = tail.removesuffix("数").lstrip("".join(_JOINED))
                self.scale = _scale_of(word)
                base = self.bare.removesuffix(tail)
                for each in _JOINED:
                    base = base.removesuffix(each)
                self.readings.append((base, self.scale))
                break

    def known_as(self, column: LayoutColumn) -> tuple[int, str] | None:
        """(Rank among the column's names, scale) where the heading is one of them, in a scale that the column can take."""
        for spelling, scale in self.readings:
            if spelling in column.names and (not scale or scale in column.scales):
                return column.names.index(spelling), scale
        return None

    def is_close_to(self, column: LayoutColumn) -> bool:
        """Whether its parts say that it is the column: 家长联系电话, 所在班级, 观看小时数."""
        if not 1 < len(self.bare) <= _LONGEST or (self.scale and self.scale not in column.scales):
            return False
        return any(part in self.bare for part in column.parts) and not any(word in self.bare for word in column.never)


@lru_cache(maxsize=4096)
def _heading(text: str) -> Heading:
    return Heading(text)


def read_heading(cell: Cell) -> Heading:
    """A cell as a heading; one that is no text is none."""
    return _heading(cell if isinstance(cell, str) else "")


def _scale_of(remark: str) -> str:
    """The scale that a remark names, "" for a remark of another sort."""
    if remark in _SCALES:
        return _SCALES[remark]
    match = _SCALE_AROUND.match(remark)
    return _SCALES.get(match[1], "") if match else ""


def counts_otherwise(text: str) -> bool:
    """Whether a heading's remark says that it counts times or lessons, not time."""
    return any(plain(each) in _TIMES_ONLY for each in _BRACKETS.findall(normal(text[:_READ])[:_READ]))
