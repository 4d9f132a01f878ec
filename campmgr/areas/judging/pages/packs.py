"""Packs for judges as downloads, and the page from which they go out and come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from flask import Blueprint, url_for

from campmgr.areas.entries.files.folder import kept_file
from campmgr.areas.judging.files.pack import NOT_HIDDEN, PackFile, write_pack
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.forms import form_of
from campmgr.areas.judging.queries.judges import Judge, judges_in
from campmgr.areas.judging.queries.receipts import Receipt, receipts_in
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.people.queries.finding import find_person
from campmgr.web import respond
from campmgr.web.current import frame, reading
from campmgr.web.downloads import ZIP, download_made
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("judging_packs", __name__, url_prefix="/office/a/<activity>/judging/<name>/packs")


@dataclass(frozen=True, slots=True)
class PacksPage:
    """The judges of a round who were given works, the sheets that came back, and what no pack can hide."""

    at: JudgingStand
    line: RoundLine
    judges: tuple[Judge, ...]
    receipts: tuple[Receipt, ...]
    not_hidden: str
    import_at: str


@area.get("")
@require("organizer")
def listed(activity: str, name: str) -> Answer:
    """Who takes a pack home, and what came back."""
    with reading() as (r, world):
        at = at_judging(world, activity)
        line = round_named(r, at.activity, name)
        judges = tuple(each for each in judges_in(r, world, at.activity, line)[0] if each.assigned)
        page = PacksPage(
            at, line, judges, receipts_in(r, at.activity), NOT_HIDDEN, url_for("host_files.choose", kind="scores", **at.address)
        )
    return respond.page("judging/packs.html", page)


@area.get("/<judge>.zip")
@require("organizer")
def pack(activity: str, name: str, judge: str) -> Answer:
    """One judge's pack. Raises Refused where the judge has no works in the round."""
    with reading() as (r, world):
        at = at_judging(world, activity)
        form, files = form_of(r, world, at.activity, round_named(r, at.activity, name), find_person(r, judge).person)
    data_file = frame().open_store().path
    places = [PackFile(each.name, kept_file(data_file, each.sha256)) for each in files]

    def write(out: IO[bytes]) -> None:
        write_pack(form, places, out)

    return download_made(write, f"评审包-{name}-{form.judge}.zip", ZIP)
