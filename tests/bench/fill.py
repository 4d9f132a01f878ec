"""`python -m tests.bench.fill 10000 100000`: make filled data files once, prove them right, and say where they are kept.

Proved is that the tables hold as many rows as were made up, that every chain and seal of the ledger holds, and, up to 100,000
people or with --whole, that folding everything again changes nothing and leaves nobody to certify.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from pathlib import Path

from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts.checking import state_hash, verify_ledger
from campmgr.facts.folding import rebuild
from campmgr.store.door import Store
from tests.bench import ground
from tests.bench.figures import Stopwatch, say
from tests.bench.made_camp import NOW, made_people
from tests.bench.one_work import peak

_WHOLE = 100_000
"""People up to which everything is folded again to prove the file."""


def main() -> None:
    """Make what is missing, prove it, and list it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fill", description=__doc__)
    parser.add_argument("people", type=int, nargs="*", help="how many people: a file each")
    parser.add_argument(
        "--units", type=int, default=0, help="in so many units of every sort, instead of schools of some 200 people"
    )
    parser.add_argument("--whole", action="store_true", help="fold everything again whatever the size")
    parser.add_argument("--drop", action="store_true", help="remove kept files that no longer fit the program")
    asked = parser.parse_args()
    for path in ground.outdated():
        say(f"{path} no longer fits the program" + (", removed" if asked.drop else "; --drop removes it"))
        if asked.drop:
            path.unlink()
    for count in asked.people:
        _fill(count, asked.units, whole=asked.whole or count <= _WHOLE)


def _fill(count: int, units: int, *, whole: bool) -> None:
    watch = Stopwatch()
    with watch("made"):
        path = ground.kept(count, lambda done: say(f"{done:,} of {count:,} people, {_megabytes()}"), units)
    say(f"{path}: {path.stat().st_size / 1e6:,.0f} MB, {watch.took['made'].wall:.0f} s, {_megabytes()}")
    with watch("proved"):
        prove(count, units, whole=whole)
    say(f"proved in {watch.took['proved'].wall:.0f} s, {_megabytes()}")


def _megabytes() -> str:
    """The largest memory of this program so far, and of those it started, which Linux counts in KiB."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return f"{max(peak(), others) // 1024} MB of memory at most so far"


def prove(count: int, units: int = 0, *, whole: bool) -> None:
    """Raises AssertionError where the kept file of so many people is not what the program would have come to."""
    expected = _made_up(count, units)
    store = Store(ground.kept(count, wide=units), CATALOGUE, FixedClock(NOW))
    with store.reading() as r:
        found = {table: r.value(f"select count(*) from {table}") for table in expected}  # noqa: S608 - our own names
        assert not (problems := verify_ledger(r).problems), problems[:3]
    store.close()
    assert found == expected, (found, expected)
    if whole:
        _fold_again(count, units)


def _made_up(count: int, units: int) -> dict[str, int]:
    """How many rows each table has to have, as far as the made-up people tell."""
    found = dict.fromkeys(("people", "memberships", "marks", "conditions", "works", "readings"), 0)
    for one in made_people(count, wide=units):
        found["people"] += 1
        found["memberships"] += bool(one.member_of)
        found["marks"] += len(one.course.marks)
        found["conditions"] += bool(one.course.signed_in_on)
        found["works"] += one.work is not None
        found["readings"] += len(one.work.likes) if one.work else 0
    return found


def _fold_again(count: int, units: int) -> None:
    """In a copy: rebuild changes no row, nobody is left to certify, and whoever was refused lacks the sign-in."""
    with tempfile.TemporaryDirectory(prefix="proving-", dir=ground.kept_folder()) as folder, ground.state_in(Path(folder)):
        store = Store(ground.copied(count, Path(folder) / "camp.sqlite", units), CATALOGUE, FixedClock(NOW))
        with store.reading() as r:
            before = state_hash(r)
        with store.writing(alone=True) as w:
            rebuild(w)
            again = issue(w, dry_run=True)
        with store.reading() as r:
            assert state_hash(r) == before
        assert not again.issued
        assert {reason for _, reason in again.refused} <= {"sign_in_missing"}
        store.close()


if __name__ == "__main__":
    main()
