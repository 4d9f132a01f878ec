"""One award list: its rows, papers, amendments, publicity, objections, and what is to be done about each award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, request, url_for

from campmgr.areas.judging.actions.award_publicity import (
    answer_objection,
    object_to_awards,
    planned_posting,
    post_awards,
    take_awards_down,
)
from campmgr.areas.judging.actions.awards import amend_awards, propose_awards, set_task
from campmgr.areas.judging.files.award_papers import award_certificates, list_paper, minutes_paper
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.award_draft import score_text
from campmgr.areas.judging.queries.award_lists import (
    STATES,
    AwardList,
    AwardTask,
    AwardVerdict,
    Shaken,
    award_list,
    change_words,
    leaning_on_lost,
    recalls_of,
    tasks_of,
    titles_of,
    verify_awards,
)
from campmgr.areas.judging.queries.award_publicity import PHASES, AwardPosting, AwardPublicity, publicity_of
from campmgr.areas.judging.rules.award_list import REFILL, STRIKE, quoted
from campmgr.areas.judging.rules.nominees import STEPS
from campmgr.areas.judging.settings import Awards
from campmgr.areas.prizes.actions.lasting_words import LONGEST_MATTER
from campmgr.areas.prizes.pages.publicity import WAYS
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, Result, ResultLine
from campmgr.web.current import me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import check_code

area = Blueprint("award_lists", __name__, url_prefix="/office/a/<activity>/awards/<int:number>")

_FILLS = {REFILL: "由下一名补位", STRIKE: "空缺"}
_PAPERS = {"list": "获奖名单", "minutes": "评审定奖纪要", "certificates": "获奖证书"}

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AwardListPage:
    """A list as it stands; `scores` by line; `changes` of each amendment in words; `phase` of its publicity; its open tasks.

    `shaken`: awards of people and units that count works lost since; `lost`: titles of these by line.
    """

    at: JudgingStand
    listed: AwardList
    code: str
    scores: Mapping[tuple[str, str], str]
    verdict: AwardVerdict
    changes: Mapping[int, tuple[tuple[str, str], ...]]
    tasks: tuple[AwardTask, ...]
    states: Choices
    publicity: AwardPublicity
    phase: str
    phase_words: str
    planned: AwardPosting | None
    lines: Choices
    fills: Choices
    ways: Choices
    shaken: tuple[Shaken, ...]
    lost: Mapping[str, str]
    steps: tuple[str, ...]
    form: Form


@area.get("")
@require("organizer")
def one(activity: str, number: int) -> Answer:
    """One list, made again from the marks and compared."""
    return _page(activity, number, Form.kept())


@area.get("/<any(list, minutes, certificates):what>.<any(xlsx, pdf):ending>")
@require("organizer")
def file(activity: str, number: int, what: str, ending: str) -> Answer:
    """The list for everyone, the minutes for the file, or the certificates. Raises NotFound for certificates as a workbook."""
    with reading() as (r, world):
        at = at_judging(world, activity)
        listed = award_list(r, world, at.activity, number)
        name = f"第{number}号{_PAPERS[what]}.{ending}"
        if what == "certificates":
            if ending != "pdf":
                raise NotFound("证书只有 PDF。", reason="no_such_page", hint="请下载 PDF。")
            return download(award_certificates(r, at.activity, world, listed, press()), name, PDF)
        paper: Paper = (
            list_paper(at.activity, listed) if what == "list" else minutes_paper(r, world, at.activity, listed.round, listed)
        )
    if ending == "pdf":
        return download(paper_pdf(press(), paper), name, PDF)
    return download(written(lambda path: write_paper(path, paper)), name, XLSX)


@area.get("/amend")
@require("organizer")
def before_amending(activity: str, number: int) -> Answer:
    """What taking an award back would change; the line and what becomes of its slot stand in the address."""
    form = Form(request.args.to_dict())
    with reading() as (r, world):
        at = at_judging(world, activity)
        act = _amending(r, world, at, award_list(r, world, at.activity, number), form)
    return respond.before(act, Form())


@area.post("/amend")
@require("organizer")
def amended(activity: str, number: int) -> Answer:
    """Amend the list as it was looked at, with the reason; sent twice it is amended once."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_judging(world, activity)
        act = _amending(w, world, at, award_list(w, world, at.activity, number), form)
        if act.is_agreed(form):
            with form.beside("reason", BadInput, Refused):
                amend_awards(w, at.activity, number, form.typed("reason"), strike=form.typed("strike"), refill=form.typed("refill"),
                             actor=me().actor, client_id=form.client_id)  # fmt: skip
                return told(
                    w,
                    _("已更正第 %(n)s 号名单。") % {"n": number},
                    url_for("award_lists.one", number=number, **at.address),
                    undo="",
                )
    return respond.before(act, form)


