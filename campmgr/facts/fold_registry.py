"""Every fold there is, its parts joined to it, in the order in which they run (docs/ledger.md#folds).

Nothing here knows a fold by name: what does not fit together is refused with the file that says it, before a row is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from campmgr.facts import batches
from campmgr.facts.catalogue import Catalogue, Misbuilt, catalogue, place
from campmgr.facts.fold import Fold, Folding, Follow, Part
from campmgr.facts.kinds import KINDS
from campmgr.facts.tables import SHARED, TOTALS
from campmgr.facts.world import OWN
from campmgr.ledger.kinds import Kind
from campmgr.store.door import Reader
from campmgr.store.tables import Table

_FACTS = "facts"


@dataclass(frozen=True, slots=True)
class _Declared:
    """A fold or a part of one: who declares it, in which file, and whose rows it may read."""

    area: str
    file: str
    reach: frozenset[str]
    what: Fold | Part


class FoldRegistry:
    """The folds in their order, and every folded table. Raises Misbuilt where declarations do not fit together."""

    def __init__(self, every: Catalogue) -> None:
        declared = _declared(every)
        folds, added = _by_name(declared)
        world = {part.name: area.name for area, parts in every.named("world") for part in parts}
        _check_reads(declared, {**dict.fromkeys(OWN, _FACTS), **world, **{name: fold.area for name, fold in folds.items()}})
        _check_kinds(every, {name: str(fold.what.sort) for name, fold in folds.items() if isinstance(fold.what, Fold)}, world)
        self.parts: Mapping[str, tuple[Part, ...]] = added
        joined = {name: _joined(fold.what, added[name]) for name, fold in folds.items() if isinstance(fold.what, Fold)}
        self.folds = tuple(_in_order(joined, {name: fold.file for name, fold in folds.items()}))
        self.sorts = frozenset(fold.sort for fold in self.folds)
        tables = [("the world", tuple(OWN.values())), ("the totals", TOTALS), ("whoever shares it", SHARED)]
        tables += [(f"{place(area)}'s world", (part.table,)) for area, parts in every.named("world") for part in parts]
        self.tables = _each_once([*tables, *((each.file, each.what.tables) for each in declared)])
        self.finders = tuple(chain.from_iterable(fold.finders for fold in self.folds))


def folds_of(r: Reader) -> FoldRegistry:
    """The folds of the data file in hand."""
    return catalogue(r).joined(FoldRegistry)


def _declared(every: Catalogue) -> list[_Declared]:
    found = [_Declared(_FACTS, "campmgr/facts/batches.py", frozenset({_FACTS}), fold) for fold in batches.FOLDS]
    for area, some in every.named("folds"):
        module = area.folds.partition(":")[0].replace(".", "/")
        found += [_Declared(area.name, f"{module}.py", frozenset({_FACTS, area.name, *area.uses}), each) for each in some]
    return found


def _by_name(declared: Sequence[_Declared]) -> tuple[dict[str, _Declared], dict[str, tuple[Part, ...]]]:
    """The folds by their names, and what is added to each."""
    folds: dict[str, _Declared] = {}
    for each in declared:
        if isinstance(each.what, Fold):
            if each.what.name in folds:
                raise Misbuilt(f"{each.file}: the fold {each.what.name!r} is named already in {folds[each.what.name].file}")
            folds[each.what.name] = each
    added: dict[str, tuple[Part, ...]] = dict.fromkeys(folds, ())
    for each in declared:
        if isinstance(each.what, Part):
            if each.what.fold not in folds:
                raise Misbuilt(f"{each.file}: {each.what.name!r} is a part of the fold {each.what.fold!r}, which nobody names")
            added[each.what.fold] += (each.what,)
    return folds, added


def _check_reads(declared: Sequence[_Declared], owners: Mapping[str, str]) -> None:
    """What is read must be there, and of an area that may be used; what is shared must be for sharing."""
    for each in declared:
        for name in each.what.reads:
            if name not in owners:
                raise Misbuilt(f"{each.file}: {each.what.name!r} reads {name!r}, which nobody folds")
            if owners[name] not in each.reach:
                raise Misbuilt(f"{each.file}: {each.what.name!r} reads {name!r} of {owners[name]}, which is not in its area's uses")
        if isinstance(each.what, Part) and owners[each.what.fold] not in each.reach:
            where = f"the fold {each.what.fold!r} of {owners[each.what.fold]}"
            raise Misbuilt(f"{each.file}: {each.what.name!r} adds to {where}, which is not in its area's uses")
        for table in each.what.shares if isinstance(each.what, Fold) else ():
            if table not in SHARED:
                raise Misbuilt(f"{each.file}: {each.what.name!r} shares the table {table.name!r}, which has an owner")


def _check_kinds(every: Catalogue, sorts: Mapping[str, str], world: Collection[str]) -> None:
    """The folds that a kind names must be there, and fold what it speaks of: else its facts would be recorded for nobody."""
    rows: list[tuple[str, Kind]] = [("campmgr/facts/kinds.py", kind) for kind in KINDS]
    rows += [(place(area, "kinds.py"), kind) for area, kinds in every.named("kinds") for kind in kinds]
    for file, kind in rows:
        for name in kind.folds:
            if name in sorts and sorts[name] not in kind.subjects:
                raise Misbuilt(f"{file}: {kind.name} speaks of {', '.join(kind.subjects)}, and the fold {name!r} of {sorts[name]}")
            if name not in sorts and name not in world and name not in OWN:
                raise Misbuilt(f"{file}: {kind.name} is for the fold {name!r}, which nobody names")


def _joined(fold: Fold, parts: Sequence[Part]) -> Fold:
    """A fold with what its parts write and read."""
    reads: dict[str, Follow] = dict(fold.reads)
    for part in parts:
        reads |= {name: _both(reads[name], follow) if name in reads else follow for name, follow in part.reads.items()}
    return replace(
        fold,
        tables=(*fold.tables, *chain.from_iterable(part.tables for part in parts)),
        reads=reads,
        settings=(*fold.settings, *chain.from_iterable(part.settings for part in parts)),
    )


def _both(one: Follow, other: Follow) -> Follow:
    def follow(folding: Folding, changed: Collection[str]) -> Iterable[str]:
        return chain(one(folding, changed), other(folding, changed))

    return follow


def _in_order(folds: Mapping[str, Fold], files: Mapping[str, str]) -> list[Fold]:
    """Each after all that it reads, and otherwise as they are named."""
    placed: list[Fold] = []
    waiting = dict(folds)
    while waiting:
        ready = next((name for name, fold in waiting.items() if not waiting.keys() & fold.reads.keys()), None)
        if ready is None:
            circle = " and ".join(f"{name!r} ({files[name]})" for name in waiting)
            raise Misbuilt(f"each of these folds reads another, so that none can be the first: {circle}")
        placed.append(waiting.pop(ready))
    return placed


def _each_once(owned: Iterable[tuple[str, Sequence[Table]]]) -> tuple[Table, ...]:
    """All tables by name; two that write one would undo each other's rows."""
    owners: dict[str, str] = {}
    tables: dict[str, Table] = {}
    for owner, some in owned:
        for table in some:
            if table.name in owners:
                raise Misbuilt(f"{owner}: the table {table.name!r} is written by {owners[table.name]} already")
            owners[table.name], tables[table.name] = owner, table
    return tuple(tables[name] for name in sorted(tables))
