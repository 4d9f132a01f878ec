"""One round: how it is judged, who lacks how many, recusals with their reasons, marks that were set aside; never a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, url_for

from campmgr.accounts.queries import actors
from campmgr.areas.judging.actions.rounds import set_round
from campmgr.areas.judging.actions.scoring import lift_recusal, recuse
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.judges import Judge, Seats, judges_in, names_of_judges
from campmgr.areas.judging.queries.recusals import Recusal
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.judging.queries.scores import twofold
from campmgr.areas.judging.rules.rounds import criteria_of
from campmgr.areas.judging.settings import METHODS, RECUSE, Judging
from campmgr.clock import moment_text
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_rounds", __name__, url_prefix="/office/a/<activity>/judging/<name>")


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with its judges; recusals as (work's title, judge's name, recusal, whether marks were set aside); works with too few
    judges; text to paste into the judges' group; what forms offer.
    """

    at: JudgingStand
    line: RoundLine
    judges: tuple[Judge, ...]
    works: int
    seats: int
    answered: int
    short: int
    recusals: tuple[tuple[str, str, Recusal, bool], ...]
    lifted: tuple[tuple[str, str, str], ...]
    twofold: tuple[tuple[str, str], ...]
    openers: Mapping[str, str]
    closes: str
    text: str
    criteria: str
    methods: Mapping[str, str]
    recused_for: str
    work_choices: tuple[tuple[str, str], ...]
    judge_choices: tuple[tuple[str, str], ...]
    form: Form


@area.get("")
@require("organizer")
def shown(activity: str, name: str) -> Answer:
    """A round."""
    return _page(activity, name, Form.kept())


@area.post("")
@require("organizer")
def changed(activity: str, name: str) -> Answer:
    """Change how a round is judged; once marks stand only with a reason."""
    form = Form.sent()
    per_work = form.number("per_work", 1, 50) or 1
    method, seed = form.choice("method", METHODS), form.text("seed", most=40)
    closes, reason = form.until("closes", required=False), form.text("reason", required=False)
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        line = round_named(w, at.activity, name)
        if not form.errors:
            by_reason = {"bad_number": "criteria", "missing_value": "reason", "too_long": "reason", "name_in_reason": "reason"}
            with form.beside("criteria", BadInput, Refused, NotAllowed, by_reason=by_reason):
                said = replace(
                    line.round, criteria=criteria_of(form.typed("criteria").splitlines()), per_work=per_work, method=method,
                    seed=seed, closes_at=closes, blind=form.is_ticked("blind"),
                )  # fmt: skip
                set_round(w, at.activity, said, reason=reason, actor=me().actor)
                words = _("已改，原来的设置留在下面。")
                return told(w, words, url_for("office_rounds.shown", name=name, **at.address), undo="")
    return _page(activity, name, form, 422)


@area.post("/recusals")
@require("organizer")
def recusal(activity: str, name: str) -> Answer:
    """Rule that a judge does not judge a work, or lift a recusal, with the reason."""
    form = Form.sent()
    does, note = form.choice("does", ("rule", "lift")), form.text("note", most=200)
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        line = round_named(w, at.activity, name)
        judges, seats = judges_in(w, world, at.activity, line)
        entry = form.choice("work", [each.entry for each in seats.works])
        judge = form.choice("judge", [each.person for each in judges])
        if not form.errors:
            with form.beside("note", BadInput, Refused, NotAllowed):
                if does == "lift":
                    fact = lift_recusal(w, at.activity, line, entry, judge, note, actor=me().actor)
                else:
                    fact = recuse(w, at.activity, line, entry, judge, note, ruled=True, actor=me().actor)
                words = _("已解除回避。") if does == "lift" else _("已登记回避。")
                return told(w, words, url_for("office_rounds.shown", name=name, **at.address), undo=fact.chain)
    return _page(activity, name, form, 422)


def _page(activity: str, name: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_judging(world, activity)
        line = round_named(r, at.activity, name)
        judges, seats = judges_in(r, world, at.activity, line)
        titles = {each.entry: each.title for each in seats.works}
        twice = twofold(r, at.activity, line)
        names = names_of_judges(r, {judge for _, judge in (*seats.recusals.of, *seats.recusals.lifted, *twice)})
        openers = actors(r)
    active = seats.active()
    per_work: dict[str, int] = dict.fromkeys(titles, 0)
    for entry, _judge in active:
        per_work[entry] += 1
    found = sorted(seats.recusals.of.items(), key=lambda each: (each[0] not in seats.said, titles.get(each[0][0], ""), each[0]))
    page = RoundPage(
        at, line, judges, len(titles), len(active), len(active & seats.said.keys()),
        sum(count < line.round.per_work for count in per_work.values()),
        tuple((titles.get(pair[0], "—"), names.get(pair[1], "—"), each, pair in seats.said) for pair, each in found),
        tuple((titles.get(pair[0], "—"), names.get(pair[1], "—"), why) for pair, why in seats.recusals.lifted.items()),
        tuple((titles.get(entry, "—"), names.get(judge, "—")) for entry, judge in twice),
        openers, moment_text(line.round.closes_at) if line.round.closes_at else "", _text(at, line, judges, seats),
        "\n".join(f"{each}={weight}" for each, weight in line.round.criteria), METHODS,
        "、".join(RECUSE[each] for each in at.activity.rules[Judging].recuse),
        tuple((each.entry, each.title) for each in seats.works), tuple((each.person, each.name) for each in judges), form,
    )  # fmt: skip
    return respond.page("judging/round.html", page, status)


def _text(at: JudgingStand, line: RoundLine, judges: tuple[Judge, ...], seats: Seats) -> str:
    """What can be pasted into the judges' group: names and counts, no mark."""
    left = [f"{each.name} 还有 {each.left} 件" for each in judges if each.left]
    if not seats.assigned:
        return ""
    until = _("请于 %(at)s 前评完。") % {"at": moment_text(line.round.closes_at)} if line.round.closes_at else ""
    head = f"“{at.activity.name}”{line.name}："
    return head + ("；".join(left) + "。" + until if left else _("各位评委都已评完，谢谢！"))
