"""What a call for works lets its host decide of judging and awards; what the notices leave open is `is_open` (docs/judging.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.areas.judging.kinds import AUTHOR, DECLARED, SAME_CITY, SAME_UNIT
from campmgr.areas.prizes.settings import COUNTED, LONGEST
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, Words, setting
from campmgr.settings.reading import words, wrong
from campmgr.settings.sections import Chosen, Section

METHODS = {
    "raw": "原始平均分",
    "trimmed": "去掉一个最高分、一个最低分",
    "centred": "扣除各评委的宽严",
    "standard": "标准分",
    "borda": "名次分",
}
"""How marks of several judges become one score; all are always shown, one decides."""

STAGES = {"报送": "报送的都评", "初筛": "初筛过的都评", "入围": "只评入围的"}
RECUSE = {SAME_UNIT: "同一单位或上下级单位", SAME_CITY: "同一市", AUTHOR: "本人是作者", DECLARED: "本人申请"}
AT_CUT = {"all": "并列的都给", "tie_break": "先比一项标准，再按种子抽签", "none_beyond": "并列超出名额的都不给"}
REFILL = {"ask": "每次由主办单位决定", "strike": "空缺", "next": "由下一名补位"}


def _numbered(about: Field, found: object, *, needed: bool) -> Words | Complaint:
    """Lines "name=number"; where it is not needed the name may stand alone."""
    said = words(about, found)
    if isinstance(said, Complaint):
        return said
    for line in said:
        name, sign, number = line.partition("=")
        is_number = number.isascii() and number.isdigit() and len(number) < 5
        if not name.strip() or (not is_number if sign or needed else False):
            return wrong(about, line, "名称=数" if needed else "名称，或 名称=数", "bad_number")
    names = [line.partition("=")[0].strip() for line in said]
    if twice := next((name for name in names if names.count(name) > 1), None):
        return wrong(about, twice, "每个名称只写一次", "wrong_usage")
    return said


def weighted(about: Field, found: object) -> Words | Complaint:
    """A form: lines "科学性=1", what is weighed and how much."""
    return _numbered(about, found, needed=True)


def slots(about: Field, found: object) -> Words | Complaint:
    """A form: lines "金奖=2", or an award alone while nobody has said how many there are."""
    return _numbered(about, found, needed=False)


def pairs(about: Field, found: object) -> Words | Complaint:
    """A form: lines "金奖=奖杯、证书"."""
    said = words(about, found)
    if isinstance(said, Complaint):
        return said
    bad = next((line for line in said if not all(part.strip() for part in line.partition("="))), None)
    return said if bad is None else wrong(about, bad, "名称=内容，如 金奖=奖杯、证书", "wrong_usage")


_CRITERIA = (
    "最终获奖名单将根据科学性、故事性、创新性、艺术性、传播性、趣味性等评选标准，以专家评审分数为主要依据，根据奖项契合度综合评出"
)
_EXPERTS = "由工业、媒体、艺术、影视等行业资深专家，对入围作品评审，选出综合奖、单项奖、主题奖和特别奖"
_PRIZES = "金奖作品将获得奖杯、证书各一份，单项奖、主题奖特别奖将获得证书一份"
_ORG = "根据同一单位报送或推荐的作品数量和质量、宣传报道数量和效果评出"


# fmt: off
@dataclass(frozen=True, slots=True)
class Judging:
    """How works are judged. Rounds begin from this; what a round was set to stands in its own fact."""

    period: str = setting("评审时间", "H-24", default="")
    stage: str = setting("哪些作品进入评审", "H-17", _EXPERTS, default="入围", allowed=STAGES)
    fields: tuple[str, ...] = setting("评委从哪些行业请", "H-17", _EXPERTS, default=())
    criteria: tuple[str, ...] = setting("评分标准和权重", "H-18", _CRITERIA, default=("总评=1",), form=weighted, required=True, is_open=True)
    anchors: tuple[str, ...] = setting("各档分数的意思（高的在前）", "H-18", form=pairs, is_open=True,
                             default=("9-10=可作全国展播", "7-8.5=优秀，小有不足", "5-6.5=合格", "0-4.5=不宜获奖"))
    scale: int = setting("每项满分", "H-18", default=10, within=(1, 100), is_open=True)
    step: int = setting("每档相差", "H-18", default=50, within=(1, 10_000), is_open=True, kept_in="百分之一分")
    per_work: int = setting("每件作品几位评委", "H-17", default=3, within=(1, 50), is_open=True)
    method: str = setting("名次按哪种算法（其余并列显示，不暗中使用）", "H-19", default="raw", allowed=METHODS, is_open=True)
    trim_from: int = setting("满几份评分才去掉最高最低", "H-19", default=5, within=(3, 100), is_open=True)
    standard_from: int = setting("一位评委满几份评分才算标准分", "H-19", default=5, within=(2, 1000), is_open=True)
    blind: bool = setting("评委看不到单位和作者", "H-17", default=True, is_open=True)
    recuse: tuple[str, ...] = setting("哪些情形回避", "H-17", default=tuple(RECUSE), allowed=RECUSE, is_open=True)


@dataclass(frozen=True, slots=True)
class Awards:
    """Which awards there are, and how they are given out."""

    classes: tuple[str, ...] = setting("奖项和名额（没有名额的只写奖项）", "H-20", _EXPERTS, default=(), form=slots, is_open=True)
    per_entry: int = setting("一件作品最多得几个奖", "H-20", default=1, within=(1, 20), is_open=True)
    at_cut: str = setting("名额处同分", "H-19", default="all", allowed=AT_CUT, is_open=True)
    tie_by: str = setting("同分先比哪一项标准（留空为直接抽签）", "H-19", default="", is_open=True)
    fit_note: bool = setting("不按分数顺序授奖的要写契合度说明", "H-19", _CRITERIA, default=True)
    refill: str = setting("撤销以后的名额", "H-25", "撤销获奖资格，召回奖杯证书等荣誉，并追回其它获奖所得权益", default="ask",
                          allowed=REFILL, is_open=True)
    prizes: tuple[str, ...] = setting("各奖项给什么", "H-21", _PRIZES, default=(), form=pairs)
    certificate_line: str = setting("证书上另写的一行", "H-22", "获奖作品可获得“工业强国”标识免费使用权", default="")
    ceremony: str = setting("颁奖", "H-24", default="")
    unit_awards: tuple[str, ...] = setting("给单位的奖项和名额", "H-23", _ORG, default=(), form=slots, is_open=True)
    unit_weights: tuple[str, ...] = setting("给单位的奖看哪几项、各占多少（留空为没有定）", "H-23", _ORG, default=(), form=weighted, is_open=True)
    people_awards: tuple[str, ...] = setting("给人或团队的奖项和名额", "E-29", "遴选在网络空间积极传播应急管理正能量、网民认可度高的内容创作者、传播者",
                                   default=(), form=slots, is_open=True)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who holds the call together with its host (H-27)."""

    co_hosts: tuple[str, ...] = setting("协办单位", "H-27", default=())
    supporters: tuple[str, ...] = setting("支持单位", "H-27", default=())
    media: tuple[str, ...] = setting("合作媒体", "H-27", default=())
