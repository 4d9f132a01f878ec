"""Everything that is held about me, on my own page and as a file."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.areas.people.actions import joining
from campmgr.areas.people.local import is_recovered_page, note_look
from campmgr.desks.pages.person_looks import copy_file, shape_asked
from campmgr.desks.queries.own_copy import OwnCopy, own_copy
from campmgr.errors import NotAllowed
from campmgr.files.export_mark import mark_words, marked
from campmgr.masks import mask_phone
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("my_copy", __name__, url_prefix="/p/<token>/copy")


@dataclass(frozen=True, slots=True)
class MyCopyPage:
    """All that is held about whoever the link is for; `may_take`: whether as a file, too."""

    copy: OwnCopy
    token: str
    may_take: bool
    form: Form


@area.get("")
@anyone
def shown(token: str) -> Answer:
    """Everything that is held about me, the telephone masked: others look over one's shoulder."""
    with reading() as (r, world):
        person = joining.person_of_page(r, token)
        found = own_copy(r, world, person, mask_phone)
        recovered = is_recovered_page(r, token)
    return respond.page("desks/my_copy.html", MyCopyPage(found, token, not recovered, Form()))


@area.post("")
@anyone
def take(token: str) -> Answer:
    """The same as a file, everything whole; noted. Raises NotAllowed for a page that was found again."""
    form = Form.sent()
    with writing() as (w, world):
        person = joining.person_of_page(w, token)
        if is_recovered_page(w, token):
            raise NotAllowed(
                _("这个链接还没有经联络员确认是您本人，还不能取文件。"),
                hint=_("请联络员在您的人员页面确认后再办，或给您一个新的链接。"),
            )
        note_look(w, "copy", person.person, person.home, "")
        found = own_copy(w, world, person, str)
    with marked(mark_words(_("本人"), found.at, _("本人"))):
        return copy_file(found, shape_asked(form), _("本人"))
