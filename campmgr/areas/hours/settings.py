"""What the area of hours lets a camp decide: how minutes become class-hours, what is doubtful, what completes the camp."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.hours.rules.length_bands import EXPECTED, read_bands, written_bands
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, Words, setting
from campmgr.settings.reading import hundredths, words, wrong
from campmgr.settings.sections import Section
from campmgr.settings.terms import vocabulary

LESSON_KINDS = vocabulary(  # F-12, F-13
    "课程类别",
    {
        "科普视频": "视频 短视频 科普 录播 video",
        "专家直播": "直播 专家讲座 网络直播 讲座 live livestream",
        "直播重播": "重播 回放 直播回放 replay rerun",
    },
)


HUNDREDTHS = "百分之一课时"


def bands_form(about: Field, found: object) -> Words | Complaint:
    """A form: class-hours by length bands, the longest first."""
    listed = words(about, found)
    bands = None if isinstance(listed, Complaint) else read_bands(listed)
    return written_bands(bands) if bands else wrong(about, found, EXPECTED, "wrong_usage")


@dataclass(frozen=True, slots=True)
class Hours:
    """How minutes become class-hours."""

    rule: str = setting(
        "课时算法",
        "F-19",
        default="proportional",
        is_open=True,
        allowed={
            "proportional": "按课程标明的课时，看完多少得多少",
            "minutes_per_unit": "按分钟折算，满规定分钟为一课时",
            "bands": "按观看时长分段（如满 30 分钟计 1 课时，满 15 分钟计 0.5）",
        },
    )
    unit_minutes: int = setting("一课时的分钟数（按分钟折算时用）", "F-19", default=45, within=(1, 1440), is_open=True)
    bands: tuple[str, ...] = setting(
        "时长分段：满多少分钟=几课时（按观看时长分段时用）",
        "F-19",
        default=("30=100", "15=50", "0=25"),
        form=bands_form,
        is_open=True,
        kept_in=HUNDREDTHS,
    )
    day_cap_hundredths: int = setting(
        "每人每天最多计多少课时（0 为不限）", "F-19", default=0, form=hundredths, within=(0, 100_000), kept_in=HUNDREDTHS
    )
    lesson_cap_hundredths: int = setting(
        "每门课最多计多少课时（0 为不限）", "F-19", default=0, form=hundredths, within=(0, 100_000), kept_in=HUNDREDTHS
    )
    overlapping_lives: str = setting(
        "时间重叠的直播", "F-13", default="count_all", allowed={"count_all": "都计", "count_larger": "只计多的一场"}
    )
    live_and_replay: str = setting(
        "直播与重播的课时",
        "F-13",
        "网络直播结束后即开启重播",
        default="once",
        is_open=True,
        allowed={"once": "直播和重播只算一次（取多的）", "both": "直播和重播都算"},
    )
    default_hundredths: int = setting(
        "课程未注明时的课时", "F-19", default=100, form=hundredths, within=(0, 100_000), is_open=True, kept_in=HUNDREDTHS
    )
    default_length_minutes: int = setting("课程未注明时的时长（分钟）", "F-19", default=45, within=(1, 1440), is_open=True)
    lesson_kinds: tuple[str, ...] = setting(
        "课程类别",
        "F-12",
        "观看科普视频和专家直播",
        default=LESSON_KINDS.words,
        required=True,
        allowed=LESSON_KINDS.words,
    )


@dataclass(frozen=True, slots=True)
class Doubts:
    """From when on a record is marked 存疑 for a human to look at; nothing is refused for it."""

    day_minutes: int = setting("一人一天登记的学习超过多少分钟为存疑（0 为不标）", default=960, within=(0, 1440))
    crowd: int = setting("同一秒登记了多少人为存疑（全班登记和导入除外，0 为不标）", default=40, within=(0, 10_000))
    device_people: int = setting("同一台设备替多少人申报为存疑（0 为不标）", default=5, within=(0, 10_000))


@dataclass(frozen=True, slots=True)
class Completion:
    """What a participant must have done to finish: class-hours, and the conditions beside them."""

    required_hundredths: int = setting(
        "结业所需课时",
        "F-19",
        "学习科普视频和专家直播达到 8 个课时以上",
        default=800,
        form=hundredths,
        within=(0, 10_000_000),
        kept_in=HUNDREDTHS,
        place=11,
    )
    sign_in_required: bool = setting("领证须签到", "F-21", "签到后可领取证书", default=True, place=12)
    own_sign_in: bool = setting("参与者可以在自己的页面签到", "F-21", default=False, place=12)
    follow_required: bool = setting("领证须关注并预约", "F-22", "进入活动页面记得点击关注并预约课程", default=False, place=13)
    daily_scan_required: bool = setting("领证须有扫码记录", "F-23", "每天扫码参与活动", default=False, place=21)


SECTIONS = (
    Section("hours", Hours, "课时", place=70),
    Section("doubts", Doubts, "存疑", place=80),
    Section("certificate", Completion, "证书", place=90),
)
