"""Two camps and a made-up sort in one file, five hundred random verbs and more: python -m tests.acceptance.undertakings [SEED]."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.activities.test_undertakings import holds_together
from tests.activities.undertakings import Undertakings
from tests.kit.story import Cast
from tests.kit.walks.area import WITH_WALKS

VERBS = 900
"""So that five hundred are done: some are refused, as they must be."""


def main(seeds: list[int]) -> int:
    """Live through each seed; what was done is printed. Raises AssertionError where states differ."""
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            cast = Cast(Path(folder), WITH_WALKS)
            life = Undertakings(cast, seed)
            life.live(VERBS)
            holds_together(life, Path(folder), seed)
            sys.stdout.write(f"seed {seed}: {sum(life.done.values())} done, {life.refused} refused, "
                             f"{len(life.root.facts())} facts, rows {life.reported}: {life.done}\n")  # fmt: skip
            cast.close()
    return 0


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or list(range(3))))
