"""Every fold there is, its parts joined to it, in the order in which they run (docs/ledger.md#folds)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from campmgr.facts import batches
from campmgr.facts.area import Area
from campmgr.facts.catalogue import Catalogue, Misbuilt, catalogue, place
from campmgr.facts.fold import ROOT, Fold, Folding, Follow, Part
from campmgr.facts.tables import SHARED, TOTALS
from campmgr.facts.world import OWN_TABLES, world_parts
from campmgr.store.door import Reader
from campmgr.store.tables import Table

_OWN = "campmgr/facts"


class FoldRegistry:
    """The folds in their order, and every folded table. Raises Misbuilt where declarations do not fit together."""

    def __init__(self, every: Catalogue) -> None:
        said: list[tuple[str, Fold | Part]] = [(f"{_OWN}/batches.py", fold) for fold in batches.FOLDS]
        said += [(_file(area, area.folds), each) for area, some in every.named("folds") for each in some]
        parts = world_parts(every)
        self.folds = tuple(_in_order(_with_parts(said), readable={ROOT, *(part.name for part in parts)}))
        added = [each for _, each in said if isinstance(each, Part)]
        self.parts = {fold.name: tuple(part for part in added if part.fold == fold.name) for fold in self.folds}
        self.sorts = frozenset(fold.sort for fold in self.folds)
        owned = [(_OWN, (*OWN_TABLES, *SHARED, *TOTALS)), ("the world", tuple(part.table for part in parts))]
        owned += [(f"the fold {fold.name!r}", fold.tables) for fold in self.folds]
        self.tables = _each_once(owned)


def folds_of(r: Reader) -> FoldRegistry:
    """The folds of the data file in hand."""
    return catalogue(r).joined(FoldRegistry)


def _file(area: Area, where: str) -> str:
    return place(area, where.partition(":")[0].partition(f".{area.name}.")[2].replace(".", "/"))


def _with_parts(said: Sequence[tuple[str, Fold | Part]]) -> dict[str, tuple[str, Fold]]:
    """The folds by name with the file that names each, the parts joined to the folds they name."""
    folds: dict[str, tuple[str, Fold]] = {}
    for where, each in said:
        if isinstance(each, Fold):
            if each.name in folds:
                raise Misbuilt(f"{where}: the fold {each.name!r} is named already in {folds[each.name][0]}")
            folds[each.name] = (where, each)
    for where, each in said:
        if isinstance(each, Part):
            if each.fold not in folds:
                raise Misbuilt(f"{where}: {each.name!r} is a part of the fold {each.fold!r}, which nobody names")
            at, fold = folds[each.fold]
            folds[each.fold] = (at, _joined(fold, each))
    return folds


def _joined(fold: Fold, part: Part) -> Fold:
    reads = {name: _both(*filter(None, (fold.reads.get(name), part.reads.get(name)))) for name in {**fold.reads, **part.reads}}
    return replace(fold, tables=(*fold.tables, *part.tables), reads=reads, settings=(*fold.settings, *part.settings))


def _both(*follows: Follow) -> Follow:
    if len(follows) == 1:
        return follows[0]

    def follow(folding: Folding, changed: Collection[str]) -> Iterable[str]:
        return chain.from_iterable(each(folding, changed) for each in follows)

    return follow


def _in_order(folds: Mapping[str, tuple[str, Fold]], readable: Collection[str]) -> list[Fold]:
    """Each after all that it reads, and otherwise as they are named. Raises Misbuilt for a circle and for what nobody folds."""
    for where, fold in folds.values():
        if missing := [name for name in fold.reads if name not in folds and name not in readable]:
            raise Misbuilt(f"{where}: the fold {fold.name!r} reads {missing[0]!r}, which nobody folds")
    placed: dict[str, Fold] = {}
    waiting = dict(folds)
    while waiting:
        ready = next((name for name, (_, fold) in waiting.items() if not waiting.keys() & fold.reads.keys()), None)
        if ready is None:
            circle = ", ".join(f"{name!r} in {where}" for name, (where, _) in waiting.items())
            raise Misbuilt(f"these folds wait for each other, so none can be the first: {circle}")
        placed[ready] = waiting.pop(ready)[1]
    return list(placed.values())


def _each_once(owned: Iterable[tuple[str, Sequence[Table]]]) -> tuple[Table, ...]:
    """All tables by name. Raises Misbuilt where two would write one."""
    owners: dict[str, str] = {}
    tables: dict[str, Table] = {}
    for owner, some in owned:
        for table in some:
            if table.name in owners:
                raise Misbuilt(f"the table {table.name!r} is written by {owners[table.name]} and by {owner}; only one may")
            owners[table.name], tables[table.name] = owner, table
    return tuple(tables[name] for name in sorted(tables))
