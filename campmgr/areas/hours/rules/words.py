"""The rules of hours in words, each under the setting it stands in: what an explanation points to (F-13, F-19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from campmgr.areas.hours.rules.length_bands import bands_words, read_bands
from campmgr.areas.hours.settings import Completion, Hours
from campmgr.wording import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from campmgr.areas.hours.rules.lesson import Lesson
    from campmgr.settings.rules import Rules

_RULE, _UNIT, _ONCE, _OVERLAP = "hours.rule", "hours.unit_minutes", "hours.live_and_replay", "hours.overlapping_lives"
_DAY_CAP, _LESSON_CAP, _REQUIRED = "hours.day_cap_hundredths", "hours.lesson_cap_hundredths", "certificate.required_hundredths"

RULE_OF = {
    "part_watched": _RULE, "short_lesson": _RULE, "over_length": _RULE, "same_day_largest": _RULE, "rounded_down": _RULE,
    "counted_once": _ONCE, "overlapping": _OVERLAP, "day_cap": _DAY_CAP, "lesson_cap": _LESSON_CAP, "hours_missing": _REQUIRED,
}  # fmt: skip
"""Which setting stands behind a reason, by the reason's code."""


@dataclass(frozen=True, slots=True)
class RulePoint:
    """One rule in force: its setting, the sentence, the notice's words and row, and whether the notice left it open."""

    key: str
    sentence: str
    says: str
    source: str
    is_open: bool


def rule_points(rules: Rules, codes: Iterable[str] = ()) -> tuple[RulePoint, ...]:
    """How hours are counted, and every rule behind these reasons; with no reasons at all, the way of counting alone."""
    keys = dict.fromkeys([_RULE, *(RULE_OF[code] for code in codes if code in RULE_OF)])
    told = _sentences(rules)
    return tuple(_point(rules, key, told[key]) for key in keys)


def all_rule_points(rules: Rules) -> tuple[RulePoint, ...]:
    """Every rule of hours, as it stands beside a form or in a report."""
    return tuple(_point(rules, key, sentence) for key, sentence in _sentences(rules).items())


def _point(rules: Rules, key: str, sentence: str) -> RulePoint:
    about = rules.sections.fields[key]
    return RulePoint(key, sentence, about.says, about.source, about.is_open)


def _sentences(rules: Rules) -> dict[str, str]:
    hours = rules[Hours]
    day, lesson = hours_text(hours.day_cap_hundredths), hours_text(hours.lesson_cap_hundredths)
    return {
        _RULE: _counting(rules) + "同一门课几天的分钟数相加，同一天只取最多的一次。",
        _ONCE: "直播和它的重播只计一次，取多的。" if hours.live_and_replay == "once" else "直播和它的重播都计课时。",
        _OVERLAP: "时间重叠的直播只计一场，取合起来最多的。"
        if hours.overlapping_lives == "count_larger"
        else "时间重叠的直播都计课时。",
        _DAY_CAP: f"每人每天最多计 {day} 课时；超出的当天不计，改日再学可以补上。"
        if hours.day_cap_hundredths
        else "每天不设上限。",
        _LESSON_CAP: f"每门课最多计 {lesson} 课时。" if hours.lesson_cap_hundredths else "每门课不另设上限。",
        _REQUIRED: f"满 {hours_text(rules[Completion].required_hundredths)} 课时可以结业，“以上”包括本数。",
    }


def _counting(rules: Rules) -> str:
    hours = rules[Hours]
    if hours.rule == "minutes_per_unit":
        return f"每 {hours.unit_minutes} 分钟计 1 课时，各门课的分钟数累计后舍去不足 0.01 课时的零头。"
    if hours.rule == "bands":
        return f"按看了多少分钟分段：{bands_words(read_bands(hours.bands) or ())}；“满”包括本数。"
    return "按课程标明的课时计，看了多少分钟就按比例计多少，舍去不足 0.01 课时的零头。"


def lesson_words(lessons: Mapping[str, Lesson], code: str, minutes: int | None) -> str:
    """A lesson and how long of it: "V1 家庭用电安全，45 分钟"."""
    lesson = lessons.get(code)
    return f"{code} {lesson.name if lesson else ''}，{'全部' if minutes is None else f'{minutes} 分钟'}"
