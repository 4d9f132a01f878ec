"""Who looked at telephones and took copies, in one's own units: a list."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.areas.people.queries.looks import LOOKS
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import require
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("looks", __name__, url_prefix="/desk/looks")


@dataclass(frozen=True, slots=True)
class LooksPage:
    """The list."""

    listed: ShownList


@area.get("")
@require("coordinator")
def page() -> Answer:
    """Whose telephone was shown to whom, and who took a copy of what is held, the latest first."""
    with reading() as (r, world):
        return respond.page("people/looks.html", LooksPage(shown_list(r, world, LOOKS)))
