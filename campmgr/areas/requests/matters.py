"""What units ask an office for, among what waits for it: done or refused with one press."""

from __future__ import annotations

from campmgr.areas.requests.queries import AT_ONCE, WAITING, tell_requests, waiting_requests
from campmgr.facts.review import Matter

MATTERS = (
    Matter(
        name=WAITING,
        title="下级请办",
        what_to_do="按“照办”就办好；要自己动手的，先办再按“已经办好”。不办的写明原因，申请的单位看得到。",
        tell=tell_requests,
        answers=AT_ONCE,
        act="campmgr.areas.requests.actions:answer",
        rows=waiting_requests,
        note="答复（不办必填，申请的单位看得到）",
    ),
)
