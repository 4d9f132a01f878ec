"""The set-up page, behind a one-time link or on this machine itself: opens a camp from a preset, and the first account."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.accounts import governing as actions
from campmgr.accounts import local
from campmgr.accounts.governing import NewAccount, Place, tidy_login
from campmgr.accounts.passwords import check_password
from campmgr.accounts.queries import Account
from campmgr.areas.activities.actions import amend
from campmgr.areas.camp import actions as camps
from campmgr.areas.camp.settings import Camp
from campmgr.areas.units.rules.preset_units import preset_units
from campmgr.desks.pages.account import device_entered, read_new_account
from campmgr.desks.pages.setup_steps import StepPage, asked_by_address, has_errors, page_of, page_of_error, read_answers, step_page
from campmgr.desks.queries.restored import RestoredFile, restored_file
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import CAMP
from campmgr.facts.laptops import own_place
from campmgr.facts.recovery import Recovery, new_recovery, recovery_of
from campmgr.ids import sha256
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.web import respond
from campmgr.web.current import frame
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, own_machine
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("setup", __name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """A preset to start from; `sort`: what it opens, in words; `top`: the unit above all that it brings."""

    preset: str
    name: str
    host: str
    units: int
    sort: str
    top: str


@dataclass(frozen=True, slots=True)
class ChoosePresetPage:
    """The presets, as the first step."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A step after the preset was chosen: decisions the notice leaves open and rules with the notice's words, or the first account.

    `preset` is "" and `step` None where a camp is there already and only the account is missing. `here`: the address without
    answers.
    """

    preset: str
    name: str
    units: int
    step: StepPage | None
    form: Form
    here: str
    recovery: str = ""
    """The recovery code, shown before it holds, so that nothing is opened whose paper was never seen."""
    held: RestoredFile | None = None
    """What a camp that is there already holds here, so that whoever took in a file sees what came with it."""


@area.get("/start/new")
@area.get("/setup/<token>")
@anyone
def set_up(token: str = "") -> Answer:
    """The set-up page, behind a one-time link or, on this machine itself, without one. Raises NotFound once the link was used."""
    _check(token)
    preset = request.args.get("preset", "")
    names = frame().catalogue.presets
    if frame().store is None and preset not in names:
        return respond.page("desks/choose_preset.html", ChoosePresetPage(tuple(map(choice_of, names))))
    return _walk("" if frame().store else preset, asked_by_address(request.args))


@area.post("/start/new")
@area.post("/setup/<token>")
@anyone
def set_up_sent(token: str = "") -> Answer:
    """Open the camp and its first account, or turn to another step; nothing is written before everything typed is right."""
    form = Form.sent()
    with frame().lock:
        _check(token)
        preset = "" if frame().store else form.choice("preset", frame().catalogue.presets)
        if preset and form.typed("go") in {"next", "back"}:
            return _walk(preset, form)
        changes = read_answers(form, frame().catalogue.activity_rules(preset)) if preset else {}
        who = read_new_account(form)
        _check_account(form, who)
        if form.errors:
            return _refused(preset, form)
        store = frame().store or camps.open_camp(frame().settings.data_path, preset, frame().catalogue, recovery=_recovery(form))
        account = _settle(store, changes, who)
        frame().store, frame().setup_hash = store, ""
    return device_entered(account, kept=form.is_ticked("kept"))


def _settle(store: Store, changes: dict[str, str], who: NewAccount) -> Account:
    """Write the decisions and the first account in one transaction; a camp that got neither is taken away again."""
    try:
        with store.writing() as w:
            for key, value in changes.items():
                amend(w, next(iter(worlds.load(w).activities.values())), {key: value}, _("开营时的决定"))
            world = worlds.load(w)
            place = Place("organizer", *own_place(w, world))
            return actions.open_account(w, who, place, cost=frame().settings.cost)
    except BaseException:
        if frame().store is None:
            data_file.discard(store)
        raise


def _check(token: str) -> None:
    if not token and is_first_start():
        own_machine()
        return
    known = frame().setup_hash
    if not known or not hmac.compare_digest(sha256(token), known):
        raise NotFound(
            "这个链接已经用过或不存在。",
            reason="link_ended",
            hint="训练营已经开好的，请直接登录；否则请重新启动程序，用新显示的链接。",
        )


def is_first_start() -> bool:
    """Whether nobody can run a camp here in a browser yet: there is no data file, or no account in it."""
    store = frame().store
    if store is None:
        return True
    with store.reading() as r:
        return bool(worlds.load(r).root_unit) and not local.has_organizer(r)


def _check_account(form: Form, who: NewAccount) -> None:
    """Complain about the account now: later the camp would be open already."""
    if "password" in form.errors:
        return
    with form.beside("password", BadInput):
        check_password(who.password, tidy_login(who.login))


def _walk(preset: str, form: Form) -> Answer:
    """The step that a form asks for, or an earlier one where something is wrong on it."""
    if not preset:
        return respond.page("desks/open_camp.html", _account_page(Form()))
    to = page_of(form, frame().catalogue.activity_rules(preset))
    is_wrong = has_errors(form, to)
    shown = form if is_wrong else form.clean()
    return respond.page("desks/open_camp.html", _page(preset, shown, to), 422 if is_wrong else 200)


def _refused(preset: str, form: Form) -> Answer:
    """The first step on which something is wrong."""
    if not preset:
        return respond.page("desks/open_camp.html", _account_page(form), 422)
    to = page_of_error(form, frame().catalogue.activity_rules(preset)) if form.errors.keys() - {"preset"} else "account"
    return respond.page("desks/open_camp.html", _page(preset, form, to), 422)


def _account_page(form: Form) -> OpenPage:
    """The only step where a camp is there already."""
    with frame().open_store().reading() as r:
        world = worlds.load(r)
        return OpenPage("", world.name, len(world.tree.units), None, form, request.path, held=restored_file(r, world))


def _page(preset: str, form: Form, to: str) -> OpenPage:
    rules, choice = frame().catalogue.activity_rules(preset), choice_of(preset)
    words = _recovery(form).words if to == "account" else ""
    return OpenPage(preset, choice.name, choice.units, step_page(form, rules, to), form, request.path, words)


def _recovery(form: Form) -> Recovery:
    """The recovery key that the form showed, else a new one."""
    try:
        return recovery_of(form.typed("recovery"))
    except BadInput:
        return new_recovery()


def choice_of(preset: str) -> Choice:
    """A preset as it is offered."""
    plan = frame().catalogue
    rules, sort = plan.activity_rules(preset), plan.sorts[plan.sort_of(preset)]
    is_camp = sort.name == CAMP
    units = preset_units(rules if is_camp else plan.root_rules(preset))
    return Choice(
        preset, str(rules.value_of(sort.named_by)), rules[Camp].host if is_camp else "", len(units), _(sort.title), units[0].name
    )
