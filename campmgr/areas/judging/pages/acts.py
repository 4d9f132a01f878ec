"""What is looked at before it is done: an assignment, with every load and recusal, and the opening of a round."""

from __future__ import annotations

from flask import Blueprint, url_for

from campmgr.areas.judging.actions.assigning import Plan, assign_judges, plan_assignment
from campmgr.areas.judging.actions.rounds import open_round
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.judges import judges_in
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.judging.settings import METHODS
from campmgr.errors import BadInput, Refused
from campmgr.facts.batches import batch_of_press
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("judging_acts", __name__, url_prefix="/office/a/<activity>/judging/<name>")


@area.get("/assign")
@require("organizer")
def before_assigning(activity: str, name: str) -> Answer:
    """Who would judge how many works, and who none of which and why."""
    with reading() as (r, world):
        at = at_judging(world, activity, writes=True)
        line = round_named(r, at.activity, name)
        act = _assigning(at, _plan(r, world, at, line))
    return respond.before(act, Form())


@area.post("/assign")
@require("organizer")
def assigned(activity: str, name: str) -> Answer:
    """Give the works to the judges as it was shown; one press takes it back."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        plan = _plan(w, world, at, round_named(w, at.activity, name))
        act = _assigning(at, plan)
        if not act.is_agreed(form):
            return respond.before(act, form)
        batch = batch_of_press(w, "assigning", name, form.client_id)
        assign_judges(w, at.activity, plan, batch, actor=me().actor)
        words = _("已分出 %(n)s 份。") % {"n": len(plan.assigned.pairs)}
        return told(w, words, url_for("office_rounds.shown", name=name, **at.address), undo=batch)


@area.get("/open")
@require("organizer")
def before_opening(activity: str, name: str) -> Answer:
    """Who lacks how many answers, before the round is opened for good."""
    with reading() as (r, world):
        at = at_judging(world, activity, writes=True)
        act = _opening(r, world, at, round_named(r, at.activity, name))
    return respond.before(act, Form())


@area.post("/open")
@require("organizer")
def opened(activity: str, name: str) -> Answer:
    """Open the round; who and why stay for good."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        act = _opening(w, world, at, round_named(w, at.activity, name))
        if act.is_agreed(form):
            with form.beside("reason", BadInput, by_reason={}):
                open_round(w, at.activity, name, form.typed("reason"), actor=me().actor)
                words = _("已开启，现在看得到分数。")
                return told(w, words, url_for("judging_results.opened", name=name, **at.address), undo="")
        return respond.before(act, form)


def _plan(r: Reader, world: World, at: JudgingStand, line: RoundLine) -> Plan:
    if line.is_opened:
        raise Refused(f"“{line.name}”已经开启，不再分派。", hint="要再评的，请另设一轮。")
    return plan_assignment(r, world, at.activity, line, line.round.per_work, line.round.seed)


def _assigning(at: JudgingStand, plan: Plan) -> Before:
    round_ = plan.line.round
    titles = {each.entry: each.title for each in plan.seats.works}
    fresh: dict[str, int] = {}
    for _entry, judge in plan.assigned.pairs:
        fresh[judge] = fresh.get(judge, 0) + 1
    recused: dict[str, list[str]] = {}
    for each in plan.recused:
        recused.setdefault(each.judge, []).append(f"{titles[each.entry]}（{each.words}）")
    lines = tuple(
        ResultLine((each.name, each.unit_name, str(fresh.get(each.person, 0)), str(plan.assigned.loads[each.person]),
                    "、".join(recused.get(each.person, ())[:5]) + ("…" if len(recused.get(each.person, ())) > 5 else "") or "—"))
        for each in plan.judges if each.person in plan.assigned.loads
    )  # fmt: skip
    count = len(plan.assigned.pairs)
    return Before(
        title=_("分派评委：%(name)s") % {"name": plan.line.name},
        back=(url_for("office_rounds.shown", name=plan.line.name, **at.address), plan.line.name),
        button=_("分出 %(n)s 份") % {"n": count} if count else "",
        does=(
            _("每件 %(k)s 位评委，共 %(works)s 件作品；种子“%(seed)s”，同样的种子在任何电脑上分出同样的结果。")
            % {"k": round_.per_work, "works": len(titles), "seed": round_.seed},
            _("评委看到各自的作品；谁评哪几件只有主办单位知道。分错了，一按就撤回。"),
        ),
        open=(
            OpenPoint(len(plan.assigned.short), _("件作品评委不够"), _("能评的人太少：请再指定评委，或减少每件的评委数。")),
            OpenPoint(len(plan.unplaced), _("位评委没有工作单位"), _("查不出该回避哪些，不分给他们。")),
        ),
        result=Result(
            _("分派的结果"), lines,
            (("评委", ""), ("单位", "wide"), ("新分", "n"), ("共有", "n"), ("回避", "wide")),
        ),
        action=url_for("judging_acts.assigned", name=plan.line.name, **at.address),
        is_grave=False,
    )  # fmt: skip


def _opening(r: Reader, world: World, at: JudgingStand, line: RoundLine) -> Before:
    if line.is_opened:
        raise Refused(f"“{line.name}”已经开启。", hint="请看开启后的结果。")
    judges, seats = judges_in(r, world, at.activity, line)
    aside = sum(pair in seats.said for pair in seats.recusals.of)
    left = len(seats.active() - seats.said.keys())
    lines = tuple(ResultLine((each.name, str(each.assigned), str(each.scored), str(each.abstained), str(each.left)))
                  for each in judges if each.assigned)  # fmt: skip
    return Before(
        title=_("开启评审：%(name)s") % {"name": line.name},
        back=(url_for("office_rounds.shown", name=line.name, **at.address), line.name),
        button=_("开启"),
        does=(
            _("从此主办单位看得到每一个分数，不能再关上；谁、什么时候、为什么开启，永远留着。"),
            _("名次按“%(method)s”。开启以后，算法、权重和分数都只能写明原因更正。") % {"method": METHODS[line.round.method]},
        ),
        open=(
            OpenPoint(left, _("份还没有评"), _("开启以后再交的，算更正，要写原因。")),
            OpenPoint(aside, _("份评分因回避不计"), _("留着，开启以后列出。"), is_open=False),
        ),
        result=Result(_("评委的进度"), lines, (("评委", ""), ("分到", "n"), ("已评", "n"), ("弃权", "n"), ("还差", "n"))),
        reason=_("为什么现在开启"),
        action=url_for("judging_acts.opened", name=line.name, **at.address),
    )