@area.post("/tasks")
@require("organizer")
def task_set(activity: str, number: int) -> Answer:
    """Say how a task stands."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_judging(world, activity)
        state, note = form.choice("state", STATES), form.text("note", most=200, required=False)
        if not form.errors:
            with form.beside("state", BadInput, NotFound):
                fact = set_task(w, at.activity, number, form.typed("line"), form.typed("task"), state, note, me().actor)
                return told(w, _("已记下：%(task)s %(state)s。") % {"task": form.typed("task"), "state": state},
                            url_for("award_lists.one", number=number, **at.address), undo=fact.chain)  # fmt: skip
    return _page(activity, number, form, 422)


@area.get("/put-up")
@require("organizer")
def before_putting_up(activity: str, number: int) -> Answer:
    """What everybody would see, and until when; the first day stands in the address."""
    with reading() as (r, world):
        at = at_judging(world, activity)
        act = _posting(r, world, at, award_list(r, world, at.activity, number), request.args.get("starts_on", ""))
    return respond.before(act, Form())


@area.post("/put-up")
@require("organizer")
def put_up(activity: str, number: int) -> Answer:
    """Put the list up for the time that was looked at."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_judging(world, activity)
        act = _posting(w, world, at, award_list(w, world, at.activity, number), form.typed("starts_on"))
        if not act.is_agreed(form):
            return respond.before(act, form)
        post_awards(w, at.activity, number, form.typed("starts_on"), me().actor, form.client_id)
        return told(
            w, _("已公示第 %(n)s 号名单。") % {"n": number}, url_for("award_lists.one", number=number, **at.address), undo=""
        )


@area.post("/take-down")
@require("organizer")
def taken_down(activity: str, number: int) -> Answer:
    """Take the list down before its time, with the reason."""
    form = Form.sent()
    reason = form.text("down_reason", most=LONGEST_MATTER)
    with writing() as (w, world):
        at = at_judging(world, activity)
        if not form.errors:
            with form.beside("down_reason", BadInput, Refused):
                take_awards_down(w, at.activity, number, reason, me().actor, form.client_id)
                return told(
                    w,
                    _("已撤下第 %(n)s 号名单。") % {"n": number},
                    url_for("award_lists.one", number=number, **at.address),
                    undo="",
                )
    return _page(activity, number, form, 422)


@area.post("/objections")
@require("organizer")
def objected(activity: str, number: int) -> Answer:
    """Log an objection, without who objects."""
    form = Form.sent()
    matter, way = form.text("matter", most=LONGEST_MATTER), form.choice("way", WAYS)
    with writing() as (w, world):
        at = at_judging(world, activity)
        if not form.errors:
            with form.beside("matter", BadInput, NotFound):
                object_to_awards(w, at.activity, number, matter, line=form.typed("object_line"), way=way, actor=me().actor,
                                 client_id=form.client_id)  # fmt: skip
                return told(w, _("已登记异议，请写明答复。"), url_for("award_lists.one", number=number, **at.address), undo="")
    return _page(activity, number, form, 422)


@area.post("/answers")
@require("organizer")
def answered(activity: str, number: int) -> Answer:
    """Answer an objection; the last answer stands."""
    form = Form.sent()
    words = form.text("answer", most=LONGEST_MATTER)
    verdict = form.choice("upheld", ("yes", "no"))
    with writing() as (w, world):
        at = at_judging(world, activity)
        if not form.errors:
            with form.beside("answer", BadInput, NotFound):
                answer_objection(
                    w, at.activity, number, form.typed("objection"), upheld=verdict == "yes", words=words, actor=me().actor
                )
                return told(w, _("已记下答复。"), url_for("award_lists.one", number=number, **at.address), undo="")
    return _page(activity, number, form, 422)


