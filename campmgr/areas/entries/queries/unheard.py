"""Words about works and batches that count for nothing, since whoever said them may not: to be told to the host."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from campmgr.store.door import Reader


class UnheardWords(NamedTuple):
    """What was said in a unit's scope in an activity: (word, subject, fact) each, and the day of the first."""

    activity: str
    unit: str
    words: list[tuple[str, str, str]]
    since: str


def unheard_words(r: Reader) -> Iterator[UnheardWords]:
    """Those of every activity and unit, in one order on every laptop."""
    rows = r.all(
        "select activity, unit, word, entry, fact, said_on from entry_words where tells = 1"
        " union all select activity, unit, word, handin, fact, said_on from handin_words where tells = 1 order by 1, 2, 3, 4, 5"
    )
    for (activity, unit), some in groupby(rows, key=lambda row: (row[0], row[1])):
        told = list(some)
        yield UnheardWords(activity, unit, [(row[2], row[3], row[4]) for row in told], min(row[5] for row in told))


def titles_of(r: Reader, entries: set[str]) -> dict[str, str]:
    """Titles of works by their ids."""
    return dict(r.among("select entry, title from entries where entry in (:keys)", entries))
