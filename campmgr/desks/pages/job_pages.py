"""How far one's jobs are, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, make_response, url_for

from campmgr.desks.queries.batches import recorded
from campmgr.facts.under_way import under_way
from campmgr.web import respond
from campmgr.web.current import frame, me, reading
from campmgr.web.guard import require
from campmgr.web.jobs import Note
from campmgr.web.respond import Answer

area = Blueprint("jobs", __name__, url_prefix="/desk/jobs")


@dataclass(frozen=True, slots=True)
class JobsPage:
    """Everything one has set going lately, the newest first."""

    jobs: tuple[Note, ...]


@area.get("")
@require("viewer")
def everything() -> Answer:
    """One's jobs of today."""
    return respond.page("desks/jobs.html", JobsPage(_settled(frame().jobs.notes(me().account))))


@area.get("/<job>")
@require("viewer")
def show(job: str) -> Answer:
    """One job: it refreshes itself, by script or without."""
    return respond.page("desks/job.html", _note(job))


@area.get("/<job>/state")
@require("viewer")
def state(job: str) -> Answer:
    """How far it is, alone; a script is led on to the result once it is there."""
    note = _note(job)
    answer = respond.fragment("desks/_job.html", job=note)
    if note.state == "done" and note.to and respond.is_htmx():
        answer = make_response("")
        answer.headers["HX-Redirect"] = note.to
    return answer


@area.post("/<job>/stop")
@require("viewer")
def stop(job: str) -> Answer:
    """Ask it to stop; what it has begun is taken back."""
    _note(job)
    frame().jobs.stop(me().account, job)
    return respond.go(url_for("jobs.show", job=job))


def _note(job: str) -> Note:
    return _settled([frame().jobs.note(me().account, job)])[0]


def _settled(notes: list[Note]) -> tuple[Note, ...]:
    """A job that was cut off just after its batch was on the disk is done: the job's id is the batch's. An import that was cut off
    leads to what is in of it.
    """
    ended = [note.job for note in notes if note.state in {"lost", "stopped", "failed"}]
    if not ended:
        return tuple(notes)
    with reading() as (r, _world):
        saved = recorded(r, ended)
        cut_off = {job for job in saved if under_way(r, job)}
    return tuple(_saved(note, cut_off) if note.job in saved else note for note in notes)


def _saved(note: Note, cut_off: set[str]) -> Note:
    is_done = note.state == "lost" and note.job not in cut_off
    return replace(note, state="done" if is_done else note.state, to=url_for("batches.show", batch=note.job))
