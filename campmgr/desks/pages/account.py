"""Logging in and out, one's own password and devices, and what one-time links lead to."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts import governing as actions
from campmgr.accounts import local, logging_in, unsaved
from campmgr.accounts.governing import NewAccount
from campmgr.accounts.local import LinkRow
from campmgr.accounts.logging_in import Entered
from campmgr.accounts.queries import Account, DeviceLine, devices_for, role_word, unit_name
from campmgr.errors import BadInput, NotFound, TooMany
from campmgr.web import respond
from campmgr.web.current import account_or_none, frame, me, reading, writing
from campmgr.web.failing import LogInPage
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, came_from, forget, remember, require
from campmgr.web.nav import first_page
from campmgr.web.respond import Answer

area = Blueprint("account", __name__)


@dataclass(frozen=True, slots=True)
class LogOutPage:
    """On how many pages something was typed and not saved."""

    left: int


@dataclass(frozen=True, slots=True)
class MyAccountPage:
    """Who I am here, where I am logged in, and the form for a new password."""

    account: Account
    role: str
    unit: str
    devices: tuple[DeviceLine, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class EntryLinkPage:
    """What a one-time link asks: an account to open, a password to choose, or a press of the button."""

    kind: str
    name: str
    role: str
    unit: str
    line: str
    form: Form


@area.get("/login")
@anyone
def log_in() -> Answer:
    """The log-in form; who is logged in goes on."""
    onward = respond.local_address(request.args.get("next", ""), "")
    if (account := account_or_none()) is not None:
        return respond.go(onward or first_page(account))
    frame().open_store()
    return respond.page("accounts/log_in.html", LogInPage(Form(), onward, kept=request.args.get("kept") == "1"))


@area.post("/login")
@anyone
def log_in_sent() -> Answer:
    """Log in. A wrong password brings the form back with the name still there."""
    form = Form.sent()
    login, password = form.text("login", most=60), form.secret("password")
    onward, kept = respond.local_address(form.typed("next"), ""), form.is_ticked("kept")
    store = frame().open_store()
    if not form.errors:
        try:
            entered = logging_in.log_in(store, login, password, came_from(), kept=kept, cost=frame().settings.cost)
        except (BadInput, TooMany) as problem:
            form.refuse("password", problem)
            return respond.page("accounts/log_in.html", LogInPage(form, onward), problem.status)
        return _entered(entered, kept=kept, onward=onward)
    return respond.page("accounts/log_in.html", LogInPage(form, onward), 422)


@area.get("/account/leaving")
@require("viewer")
def leaving() -> Answer:
    """What becomes of what was typed and not saved, before the log-out."""
    with reading() as (r, _):
        left = unsaved.count_of(r, me().account)
    return respond.page("accounts/log_out.html", LogOutPage(left))


@area.post("/logout")
@require("viewer")
def log_out() -> Answer:
    """Log this browser out; where something typed was not saved, after asking what becomes of it."""
    account, form = me(), Form.sent()
    with writing() as (w, _):
        left, answer = unsaved.count_of(w, account.account), form.typed("unsaved")
        if left and answer not in {"drop", "keep"}:
            return respond.go(url_for("account.leaving"))
        if answer != "keep":
            unsaved.drop_of(w, account.account)
        logging_in.close_device(w, account.account, account.device)
    frame().searches.forget(account.account)
    return forget(respond.go(url_for("public.camp")))


@area.get("/account")
@require("viewer")
def mine() -> Answer:
    """My account and devices."""
    return _mine(Form())


@area.post("/account/password")
@require("viewer")
def change_password() -> Answer:
    """Choose a new password; every other browser of mine is logged out."""
    form, account = Form.sent(), me()
    old, new = form.secret("old"), form.secret("new")
    with reading() as (r, _):
        row = local.account_of_id(r, account.account)
    if row is None:
        raise NotFound("没有这个账号。", reason="unknown_account")
    if old:
        with form.beside("old", TooMany):
            if not logging_in.check_present_password(frame().open_store(), row, old):
                form.wrong("old", "现在的密码不对。")
    if not form.errors:
        with form.beside("new", BadInput):
            with writing() as (w, _):
                actions.set_password(w, row, new, frame().settings.cost, but_device=account.device)
            return respond.go(url_for("account.mine"))
    return _mine(form, 422)


@area.post("/account/devices/<device>/close")
@require("viewer")
def close_device(device: str) -> Answer:
    """Log one of my browsers out. Raises NotFound for one that is not mine."""
    with writing() as (w, _):
        if not logging_in.close_device(w, me().account, device):
            raise NotFound("没有这台设备，或它已经退出。", reason="unknown_account", hint="请刷新“我的账号”页面。")
    return respond.go(url_for("account.mine"))


@area.get("/link/<token>")
@anyone
def link(token: str) -> Answer:
    """What a one-time link asks. Looking uses nothing up: messengers look at links before people do."""
    with reading() as (r, _):
        found = actions.link_of(r, token)
    return _link(found, Form({"name": found.name}))


@area.post("/link/<token>")
@anyone
def link_used(token: str) -> Answer:
    """Use a one-time link: open the account, set the password, or log in."""
    form = Form.sent()
    with reading() as (r, _):
        found = actions.link_of(r, token)
    who = (
        read_new_account(form)
        if found.kind == "invite"
        else NewAccount("", "", form.secret("password") if found.kind == "reset" else "")
    )
    if not form.errors:
        with form.beside("password", BadInput, by_reason={"login_taken": "login"}):
            return _enter(found, who, kept=form.is_ticked("kept"))
    return _link(found, form, 422)


def read_new_account(form: Form) -> NewAccount:
    """The fields of a form that opens an account."""
    login, name = form.text("login", most=60), form.text("name", most=60)
    return NewAccount(login, name, form.secret("password"))


def device_entered(account: Account, *, kept: bool) -> Answer:
    """Log this browser in as an account that has just been opened, and go to its first page."""
    with writing() as (w, _):
        entered = logging_in.enter(w, account, came_from(), kept=kept)
    return _entered(entered, kept=kept)


def _entered(entered: Entered, *, kept: bool, onward: str = "") -> Answer:
    """Go to where one was asked to log in, else to one's first page."""
    with reading():
        address = onward or first_page(entered.account)
    return remember(respond.go(address), entered, kept=kept)


def _enter(found: LinkRow, who: NewAccount, *, kept: bool) -> Answer:
    with writing() as (w, _):
        if found.kind == "invite":
            account = actions.accept_invitation(w, found, who, frame().settings.cost)
        elif found.kind == "reset":
            account = actions.choose_password(w, found, who.password, frame().settings.cost)
        else:
            account = actions.enter_by_link(w, found)
        entered = logging_in.enter(w, account, came_from(), kept=kept)
    return _entered(entered, kept=kept)


def _link(found: LinkRow, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        row = local.account_of_id(r, found.account) if found.account else None
    name, role, unit, line = (row.name, row.role, row.unit, row.line) if row else (found.name, found.role, found.unit, found.line)
    return respond.page(
        "accounts/link.html", EntryLinkPage(found.kind, name, role_word(role), unit_name(world, unit), line, form), status
    )


def _mine(form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        devices, unit = devices_for(r, account), unit_name(world, account.unit)
    return respond.page("accounts/mine.html", MyAccountPage(account, role_word(account.role), unit, devices, form), status)
