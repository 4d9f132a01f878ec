"""How long an article is, by each of the rules by which offices count; and which of them is in force."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

SAID = "said"
"""Stands for a number that somebody typed, whatever they counted by."""

_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+(?:['’.\-][0-9A-Za-z\u00c0-\u024f]+)*")


def is_han(character: str) -> bool:
    """Whether a character is Chinese writing."""
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF or character == "〇"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def counts_of(text: str) -> dict[str, int]:
    """How many characters a text has: Chinese ones alone, with marks, and as the status line of WPS counts: every Chinese character
    and every mark of full width is one, and so is a word or number of letters and digits.
    """
    han = sum(map(is_han, text))
    marks = sum(map(_is_mark, text))
    wide = sum(_is_mark(each) and unicodedata.east_asian_width(each) in "WFA" for each in text)
    return {"han": han, "marks": han + marks, "wps": han + wide + len(_WORD.findall(text))}


def length_of(characters: Mapping[str, int], rule: str) -> int | None:
    """How long an item is by a rule; None where nobody counted so."""
    found = characters.get(rule, characters.get(SAID))
    return found if isinstance(found, int) and not isinstance(found, bool) else None
