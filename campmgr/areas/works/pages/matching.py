"""Rows of like counts that fit no work: which one they mean, a new one, or none."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.people.queries.offering import people_offered
from campmgr.areas.works.actions import matching as actions
from campmgr.areas.works.local import put_aside, waiting_of
from campmgr.areas.works.queries.matching import MatchingPage, matching_page
from campmgr.areas.works.queries.offering import works_offered
from campmgr.errors import BadInput, NotFound
from campmgr.web import respond
from campmgr.web.current import page_asked, reading, writing
from campmgr.web.done import said_now, told
from campmgr.web.forms import SHOWN, Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_matching", __name__, url_prefix="/office/works/matching")


@dataclass(frozen=True, slots=True)
class RowsPage:
    """A page of rows that wait, and the form of the one that was answered wrongly."""

    matching: MatchingPage
    form: Form
    untouched: Form


@area.get("/")
@require("organizer")
def rows() -> Answer:
    """The rows that wait; with `aside=1` in the address those that were put aside."""
    return _page(Form())


@area.post("/")
@require("organizer")
def decide() -> Answer:
    """Say what a row means: `work:<id>`, `other` with a link or 编号, `new:<person>`, `author` with a person, `aside` or `back`."""
    form = Form.sent()
    sort, _sep, chosen = form.typed("means").partition(":")
    key = form.typed("key")
    if sort not in {"work", "other", "new", "author", "aside", "back"}:
        form.wrong("means", "请选择一项。")
    with writing() as (w, world):
        account = whole_camp(world)
        other = form.pick("other", works_offered(w, world, account), most=500) if sort == "other" else ""
        author = form.pick("author", people_offered(w, world, account)) if sort == "author" else ""
        if not form.errors:
            with form.beside(sort if sort in {"other", "author"} else "means", BadInput, NotFound):
                here = url_for("office_matching.rows", aside="1" if _aside() else None, page=page_asked())
                if sort in {"aside", "back"}:
                    put_aside(w, key, aside=sort == "aside")
                    words = _("已搁置这一行。") if sort == "aside" else _("已放回待认。")
                    return told(w, words, here, undo=key, way="take_up" if sort == "aside" else "set_aside")
                if not any(True for _row in waiting_of(w, [key])):
                    form.wrong(SHOWN, _("这一行已经处理过，或者所在的文件已经撤回。下面是现在还待认的。"))
                elif sort in {"new", "author"}:
                    actions.match_to_new(w, key, author or chosen, account.actor)
                else:
                    actions.match_to_work(w, key, chosen or other, account.actor)
                if not form.errors:
                    return told(w, _("已认定这一行是哪件作品。"), here, undo=f"{key} {said_now(w, by_fact=True)}", way="unmatch")
    return _page(form, form.status)


def _aside() -> bool:
    return request.args.get("aside") == "1"


def _page(form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        whole_camp(world)
        found = matching_page(r, world, page_asked(), aside=_aside())
    return respond.page("works/matching.html", RowsPage(found, form, Form()), status)
