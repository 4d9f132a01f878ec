"""The gallery: works that are shown, by the outlets that show them; nothing of a work that lost this, and no author's name."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.areas.entries.queries.entries import Entry, entries_by_id
from campmgr.areas.entries.queries.heads import heads_in
from campmgr.areas.entries.settings import Entries
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import anyone
from campmgr.web.respond import Answer

area = Blueprint("gallery", __name__, url_prefix="/a/<activity>/gallery")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """The works of an activity that are shown with their makers' consent."""

    activity: Activity
    slogan: str
    entries: tuple[Entry, ...]


@area.get("")
@anyone
def shown(activity: str) -> Answer:
    """The gallery of one activity. Raises NotFound."""
    with reading() as (r, world):
        found = call_of(world, activity)
        ids = [each.id for each in heads_in(r, found) if each.outlets and not each.revoked]
        entries = [each for each in entries_by_id(r, world, found, ids) if is_shown(each)]
    return respond.page("entries/gallery.html", GalleryPage(found, found.rules[Entries].slogan, tuple(entries)))


def call_of(world: World, text: str) -> Activity:
    """The one call for works that everybody may look at by this code or id. Raises NotFound."""
    found = [each for each in world.activities.called(text) if each.sort == "entries"]
    if len(found) != 1:
        raise NotFound("没有这个活动。", reason="unknown_activity", hint="请核对地址。")
    return found[0]


def is_shown(entry: Entry) -> bool:
    """Whether a work is shown: on an outlet, its makers agreed, and it lost neither its place nor its showing."""
    return bool(entry.way.outlets) and bool(entry.row.values["stated"]) and not entry.way.revoked
