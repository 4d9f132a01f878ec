"""What units ask an office for, among what waits for it: done or refused with one press."""

from __future__ import annotations

from campmgr.areas.requests.queries import WAITING, tell_requests, waiting_requests
from campmgr.facts.review import Answer, Matter

MATTERS = (
    Matter(
        name=WAITING,
        title="下级请办",
        what_to_do="转人、改上级，按“照办”就办好；别的，先到那一页办了再按。不办的写明原因，申请的单位看得到。",
        tell=tell_requests,
        answers=(
            Answer("do", "照办", acts=True, governs=True),
            Answer("refuse", "不办", acts=True, governs=True),
        ),
        act="campmgr.areas.requests.actions:answer",
        rows=waiting_requests,
        note="答复（不办必填，申请的单位看得到）",
    ),
)