@dataclass(frozen=True, slots=True)
class Publicity:
    """How long an award list is put up 公示, and when it comes down; the notices say 公开 and no more."""

    days: int = setting("公示天数", "E-31", default=5, within=(1, LONGEST), is_open=True)
    counted: str = setting("公示天数怎样算", "E-31", default="working", is_open=True, allowed=COUNTED)
    first_day: str = setting("公示开始的当天", "E-31", default="counts", is_open=True,
                             allowed={"counts": "当天算第一天", "next": "从第二天起算"})
    shown_after: int = setting("公示期满后继续展示（天），到期自动撤下", "E-31", default=0, within=(0, 365), is_open=True)
    objections: str = setting("怎样提出异议", "E-31", required=True,
                              default="对名单有异议的，请在公示期内向主办单位实名反映，说明奖项、作品和理由。")
# fmt: on


def names_of(lines: Iterable[str]) -> tuple[str, ...]:
    """What stands before `=` in each line."""
    return tuple(line.partition("=")[0].strip() for line in lines)


def numbers_of(lines: Iterable[str]) -> dict[str, int]:
    """Name -> number of lines "name=number"; those without a number are left out."""
    parts = (line.partition("=") for line in lines)
    return {name.strip(): int(number) for name, sign, number in parts if sign and number.strip().isdigit()}


def _fit(chosen: Chosen) -> Iterable[Complaint]:
    judging, awards = chosen[Judging], chosen[Awards]
    if judging.scale * 100 % judging.step:
        yield Complaint("judging.step", str(judging.step), f"能整除满分 {judging.scale} 的档差", "out_of_range")
    if not any(numbers_of(judging.criteria).values()):
        yield Complaint("judging.criteria", "、".join(judging.criteria), "至少一项标准的权重大于 0", "out_of_range")
    if awards.tie_by and awards.tie_by not in names_of(judging.criteria):
        yield Complaint("awards.tie_by", awards.tie_by, f"一项评分标准：{'、'.join(names_of(judging.criteria))}", "unknown_word")


SECTIONS = (
    Section("judging", Judging, "评审", place=160, check=_fit),
    Section("awards", Awards, "奖项", place=170),
    Section("parties", Parties, "参与单位", place=180),
    Section("publicity", Publicity, "公示", place=190),
)
