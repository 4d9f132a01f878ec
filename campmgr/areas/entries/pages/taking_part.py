"""A call's page for everybody: until when, how to take part, what is asked; read before anything is begun."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.pages.gallery import call_of
from campmgr.areas.entries.rules.asked import AskedClass, asked_classes, asked_of_all, deadlines_of
from campmgr.areas.entries.rules.windows import HandInWindow, coming, late_rule
from campmgr.areas.entries.settings import Batch, Entries
from campmgr.facts.activities import Activity
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import anyone
from campmgr.web.respond import Answer

area = Blueprint("taking_part", __name__, url_prefix="/a/<activity>/how")


@dataclass(frozen=True, slots=True)
class TakingPartPage:
    """What is asked, and until when; `now`: the window that is open or comes next (None: all are over), `left`: how long."""

    activity: Activity
    address: str
    host: str
    asked: Entries
    table: str
    classes: tuple[AskedClass, ...]
    of_all: tuple[str, ...]
    windows: tuple[HandInWindow, ...]
    now: HandInWindow | None
    left: str
    late: str


@area.get("")
@anyone
def how(activity: str) -> Answer:
    """How to take part in one call. Raises NotFound."""
    with reading() as (r, world):
        found = call_of(world, activity)
        rules, windows, moment = found.rules, deadlines_of(found.rules), r.clock.now()
        now = coming(windows, moment) if found.is_open else None
        left = now.until.left_words(moment) if now and now.until else ""
        host = rules[Entries].organiser or unit_name(world, found.host)
        page = TakingPartPage(
            found, world.activities.address(found), host, rules[Entries], rules[Batch].table, asked_classes(rules),
            asked_of_all(rules), windows, now, left, late_rule(rules),
        )  # fmt: skip
    return respond.page("entries/how.html", page)
