"""Thirteen offices, and two counties that hand sticks across: python -m tests.acceptance.thirteen_nodes [FIRST] [LAST].

The stories of `tests.simulation` with four offices more, in a program of its own, since the offices are named in tables of those
modules. Each seed is told, and whether it came to one truth.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.simulation.chance import PLACES, Chance
from tests.simulation.nine import begin, make_template
from tests.simulation.resting import check
from tests.simulation.rights import GRANTS, PARENTS, UNITS

LINES = 80
_MORE = {"县2": ("市2", "350203"), "学校4": ("县2", "S4"), "社区2": ("县2", "C2"), "学校5": ("县1", "S5")}
_UNITS = {"S4": "350203", "C2": "350203", "S5": "350102"}
_CROSSING = ("县1", "县2")


def main(words: list[str]) -> int:
    """Tell the stories of these seeds, 0 to 19 if nobody says otherwise; 0 when all came to one truth."""
    first, last = [int(word) for word in words] or [0, 20]
    for name, (parent, unit) in _MORE.items():
        PARENTS[name], GRANTS[name] = parent, unit
        PLACES[name] = [unit] if name != "县2" else ["S4", "C2", "S3"]
    UNITS.update(_UNITS)
    with tempfile.TemporaryDirectory() as folder:
        make_template(Path(folder) / "thirteen")
        bad = [seed for seed in range(first, last) if not _comes_to_one_truth(Path(folder), seed)]
    sys.stdout.write(f"not one truth: {bad}\n" if bad else f"{last - first} stories of {len(PARENTS)} offices, one truth each\n")
    return 1 if bad else 0


def _comes_to_one_truth(folder: Path, seed: int) -> bool:
    began = time.process_time()
    story = begin(folder / "thirteen", folder / str(seed))
    try:
        story.tell(_lines(seed))
        problems = check(story)
    finally:
        shutil.rmtree(folder / str(seed))
    sys.stdout.write(f"{seed}: {time.process_time() - began:.1f} s  {'; '.join(map(str, problems)) or 'one truth'}\n")
    sys.stdout.flush()
    return not problems


def _lines(seed: int) -> list[str]:
    """The lines of a seed, with sticks between the two counties among them."""
    told, dice = Chance(seed).lines(LINES), Random(f"across {seed}")
    for number in range(dice.randint(2, 8)):
        giver, taker = dice.sample(_CROSSING, 2)
        at = dice.randrange(len(told))
        told[at:at] = [f"{giver} 包 across{number} {taker}", f"{taker} 收 across{number}"]
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
