"""The rule book of a call for works: what may be handed in, in which windows, and how votes count.

What notices leave open is `is_open`; a text that ends in `says` is the notice's own sentence, printed beside what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.errors import BadInput
from campmgr.periods.deadlines import deadline
from campmgr.periods.settings import SECTIONS as PERIODS
from campmgr.periods.settings import Deadlines
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, setting
from campmgr.settings.reading import day, text, wrong
from campmgr.settings.sections import Chosen, Section

PICTURES, VIDEOS, INTERACTIVE = "图片类", "音视频类", "互动类"
CLASSES = (PICTURES, VIDEOS, INTERACTIVE)
"""Classes of works; 视频类 is another name of the second (E-32)."""

LEVELS = {"refuse": "不合格", "warn": "提醒", "ok": "不管"}
MEASURES = {"movie": "播放器显示的时长（影片头）", "video_track": "画面轨的时长"}
LETTERBOX = {"short_side": "短边要够（宽银幕画面也看短边）", "long_side_1920": "短边够，或者长边满 1920"}
COLUMNS = (
    "作品名称", "作品类型", "具体形式", "作品主题", "兼及主题", "参选主体类别", "作者", "团队", "创作时间", "发布平台", "发布时间",
    "作品链接", "作品说明", "时长或大小", "文件名", "报送单位", "联合版权", "已作承诺", "备注",
)  # fmt: skip
"""Columns that a table of works can have; 序号 stands before them always."""

MIXED = {"each": "每类一封，各有标题", "one": "合成一封，标题里各类并列"}
VOTES_AS = {"share_of_most": "按与最高票的比例", "rank": "按名次"}


def written_deadline(about: Field, found: object) -> str | Complaint:
    """A form: a deadline as notices write it, 2024年5月29日下班前; "" for none."""
    said = text(about, found)
    if isinstance(said, Complaint) or not said:
        return said
    try:
        deadline(said, Deadlines())
    except BadInput:
        return wrong(about, found, "截止时间，如 2024年5月29日下班前、2024-07-31（没有就留空）", "bad_date")
    return said


@dataclass(frozen=True, slots=True)
class Entries:
    """What is called for: classes, themes, what whoever hands in declares."""

    name: str = setting("活动名称", default="作品征集", required=True, is_asked=True)
    organiser: str = setting("主办单位", default="")
    slogan: str = setting("口号", "H-05", default="")
    classes: tuple[str, ...] = setting("收哪几类作品", "E-04", default=CLASSES, required=True, allowed=CLASSES)
    picture_kinds: tuple[str, ...] = setting("图片类的具体形式", "E-04", "具体包括摄影、图解、漫画、海报等", default=())
    video_kinds: tuple[str, ...] = setting("音视频类的具体形式", "E-08", default=())
    interactive_kinds: tuple[str, ...] = setting("互动类的具体形式", "E-14", "包括H5、VR/AR、小游戏、电子杂志等", default=())
    themes: tuple[str, ...] = setting("作品主题（一件一个）", "E-02", default=())
    also_fits: bool = setting("可另标“也适合”的主题", "H-08", "作品主题全面的可在报名表内标注", default=False)
    entrants: tuple[str, ...] = setting("参选主体类别", "H-06", default=())
    sources: tuple[str, ...] = setting("参选方式", "H-16", default=())
    statements: tuple[str, ...] = setting("报送时要承诺的", "E-16", default=())
    statements_version: str = setting("承诺文本的版本", "E-16", default="1", required=True)
    created_from: str = setting("创作时间从哪天起（留空为不限）", "E-03", "须为2023年内创作", form=day)
    created_to: str = setting("创作时间到哪天止（留空为不限）", "E-03", "须为2023年内创作", form=day)
    published_first: bool = setting("报送前须已发布，并填链接和日期", "E-03", "已在新媒体平台发布", default=False)
    picture_checks: tuple[str, ...] = setting("图片类初筛逐项看什么", "E-13", default=())
    video_checks: tuple[str, ...] = setting("音视频类初筛逐项看什么", "E-13", "要求视频画面清晰、声音平稳、特效适当", default=())
    interactive_checks: tuple[str, ...] = setting("互动类初筛逐项看什么", "E-13", default=())
    outlets: tuple[str, ...] = setting("展播、推荐的平台", "E-26", default=())


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a picture must be; each picture of a set counts alone (单幅)."""

    formats: tuple[str, ...] = setting(
        "图片格式（按内容认）", "E-05", default=("JPG", "PNG"), allowed=("JPG", "PNG"), required=True
    )
    format_says: str = setting("公文怎样写图片格式", "E-05", default="格式为JPG或PNG")
    least_bytes: int = setting("单幅至少多少字节", "E-06", default=1_000_000, within=(0, 10**9), is_open=True)
    most_bytes: int = setting("单幅至多多少字节", "E-06", default=5 * 2**20, within=(1, 10**9), is_open=True)
    bytes_says: str = setting("公文怎样写图片大小", "E-06", default="单幅作品不小于1M不大于5M")
    note_required: bool = setting("要有图片说明", "E-07", "需提交相应图片说明", default=True)


