"""What was measured beside a program that a run does not install: the figures of that day, told as such.

Morango 0.8.15 (Django 3.2, SQLite), the sync engine of Kolibri, in turn with ours on one machine: the processor's time of each of
20,000 records, the best of three runs. Theirs neither signs nor closes a record; ours does both, and folds reports, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.bench.figures import Figure, Took, times_as_long

_WHEN = "recorded 2026-11-29, Linux x86_64, 2 cores"
_MORANGO = (
    ("a record said, chained, folded / Morango's save", 0.104, 0.336),
    ("a record packed / Morango's serialize, queue, JSON", 0.020, 0.227),
    ("a record taken in, proven, folded / Morango's deserialize", 0.094, 0.808),
)
"""What, and milliseconds of ours and of theirs."""


def beside_morango() -> Iterator[Figure]:
    """Nothing is run."""
    for what, ours, theirs in _MORANGO:
        found = times_as_long(what, Took(ours / 1000, ours / 1000), Took(theirs / 1000, theirs / 1000), 1)
        yield replace(found, waited=None, when=_WHEN)
