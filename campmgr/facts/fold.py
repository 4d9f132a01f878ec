"""How facts become tables: what each fold declares of itself, and what it has in hand while it works (docs/ledger.md#folds)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from campmgr.facts.admission import Admission
from campmgr.facts.totals import Differences
from campmgr.facts.world import World
from campmgr.store.door import Writer
from campmgr.store.tables import Table


@dataclass(frozen=True, slots=True)
class Folding:
    """What folds have in hand during one run: the transaction, the world, what counts by it, what is added to the totals."""

    w: Writer
    world: World
    admission: Admission
    differences: Differences
    parts: Mapping[str, Sequence[Part]]
    """The parts that areas add to folds, by the fold's name."""


Follow = Callable[[Folding, Collection[str]], Iterable[str]]
"""Which of a fold's own keys have to be folded again, given the keys that changed in what it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One fold: all facts of one subject, in total order, into the rows of its tables.

    It never looks at what arrived, only at what is held: so any order, any cutting and any repetition give the same tables.
    """

    name: str
    sort: str
    """The sort of subject it folds: "person", "work" …"""
    run: Callable[[Folding, Sequence[str]], Collection[str]]
    """Folds these keys again, in their order. Returns the keys whose rows now say something else to the folds that read them."""
    tables: tuple[Table, ...]
    """The tables that it alone writes; a rebuild empties them."""
    finders: tuple[Table, ...] = ()
    """Tables that only help to find rows of the others; a rebuild empties them too. They stand in no state hash, since what finds a
    name may differ between versions."""
    shares: tuple[Table, ...] = ()
    """Tables of `facts` in which it keeps the rows of its own subjects, and only those."""
    reads: Mapping[str, Follow] = field(default_factory=dict)
    """What it reads beside its own facts and comes after: folds, "camp", "trust", "units", parts of the world. Whoever reads must
    say what of its own a change there touches, so that nothing can be read and then not followed."""
    reads_scopes: bool = False
    """Whether it looks at what is held in people scopes: its keys are their units, folded again when facts come or go there, or
    when other writers count there."""
    erases: bool = False
    """Whether it takes bodies out of the ledger: what was to be erased must go by whatever way it came, and however late."""
    settings: tuple[type[Any], ...] = ()
    """The sections of rules it reads; where one is amended, everything of its sort is folded again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What an area adds to a fold of another: declared like a fold, driven by the one it names."""

    fold: str
    name: str
    tables: tuple[Table, ...]
    reads: Mapping[str, Follow] = field(default_factory=dict)
    settings: tuple[type[Any], ...] = ()
