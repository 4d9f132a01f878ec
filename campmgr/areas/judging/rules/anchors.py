"""What marks mean in words: the anchors of the rules, laid over the steps of a round, so that nobody marks by feel alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from campmgr.areas.judging.rules.rounds import Round, mark_text
from campmgr.wording import hundredths_of


class Band(NamedTuple):
    """Marks with one meaning, the highest first; `words` "" where no anchor speaks of them."""

    words: str
    marks: tuple[str, ...]


def bands_of(one: Round, anchors: Iterable[str]) -> tuple[Band, ...]:
    """The marks of a round by their anchors ("9-10=可作全国展播"), the highest first; those that none names by themselves."""
    ranges = [each for each in map(_range, anchors) if each is not None]
    found: list[tuple[str, list[str]]] = []
    for mark in reversed(one.choices):
        words = next((told for low, high, told in ranges if low <= mark <= high), "")
        if not found or found[-1][0] != words:
            found.append((words, []))
        found[-1][1].append(mark_text(mark))
    return tuple(Band(words, tuple(marks)) for words, marks in found)


def _range(anchor: str) -> tuple[int, int, str] | None:
    marks, _, words = anchor.partition("=")
    low, _, high = marks.replace("–", "-").partition("-")
    least, most = hundredths_of(low.strip()), hundredths_of((high or low).strip())
    return None if least is None or most is None else (least, most, f"{marks.strip()} {words.strip()}")
