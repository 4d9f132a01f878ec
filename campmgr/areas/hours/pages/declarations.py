"""What participants say they watched, confirmed or refused in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.hours.actions.declarations import settle
from campmgr.areas.hours.queries.declarations import WaitingDeclaration, declaration_hints, waiting_declarations
from campmgr.class_order import class_key
from campmgr.facts.batches import batch_of_press
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("declarations", __name__, url_prefix="/desk/units/<code>/declarations")


@dataclass(frozen=True, slots=True)
class DeclarationsPage:
    """The declarations that wait, of one class or ("") of all; `hints`: what is doubtful, by declaration."""

    unit: Unit
    waiting: tuple[WaitingDeclaration, ...]
    classes: tuple[tuple[str, int], ...]
    chosen: str
    hints: dict[str, tuple[str, ...]]
    may_write: bool
    form: Form
    turned: str = ""
    """How all boxes were turned at once: "all", "none", "" for not."""

    @property
    def ticked(self) -> int:
        """How many are ticked as the page is drawn."""
        return sum(self.is_ticked(each.fact) for each in self.waiting)

    def is_ticked(self, fact: str) -> bool:
        """Whether one is ticked as the page is drawn: as it was sent, as all were turned, else whatever needs no second look."""
        if self.form.errors:
            return self.form.is_ticked("fact", fact)
        return self.turned == "all" or (self.turned != "none" and fact not in self.hints)


@area.get("")
@require("viewer")
def waiting(code: str) -> Answer:
    """The declarations of a unit that wait, everything ticked that needs no second look."""
    return _page(code, Form())


@area.post("")
@require("coordinator")
def decide(code: str) -> Answer:
    """Confirm or refuse everything ticked; a refusal needs a reason, which its owner reads."""
    form, account = Form.sent(), me()
    accepted = form.choice("answer", ("accept", "refuse")) == "accept"
    reason = form.text("reason", required=not accepted, most=200)
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        open_ones = {each.fact for each in waiting_declarations(w, world, unit.unit, account.line)}
        ticked = form.choices("fact", open_ones)
        if not ticked:
            form.wrong("fact", _("还没有勾选，或勾选的已经处理过了。"))
        if not form.errors:
            batch = batch_of_press(w, "declarations", account.account, form.client_id)
            settle(w, list(ticked), accepted=accepted, reason=reason, actor=account.actor, batch=batch)
            words = (_("已确认 %(n)s 条申报。") if accepted else _("%(n)s 条申报不予确认。")) % {"n": len(ticked)}
            if gone := form.how_many("fact") - len(ticked):
                words += _("另有 %(n)s 条刚才已经处理过或被收回。") % {"n": gone}
            return told(w, words, _address(code, request.args.get("class", "")))
    return _page(code, form, 422)


def _address(code: str, class_name: str) -> str:
    chosen: dict[str, Any] = {"class": class_name} if class_name else {}  # "class" is a word of Python's
    return url_for("declarations.waiting", code=code, **chosen)


def _classes(found: Sequence[WaitingDeclaration]) -> tuple[tuple[str, int], ...]:
    """The classes of those who wait, in a school's order, and how many of each; one that is written in several ways is one."""
    names: dict[str, list[str]] = {}
    for each in found:
        if each.class_name:
            names.setdefault(class_key(each.class_name), []).append(each.class_name)
    return tuple((min(names[key]), len(names[key])) for key in sorted(names))


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        found = waiting_declarations(r, world, unit.unit, account.line)
        classes = _classes(found)
        wanted = class_key(request.args.get("class", ""))
        chosen = next((name for name, _count in classes if class_key(name) == wanted), "")
        shown = tuple(each for each in found if not chosen or class_key(each.class_name) == wanted)
        hints = declaration_hints(r, world, shown)
    page = DeclarationsPage(unit, shown, classes, chosen, hints, account.has("coordinator"), form, request.args.get("ticked", ""))
    return respond.page("hours/declarations.html", page, status)
