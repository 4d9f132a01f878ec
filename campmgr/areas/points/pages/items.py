"""Reporting an item on a page, one item with every point it has, and recording that an outlet took it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import actors
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.points.actions.adoptions import LONGEST_LINK, LONGEST_OUTLET, adopt
from campmgr.areas.points.actions.items import WrongField, report_item
from campmgr.areas.points.fold.outlets import dictionary_of
from campmgr.areas.points.pages.report_form import read_report, report_page
from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.items import ItemAccount, account_of, item_of
from campmgr.areas.points.rules.because import class_word
from campmgr.areas.points.rules.characters import length_of
from campmgr.areas.points.settings import COUNT_RULES, Articles, Passing, Points
from campmgr.clock import local_day, utc_text
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.periods.spans import named
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("reporting", __name__, url_prefix="/desk/units/<code>/a/<activity>/items")


@dataclass(frozen=True, slots=True)
class CountedBy:
    """How long an item is by one rule, and whether that rule is in force."""

    words: str
    count: int
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item: its way, its points, its length by each rule, and the form for another adoption; `outlets`: names to choose from.

    `outside`: the year of the table in words, where the item was sent outside it and counts in none; `by`: whose account
    looked, by name.
    """

    at: DeskStand
    account: ItemAccount
    lengths: tuple[CountedBy, ...]
    passing: Passing
    classes: Mapping[int, str]
    outlets: tuple[str, ...]
    form: Form
    today: str
    outside: str
    author: str
    by: Mapping[str, str]


@area.get("/new")
@require("coordinator")
def new(code: str, activity: str) -> Answer:
    """The form for an item."""
    return _form(code, activity, Form.kept())


@area.post("/new")
@require("coordinator")
def add(code: str, activity: str) -> Answer:
    """Report an item; at once it says whether it came in time and what it is worth."""
    form = Form.sent()
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        report = read_report(r, at, form, utc_text(r.clock.now()))
    if form.errors:
        return _form(code, activity, form, 422)
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        try:
            key, fact = report_item(w, at.activity, at.row.unit.unit, report, me().actor)
        except WrongField as problem:
            form.refuse(problem.column if problem.column != "characters" else "file", problem)
        else:
            words = worth_words(w, at, key) if fact else _("这篇已经报过，没有改动。")
            return told(w, words, url_for("reporting.one", item=key, **at.address))
    return _form(code, activity, form, 422)


@area.get("/<item>")
@require("viewer")
def one(code: str, activity: str, item: str) -> Answer:
    """One item of the unit. Raises NotFound for one of another."""
    return _item(code, activity, item, Form.kept())


@area.post("/<item>/adopt")
@require("coordinator")
def adopted(code: str, activity: str, item: str) -> Answer:
    """Record that an outlet took it."""
    form = Form.sent()
    outlet, on, link = (
        form.text("outlet", most=LONGEST_OUTLET),
        form.day("on"),
        form.text("link", required=False, most=LONGEST_LINK),
    )
    if not form.errors:
        with writing() as (w, world):
            at = at_desk(w, world, code, activity, writes=True)
            line = own_item(w, at, item).line
            with form.beside("outlet", BadInput, Refused, by_reason={"bad_date": "on"}):
                adopt(w, line, outlet, on, link=link, actor=me().actor)
                return told(w, _("已登记录用。"), url_for("reporting.one", item=item, **at.address))
    return _item(code, activity, item, form, 422)


def worth_words(r: Reader, at: DeskStand, key: str) -> str:
    """What becomes of an item that was just reported or corrected, in one line."""
    line, year = item_of(r, at.activity, key), named(str(at.activity.rules[Points].year))
    if not year.holds(line.sent_on):
        return _("已报送，但报送时间（%(day)s）不在%(year)s，这一年的统计表不计它。") % {"day": line.sent_on, "year": year.words}
    if line.late:
        quota = _("，仍计入任务") if line.task else _("，也不计入任务")
        return _("已报送。最迟 %(day)s，已超过时限，不计报送分") % {"day": line.last_day} + quota + "。"
    timely = _("在时限以内，") if line.last_day else ""
    short = _("字数不够，不计入任务。") if line.short and not line.task else ""
    return _("已报送。%(timely)s计 %(n)s 分。") % {"timely": timely, "n": line.points} + short


def own_item(r: Reader, at: DeskStand, item: str) -> ItemAccount:
    """An item of the unit in hand. Raises NotFound for one of another."""
    line = item_of(r, at.activity, item)
    if line.unit != at.row.unit.unit:
        raise NotFound("没有这篇稿件。", reason="unknown_fact", hint="请回到列表里选。")
    return account_of(r, at.activity, line)


def _form(code: str, activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        page = report_page(r, at_desk(r, world, code, activity, writes=True), form)
    return respond.page("points/report.html", page, status)


def _item(code: str, activity: str, item: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        account = own_item(r, at, item)
        author = people_by_id(r, [account.line.author]).get(account.line.author)
        names = tuple(dictionary_of(r, at.activity).named())
        today, names_of = local_day(r.clock.now()), actors(r)
    by = {each.actor: names_of.get(each.actor, "") for each in account.stages}
    classes = {cls: class_word(cls) for cls in range(6)}
    year = named(str(at.activity.rules[Points].year))
    outside = "" if year.holds(account.line.sent_on) else year.words
    page = ItemPage(at, account, _lengths(at, account), at.activity.rules[Passing], classes, names, form, today, outside,
                    author.shown_name if author else "", by)  # fmt: skip
    return respond.page("points/item.html", page, status)


def _lengths(at: DeskStand, account: ItemAccount) -> tuple[CountedBy, ...]:
    rule, told_of = at.activity.rules[Articles].count, account.line.characters
    found = [CountedBy(words, told_of[each], each == rule) for each, words in COUNT_RULES.items() if each in told_of]
    if not found and (length := length_of(told_of, rule)) is not None:
        return (CountedBy(_("填报的字数"), length, is_in_force=True),)
    return tuple(found)
