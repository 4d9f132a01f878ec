"""Class-hours by length bands: "30=100,15=50,0=25" means 30 minutes and more 1.00, 15 up to 30 0.50, less 0.25.

以上 includes the number: exactly 30 minutes are in the band of 30. Bands count the minutes watched of a lesson, at most its length,
and take no notice of what the lesson itself is worth.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from campmgr.wording import hours_text, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Bands = tuple[tuple[int, int], ...]
"""(least minutes, hundredths), the longest band first."""

EXPECTED = "分段，每段写成“起始分钟=百分之一课时”，如 30=100、15=50、0=25；时间越长不能越少"
_BAND = re.compile(r"(\d{1,4})=(\d{1,6})")
_MOST_MINUTES, _MOST_HUNDREDTHS = 1440, 100_000


def read_bands(words: Sequence[str]) -> Bands | None:
    """Bands from their texts, in any order; None when one is mistyped or repeated, or when watching longer would earn less."""
    found: dict[int, int] = {}
    for word in words:
        matched = _BAND.fullmatch(normal(word).replace(" ", "").removeprefix("≥"))
        if matched is None:
            return None
        minutes, hundredths = int(matched[1]), int(matched[2])
        if minutes in found or minutes > _MOST_MINUTES or hundredths > _MOST_HUNDREDTHS:
            return None
        found[minutes] = hundredths
    bands = tuple(sorted(found.items(), reverse=True))
    worths = [hundredths for _, hundredths in bands]
    return bands if bands and worths == sorted(worths, reverse=True) else None


def written_bands(bands: Bands) -> tuple[str, ...]:
    """Bands as a setting holds them."""
    return tuple(f"{minutes}={hundredths}" for minutes, hundredths in bands)


def band_worth(bands: Bands, minutes: int) -> int:
    """The hundredths that so many minutes earn; none for no minutes at all."""
    return next((hundredths for least, hundredths in bands if minutes >= max(least, 1)), 0)


def most_gained(bands: Bands, minutes: int, length: int) -> int:
    """The most that `minutes` more can bring, however much of a lesson of `length` was watched before."""
    steps = [(max(least, 1), hundredths) for least, hundredths in bands if max(least, 1) <= length]
    return (
        max((hundredths - band_worth(bands, max(0, least - minutes)) for least, hundredths in steps), default=0) if minutes else 0
    )


def bands_words(bands: Iterable[tuple[int, int]]) -> str:
    """Bands as people read them: "满 30 分钟计 1.00 课时，满 15 分钟计 0.50，不满 15 分钟计 0.25"."""
    told, above = [], ""
    for least, hundredths in bands:
        span = f"满 {least} 分钟" if least else f"不满 {above} 分钟" if above else "不论长短"
        told.append(f"{span}计 {hours_text(hundredths)} 课时")
        above = str(least)
    return "，".join(told)
