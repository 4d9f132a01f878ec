"""Days and times as somebody types them."""

from __future__ import annotations

from campmgr.clock import parse_day, parse_instant
from campmgr.errors import BadInput


def checked_day(text: str) -> str:
    """A calendar day in its ISO form; "" (not said) stays. Raises BadInput "bad_date": what is in the ledger is there for ever."""
    if not text:
        return ""
    try:
        return parse_day(text)
    except ValueError as problem:
        raise BadInput(f"“{text}”不是日期。", reason="bad_date", hint="请写成 2023-06-10。") from problem


def at_time(text: str) -> str:
    """An ISO time with its offset; "" (not said) stays. Raises BadInput "bad_date"."""
    try:
        return parse_instant(text).isoformat() if text else ""
    except ValueError as problem:
        raise BadInput(f"“{text}”不是时间。", reason="bad_date", hint="请写成 2023-07-01T00:00。") from problem
