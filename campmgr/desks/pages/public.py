"""What everyone sees: the camp, until when, how to take part, what has been reached."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.camp.queries import phase_now
from campmgr.areas.camp.rules import PHASE_WORDS
from campmgr.areas.hours.rules.lesson import lives_of
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.prizes.queries.publicity import Posting, lists_up
from campmgr.areas.units.queries.my_units import Reached, camp_totals
from campmgr.clock import today_of
from campmgr.desks.pages.setup import is_first_start
from campmgr.facts.world import World
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import anyone, is_own_machine
from campmgr.web.respond import Answer

area = Blueprint("public", __name__)


@dataclass(frozen=True, slots=True)
class CampPage:
    """The camp's own page; `posted`: the lists that are up 公示; `lives`: whether anybody said when one begins."""

    rules: Rules
    phase: str
    phase_words: str
    totals: Reached
    posted: tuple[Posting, ...]
    lives: bool


def camp_page(r: Reader, world: World) -> CampPage:
    """What the camp is, where in its time it stands today, and what has been reached."""
    phase = phase_now(world, today_of(r.clock))
    return CampPage(
        world.rules, phase, PHASE_WORDS[phase], camp_totals(r, world), lists_up(r), bool(lives_of(lessons_of(world).values()))
    )


@area.get("/")
@anyone
def camp() -> Answer:
    """The camp: what, until when, how to take part, live totals; at a machine where nobody can log in yet, where one begins."""
    if is_own_machine() and is_first_start():
        return respond.go(url_for("start.doors"))
    with reading() as (r, world):
        found = camp_page(r, world)
    return respond.page("desks/camp.html", found)


@area.get("/totals")
@anyone
def totals() -> Answer:
    """The totals alone, asked again every while by the page."""
    with reading() as (r, world):
        found = camp_totals(r, world)
    return respond.fragment("desks/_totals.html", totals=found)
