"""Looking at a unit's items: what waits for which post, and several passed or returned in one go, after a count of what will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import runs_activity
from campmgr.areas.points.actions.passing import LONGEST_REASON, pass_items
from campmgr.areas.points.local import passing_sheets
from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.items import ItemLine, Wanted, count_of, items_of, known_items
from campmgr.areas.points.rules.passing import host_stage
from campmgr.areas.points.settings import Passing
from campmgr.clock import minute_text
from campmgr.errors import NotAllowed, NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.periods.deadlines import end_of
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("passing", __name__, url_prefix="/desk/units/<code>/a/<activity>/passing")

MOST = 200
ANSWERS = ("pass", "back")


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """An item that waits, and how long is left of its days in time; "" where none are set."""

    line: ItemLine
    left: str


@dataclass(frozen=True, slots=True)
class PassingPage:
    """What waits at a stage (from 1), the stages with how many wait at each, and the form.

    `may_pass`: whether the stage is that of whoever looks; `papers`: printed for it, each with when.
    """

    at: DeskStand
    stage: int
    stages: tuple[tuple[int, str, int], ...]
    items: tuple[WaitingItem, ...]
    may_pass: bool
    papers: tuple[tuple[str, str], ...]
    form: Form


@area.get("")
@require("coordinator")
def waiting(code: str, activity: str) -> Answer:
    """What waits at a stage."""
    return passing_page(code, activity, stage_typed(request.args.get("stage", "1")), Form())


@area.post("")
@require("coordinator")
def chosen(code: str, activity: str) -> Answer:
    """What was ticked goes on to be counted; nothing is written."""
    form = Form.sent()
    stage, answer = stage_typed(form.typed("stage")), form.choice("answer", ANSWERS)
    reason = form.text("reason", required=answer == "back", most=LONGEST_REASON)
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        refuse_hosts(world, at, stage)
        here = [each.item for each in items_of(r, at.activity, wanted_at(at, stage))]
    ticked = ticked_of(form, here)
    if form.errors:
        return passing_page(code, activity, stage, form, 422)
    return respond.shown_at("passing.before", [stage, answer, reason, ticked], **at.address)


@area.get("/look")
@require("coordinator")
def before(code: str, activity: str) -> Answer:
    """How many will be passed or returned, and which. Raises NotFound once it is forgotten."""
    stage, answer, reason, ticked = respond.shown_again()
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        refuse_hosts(world, at, int(stage))
        act = _looked_at(r, at, int(stage), str(answer), str(reason), ticked)
    return respond.before(act, Form(), "desk")


@area.post("/decide")
@require("coordinator")
def decide(code: str, activity: str) -> Answer:
    """Pass or return what was looked at; one press takes it back."""
    form = Form.sent()
    stage, answer, ticked = stage_typed(form.typed("stage")), form.choice("answer", ANSWERS), form.typed("items").split()
    reason = form.text("why", required=False, most=LONGEST_REASON)
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        refuse_hosts(world, at, stage)
        act = _looked_at(w, at, stage, answer, reason, ticked)
        if form.errors or not act.is_agreed(form):
            return respond.before(act, form, "desk")
        pass_items(w, at.activity, ticked, stage, accepted=answer == "pass", reason=reason, actor=me().actor)
        words = _("已通过 %(n)s 篇。") if answer == "pass" else _("已退回 %(n)s 篇。")
        return told(w, words % {"n": len(ticked)}, url_for("passing.waiting", stage=stage, **at.address))


def ticked_of(form: Form, here: Sequence[str]) -> list[str]:
    """Which of the items on a page were ticked, or all of them; what is missing is noted."""
    ticked = [each for each in here if form.is_ticked("all") or form.is_ticked("item", each)]
    if not ticked:
        form.wrong("item", "请先勾选要审的稿件。")
    return ticked


def before_passing(
    activity: Activity, lines: Sequence[tuple[str, ItemLine]], carries: tuple[int, str, str], back: tuple[str, str], action: str
) -> Before:  # fmt: skip
    """The page before these are passed or returned, each with its unit where that is named; `carries`: stage, answer, reason."""
    stage, answer, reason = carries
    posts = activity.rules[Passing].stages
    post = posts[min(stage, len(posts)) - 1]
    verb = _("通过") if answer == "pass" else _("退回")
    left = post != posts[-1] and answer == "pass"
    onward = _("通过的转到下一级。") if left else _("通过的就审完了。") if answer == "pass" else _("退回的由宣传员修改后再报。")
    late = sum(each.late for _unit, each in lines)
    return Before(
        title=_("%(post)s：%(verb)s %(n)s 篇") % {"post": post, "verb": verb, "n": len(lines)},
        back=back,
        open=(OpenPoint(late, _("篇已超过时限"), _("审了也不计报送分。"), is_open=False),) if late else (),
        result=Result(
            _("这些稿件"),
            tuple(
                ResultLine((" · ".join(filter(None, (unit, each.title))), _(each.sort), each.event_on or each.sent_words))
                for unit, each in lines
            ),
            ((_("标题"), ""), (_("类型"), ""), (_("事件日期"), "wide")),
        ),
        does=(onward, _("按错了，按完可以一次撤销。"), *((_("原因：%(why)s") % {"why": reason},) if reason else ())),
        carries=(
            ("stage", str(stage)),
            ("answer", answer),
            ("why", reason),
            ("items", " ".join(each.item for _unit, each in lines)),
        ),
        action=action,
        button=_("%(verb)s %(n)s 篇") % {"verb": verb, "n": len(lines)},
        is_grave=False,
    )  # fmt: skip


def _looked_at(r: Reader, at: DeskStand, stage: int, answer: str, reason: str, ticked: Sequence[str]) -> Before:
    """The page before these are passed or returned. Raises NotFound for an item of another unit."""
    known = known_items(r, ticked)
    lines = [("", known[each]) for each in ticked if each in known and known[each].unit == at.row.unit.unit]
    if not lines or len(lines) < len(ticked):
        raise NotFound("有稿件已经撤回，或不是本单位的。", reason="unknown_fact", hint="请回到待审列表再选。")
    back = (url_for("passing.waiting", stage=stage, **at.address), _("待审稿件"))
    return before_passing(at.activity, lines, (stage, answer, reason), back, url_for("passing.decide", **at.address))


def refuse_hosts(world: World, at: DeskStand, stage: int) -> None:
    """The host's own stage is the host's, also at a unit's desk. Raises NotAllowed."""
    passing = at.activity.rules[Passing]
    if stage == host_stage(passing) and not runs_activity(world, me(), at.activity):
        raise NotAllowed(f"{passing.stages[stage - 1]}这一级由主办单位审。", hint="请等主办单位审；前面几级可以在这里审。")


