"""The order of classes: 一二三四五六, 初一 … 高三, 2班 before 10班; one key for every list, page and file."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from campmgr.wording import normal

_DIGITS = {each: value for value, each in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_HAN = "[〇零一二两三四五六七八九十百]+"
_NURSERY = {"托班": 1, "小班": 2, "中班": 3, "大班": 4}
_STAGES = {"小": 10, "小学": 10, "初": 16, "初中": 16, "高": 19, "高中": 19, "大": 22, "大学": 22}
"""What stands before a stage's first year; 七年级 is 初一, 十年级 is 高一."""

_OF_STAGE = re.compile(r"(?P<stage>小学|初中|高中|大学|小|初|高|大)(?P<number>[一二三四五六1-6])(?:年级|年|级)?(?P<more>.*)")
_OF_SCHOOL = re.compile(rf"(?P<number>[0-9]{{1,2}}|{_HAN})(?:年级|年)(?P<more>.*)")
_SHORT = re.compile(rf"(?P<number>[0-9]{{1,2}}|{_HAN})(?P<more>\s*[(.·-]\s*(?:[0-9]|{_HAN}).*|(?<![0-9])[0-9].*)")
"""三(2)班, 3.2 and 三2班 are of the third; 一班 and 3班 are of no grade."""

_PART = re.compile(rf"[0-9]+|{_HAN}|.")
_OTHERS = 90
"""Behind every grade: classes that name none, and departments."""


@lru_cache(maxsize=4096)
def class_key(name: str) -> str:
    """The key by which classes stand in order, as text; "" for no class. Two ways to write one class have one key."""
    text = _kept(normal(name).casefold())
    if not text:
        return ""
    grade, more = _grade(text, normal(name))
    return f"{grade:02d}{''.join(map(_part, _PART.findall(more)))}"


def _kept(text: str) -> str:
    """Letters and figures alone."""
    return "".join(each for each in text if category(each)[0] in "LNS")


def _grade(text: str, written: str) -> tuple[int, str]:
    """The place of the grade a class is of, and what of its name is behind it."""
    for word, place in _NURSERY.items():
        if text.startswith(word):
            return place, text[len(word) :]
    if match := _OF_STAGE.fullmatch(text):
        return _STAGES[match["stage"]] + _value(match["number"]), match["more"]
    match = _OF_SCHOOL.fullmatch(text) or _SHORT.fullmatch(written.casefold().strip())
    number = _value(match["number"]) if match else 0
    if match is None or not 1 <= number <= 12:
        return _OTHERS, text
    return 10 + number, _kept(match["more"])


def _part(part: str) -> str:
    """Numbers by their size, other words as they are; 班 alone says nothing."""
    if (part[0].isascii() and part[0].isdigit()) or part[0] in "十百" or part[0] in _DIGITS:
        return f"{min(_value(part), 999_999):06d}"
    return "" if part == "班" else part


def _value(number: str) -> int:
    if number.isascii():
        return int(number[:9])
    if "十" not in number and "百" not in number:
        return int("".join(str(_DIGITS[each]) for each in number)[:9])
    value = figure = 0
    for each in number:
        if each in _DIGITS:
            figure = _DIGITS[each]
        else:
            value, figure = value + (figure or 1) * (100 if each == "百" else 10), 0
    return value + figure


_NAMED = re.compile(r"((?:[小初高][一二三四五六]|[一二三四五六七八九]年级?|[0-9]{4}级))(.+)")


def parted(name: str) -> tuple[str, str]:
    """The grade that a class names, as it is written, and the rest: 三年1班 → 三年 and 1班; "" and the name where it names none."""
    match = _NAMED.fullmatch(name)
    return (match[1], match[2]) if match else ("", name)


_LAST_YEARS = {"小": 6, "小学": 6, "初": 3, "初中": 3, "高": 3, "高中": 3, "大": 4, "大学": 4}
_LAST_GRADES = {6, 9, 12}
"""After these a school is left: 六年级, 九年级, 十二年级."""
_HAN_YEARS = "〇一二三四五六七八九"


def a_year_later(name: str) -> str:
    """What a class is called a year later: 三年1班 is 四年1班; "" for one that leaves its school; one without a grade stays."""
    text = name.strip()
    nursery = list(_NURSERY)
    for word, after in zip(nursery, [*nursery[1:], ""], strict=True):
        if text.startswith(word):
            return after and after + text[len(word) :]
    match, last = _OF_STAGE.fullmatch(text), 0
    if match:
        last = _LAST_YEARS[match["stage"]]
    else:
        match = _OF_SCHOOL.fullmatch(text) or _SHORT.fullmatch(text)
    number = _value(match["number"]) if match else 0
    if match is None or not 1 <= number <= 12:
        return text
    if number == last or (not last and number in _LAST_GRADES):
        return ""
    start, end = match.span("number")
    return text[:start] + _written(number + 1, match["number"]) + text[end:]


def _written(number: int, like: str) -> str:
    """A number up to twelve, in figures or in Chinese as another is written."""
    if like.isascii():
        return str(number)
    return _HAN_YEARS[number] if number < 10 else "十" + (_HAN_YEARS[number - 10] if number > 10 else "")
