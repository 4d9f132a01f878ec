"""One act on several rows of a list: ticked, or all that match; looked at, done as one batch, taken back in one press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from urllib.parse import parse_qsl

from flask import Blueprint, request, url_for
from werkzeug.datastructures import MultiDict

from campmgr.accounts.list_acts import MOST_ACTED, ActLine, ListAct, Press, acts_of
from campmgr.accounts.lists import ListAsked, ListOf
from campmgr.desks.pages.lists import MOST_ASKED, all_lists
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts.batches import batch_of_press, is_batch
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import SEEN, Before, Result, ResultLine
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import may_see, require
from campmgr.web.i18n import _
from campmgr.web.lists import Args, asked_of, order_of
from campmgr.web.respond import Answer

area = Blueprint("list_acts", __name__, url_prefix="/desk/lists/<name>/act")


@area.post("")
@require("coordinator")
def chosen(name: str) -> Answer:
    """Go on to what an act would do to the ticked rows, or to all that match. Raises BadInput where none is, or too many are."""
    form, listed = Form.sent(), _list(name)
    act = _act(listed, form.typed("act"))
    args: Args = MultiDict(parse_qsl(form.typed("asked")[:MOST_ASKED]))
    asked = asked_of(listed, args, args.get("unit", ""))
    keys = list(dict.fromkeys(request.form.getlist("picked")))[:MOST_ACTED]
    with reading() as (r, world):
        may_see(world, listed)
        rows = listed.rows(r, world, me(), asked)  # says at once where it is not theirs
        if form.is_ticked("whole"):
            order, down = order_of(listed, args, rows.orders, asked)
            lines = rows.part(order, down=down, many=MOST_ACTED + 1, skip=0)
            if len(lines) > MOST_ACTED:
                raise BadInput(
                    f"符合的超过 {MOST_ACTED:,} 条，一次最多办这么多。", reason="too_many", hint="请先筛选，再分几次办。"
                )
            keys = [line.pick or line.key for line in lines]
    if not keys:
        raise BadInput("还没有勾选。", reason="missing_value", hint="请回到列表，在行首的方框里勾选，再按一次。")
    here = respond.local_address(form.typed("here")[:300], url_for("desk.units"))
    return respond.shown_at("list_acts.look", [act.key, asked.unit, keys, here], name=name)


@area.get("/look")
@require("coordinator")
def look(name: str) -> Answer:
    """What it will do: to which rows, and to which it cannot be done."""
    listed = _list(name)
    act, unit, keys, here = _kept(listed)
    with reading() as (r, world):
        may_see(world, listed)
        before = _before(listed, act, _lines(r, world, act, unit, keys), here)
    return respond.before(before, Form(), _frame(listed))


@area.post("/do")
@require("coordinator")
def do(name: str) -> Answer:
    """Do it to those rows that were shown; pressed twice it is done once."""
    form, listed, account = Form.sent(), _list(name), me()
    act, unit, keys, here = _kept(listed)
    with writing() as (w, world):
        may_see(world, listed)
        batch = batch_of_press(w, "list act", listed.name, act.key, account.account, form.client_id)
        if is_batch(w, batch):  # pressed twice
            return told(w, _("%(act)s：已办。") % {"act": _(act.words)}, here, undo=batch)
        named = ""
        if act.names and (typed := form.typed("reason")[:200].strip()):
            with form.beside("reason", BadInput, NotAllowed, NotFound, Refused):
                named = act.names(world, account, typed)
        before = _before(listed, act, lines := _lines(w, world, act, unit, keys), here, named)
        if before.is_agreed(form):
            able = [line.key for line in lines if not line.why_not]
            if not able:
                return respond.go(here)
            undo = act.do(w, world, Press(account, batch, form.typed("reason")[:200].strip()), able)
            words = _("%(act)s：%(n)s 条，已办。") % {"act": _(act.words), "n": len(able)}
            return told(w, words, here, undo=undo, way=act.way)
        if named and form.errors.keys() == {SEEN}:  # it has not been shown yet what the typed words mean
            form.errors[SEEN] = _("%(named)s请核对，再按一次。") % {"named": named}
    return respond.before(before, form, _frame(listed))


def _frame(listed: ListOf) -> Literal["office", "desk"]:
    """Where the list itself stands."""
    return "office" if listed.role == "organizer" else "desk"


def _list(name: str) -> ListOf:
    listed = all_lists(frame().catalogue).get(name)
    if listed is None:
        raise NotFound("没有这张列表。", reason="no_such_page", hint="请从列表页面办理。")
    return listed


def _act(listed: ListOf, key: str) -> ListAct:
    found = next((each for each in acts_of(frame().catalogue).get(listed.name, ()) if each.key == key), None)
    if found is None:
        raise NotFound("这张列表没有这个操作。", reason="no_such_page", hint="请从列表页面办理。")
    if not me().has(found.role):
        raise NotAllowed("您的角色不能办这一项。", hint="请联系给您账号的组织方。")
    return found


def _kept(listed: ListOf) -> tuple[ListAct, str, list[str], str]:
    """What was chosen: the act, the unit whose list it is, the rows, where the list is."""
    key, unit, keys, here = respond.shown_again()
    return _act(listed, str(key)), str(unit), list(keys), str(here)


def _lines(r: Reader, world: World, act: ListAct, unit: str, keys: Sequence[str]) -> list[ActLine]:
    """Those rows that are theirs, those to which it can be done first."""
    return sorted(act.look(r, world, me(), ListAsked(unit, {}, ""), keys), key=lambda line: bool(line.why_not))


def _before(listed: ListOf, act: ListAct, lines: Sequence[ActLine], here: str, named: str = "") -> Before:
    able = sum(not line.why_not for line in lines)
    title = _("%(act)s：%(n)s 条") % {"act": _(act.words), "n": able}
    return Before(
        title=title,
        back=(here, _(listed.title)),
        result=Result(
            title,
            tuple(ResultLine((line.name, line.more), line.why_not, is_out=bool(line.why_not)) for line in lines),
            ((_(listed.title), ""), ("", "wide")),
            cut=_("以下 %(n)s 条不办") % {"n": len(lines) - able} if able < len(lines) and able else "",
        ),
        does=(
            *([named] if named else []),
            *(_(each) for each in act.does),
            _("一次办完，办好后可以一下撤销。") if act.way else _("办好后不能撤销。"),
        ),
        button=title if able else "",
        action=url_for("list_acts.do", name=listed.name, shown=request.args.get("shown", "")),
        reason=_(act.asks) if act.asks else "",
        reason_hint=_(act.hint) if act.hint else "",
        is_grave=False,
    )
