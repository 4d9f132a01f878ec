"""Why a lesson earned what it earned, in sentences (design: every number explains itself)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from campmgr.areas.hours.rules.length_bands import bands_words
from campmgr.wording import Reason, hours_text

if TYPE_CHECKING:
    from campmgr.areas.hours.rules.lesson import Counted, Lesson
    from campmgr.areas.hours.rules.meter import Meter

SAME_DAY = Reason("same_day_largest", "同一天登记了多次，只取当天分钟数最多的一次。")


def why_not_more(meter: Meter, lesson: Counted, minutes: int, earned: int) -> tuple[Reason, ...]:
    """Why a lesson that counts did not earn more; empty when it earned all it could and nobody would ask."""
    because: list[Reason] = []
    worth, length = meter.worth(lesson, minutes), lesson.length
    if meter.rule == "bands":
        because += _in_band(meter, lesson, minutes, worth)
    elif minutes < length:
        sentence = f"全长 {length} 分钟，已学 {minutes} 分钟，计 {hours_text(earned)} 课时；学完余下部分可补足。"
        because.append(Reason("part_watched", sentence))
    if minutes > length:
        because.append(Reason("over_length", f"累计登记 {minutes} 分钟，超过全长 {length} 分钟的部分不再计。"))
    if meter.lesson_cap and worth == meter.lesson_cap:
        because.append(Reason("lesson_cap", f"每门课最多计 {hours_text(meter.lesson_cap // meter.scale)} 课时，这门课已经到上限。"))
    if earned * meter.scale < worth:
        because.append(Reason("rounded_down", "分钟数累计折算，不足 0.01 课时的零头留到后面的课程一起算。"))
    return tuple(because)


def _in_band(meter: Meter, lesson: Counted, minutes: int, worth: int) -> list[Reason]:
    """In which band the minutes are, where it is not the highest."""
    higher = [band for band in meter.bands if band[1] > worth]
    if not higher:
        return []
    reachable = [band for band in higher if band[0] <= lesson.length]
    sentence = f"已学 {min(minutes, lesson.length)} 分钟，按时长分段计 {hours_text(worth)} 课时"
    if minutes < lesson.length and reachable:
        return [Reason("part_watched", f"{sentence}；{bands_words(reachable[-1:])}。")]
    return [Reason("short_lesson", f"{sentence}；这门课全长 {lesson.length} 分钟。")]


def unknown(code: str) -> Reason:
    """A lesson that is not in the table."""
    return Reason("unknown_lesson", f"课程表里没有编号 {code}，暂不计课时；请联络员核对编号或补录课程，补录后自动计入。")


def counts_once(lesson: Lesson, winner: Lesson) -> Reason:
    """A lesson that gave way: to the live or replay it shares its credit with, or to a live at the same time."""
    named = f"“{winner.name or winner.code}”（{winner.code}）"
    if lesson.starts_at and winner.starts_at and not winner.replay_of:
        return Reason("overlapping", f"与{named}同时直播，时间重叠的只计一场，已按{named}计。")
    return Reason("counted_once", f"直播和重播只计一次，已按{named}计。")


def over_day_cap(meter: Meter, lesson: Counted, day: str, lost: int) -> Reason:
    """What a cap per day took from a lesson."""
    minutes = _as_minutes(meter, lesson, lost)
    about = f"（约 {minutes} 分钟）" if minutes else ""
    sentence = f"{day_words(day)}超过每天最多 {hours_text(meter.day_cap)} 课时的部分不计：{hours_text(lost)} 课时{about}；改日再学可以补上。"
    return Reason("day_cap", sentence)


def _as_minutes(meter: Meter, lesson: Counted, hundredths: int) -> int:
    """Roughly how many minutes of the lesson that is; 0 where minutes do not earn evenly."""
    if meter.rule == "minutes_per_unit":
        return round(hundredths * meter.scale / 100)
    if meter.rule == "proportional" and lesson.hundredths:
        return round(hundredths * lesson.length / lesson.hundredths)
    return 0


def day_words(day: str) -> str:
    """2023-06-06 as 6月6日."""
    return f"{int(day[5:7])}月{int(day[8:10])}日" if len(day) == 10 and day[5:7].isdigit() and day[8:10].isdigit() else day
