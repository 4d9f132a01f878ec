"""What the desk's and the office's lists of cases share: the filter in the address, an answer, and taking it back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from campmgr.accounts.queries import Account
from campmgr.clock import later, today_of
from campmgr.desks.actions.settling import AT_ONCE, settle, settle_in_runs
from campmgr.desks.queries.review import Asked, ReviewPart, Span, review_part, rows_of_id, rows_of_matter
from campmgr.errors import NotFound
from campmgr.facts.review import Answer as CaseAnswer
from campmgr.facts.review import ReviewRow
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer
from campmgr.web import working
from campmgr.web.current import frame
from campmgr.web.done import noted, told
from campmgr.web.forms import SHOWN, Form, shown_of
from campmgr.web.i18n import _
from campmgr.web.jobs import Job, Progress
from campmgr.web.respond import Answer

_AGES = (3, 7, 30)
"""Days after which one can ask for what is older."""


@dataclass(frozen=True, slots=True)
class Pill:
    """A filter to choose: where it leads, what it is called, how many there are (None where nobody counted)."""

    address: str
    words: str
    is_here: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of cases with its filters, and where answers go. `sort`: the matter chosen, "" for all; `total`: how many it has.

    `together`: answers that fit every case of it.
    """

    part: ReviewPart
    sort: str
    total: int
    sorts: tuple[Pill, ...]
    ages: tuple[Pill, ...]
    together: tuple[CaseAnswer, ...]
    shown: str
    next: str
    settle_at: str
    may_write: bool
    governs: bool
    form: Form


def case_list(r: Reader, world: World, span: Span, account: Account, at: str, form: Form, **where: Any) -> CaseList:
    """The cases that the address asks for; `at` is the blueprint the list stands in, `where` what its addresses hold, `form` the
    answer that was not taken.
    """
    asked = filters()
    sort, older = asked.get("sort", ""), asked.get("older", "")
    before = later(today_of(r.clock), -int(older)) if older else ""
    part = review_part(r, world, span, Asked(sort, before, request.args.get("after", "")[:40]))
    if not sort and len(part.sorts) == 1 and len(part.cases) > 1:
        sort = part.sorts[0][0]
    total = next((count for name, _, count in part.sorts if name == sort), 0) if sort else part.count
    together = _together(part, governs=account.has("organizer")) if sort and total > 1 else ()
    return CaseList(
        part=part,
        sort=sort,
        total=total,
        sorts=_sorts(part, at, where, sort, older),
        ages=_ages(at, where, sort, older),
        together=together,
        shown=shown_of(*sorted({row.id for row in rows_of_matter(r, world, span, sort)})) if together else "",
        next=url_for(f"{at}.page", **where, **asked, after=part.next) if part.next else "",
        settle_at=url_for(f"{at}.settle", **where, **asked),
        may_write=account.has("coordinator"),
        governs=account.has("organizer"),
        form=form,
    )


def _sorts(part: ReviewPart, at: str, where: dict[str, Any], sort: str, older: str) -> tuple[Pill, ...]:
    if not part.count and not older:
        return ()
    aged: dict[str, Any] = {"older": older} if older else {}
    every = Pill(url_for(f"{at}.page", **where, **aged), _("全部"), not sort, part.count)
    return (every, *(Pill(url_for(f"{at}.page", **where, **aged, sort=name), _(title), sort == name, count)
                     for name, title, count in part.sorts))  # fmt: skip


def _ages(at: str, where: dict[str, Any], sort: str, older: str) -> tuple[Pill, ...]:
    kept: dict[str, Any] = {"sort": sort} if sort else {}
    every = Pill(url_for(f"{at}.page", **where, **kept), _("不论多久"), not older)
    return (every, *(Pill(url_for(f"{at}.page", **where, **kept, older=str(days)), _("等了 %(n)s 天以上") % {"n": days},
                          older == str(days)) for days in _AGES))  # fmt: skip


def _together(part: ReviewPart, *, governs: bool) -> tuple[CaseAnswer, ...]:
    """The answers that every case shown offers."""
    first, *others = [case.offered(governs=governs) for case in part.cases] or [()]
    return tuple(each for each in first if all(each in some for some in others))


def filters() -> dict[str, Any]:
    """What of the address says which cases: `sort`, a matter, and `older`, one of the ages."""
    asked = {"sort": request.args.get("sort", "")[:40], "older": request.args.get("older", "")}
    return {name: value for name, value in asked.items() if value and (name == "sort" or value in map(str, _AGES))}


def settled(w: Writer, world: World, span: Span, account: Account, form: Form, to: str) -> Answer | None:
    """Do what a form says about cases within a span, and go on to where that is told; None where it was drawn for other cases.

    Nor is anything done where the note is too long or nothing is ticked, which is told beside the field. Raises BadInput for an
    answer that does not fit, and what the answer's act refuses.
    """
    answer, note = form.typed("answer"), form.text("note", required=False, most=200)
    rows = [] if form.errors else _meant(w, world, span, form)
    if form.errors:
        return None
    undo = settle(w, world, rows, answer, note, account.actor, governs=account.has("organizer"))
    return told(w, _("已处理 %(n)s 件。") % {"n": len({row.id for row in rows})}, to, undo=undo, way="answer")


def task(r: Reader, world: World, span: Span, account: Account, to: str) -> Job | None:
    """What does the same with very many rows, run by run; None where they are few enough to settle while somebody waits."""
    form = Form.sent()
    answer, note = form.typed("answer"), form.text("note", required=False, most=200)
    rows = [] if form.errors else _meant(r, world, span, form)
    if form.errors or len(rows) <= AT_ONCE:
        return None
    store, governs = frame().open_store(), account.has("organizer")
    words = _("已处理 %(n)s 件。") % {"n": len({row.id for row in rows})}

    def work(far: Progress) -> str:
        undo = settle_in_runs(store, rows, answer, note, account.actor, far, governs=governs)
        with store.writing() as w:
            return noted(w, account.account, words, to, undo=undo, way="answer")

    return working.start(_("核对"), work, str)


def _meant(r: Reader, world: World, span: Span, form: Form) -> list[ReviewRow]:
    """The rows that a form is about: one, those ticked, or all of a sort as many as were shown; none where these are gone."""
    sort, ticked = form.typed("sort"), request.form.getlist("row")
    if form.typed("all"):
        rows = rows_of_matter(r, world, span, sort)
        form.is_stale(
            shown_of(*sorted({row.id for row in rows})), _("这一类刚才有了变化，没有处理。请看一眼现在的列表，再按一次。")
        )
        return rows
    if not ticked:
        form.wrong("row", _("还没有勾选，或勾选的已经处理过了。请先勾选要处理的。"))
        return []
    found: list[ReviewRow] = []
    for each in ticked:
        with suppress(NotFound):
            found += rows_of_id(r, world, span, each)
    if not found:
        form.wrong(SHOWN, _("这一件刚才已经处理过，或有了变化，没有再处理。下面是现在还要看的。"))
    return found
