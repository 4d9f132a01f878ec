"""From a form to a job and its page: the result at once where it comes soon, else how far it is."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for

from campmgr.files.export_mark import marked
from campmgr.web import respond
from campmgr.web.current import export_words, frame, me
from campmgr.web.jobs import Job, Progress, Work
from campmgr.web.respond import Answer


def start(title: str, work: Work, to: Callable[[object], str], job: str = "") -> Job:
    """Put work in line for whoever is logged in, with whom the workbooks it writes are marked. Raises Refused. See `Jobs.start`."""
    here, words = frame(), export_words()

    def marked_work(told: Progress) -> object:
        with marked(words):
            return work(told)

    return here.jobs.start(me().account, title, marked_work, to, clock=here.open_store().clock, job=job)


def is_done(job: Job) -> bool:
    """Whether a job ends well while somebody waits for the page. Raises the CampError it failed with."""
    job.over.wait(frame().settings.patience)
    if job.over.is_set() and job.problem is not None:
        raise job.problem
    return job.over.is_set() and job.state == "done"


def answer_of(job: Job) -> Answer:
    """On to the result if it is there soon, else to the page that shows how far it is. Raises the CampError it failed with."""
    return respond.go(job.address) if is_done(job) else still_working(job)


def still_working(job: Job) -> Answer:
    """On to the page that shows how far a job is."""
    return respond.go(url_for("jobs.show", job=job.job))
