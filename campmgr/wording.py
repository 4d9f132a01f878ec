"""How numbers, lists and reasons read in Chinese sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


def hours_text(hundredths: int) -> str:
    """Class-hours from integer hundredths, always with two decimals: 750 is "7.50" (docs/commands.md#times)."""
    whole, part = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{part:02d}"


def text_width(text: str, wide: str = "WF") -> int:
    """How wide a text stands, in half-width characters: a Chinese one takes two. `wide`: the classes of Unicode that count so."""
    return sum(2 if unicodedata.east_asian_width(character) in wide else 1 for character in text)


def list_words(words: Iterable[str]) -> str:
    """Words in one row, as in 签到、关注、每日扫码; nothing for no words."""
    return "、".join(words)


@dataclass(frozen=True, slots=True)
class Reason:
    """A code for programs and a Chinese sentence for people."""

    code: str
    sentence: str
