"""Codes that people type, paste or scan, taken out of whatever stands around them: one tidying for every sort of code.

A text is folded first: full width, capitals, what is not seen, and the letters that our codes never hold (O is 0, I and L are 1,
U is V). Then the code is looked for: all of the text, then groups of four, then a word alone, then any part of a word. A step
decides where exactly one part has the right check characters; so a prefix of a scanner or an address around a code does no harm,
and a mistyped code is never another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unicodedata import category

from campmgr.ids import is_certificate_number, is_person_code, is_roster_code, is_short_code
from campmgr.wording import normal

_LOOKALIKES = str.maketrans("OILU", "011V")
_DASHES = re.compile("[‐‑‒–—―−]")
_AIM = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
"""What a scanner may put before a code to tell its symbology, such as ]Q3 for a QR code."""

_LABEL = re.compile(r"^[^\W\d_]{1,12}\s*[:=#]\s*(?=\S)")
_LONGEST = 4000
"""Characters of a text that is looked at; nothing longer holds a code that somebody typed."""

_TOKEN = 26
"""Characters of the secret of a link to one's own page."""


def tidied(text: str) -> str:
    """A text without what nobody typed: control and zero-width characters, a scanner's mark, outer blanks; in half width."""
    seen = "".join(each for each in normal(text[:_LONGEST]) if category(each) not in {"Cc", "Cf"} or each in "\t\n\r")
    return _AIM.sub("", _DASHES.sub("-", seen).strip()).strip()


def readings(text: str) -> tuple[str, ...]:
    """A text as it is, tidied, and without a label before it (编号：, No.) or a stop behind it: for codes that may be anything."""
    plain = tidied(text)
    bare = plain.strip("*。，、；,;!！?？“”\"'()（）<>《》[]【】 ")
    return tuple(dict.fromkeys((text, plain, bare, _LABEL.sub("", bare))))


def certificate_number_in(text: str) -> str:
    """The certificate's number in a text, in its printed form; the text tidied where it holds none, or two."""
    found = _only(folded(text), 16, _WORD, is_certificate_number)
    return "-".join(found[at : at + 4] for at in range(0, 16, 4)) if found else _grouped(tidied(text))


def join_code_in(text: str) -> str:
    """The join code in a text; "" where it holds none, or two."""
    return _only(folded(text), 8, _WORD, is_short_code)


def person_code_in(text: str) -> str:
    """The sixteen digits of a card in a text; "" where it holds none, or two."""
    return _only(folded(text), 16, _DIGIT, is_person_code)


def person_code_alone_in(text: str) -> str:
    """The same where it stands alone: a longer number may be a 编号 that holds a code by chance."""
    return _only(folded(text), 16, _DIGIT, is_person_code, _ALONE)


def roster_code_in(text: str) -> str:
    """The ten digits of a sheet of paper in a text; "" where it holds none, or two."""
    return _only(folded(text), 10, _DIGIT, is_roster_code)


def page_token_in(text: str) -> str:
    """The secret of a link to somebody's own page in a text, which has no check characters: a word of its length alone."""
    plain = folded(text)
    found = set(re.findall(rf"(?<!{_WORD}){_WORD}{{{_TOKEN}}}(?!{_WORD})", plain))
    return found.pop() if len(found) == 1 else plain


_WORD, _DIGIT = "[0-9A-Z]", "[0-9]"
_Step = Callable[[str, int, str], Iterator[str]]


def folded(text: str) -> str:
    """A text tidied, in capitals, without the letters that our codes never hold."""
    return tidied(text).upper().translate(_LOOKALIKES)


def _grouped(text: str) -> str:
    """A text that may be a mistyped number as a number is printed; anything else as it is."""
    bare = "".join(each for each in text.upper() if each.isalnum())
    return "-".join(bare[at : at + 4] for at in range(0, 16, 4)) if len(bare) == 16 else text


def _only(plain: str, length: int, sort: str, fits: Callable[[str], bool], steps: tuple[_Step, ...] = ()) -> str:
    for step in steps or (*_ALONE, _anywhere):
        found = {each for each in step(plain, length, sort) if fits(each)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _whole(plain: str, length: int, sort: str) -> Iterator[str]:
    bare = re.sub(r"[-\s]", "", plain)
    if len(bare) == length and re.fullmatch(f"{sort}+", bare):
        yield bare


def _in_groups(plain: str, length: int, sort: str) -> Iterator[str]:
    """Groups as they are printed: of four, or half and half."""
    for group in {4, length // 2}:
        pattern = rf"(?<![0-9A-Z])(?={sort})((?:{sort}{{{group}}}[-\s]){{{length // group - 1}}}{sort}{{{group}}})(?![0-9A-Z])"
        if length % group == 0:
            yield from (re.sub(r"[-\s]", "", each) for each in re.findall(pattern, plain))


def _alone(plain: str, length: int, sort: str) -> Iterator[str]:
    """A word of its length, or one with blanks and strokes in it."""
    pattern = rf"(?<![0-9A-Z])(?=((?:{sort}[-\s]?){{{length - 1}}}{sort})(?![0-9A-Z]))"
    yield from (re.sub(r"[-\s]", "", each) for each in re.findall(pattern, plain))


def _anywhere(plain: str, length: int, sort: str) -> Iterator[str]:
    for word in re.findall(rf"{sort}+(?:-{sort}+)*", plain):
        bare = word.replace("-", "")
        yield from (bare[at : at + length] for at in range(len(bare) - length + 1))


_ALONE: tuple[_Step, ...] = (_whole, _in_groups, _alone)
