"""Where other laptops of the camp say what they have to say: one address, signed messages, no account (docs/ledger.md#sync).

Taking in and making packs is work for the jobs' thread, a few at a time; whoever comes meanwhile is told to come again, and pages
are answered as ever.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from campmgr.areas.nodes.exchange.client import TYPE
from campmgr.areas.nodes.exchange.message import LONGEST
from campmgr.areas.nodes.files.answering import Far, Work, answer
from campmgr.errors import BadInput, Busy, CampError, Refused
from campmgr.web.current import frame
from campmgr.web.guard import anyone
from campmgr.web.jobs import Job
from campmgr.web.rates import Rate
from campmgr.web.respond import Answer, refused

area = Blueprint("exchange", __name__, url_prefix="/exchange")

_NOBODY = "sync"
"""Whose jobs these are: no account's."""

_IN_LINE = 2
"""Turns that wait or run at once: one, and the next, so that nothing stands idle and whoever works here need not wait long."""

_AT_MOST = 1.0
"""Seconds for which an answer waits for the turn to end."""

_MISSES = Rate("sync", 60, 60)
"""Messages from one address that are refused; a school may stand behind one."""


@area.post("/")
@anyone
def said() -> Answer:
    """A message of another laptop."""
    _MISSES.refuse_if_over()
    try:
        data = request.get_data(cache=False)
        if len(data) > LONGEST:
            raise BadInput("发来的内容太多，没有收。", reason="too_large", hint="请升级那台电脑上的 campmgr。")
        told = answer(frame().open_store(), data, _start)
    except CampError as problem:
        if not isinstance(problem, Busy):
            _MISSES.count()
        return refused(problem)
    return Response(told, mimetype=TYPE)


def _start(name: str, work: Work) -> Far | None:
    jobs, clock = frame().jobs, frame().open_store().clock
    known = jobs.job(_NOBODY, name)
    if known is None and jobs.in_line(_NOBODY) >= _IN_LINE:
        raise Busy("正在接收别的电脑的数据。", hint="会自己再试。")
    try:
        job = known or jobs.start(_NOBODY, "同步", work, lambda _done: "", clock=clock, job=name)
    except Refused as problem:
        raise Busy(problem.sentence, hint=problem.hint) from problem
    return _far(job)


def _far(job: Job) -> Far | None:
    job.over.wait(_AT_MOST)
    if job.problem is not None:
        raise job.problem
    if job.state in {"stopped", "lost"}:
        raise Busy("程序正在停下。", hint="会自己再试。")
    return None if job.over.is_set() else Far(job.done, job.whole)
