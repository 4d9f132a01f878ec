"""The page of tools in the office."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.tools.queries import Lent, lent
from flask import Blueprint

from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import require, whole_camp
from campmgr.web.respond import Answer

area = Blueprint("office_tools", __name__, url_prefix="/office/tools")


@dataclass(frozen=True, slots=True)
class ToolsPage:
    """Everything that is lent."""

    lent: tuple[Lent, ...]


@area.get("/")
@require("organizer")
def listed() -> Answer:
    """What is lent where."""
    with reading() as (r, world):
        whole_camp(world)
        found = lent(r)
    return respond.page("tools/tools.html", ToolsPage(found))
