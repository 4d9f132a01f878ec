"""Proving a backup by opening it: all chains and seals are gone through, in a copy, and what it holds is told."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from campmgr.clock import minute_text, seconds_passed
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.checking import verify_ledger
from campmgr.store import opening
from campmgr.store.backups import opened_backup
from campmgr.store.door import Store


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a backup holds; `last_at`: when the last fact was recorded; `problems`: what does not hold, () for a good one."""

    name: str
    camp: str
    facts: int
    last_at: str
    problems: tuple[str, ...]
    tenths: int
    """Tenths of a second that it took."""


def drill(path: Path, passphrase: str, plan: Catalogue) -> Drilled:
    """Open a backup and go through it. Raises CampError for one that does not open; the file itself is never written."""
    began = seconds_passed()
    with opened_backup(path, passphrase) as plain, TemporaryDirectory(prefix="campmgr-") as folder:
        copy = Path(shutil.copyfile(plain, Path(folder) / path.name))
        opening.check(copy, plan.schemas)
        store = Store(copy, plan)
        try:
            with store.reading() as r:
                checked, last = verify_ledger(r), r.value("select max(recorded_at) from facts")
                name = worlds.load(r).name
        finally:
            store.close()
    return Drilled(path.name, name, checked.facts, minute_text(last), tuple(checked.problems),
                   round((seconds_passed() - began) * 10))  # fmt: skip
