"""The laptops of a camp in the office: who they are, what they may write, and taking that away (docs/ledger.md#trust)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.nodes import actions
from campmgr.areas.nodes.actions import find_node
from campmgr.areas.nodes.queries.nodes import STATES, NodeLine, node_lines
from campmgr.facts.laptops import own_node
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import AskedTick, Before, Result, ResultLine
from campmgr.web.current import reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_laptop
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_nodes", __name__, url_prefix="/office/nodes")


@dataclass(frozen=True, slots=True)
class NodesPage:
    """Every node, and its state in words; `is_root`: whether the recovery sheet is this laptop's to replace."""

    nodes: tuple[NodeLine, ...]
    states: dict[str, str]
    is_root: bool


@area.get("/")
@require("organizer")
def nodes() -> Answer:
    """Every node of the camp."""
    with reading() as (r, world):
        whole_laptop(r, world)
        page = NodesPage(node_lines(r, world), STATES, own_node(r, world) == world.trust.root)
    return respond.page("nodes/nodes.html", page)


@area.get("/<node>/revoke")
@require("organizer")
def revoke(node: str) -> Answer:
    """What revoking a node does, and those below it, all ticked. Raises NotFound."""
    with reading() as (r, world):
        whole_laptop(r, world)
        before = _revoking(r, world, node, None)
    return respond.before(before, Form())


@area.post("/<node>/revoke")
@require("organizer")
def revoke_sent(node: str) -> Answer:
    """Revoke a node and the ticked ones below: what they have said so far stands, what follows is put aside everywhere."""
    form = Form.sent()
    with writing() as (w, world):
        account = whole_laptop(w, world)
        if _line(node_lines(w, world), find_node(world, node)).state == "revoked":
            return respond.go(url_for("office_nodes.nodes"))
        before = _revoking(w, world, node, form)
        if before.is_agreed(form):
            keep = [each for each in actions.revoked_with(world, node) if not form.is_ticked("also", each)]
            actions.revoke(w, node, reason=form.typed("reason"), actor=account.actor, keep=keep)
            return respond.go(url_for("office_nodes.nodes"))
    return respond.before(before, form)


def _revoking(r: Reader, world: World, text: str, form: Form | None) -> Before:
    node, lines = find_node(world, text), {line.node: line for line in node_lines(r, world)}
    found, name = lines[node], lines[node].name or node[:12]
    told_of = (
        (_("电脑"), name), (_("识别号"), node[:12]), (_("单位"), found.unit_name + (f"（{found.line}）" if found.line else "")),
        (_("收到的记录"), _("%(n)s 条") % {"n": f"{found.facts:,}"}), (_("最近一条"), found.last_at or _("还没有收到过")),
    )  # fmt: skip
    ticks = tuple(
        AskedTick("also", each, f"{lines[each].name or each[:12]}　{each[:12]}", form is None or form.is_ticked("also", each))
        for each in actions.revoked_with(world, node)
    )
    return Before(
        title=_("撤销 %(name)s") % {"name": name},
        back=(url_for("office_nodes.nodes"), _("电脑")),
        result=Result(_("要撤销的电脑"), tuple(ResultLine(each) for each in told_of)),
        does=(
            _("到目前收到的 %(n)s 条记录继续有效；它以后再写的，在所有电脑上隔离、不计入。") % {"n": f"{found.facts:,}"},
            _("它还没有报上来的记录也会隔离，先让它报一次再撤销，就不会漏。"),
            _("撤销不能取消；要再用，请那台电脑换新的密钥重新申请。"),
        ),
        ticks=ticks,
        ticks_title=_("一并撤销它授权的下级（不勾选的继续有效，由更上级管理）"),
        reason=_("撤销的原因"),
        button=_("撤销"),
    )


def _line(lines: tuple[NodeLine, ...], node: str) -> NodeLine:
    return next(line for line in lines if line.node == node)
