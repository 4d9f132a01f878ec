"""What a unit's people ask of a human: the list of cases, and two records side by side before they are merged."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.offering import people_offered
from campmgr.areas.people.queries.theirs import find_theirs, person_for
from campmgr.areas.people.queries.together import together
from campmgr.desks.pages import cases
from campmgr.desks.queries.desk_people import DeskPerson, desk_person
from campmgr.desks.queries.review import Span
from campmgr.errors import BadInput, NotFound
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import random_id
from campmgr.masks import mask_phone
from campmgr.store.door import Reader
from campmgr.web import respond, working
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text

area = Blueprint("review", __name__, url_prefix="/desk/units/<code>/review")


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The cases of a unit, and the form that puts two records side by side."""

    unit: Unit
    list: cases.CaseList
    form: Form


@area.get("")
@require("viewer")
def page(code: str) -> Answer:
    """What a human should look at; `sort`, `older` and `after` in the address."""
    return _page(code, Form())


@area.post("/settle")
@require("coordinator")
def settle(code: str) -> Answer:
    """Give one case an answer, or those that were ticked. Raises BadInput, and what the answer's act refuses."""
    account, form = me(), Form.sent()
    to = url_for("review.page", code=code, **cases.filters())
    with reading() as (r, world):
        span = Span(unit_for(world, account, code).unit, account.line)
        task = cases.task(r, world, span, account, to)
    if task:
        return working.answer_of(task)
    with writing() as (w, world):
        done = cases.settled(w, world, span, account, form, to)
    return done or _page(code, form, form.status)


@area.post("/compare")
@require("coordinator")
def compare(code: str) -> Answer:
    """Put two records side by side: those ticked in a roster, or by code, 编号 or id."""
    form, account = Form.sent(), me()
    ticked = request.form.getlist("picked")
    if ticked and len(ticked) != 2:
        form.wrong("one", _("请正好勾选两个人，现在是 %(n)s 个。") % {"n": len(ticked)})
    with reading() as (r, world):
        unit_for(world, account, code)
        find = people_offered(r, world, account)
        meant = ticked if len(ticked) == 2 or form.errors else [form.pick(name, find) for name in ("one", "other")]
        one, other = (
            _side(r, world, account, form, name, key) for name, key in zip(("one", "other"), (*meant, "", "")[:2], strict=True)
        )
    if one and other and one.page.hours.person == other.page.hours.person:
        form.wrong("other", _("这两条已经是同一个人。"))
    if form.errors or not one or not other:
        return _page(code, form, 422)
    both = {"one": one.page.hours.person.person, "other": other.page.hours.person.person}
    return respond.go(url_for("review.merging", code=code, one=both["one"], other=both["other"]))


@area.get("/merge")
@require("coordinator")
def merging(code: str) -> Answer:
    """Two records side by side, and what merging them does; the address holds their ids. Raises NotFound, NotAllowed."""
    one, other = (request.args.get(name, "")[:64] for name in ("one", "other"))
    with reading() as (r, world):
        unit_for(world, me(), code)
        if _same(r, world, one, other):
            return respond.go(url_for("person.show", person=one))
        before = _merging(r, world, code, one, other)
    return respond.before(before, Form(), "desk")


@area.post("/merge")
@require("coordinator")
def merge(code: str) -> Answer:
    """Merge the two records that were looked at; nothing is lost, and it can be undone from the person's page."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit_for(world, account, code)
        one, other = (person_for(w, world, account, form.typed(name), at_home=True) for name in ("one", "other"))
        if one.person == other.person:  # pressed twice: they are one already
            return respond.go(url_for("person.show", person=one.person))
        before = _merging(w, world, code, form.typed("one"), form.typed("other"))
        if not before.is_agreed(form):
            return respond.before(before, form, "desk")
        batch = random_id()
        stands = people.merge(w, one, other, account.actor, batch)
        return told(w, _("已合并为一个人。"), url_for("person.show", person=stands), undo=batch, way="answer")


def _same(r: Reader, world: World, one: str, other: str) -> bool:
    return len({person_for(r, world, me(), each, at_home=True).person for each in (one, other)}) == 1


def _merging(r: Reader, world: World, code: str, one: str, other: str) -> Before:
    sides = [desk_person(r, world, me(), person_for(r, world, me(), each, at_home=True)) for each in (one, other)]
    who = [side.page.hours.person for side in sides]
    stands, kept = together(*who)
    home = next(side.unit_name for side, each in zip(sides, who, strict=True) if each is stands)
    rows = (
        (_("姓名"), *(each.shown_name for each in who), stands.shown_name),
        (_("单位"), *(each.unit_name for each in sides), home),
        (_("编号"), *(each.number or "—" for each in who), kept.number or "—"),
        (_("编码"), *(each.code for each in who), _("两个都能用")),
        (_("班级"), *(each.class_name or "—" for each in who), kept.class_name or "—"),
        (_("手机号"), *(mask_phone(each.phone) or "—" for each in who), mask_phone(kept.phone) or "—"),
        (_("课时"), *(hours_text(each.page.hours.credit.total) for each in sides), _("合在一起算")),
        (_("记录"), *(_("%(n)s 条") % {"n": len(each.history)} for each in sides), _("都留着")),
        (_("证书"), *(str(len(each.page.certificates)) for each in sides), _("都留着")),
    )
    lines = tuple(ResultLine(row, is_out=row[1] == row[2]) for row in rows)
    differing = sum(1 for row in rows[:1] if row[1] != row[2])
    return Before(
        title=_("是同一个人吗？"),
        back=(url_for("review.page", code=code), _("核对")),
        open=(
            OpenPoint(differing, _("处姓名不同：很可能不是同一个人") if differing else _("处姓名不同")),
            OpenPoint(int(all(each.page.certificates for each in sides)), _("人两边都发过证书"), _("合并后两份证书都留着。")),
        ),
        result=Result(_("两份登记"), lines, (("", ""), (_("这一份"), ""), (_("另一份"), ""), (_("合并以后"), ""))),
        does=(
            _("两份登记算作一个人：学习记录合在一起，同一节课不重复计；两张参与证都能用。"),
            _("资料按上面“合并以后”一列；一份空着的，由另一份补上。以后可以在人员页面改。"),
            _("合计里只算一个人。"),
            _("弄错了可以在人员页面拆开，两边的记录都在。"),
        ),
        carries=(("one", one), ("other", other)),
        button=_("是同一个人，合并"),
        is_grave=False,
        sure=_("我核对过了，确实是同一个人"),
    )


def _side(r: Reader, world: World, account: Account, form: Form, name: str, key: str) -> DeskPerson | None:
    if not key:
        return None
    with form.beside(name, BadInput, NotFound):
        return desk_person(r, world, account, find_theirs(r, world, account, key))
    return None


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        found = cases.case_list(r, world, Span(unit.unit, account.line), account, "review", form, code=code)
    return respond.page("desks/review.html", ReviewPage(unit, found, form), status)