@dataclass(frozen=True, slots=True)
class Videos:
    """What a video must be."""

    least_ms: int = setting("时长至少（毫秒，0 为不限）", "H-09", default=0, within=(0, 86_400_000))
    most_ms: int = setting("时长至多（毫秒）", "E-09", default=900_000, within=(1, 86_400_000))
    measure: str = setting("时长看哪一个", "E-09", default="movie", allowed=MEASURES, is_open=True)
    grace_ms: int = setting("时长容差（毫秒）", "E-09", default=60, within=(0, 10_000), is_open=True)
    length_says: str = setting("公文怎样写时长", "E-09", default="时长不超过15分钟")
    least_short_side: int = setting("短边至少多少点（旋转以后）", "E-10", default=1080, within=(0, 100_000))
    letterbox: str = setting("宽银幕画面（上下不足）", "E-10", default="short_side", allowed=LETTERBOX, is_open=True)
    size_says: str = setting("公文怎样写分辨率", "E-10", default="视频分辨率≥1080P")
    ratios: tuple[str, ...] = setting("画面比例（留空为不限）", "H-12", default=(), allowed=("16:9", "9:16"))
    ratio_tolerance: int = setting("比例容差", "H-12", default=100, within=(0, 5000), is_open=True, kept_in="万分之一")
    ratio_says: str = setting("公文怎样写比例", "H-12", default="")
    container: str = setting("不是 MP4 的", "E-11", default="warn", allowed=LEVELS)
    codec: str = setting("不是 H.264 编码的", "E-11", default="warn", allowed=LEVELS)
    format_says: str = setting("公文怎样写视频格式", "E-11", default="建议采用MP4(H.264编码)视频格式")
    audio_only: str = setting("没有画面、只有声音的", "E-08", default="warn", allowed=LEVELS, is_open=True)
    words_required: bool = setting("要有文字脚本或简介", "E-12", "提供相应文字脚本或音视频简介", default=True)


@dataclass(frozen=True, slots=True)
class Due:
    """Until when works are handed in where no quarters are collected: to whoever passes them on, and to the host."""

    relay: str = setting("报给转报单位（省）的截止时间（留空为没有）", "H-01", "于5月29日下班前报送", form=written_deadline)
    final: str = setting("报给主办单位的截止时间（留空为没有）", "H-01", "申报截止", form=written_deadline)
    locked: bool = setting("截止以后不再收", "H-01", default=True, is_open=True)


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes with every batch: the table, the title of the mail."""

    table: str = setting("汇总表的名称", "E-21", default="作品汇总表", required=True)
    columns: tuple[str, ...] = setting(
        "汇总表的列（序号在前，备注在后）", "E-23", "备注", default=COLUMNS, allowed=COLUMNS, required=True, is_open=True
    )
    foot: str = setting("汇总表末尾一行", "E-21", default="")
    mail_title: str = setting("邮件标题", "E-24", default="{类型}+{单位}", required=True, is_open=True)
    mail_mixed: str = setting("一批里有几类作品的", "E-24", default="each", is_open=True, allowed=MIXED)
    mail_classes: tuple[str, ...] = setting("邮件标题里各类叫什么（与所收类别同序）", "E-32", default=())
    mailbox: str = setting("报送邮箱", "E-21", default="")


@dataclass(frozen=True, slots=True)
class Blend:
    """How votes and experts weigh; nothing is preset, since the notice does not say."""

    decided: bool = setting("票数所占比重已定", "E-27", "组织对各季度入围作品网络投票和专家遴选", default=False, is_open=True)
    votes_percent: int = setting("票数占百分之几", "E-27", default=0, within=(0, 100), is_open=True)
    votes_as: str = setting("票数怎样折分", "E-27", default="share_of_most", allowed=VOTES_AS, is_open=True)


def _in_order(chosen: Chosen) -> Iterator[Complaint]:
    pictures, videos = chosen[Pictures], chosen[Videos]
    if pictures.least_bytes > pictures.most_bytes:
        yield Complaint("pictures.least_bytes", str(pictures.least_bytes), f"不大于 {pictures.most_bytes} 的数", "out_of_range")
    if videos.least_ms > videos.most_ms:
        yield Complaint("videos.least_ms", str(videos.least_ms), f"不大于 {videos.most_ms} 的数", "out_of_range")


SECTIONS = (
    Section("entries", Entries, "作品征集", place=5),
    *(section for section in PERIODS if section.name in {"deadlines", "handins"}),
    Section("pictures", Pictures, "图片", place=110),
    Section("videos", Videos, "音视频", place=120, check=_in_order),
    Section("due", Due, "截止", place=130),
    Section("batch", Batch, "汇总表与邮件", place=140),
    Section("blend", Blend, "票数与专家", place=150),
)
