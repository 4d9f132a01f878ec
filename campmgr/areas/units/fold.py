"""What a human should look at in the tree: units that were given one code, or spoken of side by side (docs/ledger.md#review)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from campmgr.facts.fold import Fold, Folding
from campmgr.facts.review import review_row, sides_row
from campmgr.facts.tables import REVIEW
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject, subject_key
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows

CODE_SHARED = "code_shared"


def fold_shared_codes(folding: Folding, units: Sequence[str]) -> tuple[()]:
    """A row for each of these units whose code another unit bears too, the rows of one code being one case; and for whatever two
    offices said of a unit without knowing of each other.
    """
    known = [unit for each in units if (unit := folding.world.tree.units.get(each))]
    rows = [_row(folding.world, unit) for unit in known if unit.is_code_shared]
    rows += [sides_row(sides, unit.unit) for unit in known for sides in unit.sides]
    sync_rows(folding.w, REVIEW, [subject("unit", unit) for unit in units], rows)
    return ()


def _row(world: World, unit: Unit) -> Row:
    bearers = world.tree.by_code[unit.code]
    born = max(birth.born_on for each in bearers if (birth := world.trust.births.of(each.unit)))
    names = sorted(each.unit for each in bearers)
    return review_row(subject("unit", unit.unit), CODE_SHARED, names, unit.unit, born, together=unit.code)


def _bearers(folding: Folding, changed: Collection[str]) -> Iterable[str]:
    """The changed units, those that bear their codes, and those that were shown to share one."""
    yield from changed
    tree = folding.world.tree
    for unit in changed:
        if unit in tree.units:
            yield from (each.unit for each in tree.by_code.get(tree.units[unit].code, ()))
    yield from (
        subject_key(row[0]) for row in folding.w.all("select subject from review where matter = :matter", matter=CODE_SHARED)
    )


FOLDS = (Fold(name="shared_codes", sort="unit", run=fold_shared_codes, tables=(), shares=(REVIEW,), reads={"units": _bearers}),)
