"""Links to somebody's own page, given by whoever knows them: one more, one instead of all earlier ones, one they found again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.camp.pages import PrintedAddress, printed
from campmgr.areas.people.local import confirm_pages, end_pages, new_page, other_pages
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.theirs import person_for
from campmgr.facts.world import World
from campmgr.files.qr import qr_picture
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("person_links", __name__, url_prefix="/desk/people/<person>/link")


@dataclass(frozen=True, slots=True)
class OwnLinkPage:
    """A fresh link to somebody's own page; shown once."""

    person: Person
    link: PrintedAddress
    qr: str


@area.post("")
@require("coordinator")
def new(person: str) -> Answer:
    """One more link to somebody's own page, for who lost theirs; the earlier ones go on."""
    with writing() as (w, world):
        token = new_page(w, person_for(w, world, me(), person, at_home=True).person)
    return respond.shown_at("person_links.shown", token, person=person)


@area.get("")
@require("coordinator")
def shown(person: str) -> Answer:
    """The link that was made just now, as text and QR code. Raises NotFound once it is forgotten."""
    token = respond.shown_again()
    with reading() as (r, world):
        who = person_for(r, world, me(), person, at_home=True)
        link = printed(world, f"/p/{token}")
    return respond.page("desks/own_link.html", OwnLinkPage(who, link, qr_picture(link.address)))


@area.get("/renew")
@require("coordinator")
def before_renewing(person: str) -> Answer:
    """How many links end, before a fresh one stands instead of them."""
    with reading() as (r, world):
        before = _renewing(r, world, person)
    return respond.before(before, Form(), "desk")


@area.post("/renew")
@require("coordinator")
def renew(person: str) -> Answer:
    """A fresh link instead of all earlier ones, for who lost theirs to somebody else."""
    form = Form.sent()
    with writing() as (w, world):
        before = _renewing(w, world, person)
        if not before.is_agreed(form):
            return respond.before(before, form, "desk")
        who = person_for(w, world, me(), person, at_home=True).person
        end_pages(w, who)
        token = new_page(w, who)
    return respond.shown_at("person_links.shown", token, person=person)


@area.post("/confirm")
@require("coordinator")
def confirm(person: str) -> Answer:
    """Say that it was they who found their page again."""
    with writing() as (w, world):
        who = person_for(w, world, me(), person, at_home=True).person
        undo = " ".join([who, *found]) if (found := confirm_pages(w, who)) else ""
        return told(w, _("已确认是本人找回的。"), url_for("person.show", person=person), undo=undo, way="doubt")


def _renewing(r: Reader, world: World, key: str) -> Before:
    who = person_for(r, world, me(), key, at_home=True)
    return Before(
        title=_("换一个个人链接"),
        back=(url_for("person.show", person=who.person), who.shown_name),
        result=Result(_("谁的链接"), (
            ResultLine((_("姓名"), who.shown_name)), ResultLine((_("班级"), who.class_name or "—")),
            ResultLine((_("以前的链接"), _("%(n)s 个") % {"n": other_pages(r, who.person)})),
        )),
        does=(
            _("以前的链接马上都打不开，本人手机上收藏的也打不开；不能恢复。"),
            _("给出一个新的，只显示一次，请当面交给本人。"),
            _("学时、申报和证书都不变。只是本人丢了链接，不用换，“重发个人链接”就好。"),
        ),
        button=_("停用以前的，给一个新的"),
    )  # fmt: skip