def _page(activity: str, number: int, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_judging(world, activity)
        listed = award_list(r, world, at.activity, number)
        found, today = publicity_of(r, at.activity, listed), today_of(r.clock)
        phase = found.phase(today)
        planned = planned_posting(r, world, at.activity) if phase in {"none", "down"} else None
        shaken = leaning_on_lost(r, listed)
        titles = titles_of(r, {entry for each in shaken for entry in each.works})
        page = AwardListPage(
            at, listed, check_code(listed.now.digest), {(row.award, row.line): score_text(row.score) for row in listed.now.rows},
            verify_awards(r, world, at.activity, number),
            {each.step.amendment: tuple(change_words(listed, change) for change in each.step.changes)
             for each in listed.amendments},
            tasks_of(r, at.activity, listed), tuple((each, each) for each in STATES), found, phase, _(PHASES[phase]), planned,
            tuple((row.line, f"{row.award}：{listed.title(row.line)}") for row in listed.now.rows),
            tuple((each, _(words)) for each, words in _FILLS.items()), tuple((each, _(each)) for each in WAYS), shaken,
            {each.row.line: "、".join(quoted(titles.get(entry, "—")) for entry in each.works) for each in shaken}, STEPS, form,
        )  # fmt: skip
    return respond.page("judging/award_list.html", page, status)


def _amending(r: Reader, world: World, at: JudgingStand, listed: AwardList, form: Form) -> Before:
    strike, refill = form.typed("strike"), form.typed("refill")
    found = propose_awards(r, world, at.activity, listed, strike, refill)
    come = titles_of(r, {change.after.entry for change in found.changes if change.after and change.after.entry})
    listed = replace(listed, titles={**listed.titles, **come})
    lines = tuple(ResultLine(change_words(listed, change)) for change in found.changes)
    row = next((each for each in listed.now.rows if each.line == strike), None)
    title = _("撤销%(whose)s的奖") % {"whose": listed.called(row)} if row else _("按现在的评分更正")
    return Before(
        title=title,
        back=(url_for("award_lists.one", number=listed.number, **at.address), _("第 %(n)s 号名单") % {"n": listed.number}),
        result=Result(_("变化的行"), lines, ((_("更正前"), ""), (_("更正后"), ""))),
        does=(
            _("这是第 %(n)s 次更正；原来的名单照样看得到，校验码接着上一次。") % {"n": found.amendment},
            *((_("从此不算 %(n)s 件后来取消资格或撤销了奖的作品。") % {"n": len(found.lost)},) if found.lost else ()),
            *((_("会列出要办的：%(tasks)s。") % {"tasks": "、".join(recalls_of(at.activity.rules[Awards], row))},
               _(_FILLS[found.refill])) if row else ()),
            _("更正发出以后不能撤回，只能再发一次更正。"),
        ),
        reason=_("更正的原因"),
        carries=(("strike", strike), ("refill", refill)),
        action=url_for("award_lists.amended", number=listed.number, **at.address),
        button=_("发出更正") if found.changes or found.lost else "",
    )  # fmt: skip


def _posting(r: Reader, world: World, at: JudgingStand, listed: AwardList, starts_on: str) -> Before:
    posting = planned_posting(r, world, at.activity, starts_on)
    lines = (ResultLine((_("从"), posting.starts_on)), ResultLine((_("到"), f"{posting.ends_on}（{posting.counted}）")),
             ResultLine((_("展示到"), posting.shown_until)), ResultLine((_("怎样提出异议"), posting.how)))  # fmt: skip
    return Before(
        title=_("公示第 %(n)s 号名单") % {"n": listed.number},
        back=(url_for("award_lists.one", number=listed.number, **at.address), _("第 %(n)s 号名单") % {"n": listed.number}),
        result=Result(_("公示"), lines),
        does=(_("活动页上人人看得到奖项、作品和单位，看不到分数。"), _("到期自动撤下；也可以写明原因提前撤下。")),
        carries=(("starts_on", starts_on),),
        action=url_for("award_lists.put_up", number=listed.number, **at.address),
        button=_("公示"),
        is_grave=False,
    )  # fmt: skip
