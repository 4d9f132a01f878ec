"""1,000 works of five judges: all methods, agreement, what would be without each judge; and who judges what."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from campmgr.areas.judging.rules.assigning import assign
from campmgr.areas.judging.rules.leaning import leaning
from campmgr.areas.judging.rules.methods import Frame, Marked, agreement
from tests.bench.figures import Figure, of_limit


def judging(works: int) -> Iterator[Figure]:
    """Against the two seconds that a report of this size may take."""
    dice, frame = random.Random(3), Frame((25, 15, 20, 15, 15, 10))

    def whole() -> float:
        # Other marks each time: what was reckoned of the same is kept.
        marked = [Marked(f"{work:05}", f"j{judge}", tuple(50 * dice.randint(0, 20) for _ in frame.weights))
                  for work in range(works) for judge in range(5)]  # fmt: skip
        start = time.process_time()
        leaning(marked, frame, "raw", 3)
        agreement(marked, frame)
        return time.process_time() - start

    yield of_limit(
        f"all methods, agreement, without each judge: {works:,} works", min(whole() for _ in range(3)) * 1000, 2000, "ms"
    )

    entries, judges = [f"{work:05}" for work in range(2 * works)], [f"j{judge:02}" for judge in range(30)]
    recused = {(entry, judge) for entry in entries for judge in judges[:15] if dice.random() < 0.15}

    def assigned() -> float:
        start = time.process_time()
        assign(entries, judges, 5, "seed", recused)
        return time.process_time() - start

    yield of_limit(f"assignment of {10 * works:,} pairs to 30 judges", min(assigned() for _ in range(3)) * 1000, 1000, "ms")
