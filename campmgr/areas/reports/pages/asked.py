"""What stands in the address of a report."""

from __future__ import annotations

from flask import request

from campmgr.clock import parse_day


def typed_day(text: str) -> tuple[str, str]:
    """A day asked for, and what is wrong with it."""
    try:
        return (parse_day(text) if text else ""), ""
    except ValueError:
        return "", "请填日期，例如 2023-06-10。"


def page_asked(pages: int) -> int:
    """Which page of a table is asked for, of so many."""
    typed = request.args.get("page", "1")
    return min(max(int(typed), 1), pages) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


SEEN = "seen"
"""What names in an address the code of the table that somebody looks at (`Grid.code`)."""


def is_changed(code: str) -> bool:
    """Whether the table is another than the one that somebody came from."""
    return request.args.get(SEEN, code) != code
