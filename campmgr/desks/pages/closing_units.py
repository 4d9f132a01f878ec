"""A unit that is closed: what becomes of its people, its accounts and what is open there is looked at first; one press opens it
again.
"""

from __future__ import annotations

from flask import Blueprint, url_for

from campmgr.accounts import governing, local
from campmgr.accounts.local import AccountRow, LinkRow
from campmgr.accounts.queries import Account, account_of, governs, in_subtree, may_give, role_word, unit_for
from campmgr.areas.people.actions.joining import is_open
from campmgr.areas.people.local import join_codes_of
from campmgr.areas.units.actions.units import close_unit
from campmgr.areas.units.queries.closings import closings_of
from campmgr.areas.units.queries.my_units import units_below
from campmgr.clock import today_of, utc_text
from campmgr.desks.actions import withdrawing
from campmgr.desks.pages.today import tasks
from campmgr.errors import NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer
from campmgr.web import respond
from campmgr.web.before import AskedTick, Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("closing_units", __name__, url_prefix="/office/units/<code>")


@area.get("/close")
@require("organizer")
def closing(code: str) -> Answer:
    """What closing a unit does, before it is closed."""
    account = me()
    with reading() as (r, world):
        unit = _closable(world, account, code)
        if unit.closed_on:
            return respond.go(url_for("office_units.unit", code=unit.address))
        act = _before(r, world, account, unit)
    return respond.before(act, Form())


@area.post("/close")
@require("organizer")
def close(code: str) -> Answer:
    """Close it, and the accounts of its people where that is ticked; pressed twice it is closed once."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit = _closable(world, account, code)
        to = url_for("office_units.unit", code=unit.address)
        if unit.closed_on:
            return respond.go(to)
        act = _before(w, world, account, unit)
        if act.is_agreed(form):
            ended = [row.account for row in _accounts(w, world, account, unit) if form.is_ticked("account", row.account)]
            fact = close_unit(w, unit.unit, "", form.typed("reason")[:200], account.actor)
            for each in ended:
                governing.set_active(w, world, account, each, active=False)
            words = _("已关闭 %(name)s。") % {"name": unit.name}
            return told(w, words, to, undo=" ".join([unit.unit, fact.chain if fact else "", *ended]), way="open_unit")
    return respond.before(act, form)


@area.post("/open")
@require("organizer")
def open_again(code: str) -> Answer:
    """Open a unit that was closed. Its accounts are opened one by one, on the page of accounts."""
    account = me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        to = url_for("office_units.unit", code=unit.address)
        if not unit.story.closed_on:
            return respond.go(to)
        for chain in closings_of(w, unit.unit):
            withdrawing.withdraw(w, chain, _("重新开放"), account.actor)
        return told(w, _("已重新开放 %(name)s。") % {"name": unit.name}, to, undo=unit.unit, way="close_unit")


def opened_again(w: Writer, world: World, account: Account, what: str) -> None:
    """Take a closing back: the unit is open, and the accounts that were closed with it. `what`: unit, fact, accounts."""
    unit, fact, *ended = what.split()
    unit_for(world, account, unit)
    withdrawing.withdraw(w, fact, "做完后撤销", account.actor)
    for each in ended:
        governing.set_active(w, world, account, each, active=True)


def closed_again(w: Writer, world: World, account: Account, what: str) -> None:
    """Take back that a unit was opened again."""
    close_unit(w, _closable(world, account, what).unit, "", "", account.actor)


def _closable(world: World, account: Account, code: str) -> Unit:
    """A unit that an account may close. Raises NotFound, NotAllowed, Refused for its own."""
    unit = unit_for(world, account, code)
    if unit.unit == account.unit:
        raise Refused("不能关闭您自己的单位。", reason="refused_by_rule", hint="请由上级办理。")
    if unit.merged_into:
        raise NotFound("这个单位已并入另一个单位。", reason="unknown_unit", hint="请到留下的那个单位办理。")
    return unit


def _accounts(r: Reader, world: World, account: Account, unit: Unit) -> list[AccountRow]:
    """The open accounts of a unit and of those below it that this account may close."""
    return [row for row in local.all_accounts(r)
            if row.active and in_subtree(world, row.unit, unit.unit) and governs(world, account, account_of(row))]  # fmt: skip


def _invitations(r: Reader, world: World, account: Account, unit: Unit) -> list[LinkRow]:
    links = local.open_links(r, "invite", utc_text(r.clock.now()))
    return [each for each in links if in_subtree(world, each.unit, unit.unit) and may_give(world, account, each.unit, each.line)]


def _before(r: Reader, world: World, account: Account, unit: Unit) -> Before:
    reached = units_below(r, world, account, unit.unit).unit.reached
    below = [
        each for each in world.tree.units.values() if each.path.startswith(unit.path) and each.unit != unit.unit and each.admits
    ]
    codes = sum(is_open(each, today_of(r.clock)) for each in join_codes_of(r, [unit.unit, *(each.unit for each in below)]))
    accounts = _accounts(r, world, account, unit)
    waiting = [
        OpenPoint(each.count, each.what, each.more, each.address, each.verb)
        for each in tasks(r, world, account, unit)
        if not unit.line or account.line in {"", unit.line}
    ]
    result = (
        (_("下级单位"), _("%(n)s 个，一起关闭") % {"n": len(below)} if below else _("没有")),
        (_("已参加的人"), _("%(n)s 人（学满 %(m)s，已发证 %(k)s），都留在这里，报表照算")
         % {"n": reached.joined, "m": reached.completed, "k": reached.certified} if reached.joined else _("没有")),
        (_("能用的加入码"), _("%(n)s 个，扫码时会说明单位已关闭") % {"n": codes} if codes else _("没有")),
        (_("账号"), _("%(n)s 个，勾选的一起停用") % {"n": len(accounts)} if accounts else _("没有")),
        (_("没用的邀请"), _("%(n)s 份，照样有效，不要的请到“账号”取消") % {"n": n}
         if (n := len(_invitations(r, world, account, unit))) else _("没有")),
    )  # fmt: skip
    return Before(
        title=_("关闭单位：%(name)s") % {"name": unit.name},
        back=(url_for("office_units.unit", code=unit.address), unit.name),
        open=tuple(waiting),
        result=Result(_("关闭以后"), tuple(ResultLine(each) for each in result)),
        does=(
            _("从今天起，这里和下级不再登记新的人：导入、加入码、转入都会说明已关闭。"),
            _("人员、学习记录、证书和报表都不变；没办完的由上级接着办。要把人移走，请先到“人员”里移。"),
            _("应参与人数照旧算在分母里；不该再算的，请先修改。"),
            _("关闭以后可以一下撤销，账号也一起恢复；退出的登录要重新登录。"),
        ),
        ticks=tuple(
            AskedTick("account", row.account, f"{row.name}（{row.login}，{role_word(row.role)}）") for row in accounts
        ),
        ticks_title=_("一起停用的账号"),
        reason=_("为什么关闭"),
        reason_hint=_("例如：并校、停办。不写人名。"),
        button=_("关闭单位"),
        is_grave=False,
    )  # fmt: skip
