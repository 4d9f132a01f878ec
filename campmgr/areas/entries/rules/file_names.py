"""Which work a file in a folder belongs to: by the name the table gives it, by the number it begins with, by the title it bears."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from campmgr.areas.entries.kinds import ROLES
from campmgr.areas.entries.rules.batch import file_name
from campmgr.wording import normal

_NUMBERED = re.compile(r"0*(\d{1,4})(?!\d)(?:-\d{1,2}(?!\d))?[-_.、．\s]*")
"""How a batch numbers its files: 01-作品名, a further file of the work 01-2-作品名; also 1、作品名 and 01.jpg."""

_MARKS = " -_.、，,（）()【】[]"

WORK = ROLES[0]


class NumberedWork(NamedTuple):
    """A row of the table: its number ("" for none), title, class, id, and the names of files that stand in it."""

    number: str
    title: str
    kind: str
    entry: str
    files: tuple[str, ...] = ()


class FileMeant(NamedTuple):
    """What a file is: of which work (None for none) and in which role; else why not, in a sentence."""

    work: NumberedWork | None
    role: str = WORK
    trouble: str = ""


def file_meant(name: str, works: Sequence[NumberedWork]) -> FileMeant:
    """The work that a file of this name belongs to, among the rows of a table."""
    stem = name.rpartition(".")[0] or name
    named = [each for each in works if _key(name) in map(_key, each.files)]
    if len(named) == 1:
        return FileMeant(named[0], _role(stem))
    match = _NUMBERED.match(stem)
    numbered = [each for each in works if match and each.number == match[1]]
    rest = stem[match.end() :] if match else ""
    if len(numbered) == 1:
        bearing = _titled(rest, works)
        if bearing and numbered[0] not in bearing:
            told = f"编号是《{numbered[0].title}》的，名称却是《{bearing[0].title}》，请改名。"
            return FileMeant(None, trouble=told)
        return FileMeant(numbered[0], _role(rest))
    titled = _titled(stem, works) or _titled(rest, works)
    if len(titled) == 1:
        return FileMeant(titled[0], _role(stem))
    if titled or named or numbered:
        return FileMeant(None, trouble="对上不止一件作品，请在文件名前面写上表里的序号。")
    return FileMeant(None, trouble="表里没有这个序号、名称或文件名，没有附上。")


def _titled(stem: str, works: Sequence[NumberedWork]) -> list[NumberedWork]:
    """The works whose title a name is, beside what says its role."""
    plain = _key(_without_role(stem))
    return [each for each in works if plain and plain in {_key(each.title), _key(file_name(0, each.title, "")[3:])}]


def _key(text: str) -> str:
    return "".join(normal(text).casefold().split()).strip(_MARKS)


def _role(stem: str) -> str:
    return next((each for each in ROLES[1:] if stem.rstrip(_MARKS).endswith(each)), WORK)


def _without_role(stem: str) -> str:
    told = stem.rstrip(_MARKS)
    for each in ROLES[1:]:
        if told.endswith(each) and told != each:
            return told.removesuffix(each).rstrip(_MARKS)
    return stem.strip(_MARKS)
