"""How numbers, lists and reasons read in Chinese sentences, how texts are normalised, and when two names are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_DOTS = re.compile(
    "[.\u00b7\u2022\u2027\u2219\u22c5\u25cf\u25cb\u26ab\u2e30\u2e31\u2e33\u3002\u30fb\u318d\u16eb\u1427\ua78f\u02d9]+"
)
_SAME_KEY = re.compile("[0-9a-z\u4e00-\u9fff]*")
"""Names that are their own key."""
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# What GB18030 of 2000 had no place for in Unicode and old files hold as private characters: nine characters of names.
_PRIVATE = "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864\ue863"
ONCE_PRIVATE = str.maketrans(_PRIVATE, "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb\u4dae")
"""Private characters of old files, to the ones they stand for."""


_PIECE = 500


def normal(text: str, form: Literal["NFC", "NFD", "NFKC"] = "NFKC") -> str:
    """A text in one of Unicode's normal forms; a very long one piece by piece.

    The library puts a run of combining marks into order in a time that grows with its square: what somebody sends in one form field
    would stop the whole program for half a minute.
    """
    if len(text) <= _PIECE or text.isascii():
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))


def name_key(name: str) -> str:
    """What two ways to write one name have in common; the key by which names are compared everywhere, never what is shown.

    Compatibility forms (NFKC: ⾼ is 高, Ｌｉ is Li), letters composed, every dot between names one dot (• ‧ ・ ． ∙ ● are ·), no
    spaces, nothing unseen, small letters. A name of nothing but dots keeps them.
    """
    if _SAME_KEY.fullmatch(name):
        return name
    text = normal(name.translate(ONCE_PRIVATE)).casefold()
    if text.isalnum() and not _DOTS.search(text):  # no space and nothing unseen in it either
        return normal(text)
    kept = "".join(each for each in text if unicodedata.category(each) not in _UNSEEN and not _is_variant(each))
    return _DOTS.sub("·", normal(kept))


_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")


def unpadded(name: str) -> str:
    """A name without the spaces that pad 张　三 to the width of three characters; those between other letters stay."""
    return _BETWEEN_HAN.sub("", name)


def _is_variant(character: str) -> bool:
    """Whether it only picks another drawing of the character before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def hours_text(hundredths: int) -> str:
    """Class-hours from integer hundredths, always with two decimals: 750 is "7.50" (docs/commands.md#times)."""
    whole, part = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{part:02d}"


def permille(part: int, whole: int | None) -> int | None:
    """A part of a whole in thousandths, half of one rounded up; None where nobody says of how many."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def percent_text(thousandths: int | None) -> str:
    """A share as people read it, 12.5%; "" where there is none."""
    return "" if thousandths is None else f"{thousandths // 10}.{thousandths % 10}%"


def permille_of(text: str) -> int | None:
    """The share that a text of `percent_text` tells; None for any other text."""
    found = re.fullmatch(r"([0-9]+)\.([0-9])%", text)
    return 10 * int(found[1]) + int(found[2]) if found else None


_HOURS = re.compile(r"(\d{1,6})(?:\.(\d{1,2}))?")


def hundredths_of(typed: str) -> int | None:
    """Class-hours as people type them, "8", "0.1" or "7.50", in hundredths; None for anything else."""
    found = _HOURS.fullmatch(normal(typed).strip())
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def text_width(text: str, wide: str = "WF") -> int:
    """How wide a text stands, in half-width characters: a Chinese one takes two. `wide`: the classes of Unicode that count so."""
    return sum(2 if unicodedata.east_asian_width(character) in wide else 1 for character in text)


def check_code(digest: str) -> str:
    """The beginning of a SHA-256 as two people compare it: 3319-6205-DCE9-5556. The whole of it stands in files and commands."""
    return "-".join(digest[at : at + 4] for at in range(0, min(16, len(digest)), 4)).upper()


def list_words(words: Iterable[str]) -> str:
    """Words in one row, as in 签到、关注、每日扫码; nothing for no words."""
    return "、".join(words)


@dataclass(frozen=True, slots=True)
class Reason:
    """A code for programs and a Chinese sentence for people."""

    code: str
    sentence: str
