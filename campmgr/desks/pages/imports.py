"""What was imported: every file with who, when and what came of it, and the way to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint

from campmgr.accounts.queries import holds_all
from campmgr.desks.queries.listed import BATCHES
from campmgr.facts.under_way import UnderWay, all_under_way
from campmgr.files.imports.sheets import sheets_of
from campmgr.web import respond
from campmgr.web.current import frame, me, reading
from campmgr.web.guard import require
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("imports", __name__, url_prefix="/desk/batches")


@dataclass(frozen=True, slots=True)
class ImportedFilesPage:
    """Imported files, what each kind is called, and imports that are not through."""

    listed: ShownList
    called: Mapping[str, str]
    under_way: tuple[UnderWay, ...]


@area.get("")
@require("coordinator")
def files() -> Answer:
    """The files imported by oneself or for one's units, the newest first."""
    called = {name: sheet.layout.called for name, sheet in sheets_of(frame().catalogue).items()}
    with reading() as (r, world):
        account = me()
        found = shown_list(r, world, BATCHES)
        theirs = [each for each in all_under_way(r) if each.actor == account.actor or holds_all(world, account)]
    return respond.page("desks/imports.html", ImportedFilesPage(found, called, tuple(theirs)))
