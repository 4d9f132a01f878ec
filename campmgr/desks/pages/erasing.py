"""Somebody's details are erased at the desk: looked at first, done for good, told about, with a receipt to print and hand over."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.kept_files import forget_all
from campmgr.accounts.queries import in_subtree, unit_name
from campmgr.areas.people.actions import people as actions
from campmgr.areas.people.queries.finding import Person, people_of_name_and_phone
from campmgr.areas.people.queries.mentions import Mention, mentions
from campmgr.areas.people.queries.theirs import is_home_theirs, person_for
from campmgr.desks.files.receipt import receipt_paper
from campmgr.desks.queries.desk_people import desk_person
from campmgr.desks.queries.receipts import erasure_receipt
from campmgr.facts.earlier import drop_stale
from campmgr.facts.world import World
from campmgr.files.official_sheet import paper_pdf
from campmgr.masks import mask_phone
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import frame, me, press, reading, writing
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text

area = Blueprint("erasing", __name__, url_prefix="/desk/people/<person>")


@dataclass(frozen=True, slots=True)
class ErasedPage:
    """After an erasure: texts that held the name and stay, and other records of that name and telephone: id and unit of those that
    are the account's, how many are of others.
    """

    person: str
    mentions: tuple[Mention, ...]
    others: tuple[tuple[str, str], ...]
    hidden: int


@area.get("/erase")
@require("coordinator")
def before(person: str) -> Answer:
    """What erasing somebody's personal details does. Raises NotFound, NotAllowed."""
    with reading() as (r, world):
        shown = _erasing(r, world, person)
    return respond.before(shown, Form(), "desk")


@area.post("/erase")
@require("coordinator")
def erase(person: str) -> Answer:
    """Erase somebody's personal details for good; what was learned stays and keeps the totals."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        if who.erased:
            return respond.go(url_for("person.show", person=person))
        shown = _erasing(w, world, person)
        if not shown.is_agreed(form):
            return respond.before(shown, form, "desk")
        found = mentions(w, who.name, lambda code: in_subtree(world, code, account.unit))
        others = _others(w, who)
        theirs = [[each.person, unit_name(world, each.home)] for each in others if is_home_theirs(world, account, each)]
        actions.erase(w, who, form.typed("reason"), account.actor)
    forget_all()
    frame().open_store().empty_log(patience=1)
    drop_stale(frame().open_store())
    stays = [[[each.what, each.day, each.text] for each in found], theirs, len(others) - len(theirs)]
    return respond.shown_at("erasing.erased", stays, person=who.person)


@area.get("/erased")
@require("coordinator")
def erased(person: str) -> Answer:
    """Texts that hold the name of whom one has just erased, and stay. Raises NotFound once they are forgotten."""
    found, theirs, hidden = respond.shown_again()
    others = tuple((each, unit) for each, unit in theirs)
    return respond.page("desks/erased.html", ErasedPage(person, tuple(Mention(*each) for each in found), others, hidden))


@area.get("/receipt.pdf")
@require("coordinator")
def receipt(person: str) -> Answer:
    """The receipt of an erasure, to sign and hand over. Raises NotFound where nothing was erased."""
    with reading() as (r, world):
        found = erasure_receipt(r, world, person_for(r, world, me(), person, at_home=True))
    return download(paper_pdf(press(), receipt_paper(found)), _("删除回执-%(code)s.pdf") % {"code": found.code}, PDF)


def _erasing(r: Reader, world: World, key: str) -> Before:
    who = person_for(r, world, me(), key, at_home=True)
    found = desk_person(r, world, me(), who)
    hours, certificates = found.page.hours, [each for each in found.page.certificates if each.state == "valid"]
    lines = (
        (_("姓名"), who.shown_name or _("（未写姓名）")), (_("单位"), found.unit_name), (_("班级"), who.class_name or "—"),
        (_("编号"), who.number or "—"), (_("手机号"), mask_phone(who.phone) or "—"), (_("课时"), hours_text(hours.credit.total)),
        (_("有效的证书"), str(len(certificates))),
    )  # fmt: skip
    named = len(mentions(r, who.name, lambda code: in_subtree(world, code, me().unit)))
    others = len(_others(r, who))
    return Before(
        title=_("删除个人信息"),
        back=(url_for("person.show", person=who.person), who.shown_name or _("（未写姓名）")),
        open=(
            OpenPoint(others, _("份同名、同手机号的登记在别处"), _("那一份不会一起删除；删除后会列给您看。") if others else ""),
            OpenPoint(named, _("条原因或备注里写了这个姓名"), _("这些文字删不掉，删除后会列给您看。") if named else ""),
        ),
        result=Result(_("要删除谁的信息"), tuple(ResultLine(each) for each in lines)),
        does=(
            _("姓名、编号、班级、手机号会从数据文件里抹掉，不能恢复；其他电脑收到数据包时也会抹掉。"),
            _("不含姓名的学习记录会留下，合计不变。"),
            _("证书的查验页不再显示姓名。") if certificates else _("没有有效的证书。"),
            _("本人重新参加，要重新加入并同意。"),
        ),
        reason=_("原因"),
        reason_hint=_("例如：本人撤回同意。请不要写姓名。"),
        button=_("删除"),
    )


def _others(r: Reader, who: Person) -> list[Person]:
    """Other records of somebody's very name and telephone: mostly the same person's, registered in another unit."""
    return [each for each in people_of_name_and_phone(r, who.name, who.phone) if each.person != who.person]
