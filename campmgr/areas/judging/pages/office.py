"""The office's page of judging: rounds, judges and how far each has come. No mark is on it, before and after a round is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, url_for

from campmgr.accounts.queries import AccountLine, accounts_for
from campmgr.areas.judging.actions.assigning import name_judge
from campmgr.areas.judging.actions.rounds import set_round
from campmgr.areas.judging.local import bind_judge, bound_accounts
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.judges import Judge, judges_of
from campmgr.areas.judging.queries.rounds import RoundLine, rounds_of, works_of
from campmgr.areas.judging.rules.starting import round_from_rules
from campmgr.areas.judging.settings import METHODS, Judging
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.people.queries.offering import people_offered
from campmgr.areas.units.queries.offering import units_offered
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_judging", __name__, url_prefix="/office/a/<activity>/judging")


@dataclass(frozen=True, slots=True)
class JudgingPage:
    """Rounds with how many works each judges; judges, with the account each marks with on this computer; what forms offer."""

    at: JudgingStand
    rounds: tuple[tuple[RoundLine, int], ...]
    judges: tuple[Judge, ...]
    bound: Mapping[str, str]
    accounts: tuple[tuple[str, str], ...]
    choosable: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    methods: Mapping[str, str]
    asked: Judging
    form: Form


@area.get("")
@require("organizer")
def listed(activity: str) -> Answer:
    """Rounds and judges."""
    return _page(activity, Form.kept())


@area.post("/judges")
@require("organizer")
def named(activity: str) -> Answer:
    """Name a judge, with unit and field."""
    form, account = Form.sent(), me()
    trade = form.text("field", required=False, most=20)
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        person = form.pick("person", people_offered(w, world, account))
        unit = form.pick("unit", units_offered(world, account), required=False)
        if not form.errors:
            with form.beside("person", BadInput, Refused, NotAllowed, by_reason={"missing_value": "unit"}):
                fact = name_judge(w, find_person(w, person), at.activity, unit, trade, actor=account.actor)
                return told(w, _("评委已登记。"), url_for("office_judging.listed", **at.address), undo=fact.chain)
    return _page(activity, form, 422)


@area.post("/rounds")
@require("organizer")
def begin(activity: str) -> Answer:
    """Set a new round from the rules of the activity; the rest is on its own page."""
    form = Form.sent()
    name = form.person_name("name", most=20)
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        if any(each.name == name for each in rounds_of(w, at.activity)):
            form.wrong("name", "这一轮已经有了，请点进去改，或换一个名字。")
        if not form.errors:
            with form.beside("name", BadInput, Refused):
                one = round_from_rules(at.activity.id, name, at.activity.rules)
                fact = set_round(w, at.activity, replace(one, seed=f"{name}-{_seed(at)}"), actor=me().actor)
                words = _("已设置一轮评审，开启以前都可以改。")
                return told(w, words, url_for("office_rounds.shown", name=name, **at.address), undo=fact.chain)
    return _page(activity, form, 422)


def _seed(at: JudgingStand) -> str:
    """A seed that everybody can read and nobody chose: the beginning of the activity's id."""
    return at.activity.id[:6]


@area.post("/accounts")
@require("organizer")
def bound(activity: str) -> Answer:
    """Say with which account of this computer a judge marks."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        judges = {each.person for each in judges_of(w, world, at.activity)}
        person = form.choice("judge", judges)
        login = form.choice("account", {each.account for each in accounts_for(w, world, account).accounts if each.active})
        if not form.errors:
            bind_judge(w, login, person)
            return told(w, _("已绑定：这个账号登录以后就能评审。"), url_for("office_judging.listed", **at.address), undo="")
    return _page(activity, form, 422)


def _page(activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_judging(world, activity)
        rounds = tuple((each, len(works_of(r, at.activity, each.round))) for each in rounds_of(r, at.activity))
        judges, bound_to = judges_of(r, world, at.activity), bound_accounts(r)
        accounts = [each for each in accounts_for(r, world, me()).accounts if each.active]
    asked = at.activity.rules[Judging]
    fields = tuple((each, each) for each in asked.fields)
    page = JudgingPage(
        at, rounds, judges, bound_to, tuple((each.account, _login(each)) for each in accounts),
        tuple((each.person, each.name) for each in judges), fields, METHODS, asked, form,
    )  # fmt: skip
    return respond.page("judging/office.html", page, status)


def _login(line: AccountLine) -> str:
    return f"{line.name}（{line.login}）"
