"""Invitations for many at once: pasted rows, looked at, made in one press; a link and a QR code for each, to print and cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, request, url_for

from campmgr.accounts import governing
from campmgr.accounts.inviting import MOST_INVITED, Invitation, asked_rows, invitations_of, invite_all, units_without
from campmgr.accounts.queries import ROLE_WORDS, ROLES, Role, role_word, visible_unit
from campmgr.areas.camp.pages import AddressNote, printed
from campmgr.areas.units.settings import LINES
from campmgr.facts.world import World
from campmgr.files.qr import qr_picture
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("inviting", __name__, url_prefix="/office/accounts/invite-many")

_LONGEST = 50_000
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class InvitingPage:
    """The form: rows to paste, the role and line of those that name none; `without`: how many units below have nobody yet."""

    roles: Words
    lines: Words
    without: int
    most: int
    form: Form


@dataclass(frozen=True, slots=True)
class HandedInvitation:
    """An invitation as it is handed over: whom it is for, its address, as a picture too."""

    unit: str
    name: str
    role: str
    line: str
    address: str
    qr: str


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """Invitations that were made just now, to be handed over; `warning`: what is to be said of the address."""

    some: tuple[HandedInvitation, ...]
    days: int
    warning: AddressNote


@area.get("")
@require("organizer")
def form_page() -> Answer:
    """The form; `?below=1` fills in the units below that have nobody yet."""
    account, typed = me(), {}
    if request.args.get("below"):
        with reading() as (r, world):
            units = units_without(r, world, account, visible_unit(world, account, account.unit))[:MOST_INVITED]
        typed = {"rows": "\n".join(f"{unit.address}\t" for unit in units)}
    return _page(Form(typed))


@area.post("")
@require("organizer")
def chosen() -> Answer:
    """Go on to what the rows come to."""
    form = Form.sent()
    role, line = form.choice("role", ROLES), form.choice("line", LINES.words, required=False)
    text = form.typed("rows")
    rows = asked_rows(text[:_LONGEST])
    if not rows:
        form.wrong("rows", _("请粘贴单位和姓名，每行一位。"))
    elif len(rows) > MOST_INVITED or len(text) > _LONGEST:
        form.wrong("rows", _("一次最多 %(n)s 位，请分几次。") % {"n": MOST_INVITED})
    if form.errors:
        return _page(form, 422)
    return respond.shown_at("inviting.look", [text, role, line])


@area.get("/look")
@require("organizer")
def look() -> Answer:
    """Who would be invited, and which rows would not do."""
    with reading() as (r, world):
        before = _before(world, _invitations(r, world))
    return respond.before(before, Form())


@area.post("/do")
@require("organizer")
def invite() -> Answer:
    """Make them, and go on to the sheet with their links; one press ends them all again."""
    form = Form.sent()
    with writing() as (w, world):
        found = _invitations(w, world)
        before = _before(world, found)
        if before.is_agreed(form):
            made = invite_all(w, world, me(), [one for one in found if not one.why_not], form.client_id)
            if not made:
                return respond.go(url_for("inviting.form_page"))
            kept = [[one.unit_name, one.name, role_word(one.role), one.line, token] for one, token in made]
            links = " ".join(governing.link_of(w, token).link for _one, token in made)
            sheet = respond.shown_at("inviting.sheet", kept)
            words = _("已生成 %(n)s 份邀请。") % {"n": len(made)}
            return told(w, words, sheet.location or "", undo=links, way="uninvite", back=url_for("office.accounts"))
    return respond.before(before, form)


@area.get("/sheet")
@require("organizer")
def sheet() -> Answer:
    """The links and QR codes, for whoever made them just now, to print and cut. Raises NotFound once they are forgotten."""
    some, warning = [], None
    with reading() as (_r, world):
        for unit, name, role, line, token in respond.shown_again():
            sent = printed(world, url_for("account.link", token=token))
            warning = sent.warning
            some.append(HandedInvitation(unit, name, role, line, sent.address, qr_picture(sent.address)))
    return respond.page("accounts/invited.html", InvitedPage(tuple(some), governing.INVITED.days, cast("AddressNote", warning)))


def _page(form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        without = len(units_without(r, world, account, visible_unit(world, account, account.unit)))
    lines = tuple((word, word) for word in ((account.line,) if account.line else LINES.words))
    page = InvitingPage(tuple((each, ROLE_WORDS[each]) for each in ROLES), lines, without, MOST_INVITED, form)
    return respond.page("accounts/inviting.html", page, status)


def _invitations(r: Reader, world: World) -> list[Invitation]:
    text, role, line = respond.shown_again()
    return invitations_of(r, world, me(), asked_rows(str(text)[:_LONGEST]), cast("Role", role), str(line))


def _before(world: World, found: Sequence[Invitation]) -> Before:
    address = printed(world, "").warning
    able = sum(not one.why_not for one in found)
    title = _("邀请 %(n)s 位") % {"n": able}
    lines = sorted(found, key=lambda one: bool(one.why_not))
    return Before(
        title=title,
        back=(url_for("inviting.form_page"), _("批量邀请")),
        result=Result(
            title,
            tuple(ResultLine((one.unit_name or "—", one.name or _("未写姓名"), role_word(one.role), one.line or _("全部条线")),
                             one.why_not and _("第 %(n)s 行：%(why)s") % {"n": one.number, "why": one.why_not},
                             is_out=bool(one.why_not)) for one in lines),
            ((_("单位"), ""), (_("姓名"), ""), (_("角色"), ""), (_("条线"), "wide")),
            cut=_("以下 %(n)s 行不邀请") % {"n": len(found) - able} if able < len(found) and able else "",
        ),
        open=(OpenPoint(1, _("印出来的网址"), address.words, address.fill_at, _("现在填"), mark="！", is_open=False),)
             if address.words and able else (),
        does=(
            _("每位一个链接和二维码，只能用一次，%(n)s 天内有效；对方点开后自己设登录名和密码。") % {"n": governing.INVITED.days},
            _("下一页可以打印、裁开分发；离开那一页以后链接不再显示。"),
            _("生成后可以一下全部取消。"),
        ),
        button=title if able else "",
        action=url_for("inviting.invite", shown=request.args.get("shown", "")),
        is_grave=False,
    )  # fmt: skip
