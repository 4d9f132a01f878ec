"""What the area of people lets a camp decide: who may take part, and what they agree to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.areas.camp.settings import Live
from campmgr.areas.units.settings import OUTSIDE, PARTICIPANT_KINDS
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import setting
from campmgr.settings.reading import day, quoted
from campmgr.settings.sections import Chosen, Section


@dataclass(frozen=True, slots=True)
class People:
    """Who may take part."""

    kinds: tuple[str, ...] = setting(
        "参与者类别",
        "F-06",
        "各地区“安全生产月”活动组织机构、中央企业及地方企事业单位，职工、学校师生、社区(村)居民及广大社会公众等",
        default=tuple(word for word in PARTICIPANT_KINDS.words if word != OUTSIDE),
        required=True,
        allowed=PARTICIPANT_KINDS.words,
    )
    audience: str = setting("活动对象", "F-06")
    declarations: str = setting("本人申报的学习怎样处理", default="confirm", allowed=("confirm", "off"))
    link_days: int = setting("个人页面的链接在活动结束后保留几天（0 为一直有效）", default=180, within=(0, 3650))
    keep_until: str = setting(
        "姓名、手机号等个人信息保存到哪一天（留空为不定；过了这一天，由组织方看过再删除，合计不变）", form=day, is_open=True
    )
    consent_version: str = setting("告知同意文本的版本", default="1")
    consent_text: str = setting(
        "告知同意文本",
        default="为登记学时、发放证书和公布名单，我们会记录您的姓名、所在单位、班级（可不填）、手机号（可不填）和参与者类别。"
        "这些信息只由您所在单位及其上级使用，公开名单会隐去姓名中的字。您可以随时在“我的”页面撤回同意，我们会删除您的个人信息，"
        "不含姓名的学时合计会保留。未满14周岁的参与者须由监护人同意。",
    )


def _kept_to_the_end(chosen: Chosen) -> Iterator[Complaint]:
    """A complaint where names would be due for erasing while the camp still goes on."""
    until = chosen[People].keep_until
    if until and chosen.has(Live) and until < (end := chosen[Live].ends_on):
        yield Complaint("people.keep_until", quoted(until), f"不早于 live.ends_on（{end}）的日期", "bad_date")


SECTIONS = (Section("people", People, "参与者", place=50, check=_kept_to_the_end),)
