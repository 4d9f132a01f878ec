"""The data file of drafts: beside that of a laptop that waits, with a small camp of its own, until it is brought in or let go."""

from __future__ import annotations

from pathlib import Path

from campmgr.areas.camp.actions import amend_rules, open_camp
from campmgr.areas.units.rules.kind_by_name import kind_by_name
from campmgr.areas.units.rules.preset_units import PresetUnit
from campmgr.disk import put_in_place
from campmgr.facts.catalogue import Catalogue
from campmgr.store import data_file
from campmgr.store.door import Store

_ANY_DAY = {"warm_up.starts_on": "", "live.starts_on": "", "live.ends_on": ""}
"""Rules of the drafts' camp that are not the preset's: whoever waits does not know yet on which days theirs runs."""


def drafts_path(waiting: Path) -> Path:
    """Where the drafts of a data file lie."""
    return waiting.with_name(f"{waiting.stem}-drafts{waiting.suffix}")


def begin_drafts(waiting: Store, unit: str, preset: str, plan: Catalogue) -> Store:
    """A new data file of drafts: a camp by a preset, whose only unit is called as the laptop that asks, of the sort that its
    name tells: pupils of a list without kinds are no 社会公众. Raises BadInput.
    """
    path = drafts_path(waiting.path)
    own = PresetUnit("", unit, kind_by_name(unit), "", "")
    drafts = open_camp(path, preset, plan, waiting.clock, units=(own,))
    with drafts.writing() as w:
        amend_rules(w, _ANY_DAY, reason="草稿不限日期")
    return drafts


def keep_as_own(waiting: Store, drafts: Store, plan: Catalogue) -> Store:
    """Nobody takes the laptop in: the request is let go, and the drafts become its own camp, at the place of its data file."""
    place = waiting.path
    drafts.empty_log()
    data_file.close(drafts)
    waiting.empty_log()
    waiting.close()
    for log in (f"{place}-wal", f"{place}-shm"):  # of the request: replayed into the drafts it would ruin them
        Path(log).unlink(missing_ok=True)
    put_in_place(drafts.path, place)
    return data_file.open_file(place, plan, drafts.clock)
