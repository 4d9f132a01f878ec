"""All files of a camp in Fujian, from a seed: the same arguments give the same content, row by row."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.acceptance.made_likes import make_likes
from tests.acceptance.made_marks import lessons_sheet, make_marks
from tests.acceptance.made_people import make_people
from tests.acceptance.made_units import divisions_sheet, preset_homes, schools_sheet
from tests.acceptance.sheets_written import Sheet


@dataclass(frozen=True, slots=True)
class Made:
    """A file to import, and what the import must say: (row, reason) of each row rejected or taken in part, and how many others."""

    kind: str
    path: Path
    read_at: str
    new: int
    changed: int
    unchanged: int
    rejects: list[tuple[int, str]]
    notes: list[tuple[int, str]]

    @property
    def rows(self) -> int:
        """All rows of data."""
        return self.new + self.changed + self.unchanged + len(self.rejects)


def make(
    folder: Path, divisions: Path | None, people: int = 20_000, marks: int = 160_000, works: int = 5_000, seed: int = 44
) -> list[Made]:
    """Write the files into `folder` and name them in the order of their import.

    `divisions`: a file code,name,level,parent of all divisions, or None for the camp's own units alone. `marks` counts the rows of
    lessons and sign-ins over both files, bad rows not included.
    """
    random = Random(seed)
    homes = preset_homes(divisions, random)
    sheets = [schools_sheet(homes, random, 6 if divisions else 1), lessons_sheet()]
    everyone, rosters = make_people(homes, random, people)
    sheets += [*rosters, *make_marks(everyone, random, marks), *make_likes(everyone, homes, random, works)]
    for sheet in sheets:
        sheet.write(folder)
    if divisions is not None:
        shutil.copyfile(divisions, folder / "units.csv")
        sheets.insert(0, divisions_sheet(divisions, homes))
    return [_made(folder, sheet) for sheet in sheets]


def _made(folder: Path, sheet: Sheet) -> Made:
    return Made(
        sheet.kind, folder / sheet.file, sheet.read_at, sheet.new, sheet.changed, sheet.unchanged, sheet.rejects, sheet.notes
    )