def stage_typed(text: str) -> int:
    """The stage that an address or form names."""
    return int(text) if text in {"1", "2", "3", "4", "5"} else 1


def wanted_at(at: DeskStand, stage: int) -> Wanted:
    """A unit's items that wait for a stage."""
    return Wanted(unit=at.row.unit.unit, state="waiting", stage=stage - 1, most=MOST)


def passing_page(code: str, activity: str, stage: int, form: Form, status: int = 200) -> Answer:
    """What waits at a stage, with what is wrong with the form."""
    with reading() as (r, world):
        at = at_desk(r, world, code, activity, writes=True)
        posts, now = at.activity.rules[Passing].stages, r.clock.now()
        lines = items_of(r, at.activity, wanted_at(at, stage))
        may_pass = stage != host_stage(at.activity.rules[Passing]) or runs_activity(world, me(), at.activity)
        papers = passing_sheets(r, at.activity.id, at.row.unit.unit, stage)
        counts = tuple((number, post, count_of(r, at.activity, wanted_at(at, number))) for number, post in enumerate(posts, 1))
    items = tuple(WaitingItem(line, end_of(line.last_day).left_words(now) if line.last_day else "") for line in lines)
    told = tuple((each.sheet, minute_text(each.made_at)) for each in papers)
    return respond.page("points/passing.html", PassingPage(at, stage, counts, items, may_pass, told, form), status)
