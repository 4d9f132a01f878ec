"""A camp from its first import to its reports, through the command line alone, beside the recount of the same files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

from tests.acceptance import compare
from tests.acceptance.made_likes import FIRST_READ, SECOND_READ
from tests.acceptance.made_units import PRESET
from tests.acceptance.make_inputs import Made, make
from tests.acceptance.program import REPOSITORY, run
from tests.acceptance.recount import Recount
from tests.acceptance.tables import REPORTS

DIVISIONS = REPOSITORY.parent / "shared" / "data" / "fujian-divisions.csv"
MIDDLE = "2023-06-15"
LISTED = 100
BEHIND_IN = ["350103-X01", "350102-X01", "350102", "3500-GX", "35-QY01"]
"""A school, one with a branch, a county, a group with a university below, a company: none with a federation below."""

Step: TypeAlias = tuple[str, Callable[[], list[str]]]
"""What is done, and the doing of it, which returns the differences."""


@dataclass(slots=True)
class WholeCamp:
    """The data file, the made files, the recount, and what differed in each step so far."""

    data_file: Path
    files: list[Made]
    recount: Recount
    differences: dict[str, list[str]] = field(default_factory=dict)


def opened(folder: Path, *, full: bool) -> WholeCamp:
    """Make the files, small or in full size, and open an empty camp."""
    files = make(folder, DIVISIONS if DIVISIONS.is_file() else None) if full else make(folder, None, 600, 4000, 150)
    camp = WholeCamp(folder / "camp.sqlite", files, Recount(PRESET))
    run(camp.data_file, "open", "--preset", "escape-drill-2023", "--db", str(camp.data_file))
    return camp


def import_steps(camp: WholeCamp) -> list[Step]:
    """Each file, and at once the same file again."""
    return [
        (f"import {made.path.name}{' again' if again else ''}", partial(_import, camp, made, again=again))
        for made in camp.files
        for again in (False, True)
    ]


def report_steps(camp: WholeCamp) -> list[Step]:
    """Each report and list."""
    mine, file = camp.recount, camp.data_file
    return [
        *((f"report units --by {by}", partial(compare.report, mine, file, by)) for by in REPORTS),
        ("report units --by city --as-of", partial(compare.report, mine, file, "city", MIDDLE)),
        *((f"report standings --at {at}", partial(compare.standings, mine, file, at, LISTED)) for at in (FIRST_READ, SECOND_READ)),
        ("report standings --limit 7", partial(compare.standings, mine, file, SECOND_READ, 7)),
        ("report hours", partial(compare.people, mine, file, compare.sample(mine))),
        ("report behind", partial(compare.behind, mine, file, BEHIND_IN)),
    ]


def _import(camp: WholeCamp, made: Made, *, again: bool) -> list[str]:
    read_at = ["--read-at", made.read_at] if made.read_at else []
    said = run(camp.data_file, "import", made.kind, str(made.path), *read_at)
    found = compare.imported(made, said, again=again)
    if not again and (rejects := camp.recount.take(made.kind, made.path, made.read_at)) != made.rejects:
        found.append(f"{made.path.name}: the recount rejects {rejects}, the maker of the file {made.rejects}")
    if not again and camp.recount.notes != made.notes:
        found.append(f"{made.path.name}: the recount notes {camp.recount.notes}, the maker of the file {made.notes}")
    return found
