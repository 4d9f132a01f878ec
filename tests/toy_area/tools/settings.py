"""What the area of tools lets a camp decide."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.fields import setting
from campmgr.settings.sections import Section


@dataclass(frozen=True, slots=True)
class Tools:
    """How much may be lent."""

    most: int = setting("一个单位每种器材最多领多少", default=100, within=(1, 100_000))


SECTIONS = (Section("tools", Tools, "器材", place=155),)
