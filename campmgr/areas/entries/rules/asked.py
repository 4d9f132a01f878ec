"""What a call asks for, as people read it before they begin: classes with their limits, words, statements; and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.areas.entries.rules.entry import kinds_of_class
from campmgr.areas.entries.rules.verdicts import beside, length, seconds
from campmgr.areas.entries.rules.windows import HandInWindow, windows_of
from campmgr.areas.entries.settings import INTERACTIVE, PICTURES, VIDEOS, Due, Entries, Pictures, Videos
from campmgr.periods.settings import HandIns
from campmgr.settings.rules import Rules


@dataclass(frozen=True, slots=True)
class AskedClass:
    """A class of works: its name, forms, and what is asked of each, the notice's sentence with what it comes to."""

    name: str
    forms: tuple[str, ...]
    asked: tuple[str, ...]


def asked_classes(rules: Rules) -> tuple[AskedClass, ...]:
    """The classes that a call takes, in its order."""
    entries = rules[Entries]
    return tuple(
        AskedClass(each, kinds_of_class(entries, each), tuple(filter(None, _LIMITS[each](rules)))) for each in entries.classes
    )


def asked_of_all(rules: Rules) -> tuple[str, ...]:
    """What is asked of every work."""
    entries = rules[Entries]
    return tuple(filter(None, (
        f"作品主题（一件一个）：{'、'.join(entries.themes)}" if entries.themes else "",
        "主题全面的，可另标“兼及主题”，同一件作品不重复报送" if entries.also_fits else "",
        f"参选主体：{'、'.join(entries.entrants)}" if entries.entrants else "",
        _created(entries),
        "报送前已在新媒体平台发布，填链接和发布日期" if entries.published_first else "",
        f"参选方式：{'、'.join(entries.sources)}" if entries.sources else "",
    )))  # fmt: skip


def deadlines_of(rules: Rules) -> tuple[HandInWindow, ...]:
    """Until when works are handed in: each window, or the deadline of whoever passes them on and then the host's."""
    final = windows_of(rules, to_relay=False)
    if rules[HandIns].collects_from or not rules[Due].relay:
        return final
    relay = windows_of(rules, to_relay=True)
    return (*(_called(each, "报给转报单位") for each in relay), *(_called(each, "报给主办单位") for each in final))


def _called(window: HandInWindow, words: str) -> HandInWindow:
    return HandInWindow(window.name, words, window.opens, window.until)


def _created(entries: Entries) -> str:
    if not entries.created_from and not entries.created_to:
        return ""
    return f"创作时间：{entries.created_from or '不限'} 到 {entries.created_to or '不限'}"


def _pictures(rules: Rules) -> Iterator[str]:
    asked = rules[Pictures]
    yield beside(asked.format_says, "、".join(asked.formats))
    yield beside(asked.bytes_says, f"{asked.least_bytes:,} 到 {asked.most_bytes:,} 字节，一组里每幅都算")
    yield "要有图片说明" if asked.note_required else ""


def _videos(rules: Rules) -> Iterator[str]:
    asked = rules[Videos]
    least = f"{length(asked.least_ms)}到" if asked.least_ms else "至多 "
    yield beside(asked.length_says, f"{least}{length(asked.most_ms)}，容差 {seconds(asked.grace_ms)}")
    yield beside(asked.size_says, f"短边不少于 {asked.least_short_side}" if asked.least_short_side else "不限")
    if asked.ratios:
        yield beside(asked.ratio_says, f"{'、'.join(asked.ratios)}，差不超过 {asked.ratio_tolerance / 100:g}%")
    yield asked.format_says
    yield "要有文字脚本或简介" if asked.words_required else ""


def _interactive(_: Rules) -> Iterator[str]:
    yield "作品链接、相应文案和宣传海报，三样都要"


_LIMITS = {PICTURES: _pictures, VIDEOS: _videos, INTERACTIVE: _interactive}
