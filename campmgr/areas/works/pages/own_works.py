"""One's own works, behind one's own link: handed in with the boxes ticked, taken back while no likes were read (F-17)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.people.actions import joining
from campmgr.areas.people.local import is_recovered_page, note_device
from campmgr.areas.works.actions.hand_in import hand_in_work, take_back_work
from campmgr.areas.works.pages.hand_in_form import BESIDE, WorkForm, read_work, work_form
from campmgr.areas.works.queries.handed_in import HandedWork, batch_handed_in, works_by
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts.batches import batch_of_press
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.done import DONE, DoneLine, tell_here, with_done
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("own_works", __name__, url_prefix="/p/<token>/works")


@dataclass(frozen=True, slots=True)
class OwnWorksPage:
    """Somebody's works, those that they may take back, and the form for one more."""

    token: str
    works: tuple[HandedWork, ...]
    may_take_back: frozenset[str]
    asked: WorkForm
    may_write: bool


@area.get("")
@anyone
def listed(token: str) -> Answer:
    """My works."""
    return _page(token, Form())


@area.post("")
@anyone
def hand_in(token: str) -> Answer:
    """Hand in a work of mine. Raises NotFound, NotAllowed for a page found again."""
    form = Form.sent()
    with writing() as (w, world):
        person = joining.person_of_page(w, token)
        _refuse_recovered(w, token)
        work, agreed = read_work(form, world.rules)
        if not form.errors:
            with form.beside("link", BadInput, Refused, by_reason=BESIDE):
                batch = batch_of_press(w, "own work", person.person, form.client_id)
                said = hand_in_work(w, work, person, agreed=agreed, batch=batch)
                note_device(w, form.typed("device"), person.person)
                return respond.go(with_done(url_for("own_works.listed", token=token), said))
    return _page(token, form, form.status)


@area.post("/<work>/back")
@anyone
def take_back(token: str, work: str) -> Answer:
    """Take back what I handed in. Raises NotFound, Refused once its likes were read, NotAllowed for a page found again."""
    with writing() as (w, _world):
        person = joining.person_of_page(w, token)
        _refuse_recovered(w, token)
        take_back_work(w, work, person)
    return respond.go(url_for("own_works.listed", token=token))


def _refuse_recovered(r: Reader, token: str) -> None:
    if is_recovered_page(r, token):
        raise NotAllowed("用编码找回的链接只能查看。", hint="请联络员确认是您本人以后，再交作品。")


def _page(token: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        person = joining.person_of_page(r, token)
        works = works_by(r, world, person.person)
        back = frozenset(each.work for each in works if batch_handed_in(r, each.work, person))
        may_write = not is_recovered_page(r, token) and not person.erased
        page = OwnWorksPage(token, works, back if may_write else frozenset(), work_form(world.rules, form), may_write)
    done = request.args.get(DONE, "")[:64]
    if any(each.work == done for each in works):
        at = url_for("own_works.take_back", token=token, work=done) if done in page.may_take_back else ""
        tell_here(DoneLine(_("作品已交。"), at, "", is_undone=False, way_back=_("收回")))
    return respond.page("works/own.html", page, status)
