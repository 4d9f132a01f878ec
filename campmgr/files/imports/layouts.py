"""The columns of a kind of spreadsheet, with the synonyms met in real files; docs/formats.md tells the headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from campmgr.wording import normal

_NOISE = re.compile(r"[\s*:_\-.·、#\x00-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A field, the heading we print for it, and the names it is known by in their plain form, the surest first.

    `parts`: what a heading that is not among the names may be made of, so that it is this column all the same, unless one of the
    words in `never` is in it too; `scales`: other units that its numbers may be in, when the heading says so.
    """

    field: str
    heading: str
    names: tuple[str, ...]
    parts: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that are not taken and wait for somebody's answer once their file is imported: the `reasons` for which they do, what the
    press that leads to them says, and what is said of them before (a %(n)s in it is how many).
    """

    reasons: frozenset[str]
    asks: str
    told: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What rows of a kind of file may register beside what they say (`RowPlan.brings`), in words: a word for such rows, the title
    over their list, and what to know of them before they are imported.
    """

    word: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file. `name` is what commands and addresses call it, `called` what people do; of each group in `needed`,
    at least one column must be there. `amount`: the field without which a row counts in full, so that a column that looks like
    it and is not used must be asked about. `waiting`: which of its rows wait for somebody. `lines`: what its own form says in lines
    above the headings, (label in plain form, field), beside the labels known to every kind (`form_lines`); `remarks`: how
    its own remarks below the rows begin, in plain form. `brought`: what rows may register beside what they say. `more`: it has
    further columns that an activity's own rules name, so every other column is a field called by its heading; these headings, in
    plain form, are none. What stands in such columns is repeated nowhere.
    """

    name: str
    called: str
    columns: tuple[LayoutColumn, ...]
    needed: tuple[tuple[str, ...], ...]
    amount: str = ""
    waiting: Waiting | None = None
    lines: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    brought: Brought | None = None
    more: tuple[str, ...] | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Our own headings, as an empty table has them."""
        return tuple(column.heading for column in self.columns)


def plain(heading: str) -> str:
    """A heading as it is compared: NFKC, lower case, without spaces, stars and joining marks (replay_of = Replay Of)."""
    return _NOISE.sub("", normal(heading)).casefold()


def column(field: str, heading: str, *names: str, parts: str = "", never: str = "", scales: str = "") -> LayoutColumn:
    """A column. `names`: synonyms in plain form, separated by spaces; the heading itself comes first, the field's own name last."""
    words = tuple(dict.fromkeys((plain(heading), *" ".join(names).split(), plain(field))))
    return LayoutColumn(field, heading, words, tuple(parts.split()), tuple(never.split()), tuple(scales.split()))


UNIT = (
    "单位编码 单位编号 所属单位代码 unitcode 单位 单位名称 所属单位 所在单位 工作单位 学校名称 学校 所在学校 机构",
    "unit school organisation organization",
)
NUMBER = "人员编号 学号 工号 学籍号 number no studentnumber studentid"
NAME = "名字 学生姓名 同学姓名 学员姓名 孩子姓名 人员姓名 参与者姓名 参与者 name fullname"
UNIT_NEVER = "上级 地址 电话 负责 联系 类别 类型 性质 人数 数量 老师 意见 盖章 主管 级别 领导 行业 条线 等级 邮编 简称 全宗 时间 日期 班 姓名 统一"
NUMBER_NEVER = "序 手机 电话 单位 学校 机构 身份 课程 作品 班 家长 证书 上级 年级 房 门牌 邮 直播 视频"
NAME_NEVER = "家长 监护 父 母 老师 教师 主任 负责 联系 单位 学校 课程 作品 账号 帐号 用户 昵称 填 指导 领队 机构 曾用 英文 拼音 签 班 直播 社区 制 审"
