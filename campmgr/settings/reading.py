"""How a value of a setting is read from TOML, from the ledger or from what somebody typed, and how it is written again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from campmgr.clock import parse_day, until_instant, utc_text
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, Form, Value, Words
from campmgr.wording import normal

LONGEST_TEXT = 4000


def read_value(about: Field, found: object) -> Value | Complaint:
    """A raw value in the setting's own type, or the complaint about it."""
    return (about.form or BY_TYPE[about.type])(about, found)


def read_text(about: Field, typed: str) -> Value | Complaint:
    """A value that somebody typed: numbers in digits, 是/否, lists separated by 、 or commas, or as JSON."""
    typed = typed.strip()
    raw: object = typed
    if about.type == "int":
        digits = normal(typed)
        raw = int(digits) if digits.isascii() and digits.removeprefix("-").isdigit() and len(digits) < 20 else typed
    elif about.type == "bool":
        raw = _YES_NO.get(typed.casefold(), typed)
    elif about.type == "tuple[str, ...]":
        raw = _typed_list(typed)
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
    said = f"“{found}”" if isinstance(found, str) else str(plain(found) if isinstance(found, tuple) else found)
    return said if len(said) <= 60 else said[:57] + "…" + said[-1]


def is_web_address(said: str) -> bool:
    """Whether a text is an address that a browser opens as it stands: with http or https, and a host."""
    try:
        parts = urlsplit(said)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in said
    except ValueError:
        return False


def wrong(about: Field, found: object, expected: str, reason: str) -> Complaint:
    """The complaint about a value that was found."""
    return Complaint(about.key, quoted(found), expected, reason)


def text(about: Field, found: object) -> str | Complaint:
    """A text, one of the allowed ones if there are such."""
    if not isinstance(found, str):
        return wrong(about, found, "一段文字", "wrong_usage")
    if about.required and not found.strip():
        return wrong(about, found, "不空的文字", "missing_value")
    if about.allowed and found not in about.allowed:
        return wrong(about, found, _choice(about), "unknown_word")
    if len(found) > LONGEST_TEXT:
        return wrong(about, found, f"不超过 {LONGEST_TEXT} 字的文字", "too_long")
    return found


def words(about: Field, found: object) -> Words | Complaint:
    """A list of texts, none of them twice, all of them allowed."""
    if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
        return wrong(about, found, "一列文字", "wrong_usage")
    listed: Sequence[str] = found
    unknown = [each for each in listed if not each.strip() or (about.allowed and each not in about.allowed)]
    if unknown:
        return wrong(about, unknown[0], _choice(about) if about.allowed else "不空的文字", "unknown_word")
    if len(set(listed)) < len(listed):
        return wrong(about, found, "不重复的一列文字", "wrong_usage")
    if about.required and not listed:
        return wrong(about, found, "至少一项", "missing_value")
    return tuple(listed)


def day(about: Field, found: object) -> str | Complaint:
    """A form: a calendar day such as 2023-05-31, "" for none."""
    return _moment(about, found, parse_day, "日期，如 2023-05-31（没有就留空）")


def instant(about: Field, found: object) -> str | Complaint:
    """A form: a stored instant such as 2023-06-30T16:00:00Z, "" for none; a day alone counts until its 24:00."""
    return _moment(
        about,
        found,
        lambda said: utc_text(until_instant(said)),
        "时间，如 2023-06-30（算到当天 24:00）或 2023-06-30 18:00（没有就留空）",
    )


def hundredths(about: Field, found: object) -> int | Complaint:
    """A form: class-hours, kept as a whole number of hundredths; pages show and take them as class-hours, 8.00 for 800."""
    return _number(about, found)


_YES_NO = dict.fromkeys("是 要 true yes on 1".split(), True) | dict.fromkeys("否 不 不要 false no off 0".split(), False)
_SEPARATORS = str.maketrans(dict.fromkeys("、，,；;", "\n"))


def _typed_list(typed: str) -> object:
    """The parts of a typed list; sentences with commas of their own must be given as a JSON list."""
    if typed.startswith("["):
        try:
            return json.loads(typed)
        except (ValueError, RecursionError):
            return typed
    return [part.strip() for part in typed.translate(_SEPARATORS).split("\n") if part.strip()]


def _choice(about: Field) -> str:
    return "其中之一：" + "、".join(about.allowed)


def _number(about: Field, found: object) -> int | Complaint:
    if isinstance(found, bool) or not isinstance(found, int):
        return wrong(about, found, "一个整数（不带小数点）", "bad_number")
    if not about.least <= found <= about.most:
        return wrong(about, found, f" {about.least} 到 {about.most} 之间的整数", "out_of_range")
    return found


def _switch(about: Field, found: object) -> bool | Complaint:
    return found if isinstance(found, bool) else wrong(about, found, "是或否（TOML 里写 true 或 false）", "wrong_usage")


def _moment(about: Field, found: object, read: Callable[[str], str], expected: str) -> str | Complaint:
    """A day or an instant; TOML's own dates are taken as well, and so is the empty text."""
    said = found.isoformat() if isinstance(found, date | datetime) else found
    if said == "":
        return ""
    try:
        return read(said) if isinstance(said, str) else wrong(about, found, expected, "bad_date")
    except (ValueError, OverflowError):
        return wrong(about, found, expected, "bad_date")


BY_TYPE: dict[str, Form] = {"str": text, "int": _number, "bool": _switch, "tuple[str, ...]": words}
"""How a value is read where its setting names no form."""
