"""What a number looks like under its format, as far as the format adds something: leading zeros, words around it, percent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from campmgr.files.odd_cells import FormattedNumber

BUILT_IN = {9: "0%", 10: "0.00%"}
"""Formats that files name by number alone and that show more than the digits."""

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<plain>.)', re.DOTALL)
_DISPLAYED = re.compile(r"([^0-9.,]*)([0-9][0-9,]*(?:\.[0-9]+)?)([^0-9]*)")
_PLACES = frozenset("0#?")
_DATES = frozenset("ymdhsgbeaYMDHSGBEA@/")
_QUIET = " \u3000\xa0¥￥$€£()（）+-–—:"
"""What may stand around a number without saying anything."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A format of whole numbers, taken apart: what stands before and behind, and the pattern of digits between."""

    before: str
    pattern: tuple[str, ...]
    behind: str
    decimals: int
    percent: bool

    @property
    def words(self) -> bool:
        """Whether it says something around the digits."""
        return bool((self.before + self.behind).strip(_QUIET)) or self.percent


def may_show_more(code: str) -> bool:
    """Whether a format can show more of a number than its digits."""
    return _form(code) is not None


def formatted(value: float, code: str) -> FormattedNumber | None:
    """A number as its format shows it; None where that is no more than the number itself."""
    form = _form(code)
    if form is None or value < 0:
        return None
    amount = Decimal(repr(value)) * (100 if form.percent else 1)
    exact = format(amount.normalize(), "f")
    rounded = amount.quantize(Decimal(1).scaleb(-form.decimals), ROUND_HALF_UP)
    whole, _, part = format(rounded, "f").partition(".")
    body = _filled(form.pattern, whole) + (f".{part}" if part else "")
    behind = ("%" if form.percent else "") + form.behind
    shown = f"{form.before}{body}{behind}".strip()
    if not form.words and len(body) == len(whole) + (len(part) + 1 if part else 0):
        return None
    return FormattedNumber(value, shown, f"{form.before}{exact}{behind}".strip() if form.words else exact)


def displayed(value: float, shown: str) -> FormattedNumber:
    """A number and how a file says it is displayed, 45 and 45分钟. A number that is displayed scaled (12500 as 1.25万) is itself."""
    exact, match = Decimal(repr(value)), _DISPLAYED.fullmatch(shown)
    plain = format(exact.normalize(), "f")
    if not match:
        return FormattedNumber(value, shown, shown)
    percent = match[3].startswith(("%", "％"))
    amount = exact * 100 if percent else exact
    told = Decimal(match[2].replace(",", ""))
    decimals = len(match[2].partition(".")[2])
    if abs(amount - told) * 2 > Decimal(1).scaleb(-decimals):
        return FormattedNumber(value, shown, plain)
    exactly = format(amount.normalize(), "f")
    return FormattedNumber(value, shown, f"{match[1]}{exactly}{match[3]}" if (match[1] + match[3]).strip(_QUIET) else plain)


@lru_cache(maxsize=512)
def _form(code: str) -> _Form | None:
    """A format taken apart; None for one that shows dates, texts, scaled or conditional numbers, or nothing but the digits."""
    taken = _Taken()
    for token in _TOKEN.finditer(_first_section(code.replace("General", "0").replace("G/通用格式", "0"))):
        if not taken.take(token):
            return None
    if not taken.pattern or taken.pattern[-1] == ",":
        return None  # the last comma means thousands: the stored number is right, whatever stands behind it
    pattern = tuple(each for each in taken.pattern if each != ",")
    form = _Form(taken.before, pattern, taken.behind, taken.decimals, taken.percent)
    return form if form.words or "".join(pattern).count("0") > 1 or set(pattern) - _PLACES else None


class _Taken:
    """What the tokens of a format have come to so far."""

    def __init__(self) -> None:
        self.before = self.behind = ""
        self.pattern: list[str] = []
        self.decimals, self.percent = 0, False
        self._fraction = False

    def take(self, token: re.Match[str]) -> bool:
        """Take in a token; False for one that makes it a format of something else."""
        plain, bracket = token["plain"] or "", token["bracket"]
        if bracket is not None:
            return bool(bracket) and bracket[0] not in "<>=hmsHMSD"
        if plain in _DATES and plain:
            return False
        if plain and plain in _PLACES:
            self._place(plain)
        elif plain == ".":
            self._fraction = True
        elif plain == "%":
            self.percent = True
        elif plain == ",":
            self.pattern.append(",")
            return not self.behind and len(self.pattern) > 1
        elif self.pattern or self._fraction:
            self.behind += token["quoted"] or token["escaped"] or plain
        else:
            self.before += token["quoted"] or token["escaped"] or plain
        return True

    def _place(self, digit: str) -> None:
        """A place for a digit; what stood behind the last one stands between two."""
        if self._fraction:
            self.decimals += 1
            return
        self.pattern += [*self.behind, digit]
        self.behind = ""


def _first_section(code: str) -> str:
    """The part for numbers above zero."""
    quoted = False
    for place, character in enumerate(code):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            return code[:place]
    return code


def _filled(pattern: tuple[str, ...], digits: str) -> str:
    """The digits put into a pattern from its end; zeros fill up where the pattern has zeros."""
    rest, shown = list(digits.lstrip("0")), ""
    for each in reversed(pattern):
        if each not in _PLACES:
            shown = each + shown if rest or "0" in pattern else shown
        elif rest:
            shown = rest.pop() + shown
        elif each == "0":
            shown = "0" + shown
    return "".join(rest) + shown
