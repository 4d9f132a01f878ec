"""The form a judge fills in, on a page or in a workbook: what it holds, in which order, and how a row is known again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.ids import canonical, sha256

RECUSED, ABSTAINED = "回避", "弃权"
"""What stands in the column 回避 of a work that is not marked; neither is a low mark."""

SHORTEST, FORM_LENGTH = 8, 16
_NUMBER = re.compile(r"([0-9a-f]{8,64})-([0-9A-Z]{2})")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class FormWork:
    """A work as a judge sees it: its id, what may be shown of it, and the names of its files in the pack."""

    entry: str
    title: str
    kind: str
    theme: str = ""
    words: str = ""
    link: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """One judge's form of a round. `code`: what tells it from every other judge's, round's and activity's; `scale`: the highest
    mark; `step`: hundredths between two marks; `anchors`: (marks, what they mean); `works` in the order in which this judge sees
    them; `sealed_for`: the public sealing key (hex) of the data file that gives the form out: what the page hands back is closed
    for it.
    """

    code: str
    activity: str
    round: str
    judge: str
    criteria: tuple[str, ...]
    scale: int
    step: int
    anchors: tuple[tuple[str, str], ...]
    works: tuple[FormWork, ...]
    sealed_for: str
    closes_at: str = ""

    @property
    def title(self) -> str:
        """The title of the sheet."""
        return f"{self.activity}评分表（评委：{self.judge}）"

    def number(self, work: FormWork) -> str:
        """What a work is called in this judge's form: see `work_number`."""
        return work_number(self.code, work.entry)


def form_code(form: str, judge: str) -> str:
    """What stands on one judge's form (`form`: the digest of the round's): another judge, round, activity, or other criteria give
    another.
    """
    return sha256(canonical([form, judge]))[:FORM_LENGTH].upper()


def work_number(form: str, entry: str) -> str:
    """A work in a form: the beginning of its id and two check characters that belong to this work in this form alone."""
    return f"{entry[:SHORTEST]}-{_check(form, entry[:SHORTEST])}"


def entry_begins(form: str, number: str) -> str:
    """How the id of the work begins that a row names; "" where number and check characters do not fit this form."""
    found = _NUMBER.fullmatch(number.strip().replace(" ", ""))
    return found[1] if found and _check(form, found[1][:SHORTEST]) == found[2] else ""


def in_drawn_order(entries: Iterable[str], seed: str, judge: str) -> list[str]:
    """Works in an order of a judge's own, so that no work is always seen last; the same seed gives the same order anywhere."""
    return sorted(entries, key=lambda entry: sha256(f"{seed}|{judge}|{entry}"))


def _check(form: str, begins: str) -> str:
    value = int(sha256(f"{form}|{begins}")[:8], 16)
    return _ALPHABET[value % len(_ALPHABET)] + _ALPHABET[value // len(_ALPHABET) % len(_ALPHABET)]
