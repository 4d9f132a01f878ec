"""A judge's own pages: the works they were given, one after the other, with anchors in words; nobody else's marks, ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, request, url_for

from campmgr.areas.entries.files.folder import kept_file
from campmgr.areas.judging.actions.scoring import LONGEST_NOTE, Given, give_score, recuse, refuse_time
from campmgr.areas.judging.files.blind_files import open_blind
from campmgr.areas.judging.kinds import SCORED
from campmgr.areas.judging.local import aside_of, put_aside
from campmgr.areas.judging.queries.forms import files_of
from campmgr.areas.judging.queries.own import OwnBallot, OwnRound, OwnWork, ballot_of, may_see, rounds_for, works_left
from campmgr.areas.judging.rules.anchors import Band, bands_of
from campmgr.areas.judging.rules.rounds import mark_text, read_mark
from campmgr.areas.judging.settings import Judging
from campmgr.clock import moment_text, utc_text
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer
from campmgr.web import respond
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import download_kept, show_parts
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("judging_own", __name__, url_prefix="/judge")

DOES = ("give", "keep", "abstain", "recuse")


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """The rounds in which somebody judges: (address of the activity, round, until when, how many works wait: None where no more
    marks are taken).
    """

    rounds: tuple[tuple[str, OwnRound, str, int | None], ...]


_FILMS = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime"}
_PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
_SOUNDS = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav"}
"""What a browser shows by itself; anything else is saved."""


class WorkFile(NamedTuple):
    """A file of the work in hand: its name, which says nothing of who made it; `shows`: "film", "picture", "sound", or "" for one
    to save; whether it lies on this computer.
    """

    name: str
    shows: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class BallotPage:
    """A judge's ballot with the work in hand and its files; `bands`: marks to choose among, by what they mean; `aside`: works put
    aside.
    """

    ballot: OwnBallot
    address: str
    work: OwnWork | None
    files: tuple[WorkFile, ...]
    bands: tuple[Band, ...]
    aside: frozenset[str]
    closes: str
    is_over: bool
    form: Form

    @property
    def is_by_others(self) -> bool:
        """Whether marks of the work in hand stand that this account did not give: it does not see them."""
        held = self.work.held if self.work else None
        return held is not None and held.state == SCORED and not held.marks


@area.get("/")
@require("viewer")
def listed() -> Answer:
    """The rounds of the judge who is logged in. Raises NotAllowed for an account that is no judge's."""
    with reading() as (r, world):
        judge, rounds = rounds_for(r, world, me().account)
        now = utc_text(r.clock.now())
        told_of = tuple(
            (world.activities.address(each.activity), each,
             moment_text(each.line.round.closes_at) if each.line.round.closes_at else "",
             works_left(r, world, judge, each) if each.line.takes_marks(now) else None) for each in rounds
        )  # fmt: skip
    return respond.page("judging/rounds.html", RoundsPage(told_of))


@area.get("/<name>/")
@require("viewer")
def ballot(name: str) -> Answer:
    """The works to judge; `work` in the address, else the first that waits."""
    with reading() as (r, world):
        found = _ballot(r, world, name)
        work = _chosen(found, request.args.get("work", "")[:40])
        form = Form.kept(_typed(r, found, work))
        return _page(r, world, found, work, form)


@area.get("/<name>/<entry>/<file>")
@require("viewer")
def file(name: str, entry: str, file: str) -> Answer:
    """A file of a work that was given to the judge who is logged in, without what its head says of who made it.

    Raises NotFound for one of any other work, recused ones too, and where it is not on this computer.
    """
    with reading() as (r, world):
        known = may_see(r, world, me(), name, entry, _asked_activity())
        digest = next((each.sha256 for each in files_of(r, [entry])[entry] if each.name == file), "") if known else ""
    kept = kept_file(frame().open_store().path, digest) if digest else None
    if kept is None:
        raise NotFound(
            "没有这个文件，或不在这台电脑上。", reason="unknown_work", hint="请回到评审页；看不到作品的，请告诉主办单位。"
        )
    ending = Path(file).suffix
    mime = (_FILMS | _PICTURES | _SOUNDS).get(ending, "")
    return show_parts(open_blind(kept), mime) if mime else download_kept(kept, file, "application/octet-stream")


