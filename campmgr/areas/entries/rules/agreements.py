"""What the makers of a work promise (E-16, H-13 to H-15): each text of the call for itself, in the version that was read."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from campmgr.areas.entries.settings import Entries
from campmgr.areas.works.rules.statements import statement_id


class Statement(NamedTuple):
    """A text that a call asks to be agreed to: its place in the list from 1, the words, and the id by which facts name them."""

    number: int
    text: str
    id: str


class Agreed(NamedTuple):
    """That a text was agreed to: its id, the version of the list it stood in, and when."""

    statement: str
    version: str
    at: str


def statements_of(asked: Entries) -> tuple[Statement, ...]:
    """The texts of a call, in its order."""
    return tuple(Statement(number, text, statement_id(text)) for number, text in enumerate(asked.statements, 1))


def agreement_of(asked: Entries, statement: Statement, agreed: Collection[Agreed]) -> Agreed | None:
    """How a text was agreed to in the version that is asked today; None where it was not."""
    version = asked.statements_version
    return next((each for each in agreed if (each.statement, each.version) == (statement.id, version)), None)


def lacking(asked: Entries, agreed: Collection[Agreed]) -> tuple[Statement, ...]:
    """The texts of today that were not agreed to."""
    return tuple(each for each in statements_of(asked) if agreement_of(asked, each, agreed) is None)


def agreed_words(asked: Entries, agreed: Collection[Agreed]) -> str:
    """Which texts were agreed to, as a cell tells it and reads it back: 全部, 1、3, or "" for none."""
    every, less = statements_of(asked), lacking(asked, agreed)
    return "全部" if every and not less else "、".join(str(each.number) for each in every if each not in less)
