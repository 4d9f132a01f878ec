"""The units a preset brings along (F-07, F-08, F-09)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from campmgr.areas.units.settings import Preset
from campmgr.ids import unit_id
from campmgr.settings.rules import Rules

_FOLDER = Path(__file__).parents[1] / "presets"


@dataclass(frozen=True, slots=True)
class PresetUnit:
    """A unit of a preset: code, name, kind (UNIT_KINDS), the parent's code ("" for the root), line ("" for none)."""

    code: str
    name: str
    kind: str
    parent: str
    line: str


def preset_units(preset: Rules) -> tuple[PresetUnit, ...]:
    """A preset's units, root first, parents before children."""
    file = preset[Preset].units_file
    if not file:
        return (PresetUnit("ROOT", "本单位", "其他", "", ""),)
    with (_FOLDER / file).open(encoding="utf-8", newline="") as rows:
        return tuple(PresetUnit(**row) for row in csv.DictReader(rows))


def preset_ids(units: Iterable[PresetUnit], campaign: str) -> dict[str, str]:
    """The ids of a preset's units in a camp, by their codes; of "" the camp's own, above the root."""
    ids = {"": campaign}
    for unit in units:
        ids[unit.code] = unit_id(ids[unit.parent], unit.code, unit.name)
    return ids
