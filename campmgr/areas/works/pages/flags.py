"""Flags of works in the office: what looks odd and why, a decision with its reason, and the log of all of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.works.actions import works as actions
from campmgr.areas.works.queries.flags import (
    SEEN,
    FlagsPage,
    Seen,
    flag_event,
    flags_page,
    open_cases,
)
from campmgr.areas.works.queries.listed import DECISIONS, FLAGS
from campmgr.areas.works.queries.works import work_page
from campmgr.areas.works.rules.anomalies import MATTERS
from campmgr.errors import BadInput
from campmgr.ids import random_id
from campmgr.web import respond
from campmgr.web.current import page_asked, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import SHOWN, Form, shown_of
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("office_flags", __name__, url_prefix="/office/works")

REASONS = ("已核实，是真实点赞", "平台清理了异常点赞", "导入的表格有误", "同一来源的推广，未违反规则", "刷量", "搬运他人作品")
"""What a decision is often about, offered while typing."""

ANSWERS = {"fine": None, "out": False, "in": True}
"""Looked at and left as it is, taken out of the ranking, taken in again."""

DONE_WORDS = {"fine": "已记为没有问题。", "out": "已取消资格，这件作品的其他标记一并处理了。", "in": "已恢复资格。"}


@dataclass(frozen=True, slots=True)
class FlagListPage:
    """A page of flags with the filters to choose from, and the form of the one that was answered wrongly (`about` its case);
    `listed`: the same as a table, where that was asked for.
    """

    flags: FlagsPage
    listed: ShownList | None
    states: tuple[tuple[Seen, str], ...]
    shown: tuple[str, ...]
    reasons: tuple[str, ...]
    form: Form
    about: str


@dataclass(frozen=True, slots=True)
class DecisionListPage:
    """A page of decisions."""

    listed: ShownList


@area.get("/flags")
@require("organizer")
def flags() -> Answer:
    """What looks odd; `seen`, `matter`, `listed` and `page` in the address."""
    return _flags(Form())


@area.post("/flags")
@require("organizer")
def decide() -> Answer:
    """Decide about one flag: fine as it is, or take the work out or in, with the reason. Taking out settles all its flags."""
    form = Form.sent()
    answer, case, work = form.choice("answer", ANSWERS), form.typed("case"), form.typed("work")
    reason = form.text("reason", most=200)
    if form.errors:
        return _flags(form, 422)
    with writing() as (w, world):
        account = whole_camp(world)
        found, waiting = work_page(w, world, work), [flag.case for flag in open_cases(w, world, work)]
        if found.person is None:
            raise BadInput("这件作品的作者不在本机，不能在这里处理。", reason="unknown_person", hint="请等作者的资料到齐后再试。")
        cases = waiting if ANSWERS[answer] is False else [each for each in waiting if each == case]
        if cases:
            actions.settle_flags(w, work, found.person, cases, reason, counts=ANSWERS[answer], actor=account.actor)
            return told(w, f"{found.row.title or found.row.number}：{_(DONE_WORDS[answer])}", _here())
        form.wrong(SHOWN, _("这一条刚才已经处理过，或读数改过了，没有再处理。下面是现在还要看的。"))
    return _flags(form, form.status)


@area.post("/flags/event")
@require("organizer")
def decide_event() -> Answer:
    """Say that all flags of one sort about one reading are fine, as many as were shown, with one reason."""
    form = Form.sent()
    reason = form.text("reason", most=200)
    if form.errors:
        return _flags(form, form.status)
    with writing() as (w, world):
        account = whole_camp(world)
        event = flag_event(w, world, form.typed("matter"), form.typed("read_at"))
        if event is None or form.is_stale(
            shown_of(*event.cases), _("这些标记刚才有了变化，没有处理。请看一眼现在有几条，再按一次。")
        ):
            form.wrong(SHOWN, _("这些标记刚才已经处理过，没有再处理。下面是现在还要看的。"))
        else:
            batch, authors = random_id(), {work: work_page(w, world, work).person for work, _case in event.cases}
            here = [(author, work, case) for work, case in event.cases if (author := authors[work]) is not None]
            for author, work, case in here:
                actions.settle_flags(w, work, author, [case], reason, actor=account.actor, batch=batch)
            words = _("%(n)s 条“%(matter)s”标记记为没有问题。") % {"n": len(here), "matter": _(event.words)}
            if gone := len(event.cases) - len(here):
                words += _("另有 %(n)s 条的作者不在本机，没有处理。") % {"n": gone}
            return told(w, words, _here())
    return _flags(form, form.status)


@area.get("/decisions")
@require("organizer")
def decisions() -> Answer:
    """Every decision about works, the newest first."""
    with reading() as (r, world):
        whole_camp(world)
        found = shown_list(r, world, DECISIONS)
    return respond.page("works/decisions.html", DecisionListPage(found))


def _flags(form: Form, status: int = 200) -> Answer:
    seen, matter, listed = _asked()
    with reading() as (r, world):
        whole_camp(world)
        found = flags_page(r, world, seen, matter, page_asked(), listed=listed)
        table = shown_list(r, world, FLAGS) if request.args.get("as") == "table" else None
    page = FlagListPage(
        found,
        table,
        tuple((key, _(words)) for key, words in SEEN.items()),
        tuple(shown_of(*event.cases) for event in found.events),
        REASONS,
        form,
        form.typed("case"),
    )
    return respond.page("works/flags.html", page, status)


def _asked() -> tuple[Seen, str, bool]:
    """The filter in the address."""
    seen: Seen = next((each for each in SEEN if each == request.args.get("seen")), "open")
    matter = request.args.get("matter", "")
    return seen, matter if matter in MATTERS else "", request.args.get("listed") == "1"


def _here() -> str:
    """Back to the same part of the list."""
    seen, matter, listed = _asked()
    return url_for("office_flags.flags", seen=seen, matter=matter or None, listed="1" if listed else None, page=page_asked())
