"""定奖: who would get what from an opened round, notes for whoever does not come by order, and freezing the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.judging.actions.awards import check_freezable, drafted_awards, freeze_awards, note_fit
from campmgr.areas.judging.files.award_papers import minutes_paper
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.award_draft import LEFT_OUT, AwardsDraft, score_text
from campmgr.areas.judging.queries.award_lists import AwardList, award_lists
from campmgr.areas.judging.queries.judged import opened_rounds
from campmgr.areas.judging.settings import Awards, names_of
from campmgr.areas.prizes.actions.lasting_words import LONGEST_MATTER
from campmgr.errors import BadInput, CampError, NotFound, Refused
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_awards", __name__, url_prefix="/office/a/<activity>/awards")

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AwardsPage:
    """The draft of the round that was chosen (None: none is open, or `trouble` says why there is none), and every frozen list."""

    at: JudgingStand
    lists: tuple[AwardList, ...]
    rounds: tuple[str, ...]
    round: str
    draft: AwardsDraft | None
    trouble: str
    scores: Mapping[str, str]
    why: Mapping[str, str]
    works: Choices
    awards: Choices
    others: tuple[str, ...]
    form: Form


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """The draft and every list; `round` in the address."""
    return _page(activity, Form.kept())


@area.post("/fits")
@require("organizer")
def noted(activity: str) -> Answer:
    """Note why a work fits an award best."""
    form = Form.sent()
    reason = form.text("fit_reason", most=LONGEST_MATTER)
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        award = form.choice("award", names_of(at.activity.rules[Awards].classes))
        entry = form.text("work", most=64)
        if not form.errors:
            with form.beside("work", BadInput, NotFound, Refused):
                fact = note_fit(w, at.activity, entry, award, reason, me().actor, form.client_id)
                return told(
                    w,
                    _("已记下契合度说明。"),
                    url_for("office_awards.listed", round=form.typed("round"), **at.address),
                    undo=fact.chain,
                )
    return _page(activity, form, 422)


@area.get("/freeze")
@require("organizer")
def before_freezing(activity: str) -> Answer:
    """The list before it is frozen; `round` in the address."""
    with reading() as (r, world):
        act = _freezing(r, world, at_judging(world, activity, writes=True), request.args.get("round", ""))
    return respond.before(act, Form())


@area.post("/freeze")
@require("organizer")
def frozen(activity: str) -> Answer:
    """Freeze the list that was looked at; sent twice it is frozen once."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        act = _freezing(w, world, at, form.typed("round"))
        if act.is_agreed(form):
            with form.beside("reason", BadInput, Refused):
                number = freeze_awards(w, at.activity, form.typed("round"), remark=form.typed("reason"), actor=me().actor,
                                       client_id=form.client_id)  # fmt: skip
                words = _("已定奖：第 %(n)s 号名单。") % {"n": number}
                return told(w, words, url_for("award_lists.one", number=number, **at.address), undo="")
    return respond.before(act, form)


@area.get("/minutes.<any(xlsx, pdf):ending>")
@require("organizer")
def draft_minutes(activity: str, ending: str) -> Answer:
    """The minutes before anything is frozen: every page says 草稿."""
    with reading() as (r, world):
        at = at_judging(world, activity)
        paper = minutes_paper(r, world, at.activity, _asked(r, at, request.args.get("round", "")), None)
    name = f"评审定奖纪要（草稿）.{ending}"
    if ending == "pdf":
        return download(paper_pdf(press(), paper), name, PDF)
    return download(written(lambda path: write_paper(path, paper)), name, XLSX)


def _asked(r: Reader, at: JudgingStand, name: str) -> str:
    opened = opened_rounds(r, at.activity)
    if not opened:
        raise Refused("还没有开启的评审轮次，不能定奖。", hint="请先在“评审”页开启一轮。")
    return name if name in opened else opened[-1]


def _page(activity: str, form: Form, status: int = 200) -> Answer:
    chosen = form.typed("round") or request.args.get("round", "")
    with reading() as (r, world):
        at = at_judging(world, activity)
        rounds, draft, trouble = opened_rounds(r, at.activity), None, ""
        name = chosen if chosen in rounds else (rounds[-1] if rounds else "")
        if name:
            try:
                draft, _body = drafted_awards(r, world, at.activity, name)
            except CampError as problem:
                trouble = f"{problem.sentence}{problem.hint}"
        lists = award_lists(r, world, at.activity)
    scores = {each.entry: score_text(each.score) for each in draft.ranked} if draft else {}
    works = tuple((each.entry, f"{each.place}. {draft.titles.get(each.entry, '—')}（{scores[each.entry]}）")
                  for each in draft.ranked) if draft else ()  # fmt: skip
    asked = at.activity.rules[Awards]
    awards = tuple((each, each) for each in names_of(asked.classes))
    others = (*names_of(asked.people_awards), *names_of(asked.unit_awards))
    page = AwardsPage(at, lists, rounds, name, draft, trouble, scores, LEFT_OUT, works, awards, others, form)
    return respond.page("judging/awards.html", page, status)


def _freezing(r: Reader, world: World, at: JudgingStand, asked: str) -> Before:
    name = _asked(r, at, asked)
    draft, body = drafted_awards(r, world, at.activity, name)
    check_freezable(draft, "…")
    lines = tuple(
        ResultLine((row.given.award, str(row.given.place), row.title, row.score, row.unit_name), row.remark)
        for row in draft.rows
    )  # fmt: skip
    already = [each for each in award_lists(r, world, at.activity) if each.round == name]
    taken_back = {line for each in already for line in each.now.struck}.intersection(row.row.line for row in draft.rows)
    empty = sum(draft.empty.values())
    return Before(
        title=_("定奖：%(name)s") % {"name": name},
        back=(url_for("office_awards.listed", round=name, **at.address), _("定奖")),
        open=(
            OpenPoint(len(draft.few), _("个奖的评分不全"), _("请补评；照样定的，写明原因，会写进名单。")),
            OpenPoint(len(draft.undecided), _("个奖项没有写名额"), _("只给写了契合度说明的作品。"), is_open=False),
            OpenPoint(len(draft.cuts), _("处同分"), _("已按规则处理，见名单。"), is_open=False),
            OpenPoint(empty, _("个名额空着"), _("没有够格的作品。"), is_open=False),
            OpenPoint(len(already), _("份同一轮的名单已经定过"), _("再定一份，会有两个编号。") if already else ""),
            OpenPoint(len(taken_back), _("个奖在那里已经撤销"), _("再定一份，又给了它们；只改名单的，请在那份名单上更正。")),
        ),
        result=Result(_("获奖名单"), lines,
                      ((_("奖项"), ""), (_("名次"), "n"), (_("作品、个人或单位"), ""), (_("分数"), "n"), (_("单位"), "wide")), name_at=2),
        does=(body["rule_text"], _("照现在的评分和规则定下，编号，校验码公布给所有电脑；定下的不再变，以后有变化的另发更正。")),
        why_open=_("为什么照样定"),
        carries=(("round", name),),
        action=url_for("office_awards.frozen", **at.address),
        button=_("定奖"),
    )  # fmt: skip
