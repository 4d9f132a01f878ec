"""The columns of a kind of spreadsheet, with the synonyms met in real files; docs/formats.md tells the headings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NOISE = re.compile(r"[\s*:_\-.·、#\x00-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A field, the heading we print for it, and the names it is known by in their plain form, the surest first."""

    field: str
    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file. `name` is what commands and addresses call it, `called` what people do; of each group in `needed`,
    at least one column must be there.
    """

    name: str
    called: str
    columns: tuple[LayoutColumn, ...]
    needed: tuple[tuple[str, ...], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Our own headings, as an empty table has them."""
        return tuple(column.heading for column in self.columns)


def plain(heading: str) -> str:
    """A heading as it is compared: NFKC, lower case, without spaces, stars and joining marks (replay_of = Replay Of)."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def column(field: str, heading: str, *names: str) -> LayoutColumn:
    """A column. `names`: synonyms in plain form, separated by spaces; the heading itself comes first."""
    return LayoutColumn(field, heading, (plain(heading), *" ".join(names).split()))


UNIT = (
    "单位编码 单位编号 所属单位代码 unitcode 单位 单位名称 所属单位 所在单位 工作单位 学校名称 学校 所在学校 机构",
    "unit school organisation organization",
)
NUMBER = "人员编号 学号 工号 学籍号 number no studentnumber studentid"
NAME = "名字 学生姓名 同学姓名 学员姓名 孩子姓名 人员姓名 参与者姓名 参与者 name fullname"
