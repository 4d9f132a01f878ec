"""Drafts of a laptop that waits: begun, kept as its own camp where nobody takes it in, or let go together with the request."""

from __future__ import annotations

from flask import Blueprint, url_for

from campmgr.areas.drafts.files import begin_drafts, keep_as_own
from campmgr.areas.drafts.pages.held import held_lines
from campmgr.areas.drafts.queries import Drafts, drafts_in
from campmgr.areas.nodes.pages.joining import ASKED_AS
from campmgr.errors import NotFound
from campmgr.facts import world as worlds
from campmgr.store import data_file
from campmgr.web import respond
from campmgr.web.before import Before, Result
from campmgr.web.current import frame, reading
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, own_machine, require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("drafts", __name__, url_prefix="/start/join/drafts")


@area.post("/")
@anyone
def begin() -> Answer:
    """Begin to record before anybody has taken the laptop in; then the first account is asked for."""
    own_machine()
    with frame().lock:
        waiting = frame().store
        if frame().asking is None and waiting is not None:
            with waiting.reading() as r:
                if worlds.load(r).root_unit:
                    raise NotFound("这台电脑没有在等上级的答复。", reason="link_ended", hint="请回到首页。")
                name = r.meta(ASKED_AS)
            preset = Form.sent().choice("preset", frame().catalogue.book.preset_names())
            frame().store, frame().asking = begin_drafts(waiting, name, preset, frame().catalogue), waiting
    return respond.go(url_for("start.doors"))


@area.get("/leave")
@require("organizer")
def leaving() -> Answer:
    """What letting go of the request does to the drafts."""
    return respond.before(_leaving(), Form())


@area.post("/leave")
@require("organizer")
def leave() -> Answer:
    """Let go of the request and the drafts: the three ways stand open again."""
    form, before = Form.sent(), _leaving()
    if not before.is_agreed(form):
        return respond.before(before, form)
    with frame().lock:
        for store in frame().stores():
            data_file.discard(store)
        frame().store = frame().asking = None
    return respond.go(url_for("start.doors"))


@area.get("/keep")
@require("organizer")
def keeping() -> Answer:
    """What becomes of the drafts as a camp of the laptop's own."""
    return respond.before(_keeping(), Form())


@area.post("/keep")
@require("organizer")
def keep() -> Answer:
    """Let go of the request alone: the drafts are the laptop's own camp from now on."""
    form, before = Form.sent(), _keeping()
    if not before.is_agreed(form):
        return respond.before(before, form)
    with frame().lock:
        waiting, drafts = frame().asking, frame().store
        if waiting is not None and drafts is not None:
            frame().store, frame().asking = keep_as_own(waiting, drafts, frame().catalogue), None
    return respond.go(url_for("desk.units"))


def _drafts() -> Drafts:
    """What was recorded so far. Raises NotAllowed away from this machine, NotFound where nothing waits."""
    own_machine()
    if frame().asking is None:
        raise NotFound("这台电脑没有在等上级的答复。", reason="link_ended", hint="请回到首页。")
    with reading() as (r, world):
        whole_camp(world)
        return drafts_in(r, world)


def _leaving() -> Before:
    return Before(
        title=_("放弃申请"),
        back=(url_for("joining.waiting"), _("等上级同意")),
        result=Result(_("要丢掉的草稿"), held_lines(_drafts())),
        does=(
            _("申请和草稿一起删掉，找不回来；发出去的海报、胸卡、个人页链接都不再能用。"),
            _("只是上级不同意的，不用删：同一张申请可以交给别的上级，或回到上一页，把草稿留作自己的训练营。"),
        ),
        button=_("全部删掉"),
    )


def _keeping() -> Before:
    return Before(
        title=_("不加入了，留作自己的训练营"),
        back=(url_for("joining.waiting"), _("等上级同意")),
        result=Result(_("留下的"), held_lines(_drafts())),
        does=(
            _("草稿成为这台电脑自己的训练营，发出去的海报、胸卡、个人页链接照常用。"),
            _("加入申请作废，不能恢复：上级以后再同意也收不了；学习情况以后用表格上报。"),
        ),
        button=_("留作自己的训练营"),
    )
