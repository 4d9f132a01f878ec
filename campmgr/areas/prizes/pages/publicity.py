"""What becomes of a frozen list in the office: putting it up 公示 and taking it down, amendments 更正."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.prizes import settings
from campmgr.areas.prizes.actions import amending
from campmgr.areas.prizes.actions import publicity as actions
from campmgr.areas.prizes.actions.amending import Proposal
from campmgr.areas.prizes.actions.freezing import check_stands, is_said
from campmgr.areas.prizes.pages import before_lists
from campmgr.areas.prizes.queries.prizes import PrizeList, prize_list
from campmgr.areas.prizes.queries.publicity import PHASES, ListPublicity, Posting, publicity
from campmgr.areas.prizes.settings import COUNTED, LONGEST
from campmgr.clock import later, moment_text, today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before
from campmgr.web.current import reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_publicity", __name__, url_prefix="/office/prizes/<int:number>")

WAYS = ("来信", "电话", "当面", "邮件", "其他")
"""How objections come in."""

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicityStep:
    """A moment in the life of a list: its day (the cut-off's with the time), what it is, and if it is "past", "now", "to_come"."""

    day: str
    words: str
    sort: str


@dataclass(frozen=True, slots=True)
class PublicityPage:
    """The publicity of a list with its dates, every objection, and the forms for both.

    `planned`: what would come of putting it up today by the camp's rules; `unknown_years`: years without a table of holidays.
    """

    number: int
    publicity: ListPublicity
    phase: str
    phase_words: str
    today: str
    planned: Posting
    unknown_years: tuple[int, ...]
    steps: tuple[PublicityStep, ...]
    counted: Words
    days: int
    ways: Words
    works: Words
    form: Form


@dataclass(frozen=True, slots=True)
class AmendPage:
    """What an amendment would change; `rows`: the lines that can be struck out or brought back; `objections` it may answer."""

    prizes: PrizeList
    proposal: Proposal
    strike: str
    rows: Words
    objections: Words
    form: Form


@area.get("/publicity")
@require("organizer")
def shown(number: int) -> Answer:
    """When the list is up, and the objections to it."""
    return publicity_page(number, Form())


@area.get("/put-up")
@require("organizer")
def before_putting_up(number: int) -> Answer:
    """What everybody would see, and until when; first day, days and how they are counted stand in the address."""
    form = Form(request.args.to_dict())
    with reading() as (r, world):
        whole_camp(world)
        before = _posting(r, world, number, form)
    return respond.before(before, Form()) if before else publicity_page(number, form, 422)


@area.post("/put-up")
@require("organizer")
def put_up(number: int) -> Answer:
    """Put the list up for the time that was looked at; said again, the new time stands."""
    form = Form.sent()
    with writing() as (w, world):
        account = whole_camp(world)
        if is_said(w, form.client_id, "list_posted"):
            return respond.go(url_for("office_publicity.shown", number=number))
        before = _posting(w, world, number, form)
        if before and before.is_agreed(form):
            actions.post(w, number, form.day("starts_on"), days=form.number("days", 1, LONGEST) or 0,
                         counted=form.choice("counted", COUNTED), actor=account.actor, client_id=form.client_id)  # fmt: skip
            return told(w, _("已公示第 %(n)s 号名单。") % {"n": number}, url_for("office_publicity.shown", number=number), undo="")
    return respond.before(before, form) if before else publicity_page(number, form, 422)


@area.get("/take-down")
@require("organizer")
def before_taking_down(number: int) -> Answer:
    """What taking the list down early does. Raises NotFound, Refused for one that is not up."""
    with reading() as (r, world):
        before = _taking_down(r, world, number)
    return respond.before(before, Form())


@area.post("/take-down")
@require("organizer")
def taken_down(number: int) -> Answer:
    """Take the list down before its time, with the reason; sent twice it does so once."""
    form = Form.sent()
    with writing() as (w, world):
        account = whole_camp(world)
        if is_said(w, form.client_id, "list_taken_down"):
            return respond.go(url_for("office_publicity.shown", number=number))
        before = _taking_down(w, world, number)
        if before.is_agreed(form):
            with form.beside("reason", BadInput):
                actions.take_down(w, number, form.typed("reason"), account.actor, form.client_id)
                words = _("已撤下第 %(n)s 号名单。") % {"n": number}
                return told(w, words, url_for("office_publicity.shown", number=number), undo="")
    return respond.before(before, form)


@area.get("/amend")
@require("organizer")
def amend(number: int) -> Answer:
    """What an amendment would change: the list made again, or one line struck out. Nothing is written."""
    return _amend(number, Form(request.args.to_dict()))


@area.get("/amend/before")
@require("organizer")
def before_amending(number: int) -> Answer:
    """What the amendment does; the line and the objection stand in the address."""
    form = Form(request.args.to_dict())
    with reading() as (r, world):
        before = _amending(r, world, number, form)
    return respond.before(before, Form()) if before else _amend(number, form, 422)


@area.post("/amend/before")
@require("organizer")
def amended(number: int) -> Answer:
    """Amend the list as it was looked at, with the reason; sent twice it is amended once."""
    form = Form.sent()
    to = url_for("office_prizes.one", number=number)
    with writing() as (w, world):
        account = whole_camp(world)
        if is_said(w, form.client_id, "list_amended"):
            return respond.go(to)
        before = _amending(w, world, number, form)
        if before and before.is_agreed(form):
            with form.beside("reason", BadInput, Refused):
                amending.amend(w, number, form.typed("reason"), strike=form.typed("strike"), objection=form.typed("objection"),
                               actor=account.actor, client_id=form.client_id)  # fmt: skip
                return told(w, _("已更正第 %(n)s 号名单。") % {"n": number}, to, undo="")
    return respond.before(before, form) if before else _amend(number, form, 422)


def publicity_page(number: int, form: Form, status: int = 200) -> Answer:
    """The page of a list's publicity, with a form as it was sent. Raises NotFound, NotAllowed."""
    with reading() as (r, world):
        whole_camp(world)
        listed, found, today = prize_list(r, world, number), publicity(r, number), today_of(r.clock)
        rules, phase = world.rules[settings.Publicity], found.phase(today)
        planned = actions.planned(world, number, calendar_of(world).next_working(today))
        last = found.posting.ends_on if found.posting and phase != "down" else planned.ends_on
        page = PublicityPage(
            number, found, phase, _(PHASES[phase]), today, planned, calendar_of(world).unknown_years(today, max(today, last)),
            tuple(_steps(listed, found, today)),
            tuple((each, _(words)) for each, words in COUNTED.items()), rules.days, tuple((each, _(each)) for each in WAYS),
            _works(listed), form,
        )  # fmt: skip
    return respond.page("prizes/publicity.html", page, status)


def _steps(listed: PrizeList, found: ListPublicity, today: str) -> Iterator[PublicityStep]:
    """The life of a list in order of days: frozen for a time, put up, amended, open until, taken down."""
    days = [(moment_text(listed.moment), _("点赞数截止"))]  # 24:00 of a day belongs to that day
    if found.posting:
        days.append((found.posting.starts_on, _("公示开始")))
    days += [(each.on, _("第 %(n)s 号更正") % {"n": each.amendment}) for each in listed.amendments]
    if found.posting:
        days.append((found.posting.ends_on, _("异议截止")))
        days.append(
            (found.taken_down_on, _("提前撤下")) if found.taken_down_on else (later(found.posting.shown_until, 1), _("自动撤下"))
        )
    for day, words in sorted(days, key=lambda each: each[0]):
        yield PublicityStep(day, words, "past" if day[:10] < today else "now" if day[:10] == today else "to_come")


def _works(listed: PrizeList) -> Words:
    return tuple((row.work, f"第 {row.place} 名　{row.name}　{row.title or row.link}"[:60]) for row in listed.rows)


def _posting(r: Reader, world: World, number: int, form: Form) -> Before | None:
    """The page before the list is put up; None where it cannot be for this time, and the form says why."""
    listed = prize_list(r, world, number)
    check_stands(listed)
    starts_on, days = form.day("starts_on"), form.number("days", 1, LONGEST)
    counted = form.choice("counted", COUNTED)
    if form.errors or not days:
        return None
    with form.beside("starts_on", BadInput, Refused, by_reason={"out_of_range": "days"}):
        posting = actions.to_post(r, world, number, starts_on, days, counted)
        carries = (("starts_on", starts_on), ("days", str(days)), ("counted", counted))
        return before_lists.before_posting(r, world, listed, publicity(r, number), posting, carries)
    return None


def _taking_down(r: Reader, world: World, number: int) -> Before:
    whole_camp(world)
    listed, found = prize_list(r, world, number), publicity(r, number)
    actions.check_up(found, today_of(r.clock))
    return before_lists.before_taking_down(r, listed, found)


def _amending(r: Reader, world: World, number: int, form: Form) -> Before | None:
    """The page before an amendment; None where nothing would change, and the form says so."""
    whole_camp(world)
    listed, found = prize_list(r, world, number), publicity(r, number)
    check_stands(listed)
    strike, objection = form.typed("strike")[:64], form.typed("objection")[:64]
    if objection and objection not in {each.fact for each in found.objections}:
        form.wrong("objection", "没有这条异议，请从列表中选择。")
    with form.beside("strike", BadInput, Refused):
        proposal = amending.propose(r, world, listed, strike)
        if not proposal.changes:
            form.wrong("strike", "按现在的记录重新排，名单没有变化，不用更正。请先处理作品（取消或恢复资格），或选择要划去的一行。")
        if not form.errors:
            return before_lists.before_amending(r, listed, found, proposal, strike, objection)
    return None


def _amend(number: int, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        whole_camp(world)
        page = _amend_page(r, world, number, form)
    return respond.page("prizes/amend.html", page, status)


def _amend_page(r: Reader, world: World, number: int, form: Form) -> AmendPage:
    listed = prize_list(r, world, number)
    known = {work for work, _words in _works(listed)} | listed.unrolled.struck
    strike = form.typed("strike") if form.typed("strike") in known else ""
    struck = tuple(
        (row.work, f"恢复：{row.title or row.link}"[:60]) for row in listed.frozen_rows if row.work in listed.unrolled.struck
    )
    objections = tuple((each.fact, f"{each.raised_on}　{each.matter}"[:60]) for each in publicity(r, number).objections)
    with form.beside("strike", BadInput, Refused):
        proposal = amending.propose(r, world, listed, strike)
        return AmendPage(listed, proposal, strike, (*_works(listed), *struck), objections, form)
    proposal = amending.propose(r, world, listed)
    return AmendPage(listed, proposal, "", (*_works(listed), *struck), objections, form)
