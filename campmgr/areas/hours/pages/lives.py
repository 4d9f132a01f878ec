"""The lives, for everybody's own calendar (F-12, F-13)."""

from __future__ import annotations

from flask import Blueprint

from campmgr.areas.hours.files.lives import calendar_file
from campmgr.areas.hours.rules.lesson import lives_of
from campmgr.areas.hours.world import lessons_of
from campmgr.web.current import reading
from campmgr.web.downloads import ICS, download
from campmgr.web.guard import anyone
from campmgr.web.respond import Answer

area = Blueprint("lives", __name__)


@area.get("/lives.ics")
@anyone
def calendar() -> Answer:
    """Every live whose start is known, those that are over too; an empty calendar where nobody has said when."""
    with reading() as (r, world):
        lives, now = lives_of(lessons_of(world).values()), r.clock.now()
        return download(calendar_file(world.name, world.activity or world.campaign, lives, now), f"{world.name}-直播.ics", ICS)
