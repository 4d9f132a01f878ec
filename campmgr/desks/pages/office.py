"""The organizer's office: overview, and the accounts of one's own scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts import governing as actions
from campmgr.accounts.governing import Place
from campmgr.accounts.queries import (
    ROLE_WORDS,
    ROLES,
    AccountLine,
    InvitationLine,
    Role,
    accounts_for,
    visible_unit,
)
from campmgr.areas.camp.pages import AddressNote, printed
from campmgr.areas.camp.queries import phase_now
from campmgr.areas.camp.rules import PHASE_WORDS
from campmgr.areas.reports.queries.reporting import Region, Reporting, reporting
from campmgr.areas.units.queries.my_units import UnitList, units_below
from campmgr.areas.units.queries.offering import units_offered
from campmgr.areas.units.settings import LINES
from campmgr.clock import today_of
from campmgr.desks.pages.closing_accounts import before_closing
from campmgr.desks.pages.office_state import State, state_of
from campmgr.desks.pages.office_today import Decision, Steps, decisions_of, office_tasks, steps_of
from campmgr.desks.pages.today import Task
from campmgr.desks.queries.listed import ACCOUNTS
from campmgr.desks.queries.trend import TrendDay, trend
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.files.qr import qr_picture
from campmgr.store.door import Writer
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("office", __name__, url_prefix="/office")


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Where the camp stands, the units right below with the map, the days, who has not reported, what waits, what is still to be
    decided, the steps of a new camp (None for whoever does not organize the whole of it).
    """

    phase: str
    phase_words: str
    state: State
    trend: tuple[TrendDay, ...]
    told: Reporting
    tasks: tuple[Task, ...]
    decisions: tuple[Decision, ...]
    steps: Steps | None
    units: UnitList

    @property
    def quiet(self) -> tuple[Region, ...]:
        """The regions with units in which nobody has joined, those with most first."""
        return tuple(sorted((each for each in self.told.regions if each.silent), key=lambda each: -each.silent))

    @property
    def reminder(self) -> str:
        """What to paste into group chats, a paragraph for each region; "" for nothing."""
        return "\n\n".join(each.reminder for each in self.told.regions if each.reminder)


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Accounts, what may be done to each of those shown, open invitations, and the form for another."""

    listed: ShownList
    acts: Mapping[str, AccountLine]
    invitations: tuple[InvitationLine, ...]
    roles: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    form: Form


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """A one-time link, shown this once: as text and as a QR code; what to warn of, "" for nothing."""

    title: str
    whom: str
    address: str
    qr: str
    warning: AddressNote
    days: int


@area.get("/")
@require("organizer")
def overview() -> Answer:
    """The camp at a glance."""
    account = me()
    with reading() as (r, world):
        if not world.has_camp:
            return respond.go(url_for("office_activities.listed"))
        phase = phase_now(world, today_of(r.clock))
        units, told = units_below(r, world, account, account.unit), reporting(r, world, account)
        accounts = accounts_for(r, world, account).accounts
        found = OverviewPage(
            phase, PHASE_WORDS[phase], state_of(r, account, units, told, is_running=phase in {"warm_up", "live"}),
            trend(r, account.unit, account.line), told, office_tasks(r, world, account, accounts), decisions_of(r, world, account),
            steps_of(r, world, account, accounts), units,
        )  # fmt: skip
    return respond.page("desks/overview.html", found)


@area.get("/accounts")
@require("organizer")
def accounts() -> Answer:
    """Who may work here, within my own scope."""
    return _accounts(Form())


@area.post("/accounts/invite")
@require("organizer")
def invite() -> Answer:
    """Make an invitation; its link is shown once."""
    form = Form.sent()
    role = form.choice("role", ROLES)
    line = form.choice("line", LINES.words, required=False)
    name = form.text("name", required=False, most=60)
    account = me()
    with reading() as (_r, world):
        unit = form.pick("unit", units_offered(world, account))
    if form.errors:
        return _accounts(form, 422)
    with writing() as (w, world):
        found = visible_unit(world, account, unit)
        place = Place(_role(role), found.unit, line or account.line)
        token = actions.invite(w, world, account, place, name, form.client_id)
        whom = f"{name or '受邀人'} · {ROLE_WORDS[place.role]} · {found.name}"
        shown = respond.shown_at("office.link", ["邀请链接", whom, token, actions.INVITED.days])
        return told(w, _("已生成邀请链接。"), shown.location or "", undo=actions.link_of(w, token).link, way="uninvite",
                    back=url_for("office.accounts"))  # fmt: skip


@area.post("/accounts/<account>/reset")
@require("organizer")
def reset(account: str) -> Answer:
    """Make a link by which a lower account chooses a new password."""
    with writing() as (w, world):
        whom = actions.governed(w, world, me(), account)
        token = actions.reset_link(w, world, me(), account)
        shown = respond.shown_at("office.link", ["重设密码的链接", f"{whom.name} · {whom.login}", token, actions.RESET.days])
        words = _("已生成重设密码的链接；用它以前，原来的密码照常能登录。")
        return told(
            w, words, shown.location or "", undo=actions.link_of(w, token).link, way="unreset", back=url_for("office.accounts")
        )


@area.get("/accounts/link")
@require("organizer")
def link() -> Answer:
    """A one-time link for whoever made it just now, as text and QR code. Raises NotFound once it is forgotten."""
    title, whom, token, days = respond.shown_again()
    with reading() as (_r, world):
        sent = printed(world, url_for("account.link", token=token))
    shown = InvitationPage(title, whom, sent.address, qr_picture(sent.address), sent.warning, days)
    return respond.page("accounts/invitation.html", shown)


@area.get("/accounts/<account>/close")
@require("organizer")
def closing(account: str) -> Answer:
    """What ends with an account, before it is closed or its closing is asked for. Raises NotFound."""
    with reading() as (r, world):
        before = before_closing(r, world, account)
    return respond.before(before, Form())


@area.post("/accounts/<account>/close")
@require("organizer")
def close(account: str) -> Answer:
    """Close a lower account that was looked at: its log-ins end at once. Sent twice it does so once."""
    form = Form.sent()
    with writing() as (w, world):
        if not actions.governed(w, world, me(), account).active:
            return respond.go(url_for("office.accounts"))
        before = before_closing(w, world, account)
        if before.is_agreed(form):
            return _set_active(w, world, account, active=False)
    return respond.before(before, form)


@area.post("/accounts/<account>/ask-closing")
@require("organizer")
def ask_closing(account: str) -> Answer:
    """Ask to close an account of equal place, or agree with whoever asked: two people close it."""
    form = Form.sent()
    with writing() as (w, world):
        before = before_closing(w, world, actions.equal_of(w, world, me(), account).account)
        if before.is_agreed(form):
            closed = actions.ask_closing(w, world, me(), account)
            words = _("已停用这个账号。") if closed else _("已提议停用；另一位组织方同意后才会停用。")
            return told(w, words, url_for("office.accounts"), undo="" if closed else account, way="unask")
    return respond.before(before, form)


@area.post("/accounts/invitations/<link>/cancel")
@require("organizer")
def cancel(link: str) -> Answer:
    """End an invitation that nobody has used yet."""
    with writing() as (w, world):
        ends_at = actions.cancel_invitation(w, world, me(), link)
        words = _("已取消这份邀请，链接不能再用。")
        return told(w, words, url_for("office.accounts"), undo=f"{link} {ends_at}", way="reinvite")


@area.post("/accounts/<account>/open")
@require("organizer")
def reopen(account: str) -> Answer:
    """Open a closed account again."""
    with writing() as (w, world):
        return _set_active(w, world, account, active=True)


def _set_active(w: Writer, world: World, account: str, *, active: bool) -> Answer:
    actions.set_active(w, world, me(), account, active=active)
    words = _("已恢复这个账号。") if active else _("已停用这个账号，它的登录都已退出。")
    return told(w, words, url_for("office.accounts"), undo=account, way="close" if active else "reopen")


def _accounts(form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        found = accounts_for(r, world, account)
        listed = shown_list(r, world, ACCOUNTS)
    acts = {each.account: each for each in found.accounts}
    roles = tuple((role, ROLE_WORDS[role]) for role in reversed(ROLES))
    lines = tuple((line, line) for line in ((account.line,) if account.line else LINES.words))
    return respond.page("accounts/accounts.html", AccountsPage(listed, acts, found.invitations, roles, lines, form), status)


def _role(word: str) -> Role:
    for role in ROLES:
        if role == word:
            return role
    raise NotFound("没有这种角色。", reason="unknown_word")
