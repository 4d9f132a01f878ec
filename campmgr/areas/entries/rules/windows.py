"""When works are handed in: by quarters where a notice collects so, else until a deadline; and what becomes of what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from campmgr.areas.entries.settings import Due
from campmgr.periods import windows as quarters
from campmgr.periods.deadlines import Deadline, deadline, end_of
from campmgr.periods.settings import LATE, Deadlines, HandIns
from campmgr.settings.rules import Rules

WHOLE = "全部"
"""The name of the one window of a call that is no collection by quarters."""


@dataclass(frozen=True, slots=True)
class HandInWindow:
    """A window: its name, what people call it, the day from which it is open ("" from the beginning), until when (None: no end)."""

    name: str
    words: str
    opens: str
    until: Deadline | None

    @property
    def closes_words(self) -> str:
        """Until when, with the hour that 下班前 means."""
        return self.until.words if self.until else "没有规定截止时间"


@dataclass(frozen=True, slots=True)
class PlacedHandIn:
    """To which window a batch belongs; None with the sentence why it is not taken; `late`: the window it came too late for."""

    window: HandInWindow | None
    late: str = ""
    sentence: str = ""


def windows_of(rules: Rules, *, to_relay: bool) -> tuple[HandInWindow, ...]:
    """All windows of a call, for those who hand in to a relay or to the host itself."""
    if not rules[HandIns].collects_from:
        due = rules[Due].relay if to_relay and rules[Due].relay else rules[Due].final
        return (HandInWindow(WHOLE, "本次报送", "", deadline(due, rules[Deadlines]) if due else None),)
    found = quarters.windows(rules[HandIns])
    return tuple(HandInWindow(each.span.name, each.span.words, each.opens, end_of(each.closes)) for each in found)


def place_hand_in(moment: datetime, rules: Rules, *, to_relay: bool, meant: str = "") -> PlacedHandIn:
    """Where a batch belongs that is closed at an instant; `meant`: the window that whoever closes it says it is for."""
    known = windows_of(rules, to_relay=to_relay)
    if rules[HandIns].collects_from:
        found = quarters.placed(moment, quarters.windows(rules[HandIns]), rules[HandIns], meant)
        late = found.missed.span.name if found.missed else ""
        return PlacedHandIn(window_named(known, found.window.span.name) if found.window else None, late, found.sentence)
    (only,) = known
    if only.until is None or only.until.holds(moment):
        return PlacedHandIn(only)
    told = f"已过截止时间（{only.closes_words}）"
    return PlacedHandIn(None, WHOLE, f"{told}，不再收。") if rules[Due].locked else PlacedHandIn(only, WHOLE, f"{told}，注明晚报。")


def late_rule(rules: Rules) -> str:
    """What becomes of a batch that comes too late, in words, to be read before it does."""
    if rules[HandIns].collects_from:
        told = f"窗口关闭后才报来的：{LATE[rules[HandIns].late]}。"
        return told + "最后一个窗口以后不再收。" if rules[HandIns].late == "next" else told
    return "截止以后不再收。" if rules[Due].locked else "截止以后报来的照收，注明晚报。"


def window_named(known: Sequence[HandInWindow], name: str) -> HandInWindow | None:
    """The window of a name."""
    return next((each for each in known if each.name == name), None)


def coming(known: Sequence[HandInWindow], moment: datetime) -> HandInWindow | None:
    """The window that is open or opens next; None where the last is over."""
    return next((each for each in known if each.until is None or each.until.holds(moment)), None)
