"""Who entered by the code of a class or of a family, taken or not by whoever knows them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.people.actions.entering import refuse, take_in
from campmgr.areas.people.queries.entrants import WaitingEntrant, waiting_entrants
from campmgr.facts.batches import batch_of_press
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("entrants", __name__, url_prefix="/desk/units/<code>/entrants")


@dataclass(frozen=True, slots=True)
class EntrantsPage:
    """Who waits, class by class: the unit with the class, and its people."""

    unit: Unit
    classes: tuple[tuple[str, tuple[WaitingEntrant, ...]], ...]
    form: Form

    @property
    def many(self) -> int:
        """How many wait."""
        return sum(len(people) for _class, people in self.classes)

    def is_ticked(self, each: WaitingEntrant) -> bool:
        """Whether somebody is ticked as the page is drawn: as was sent, else whoever needs no second look."""
        return self.form.is_ticked("entrant", each.row.entrant) if self.form.errors else not each.is_twice


@area.get("")
@require("coordinator")
def waiting(code: str) -> Answer:
    """Who waits at a unit and below."""
    return _page(code, Form())


@area.post("")
@require("coordinator")
def decide(code: str) -> Answer:
    """Take or refuse everybody ticked; one press takes it back."""
    form, account = Form.sent(), me()
    takes = form.choice("answer", ("take", "refuse")) == "take"
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        rows = {each.row.entrant: each.row for each in waiting_entrants(w, world, unit.unit, account.line)}
        ticked = form.choices("entrant", rows)
        if not ticked:
            form.wrong("entrant", _("还没有勾选，或勾选的已经处理过了。"))
        if not form.errors:
            some, batch = [rows[each] for each in ticked], ""
            if takes:
                batch = batch_of_press(w, "entrants", account.account, form.client_id)
                known = take_in(w, world, some, form.choices("apart", rows), actor=account.actor, batch=batch)
                words = _("已收下 %(n)s 人。") % {"n": len(some)}
                if known:
                    words += _("其中 %(n)s 人名单里已有，没有重复登记。") % {"n": known}
            else:
                refuse(w, some)
                words = _("没有收下 %(n)s 人。") % {"n": len(some)}
            undo = " ".join((unit.unit, batch or "-", *ticked))
            return told(w, words, url_for("entrants.waiting", code=code), undo=undo, way="entrants")
    return _page(code, form, 422)


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    classes: dict[str, list[WaitingEntrant]] = {}
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        for each in waiting_entrants(r, world, unit.unit, account.line):
            school = each.unit_name if each.row.unit != unit.unit else ""
            words = " ".join(filter(None, (school, each.row.class_name))) or _("没有班级")
            classes.setdefault(words, []).append(each)
    page = EntrantsPage(unit, tuple((words, tuple(people)) for words, people in classes.items()), form)
    return respond.page("people/entrants.html", page, status)
