"""The rule book of a call for works: what may be handed in, in which windows, and how votes count.

What notices leave open is `is_open`; a text that ends in `says` is the notice's own sentence, printed beside what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.periods.settings import SECTIONS as PERIODS
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import setting
from campmgr.settings.reading import day
from campmgr.settings.sections import Chosen, Section

PICTURES, VIDEOS, INTERACTIVE = "图片类", "音视频类", "互动类"
CLASSES = (PICTURES, VIDEOS, INTERACTIVE)
"""Classes of works; 视频类 is another name of the second (E-32)."""

LEVELS = {"refuse": "不合格", "warn": "提醒", "ok": "不管"}
MEASURES = {"movie": "播放器显示的时长（影片头）", "video_track": "画面轨的时长"}
LETTERBOX = {"short_side": "短边要够（宽银幕画面也看短边）", "long_side_1920": "短边够，或者长边满 1920"}


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
)
