"""The gallery: works that are shown, by the outlets that show them; nothing of a work that lost this, and no author's name."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.areas.entries.files.folder import kept_file
from campmgr.areas.entries.queries.entries import Entry, entries_by_id
from campmgr.areas.entries.queries.heads import shown_in
from campmgr.areas.entries.rules.agreements import lacking
from campmgr.areas.entries.rules.probes import Probe
from campmgr.areas.entries.settings import Entries
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.web import respond
from campmgr.web.current import frame, reading
from campmgr.web.downloads import show_kept
from campmgr.web.guard import anyone
from campmgr.web.respond import Answer

area = Blueprint("gallery", __name__, url_prefix="/a/<activity>/gallery")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """A page of the works of an activity that are shown with their makers' consent, each with its pictures that are on this
    computer.
    """

    activity: Activity
    address: str
    slogan: str
    entries: tuple[tuple[Entry, tuple[str, ...]], ...]
    number: int
    pages: int


ON_A_PAGE = 50


@area.get("")
@anyone
def shown(activity: str) -> Answer:
    """The gallery of one activity; `page` in the address. Raises NotFound."""
    number = max(1, request.args.get("page", 1, int))
    with reading() as (r, world):
        found = call_of(world, activity)
        ids = shown_in(r, found)
        part = ids[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        entries = [each for each in entries_by_id(r, world, found, part) if is_shown(found, each)]
        address, data_file = world.activities.address(found), frame().open_store().path
    with_pictures = tuple((each, tuple(
        probe.sha256 or "" for probe in pictures_of(each) if kept_file(data_file, probe.sha256 or "")
    )) for each in entries)  # fmt: skip
    pages = max(1, -(-len(ids) // ON_A_PAGE))
    return respond.page(
        "entries/gallery.html", GalleryPage(found, address, found.rules[Entries].slogan, with_pictures, number, pages)
    )


def call_of(world: World, text: str) -> Activity:
    """The one call for works that everybody may look at by this code or id. Raises NotFound."""
    found = [each for each in world.activities.called(text) if each.sort == "entries"]
    if len(found) != 1:
        raise NotFound("没有这个活动。", reason="unknown_activity", hint="请核对地址。")
    return found[0]


@area.get("/<entry>/<digest>")
@anyone
def picture(activity: str, entry: str, digest: str) -> Answer:
    """A picture of a work that is shown. Raises NotFound for any other file, and for one that is not on this computer."""
    with reading() as (r, world):
        found = call_of(world, activity)
        shown = [each for each in entries_by_id(r, world, found, [entry]) if is_shown(found, each)]
    probe = next((each for one in shown for each in pictures_of(one) if each.sha256 == digest), None)
    kept = kept_file(frame().open_store().path, digest) if probe else None
    if probe is None or kept is None:
        raise NotFound("没有这幅画面，或不在这台电脑上。", reason="unknown_work", hint="请回到展播作品。")
    return show_kept(kept, _MIME[probe.container])


_MIME = {"JPG": "image/jpeg", "PNG": "image/png"}
"""What a browser draws without being asked twice."""


def pictures_of(entry: Entry) -> list[Probe]:
    """The pictures of a work, or the poster of one that is none."""
    files = [
        each for each in entry.files if each.role in {"作品", "海报"} and each.probe.container in _MIME and not each.probe.trouble
    ]
    return [each.probe for each in files]


def is_shown(activity: Activity, entry: Entry) -> bool:
    """Whether a work is shown: on an outlet, its makers agreed, and it lost neither its place nor its showing."""
    return bool(entry.way.outlets) and not entry.way.revoked and not lacking(activity.rules[Entries], entry.agreed)
