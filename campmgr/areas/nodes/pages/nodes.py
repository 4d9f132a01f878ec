"""Nodes and packs in the office: who may write where, grants by file, packs out and in (docs/ledger.md#trust)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.areas.nodes import actions
from campmgr.areas.nodes.actions import find_node
from campmgr.areas.nodes.exchange.outcome import odd_segments
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files import accept_pack, send_pack
from campmgr.areas.nodes.queries.nodes import STATES, NodeLine, node_lines
from campmgr.errors import CampError, NotFound
from campmgr.facts.world import World
from campmgr.ids import random_id
from campmgr.store.door import Reader
from campmgr.web import respond, working
from campmgr.web.before import AskedTick, Before, Result, ResultLine
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.downloads import download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_laptop
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress
from campmgr.web.respond import Answer
from campmgr.web.uploads import drop_upload, keep_upload

area = Blueprint("office_nodes", __name__, url_prefix="/office/nodes")

PACK = "application/octet-stream"
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NodesPage:
    """Every node, and the forms to make a pack and to take one in."""

    nodes: tuple[NodeLine, ...]
    states: dict[str, str]
    form: Form


@dataclass(frozen=True, slots=True)
class TakenPage:
    """What became of a pack: its counts, and every segment that was not simply taken, in words."""

    taken: Accepted
    odd: list[tuple[str, str]]


@area.get("/")
@require("organizer")
def nodes() -> Answer:
    """Every node of the camp."""
    return _nodes(Form())


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


@area.post("/pack")
@require("organizer")
def pack() -> Answer:
    """A pack to save: for one node what it lacks, for nobody what the neighbours lack; all that they are to have, where asked."""
    form = Form.sent()
    node, whole = form.text("node", required=False, most=64), bool(form.typed("whole"))
    with reading() as (r, world):
        whole_laptop(r, world)
        found = find_node(world, node) if node else ""
    return _pack(found, f"数据包-{found[:8] or '全部'}.pack", whole=whole)


@area.post("/accept")
@require("organizer")
def accept() -> Answer:
    """Take in a pack. One that can be trusted in nothing, or of another camp, changes nothing."""
    with reading() as (r, world):
        whole_laptop(r, world)
    form = Form()
    try:
        path = keep_upload(request.files.get("pack"))
    except CampError as problem:
        form.refuse("pack", problem)
        return _nodes(form, 422)
    store, name, job = frame().open_store(), Path(request.files["pack"].filename or "").name, random_id()

    def work(told: Progress) -> Accepted:
        try:
            return accept_pack(store, path, told, name)
        finally:
            drop_upload(path)

    to = url_for("office_nodes.taken", job=job)
    try:
        started = working.start(_("接收数据包：") + name, work, lambda _result: to, job)
        if not working.is_done(started):
            return working.still_working(started)
    except CampError as problem:
        form.wrong("pack", problem.sentence + problem.hint)
        return _nodes(form, 422)
    return respond.go(to)


@area.get("/taken/<job>")
@require("organizer")
def taken(job: str) -> Answer:
    """What became of a pack that took long. Raises NotFound once that is no longer kept."""
    return _taken(job)


def _taken(job: str) -> Answer:
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, Accepted):
        raise NotFound(
            "这次接收的结果已经过期；数据已经写入。", reason="no_such_page", hint="要再看一遍，请再接收一次同一个数据包，不会重复。"
        )
    with reading() as (_r, world):
        page = TakenPage(known.result, odd_segments(world, known.result))
    return respond.page("nodes/pack_taken.html", page)


def _pack(node: str, name: str, *, whole: bool) -> Answer:
    def write(path: Path) -> None:
        send_pack(frame().open_store(), path, node, whole=whole)

    return download(written(write), name, PACK)


def _nodes(form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        whole_laptop(r, world)
        page = NodesPage(node_lines(r, world), STATES, form)
    return respond.page("nodes/nodes.html", page, status)


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
