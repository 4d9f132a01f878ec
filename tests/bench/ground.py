"""Filled data files with facts, to measure on: made once by the program's own writing, kept in a folder, copied or read from there.

What is kept is named by its size and by what a tiny file made just now looks like, row by row with ids masked: once a table, a
kind, a fold or the made-up camp changes, so does the name, and what was kept under the old one is not used any more.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import platformdirs

from campmgr.areas.hours.settings import Completion
from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.config import STATE_FOLDER
from campmgr.facts import world as worlds
from campmgr.facts.world import World
from campmgr.ids import canonical, sha256
from campmgr.ledger.envelope import Draft
from campmgr.store import data_file
from campmgr.store.door import Reader, Store
from tests.bench.made_camp import (
    NOW,
    MadePerson,
    certifying,
    earnings,
    joining,
    learning,
    made_people,
    open_made,
    publishing,
    say_all,
    units_by_code,
)

Progress = Callable[[int], None]
"""Hears how many people are done."""


def nobody_hears(done: int) -> None:
    """For files that are made while nobody watches."""
    del done


FOLDER = "CAMPMGR_BENCH"
"""Environment variable that moves the folder in which filled files are kept."""

_RUN = 2000
"""People of one transaction: all about them is said and folded before the next, so that memory does not grow."""

_STRETCH = 25_000
"""People told by one program, after which the memory it has used is given back."""

_TINY, _TINY_WIDE = 60, 20
_FROZEN_AT = "2023-07-01T00:00:00"
_OWN = ("local_keys", "writer_keys", "seals", "meta")
"""Tables that are never the same twice: keys, what they signed, and which writer a file is."""

_IDS = re.compile(r"[0-9a-f]{12,}|\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b")


def kept_folder() -> Path:
    """Where filled files are kept: CAMPMGR_BENCH, else in the user's cache. It need not exist."""
    given = os.environ.get(FOLDER)
    return Path(given) if given else platformdirs.user_cache_path("campmgr", appauthor=False) / "bench"


def kept(count: int, hear: Progress = nobody_hears, wide: int = 0) -> Path:
    """The kept file of so many people, made now where there is none. It is for reading: who writes takes a copy.

    `wide`: in how many units they are at home; 0: in schools of some 200.
    """
    named = f"{count}-in-{wide}" if wide else f"{count}"
    path = kept_folder() / f"{named}-{fingerprint()}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=path.parent) as folder:
            made = Path(folder) / "camp.sqlite"
            make(made, count, hear, wide)
            made.replace(path)
    return path


def copied(count: int, target: Path, wide: int = 0) -> Path:
    """A copy of the kept file, to be written in by the same writer: the kept one never writes again."""
    shutil.copyfile(kept(count, wide=wide), target)
    store = Store(target, CATALOGUE, FixedClock(NOW))
    data_file.leave_marker(store)
    store.close()
    return target


def outdated() -> list[Path]:
    """Kept files that nothing can be measured on any more."""
    return [path for path in sorted(kept_folder().glob("*.sqlite")) if not path.stem.endswith(fingerprint())]


def make(path: Path, count: int, hear: Progress = nobody_hears, wide: int = 0) -> None:
    """Write so many people, what they did and were given, and one frozen list into a new data file."""
    with state_in(path.parent):
        open_made(path, count, wide).close()
        for start in range(0, count, _STRETCH):
            if count <= _STRETCH:
                _tell(path, count, start, wide)
            else:
                with ProcessPoolExecutor(1, get_context("spawn")) as program:  # ends, and gives back all the memory it took
                    program.submit(_tell, path, count, start, wide).result()
            hear(min(start + _STRETCH, count))
        store = Store(path, CATALOGUE, FixedClock(NOW))
        with store.writing(alone=True) as w:
            freeze(w, _FROZEN_AT)
        store.empty_log()
        store.close()


def _tell(path: Path, count: int, start: int, wide: int) -> None:
    """Say all about one stretch of people."""
    store = Store(path, CATALOGUE, FixedClock(NOW))
    with store.reading() as r:
        story, units = _story(worlds.load(r)), units_by_code(r)
    people = islice(made_people(count, units, wide), start, start + _STRETCH)
    while run := list(islice(people, _RUN)):
        with store.writing(alone=True) as w:
            say_all(w, (draft for one in run for draft in story(one)))
    store.close()


def _story(world: World) -> Callable[[MadePerson], list[Draft]]:
    """Everything that is said of somebody, in the order of time."""
    camp, earned, required = world.campaign, earnings(world.rules), world.rules[Completion].required_hundredths

    def story(one: MadePerson) -> list[Draft]:
        certified = certifying(camp, one, earned[one.course], required)
        return [*joining(one), *learning(one), *publishing(camp, one), *certified]

    return story


@contextmanager
def state_in(folder: Path) -> Iterator[None]:
    """What is noted outside a data file goes into this folder, not into the user's own."""
    before = os.environ.get(STATE_FOLDER)
    os.environ[STATE_FOLDER] = str(folder / "state")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(STATE_FOLDER)
        else:
            os.environ[STATE_FOLDER] = before


@cache
def fingerprint() -> str:
    """Twelve digits that change with anything that decides what a filled file holds."""
    with tempfile.TemporaryDirectory(prefix="campmgr-tiny-") as folder:
        content = [list(_tiny(Path(folder) / f"tiny-{wide}.sqlite", wide)) for wide in (0, _TINY_WIDE)]
    return sha256(canonical(content))[:12]


def _tiny(path: Path, wide: int) -> Iterator[object]:
    make(path, _TINY, wide=wide)
    store = Store(path, CATALOGUE)
    with store.reading() as r:
        yield from _content(r)
    store.close()


def _content(r: Reader) -> Iterator[object]:
    """Every table as it was declared, and its rows with ids masked, in order; without the number of a fact in its stream, since
    people who are carried in one go are numbered by their ids, which differ each time.
    """
    for name, sql in r.all("select name, sql from sqlite_master where sql is not null order by name"):
        yield sql
        if sql.startswith("CREATE TABLE") and name not in _OWN and not name.startswith(("_", "sqlite_")):
            told = [column for (column,) in r.all("select name from pragma_table_info(:name)", name=name)
                    if (name, column) != ("facts", "seq")]  # fmt: skip
            rows = r.all(f"select {', '.join(told)} from {name}")  # noqa: S608 - our own names
            yield sorted(_IDS.sub("#", canonical(row)) for row in rows)
