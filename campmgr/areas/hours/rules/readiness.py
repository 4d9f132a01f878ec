"""Whether a person may have the certificate, and what is still lacking (F-19, F-21, F-22, F-23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from campmgr.areas.hours.settings import Completion
from campmgr.settings.terms import vocabulary
from campmgr.wording import Reason, hours_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from campmgr.settings.rules import Rules

CONDITIONS = vocabulary(  # F-21, F-22, F-23
    "条件",
    {
        "sign_in": "签到打卡 已签到 signed-in checkin",
        "follow": "关注并预约 预约 关注并预约课程 已关注 subscribe subscribed followed",
        "daily_scan": "每天扫码 日扫码 扫码 scan dailyscan",
    },
    {"sign_in": "签到", "follow": "关注", "daily_scan": "每日扫码"},
)

_WHAT_TO_DO = {
    "sign_in": "还没有签到；请联络员登记签到。",
    "follow": "还没有关注并预约课程；请在活动页面点“关注并预约”，再请联络员登记。",
    "daily_scan": "还没有扫码参与记录；请扫活动二维码参与一次。",
}

_BY_THEMSELVES = "还没有签到；请在自己的页面按“签到”，或请联络员登记。"


@dataclass(frozen=True, slots=True)
class Readiness:
    """How a person stands: hundredths required and missing, whether the hours are complete, conditions lacking, both."""

    required: int
    missing: int
    complete: bool
    lacking: tuple[str, ...]
    ready: bool
    because: tuple[Reason, ...]


def readiness(rules: Rules, total: int, conditions: Collection[str]) -> Readiness:
    """Judge a total in hundredths and the conditions fulfilled (keys of `CONDITIONS`).

    以上 includes the number: 8.00 passes, 7.99 does not (F-19). Hours and conditions are judged apart, so that someone with 8
    课时 reads "sign-in missing" and not "hours missing" (F-21).
    """
    required = rules[Completion].required_hundredths
    missing = max(0, required - total)
    lacking = tuple(each for each in conditions_required(rules) if each not in conditions)
    told = _WHAT_TO_DO | ({"sign_in": _BY_THEMSELVES} if rules[Completion].own_sign_in else {})
    because = [Reason(f"{each}_missing", told[each]) for each in lacking]
    if missing:
        sentence = f"还差 {hours_text(missing)} 课时（要求 {hours_text(required)}）；请继续学习科普视频和专家直播。"
        because.insert(0, Reason("hours_missing", sentence))
    return Readiness(required, missing, not missing, lacking, not missing and not lacking, tuple(because))


def conditions_required(rules: Rules) -> tuple[str, ...]:
    """The conditions this camp asks for beside the hours, in the order of `CONDITIONS`."""
    asks = rules[Completion]
    asked = {"sign_in": asks.sign_in_required, "follow": asks.follow_required, "daily_scan": asks.daily_scan_required}
    return tuple(key for key, wanted in asked.items() if wanted)
