"""One setting of a camp as data: its key, type, Chinese label, source and limits, and how a value for it is read.

The loader, its complaints, `rules show` and `rules set` all work from these descriptions, so none of them can disagree.
"""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from campmgr.clock import parse_day, parse_instant, utc_text
from campmgr.settings.length_bands import EXPECTED, read_bands, written_bands
from campmgr.settings.placeholders import PLACEHOLDERS, wrong_braces

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Words = tuple[str, ...]
Value = str | int | bool | Words

LARGEST = 2**53 - 1
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Field:
    """A setting. `source` is the requirement's id, `says` the notice's own words, `is_open` whether the notice leaves it open.

    `type` is "str", "int", "bool" or "tuple[str, ...]". `form` narrows a text: "filled" may not be empty (nor may such a list),
    "day" is a calendar day such as 2023-05-31, "instant" a stored instant such as 2023-06-30T16:00:00Z, both "" for none; "bands"
    length bands (`settings/length_bands`);
    "wording" a sentence with placeholders in braces; "digest" 64 hex digits, "template" a file's name, both "" for none.
    """

    key: str
    type: str
    form: str
    default: Value
    label: str
    source: str
    says: str
    is_open: bool
    allowed: Words
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one key: what was found ("" when nothing), what is expected, and the reason (errors.REASONS)."""

    key: str
    found: str
    expected: str
    reason: str

    @property
    def sentence(self) -> str:
        """The complaint as people read it."""
        return f"{self.key}：现在是 {self.found}，应为{self.expected}。" if self.found else f"{self.key}：{self.expected}"


def setting(
    label: str,
    source: str = "",
    says: str = "",
    *,
    default: Value = "",
    form: str = "",
    is_open: bool = False,
    allowed: Words = (),
    within: tuple[int, int] = (0, LARGEST),
) -> Any:
    """Declare a setting as a dataclass field that carries its description. Parameters as in `Field`; `within` for numbers."""
    about = {"label": label, "source": source, "says": says, "is_open": is_open}
    return field(default=default, metadata={**about, "form": form, "allowed": allowed, "least": within[0], "most": within[1]})


def described(section: str, shape: type[Any]) -> dict[str, Field]:
    """The descriptions of a section's settings by their keys, "section.name"."""
    found = {}
    for each in fields(shape):
        if each.default is MISSING:
            raise ValueError(f"{section}.{each.name} has no default")
        key = f"{section}.{each.name}"
        found[key] = Field(key=key, type=str(each.type), default=each.default, **each.metadata)
    return found


def read_value(about: Field, found: object) -> Value | Complaint:
    """A raw value (from TOML, or from the ledger) in the setting's own type, or the complaint about it."""
    return (_READERS.get(about.form) or _READERS[about.type])(about, found)


def read_text(about: Field, text: str) -> Value | Complaint:
    """A value that somebody typed: numbers in digits, 是/否, lists separated by 、 or commas, or as JSON."""
    text = text.strip()
    raw: object = text
    if about.type == "int":
        digits = normalize("NFKC", text)
        raw = int(digits) if digits.isascii() and digits.removeprefix("-").isdigit() and len(digits) < 20 else text
    elif about.type == "bool":
        raw = _YES_NO.get(text.casefold(), text)
    elif about.type == "tuple[str, ...]":
        raw = _typed_list(text)
    return read_value(about, raw)


def plain(value: Value) -> str | int | bool | list[str]:
    """A value as JSON and TOML hold it."""
    return list(value) if isinstance(value, tuple) else value


