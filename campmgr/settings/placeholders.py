"""What may stand in braces in a sentence that an organizer words (F-19, F-20)."""

from __future__ import annotations

import re

PLACEHOLDERS = {"姓名": "name", "单位": "unit", "课时": "hours", "训练营": "camp", "日期": "date"}
"""What a wording may hold in braces, in Chinese or by its English key."""

BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def wrong_braces(wording: str) -> str:
    """What in a wording is no placeholder, "" where everything is one."""
    for found in BRACES.finditer(wording):
        if found[1] is None or key_of(found[1]) is None:
            return found[0]
    return ""


def key_of(name: str) -> str | None:
    """The English key of a placeholder's name, None for any other."""
    name = name.strip()
    return PLACEHOLDERS.get(name) or (name if name in PLACEHOLDERS.values() else None)