@area.post("/<name>/")
@require("viewer")
def said(name: str) -> Answer:
    """Give marks, put them aside, abstain, or declare a recusal.

    Raises Refused for a ballot that comes once the round is over: it says how the host takes it up again.
    """
    form, account = Form.sent(), me()
    does = form.choice("does", DOES)
    with writing() as (w, world):
        found = _ballot(w, world, name)
        work = next((each for each in found.works if each.entry == form.typed("work")), None)
        if work is None:
            raise Refused("这件作品没有分给您，或要回避。", hint="请回到列表里选。")
        refuse_time(w, found.round.line)
        note = form.text("note", required=False, most=LONGEST_NOTE)
        if not form.errors:
            with form.beside("note", BadInput, Refused, NotAllowed):
                words, undo = _say(w, form, found, work, does, note)
                if not form.errors:
                    after = "" if does == "keep" else _next(found, work)
                    to = url_for("judging_own.ballot", name=name, a=request.args.get("a") or None, work=after or work.entry)
                    if does != "keep":
                        put_aside(w, account.account, found.round.activity.id, name, work.entry, {})
                    return told(w, words, to, undo=undo)
        return _page(w, world, found, work, form, 422)


def _say(w: Writer, form: Form, found: OwnBallot, work: OwnWork, does: str, note: str) -> tuple[str, str]:
    """One press: its words, and what takes it back. What is wrong with a mark stands beside it."""
    activity, line, account = found.round.activity, found.round.line, me()
    if does == "keep":
        fields = ("note", *_fields(line.round.names))
        put_aside(w, account.account, activity.id, line.name, work.entry,
                  {each: form.typed(each)[:LONGEST_NOTE] for each in fields if form.typed(each)})  # fmt: skip
        return _("已暂存，还没有交：回来接着评。"), ""
    if does == "recuse":
        fact = recuse(w, activity, line, work.entry, found.judge, note, actor=account.actor)
        return _("已登记回避，这件不用评。"), fact.chain
    marks = None
    if does == "give":
        marks = {}
        for field, criterion in zip(_fields(line.round.names), line.round.names, strict=True):
            with form.beside(field, BadInput):
                marks[criterion] = read_mark(line.round, criterion, form.typed(field))
        if form.errors:
            return "", ""
    given = give_score(w, activity, line, work.entry, found.judge, Given(marks, note), actor=account.actor)
    if given is None:
        return _("和原来的一样，没有改动。"), ""
    return (_("已交。") if does == "give" else _("已弃权，不算低分。")), ""


def _fields(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"mark{at}" for at in range(len(names)))


def _ballot(r: Reader, world: World, name: str) -> OwnBallot:
    return ballot_of(r, world, me(), name, _asked_activity())


def _asked_activity() -> str:
    return request.args.get("a", "")[:80]


def _chosen(found: OwnBallot, entry: str) -> OwnWork | None:
    """The work asked for, else the first that waits, else the first."""
    asked = next((each for each in found.works if each.entry == entry), None)
    waits = next((each for each in found.works if each.held is None), None)
    return asked or waits or next(iter(found.works), None)


def _next(found: OwnBallot, work: OwnWork) -> str:
    """The next work that waits, after this one and then from the top."""
    order = (*found.works[work.number :], *found.works[: work.number - 1])
    return next((each.entry for each in order if each.held is None), "")


def _typed(r: Reader, found: OwnBallot, work: OwnWork | None) -> dict[str, str]:
    """What stands in the form: what was put aside, else what was given."""
    if work is None:
        return {}
    aside = aside_of(r, me().account, found.round.activity.id, found.round.line.name).get(work.entry)
    if aside is not None or work.held is None:
        return aside or {}
    names = found.round.line.round.names
    marks: Mapping[str, int] = work.held.marks
    return {"note": work.held.note} | {
        field: mark_text(marks[name]) for field, name in zip(_fields(names), names, strict=True) if name in marks
    }


def _page(r: Reader, world: World, found: OwnBallot, work: OwnWork | None, form: Form, status: int = 200) -> Answer:
    line, activity = found.round.line, found.round.activity
    aside = frozenset(aside_of(r, me().account, activity.id, line.name))
    closes = moment_text(line.round.closes_at) if line.round.closes_at else ""
    is_over = not line.takes_marks(utc_text(r.clock.now()))
    bands = bands_of(line.round, activity.rules[Judging].anchors)
    page = BallotPage(found, world.activities.address(activity), work, _files(r, work), bands, aside, closes, is_over, form)
    return respond.page("judging/ballot.html", page, status)


def _files(r: Reader, work: OwnWork | None) -> tuple[WorkFile, ...]:
    data_file = frame().open_store().path
    found = files_of(r, [work.entry])[work.entry] if work else []
    return tuple(WorkFile(each.name, _shows(each.name), kept_file(data_file, each.sha256) is not None) for each in found)


def _shows(name: str) -> str:
    sorts = {"film": _FILMS, "picture": _PICTURES, "sound": _SOUNDS}
    return next((sort for sort, endings in sorts.items() if Path(name).suffix in endings), "")