def shown(value: Value) -> str:
    """A value as `rules show` prints it, and as `read_text` understands it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, tuple):
        return str(value)
    joined = "、".join(value)
    return joined if _typed_list(joined) == list(value) else json.dumps(value, ensure_ascii=False)


def quoted(found: object) -> str:
    """What was found, short enough for a sentence."""
    text = f"“{found}”" if isinstance(found, str) else str(plain(found) if isinstance(found, tuple) else found)
    return text if len(text) <= 60 else text[:57] + "…" + text[-1]


_YES_NO = dict.fromkeys("是 要 true yes on 1".split(), True) | dict.fromkeys("否 不 不要 false no off 0".split(), False)
_SEPARATORS = str.maketrans(dict.fromkeys("、，,；;", "\n"))


def _typed_list(text: str) -> object:
    """The parts of a typed list; sentences with commas of their own must be given as a JSON list."""
    if text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return [part.strip() for part in text.translate(_SEPARATORS).split("\n") if part.strip()]


def _wrong(about: Field, found: object, expected: str, reason: str) -> Complaint:
    return Complaint(about.key, quoted(found), expected, reason)


def _choice(about: Field) -> str:
    return "其中之一：" + "、".join(about.allowed)


def _text(about: Field, found: object) -> str | Complaint:
    if not isinstance(found, str):
        return _wrong(about, found, "一段文字", "wrong_usage")
    if about.form == "filled" and not found.strip():
        return _wrong(about, found, "不空的文字", "missing_value")
    if about.allowed and found not in about.allowed:
        return _wrong(about, found, _choice(about), "unknown_word")
    if len(found) > LONGEST_TEXT:
        return _wrong(about, found, f"不超过 {LONGEST_TEXT} 字的文字", "too_long")
    return found


def _number(about: Field, found: object) -> int | Complaint:
    if isinstance(found, bool) or not isinstance(found, int):
        return _wrong(about, found, "一个整数（不带小数点）", "bad_number")
    if not about.least <= found <= about.most:
        return _wrong(about, found, f" {about.least} 到 {about.most} 之间的整数", "out_of_range")
    return found


def _switch(about: Field, found: object) -> bool | Complaint:
    return found if isinstance(found, bool) else _wrong(about, found, "是或否（TOML 里写 true 或 false）", "wrong_usage")


def _words(about: Field, found: object) -> Words | Complaint:
    if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
        return _wrong(about, found, "一列文字", "wrong_usage")
    words: Sequence[str] = found
    unknown = [each for each in words if not each.strip() or (about.allowed and each not in about.allowed)]
    if unknown:
        return _wrong(about, unknown[0], _choice(about) if about.allowed else "不空的文字", "unknown_word")
    if len(set(words)) < len(words):
        return _wrong(about, found, "不重复的一列文字", "wrong_usage")
    if about.form == "filled" and not words:
        return _wrong(about, found, "至少一项", "missing_value")
    return tuple(words)


def _bands(about: Field, found: object) -> Words | Complaint:
    words = _words(about, found)
    bands = None if isinstance(words, Complaint) else read_bands(words)
    return written_bands(bands) if bands else _wrong(about, found, EXPECTED, "wrong_usage")


def _day(about: Field, found: object) -> str | Complaint:
    return _moment(about, found, parse_day, "日期，如 2023-05-31（没有就留空）")


def _instant(about: Field, found: object) -> str | Complaint:
    return _moment(about, found, lambda text: utc_text(parse_instant(text)), "时间，如 2023-06-30T18:00（没有就留空）")


def _moment(about: Field, found: object, read: Callable[[str], str], expected: str) -> str | Complaint:
    """A day or an instant; TOML's own dates are taken as well, and so is the empty text."""
    text = found.isoformat() if isinstance(found, date | datetime) else found
    if text == "":
        return ""
    try:
        return read(text) if isinstance(text, str) else _wrong(about, found, expected, "bad_date")
    except (ValueError, OverflowError):
        return _wrong(about, found, expected, "bad_date")


def _wording(about: Field, found: object) -> str | Complaint:
    text = _text(about, found)
    if isinstance(text, Complaint):
        return text
    if not text.strip():
        return _wrong(about, found, "不空的文字", "missing_value")
    wrong = wrong_braces(text)
    names = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return _wrong(about, wrong, f"大括号里只能是 {names} 之一", "unknown_word") if wrong else text


def _digest(about: Field, found: object) -> str | Complaint:
    text = _text(about, found)
    if isinstance(text, str) and text and not _DIGEST.fullmatch(text):
        return _wrong(about, found, "64 位十六进制校验值（没有就留空；上传印章图片时会自动填好）", "bad_code")
    return text


def _template(about: Field, found: object) -> str | Complaint:
    text = _text(about, found)
    if isinstance(text, str) and text and not _TEMPLATE.fullmatch(text):
        return _wrong(about, found, "一个 .typ 文件的名字，不带文件夹（没有就留空）", "wrong_usage")
    return text


_DIGEST = re.compile("[0-9a-f]{64}")
_TEMPLATE = re.compile(r"[^/\\:*?\"<>|\x00-\x1f.][^/\\:*?\"<>|\x00-\x1f]{0,80}\.typ")

_READERS: dict[str, Callable[[Field, object], Value | Complaint]] = {
    "str": _text,
    "int": _number,
    "bool": _switch,
    "tuple[str, ...]": _words,
    "day": _day,
    "instant": _instant,
    "bands": _bands,
    "wording": _wording,
    "digest": _digest,
    "template": _template,
}
