"""给人和单位的奖: who would get which by the numbers behind each, points of the office, and notes that decide."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_name
from campmgr.areas.judging.actions.awards import round_asked
from campmgr.areas.judging.actions.nominees import as_person, as_team, as_unit, name_nominee, parts_to_rate, rate_unit
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.award_draft import draft_of, score_text
from campmgr.areas.judging.queries.judged import judged_in
from campmgr.areas.judging.queries.nominees import NomineesDraft, nominees_draft
from campmgr.areas.judging.rules.giving import Cut
from campmgr.areas.judging.rules.nominees import STEPS, UNIT, Named, Nominee, Placed, points_words
from campmgr.areas.judging.settings import Awards, names_of, numbers_of
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.prizes.actions.lasting_words import LONGEST_MATTER
from campmgr.errors import BadInput, NotFound
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("award_nominees", __name__, url_prefix="/office/a/<activity>/awards/nominees")

SHOWN = 100
"""How many of a sort a page shows; the command shows all."""

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NomineeLine:
    """A nominee as the page shows it: its award and why, "" for none; its numbers by step; its points in words."""

    placed: Placed
    name: str
    unit: str
    score: str
    points: str
    award: str
    note: str


@dataclass(frozen=True, slots=True)
class NomineesSort:
    """Those of one sort: the awards in words, their lines (the first `SHOWN`), how many there are, and ties to be decided."""

    key: str
    title: str
    awards: str
    lines: tuple[NomineeLine, ...]
    count: int
    ties: tuple[tuple[Cut, str], ...]
    names: Choices
    whom: Choices


@dataclass(frozen=True, slots=True)
class NomineesPage:
    """Both sorts; `parts`: what the office gives points for; `weights` in words, "" while nobody has decided them."""

    at: JudgingStand
    round: str
    steps: tuple[str, ...]
    sorts: tuple[NomineesSort, ...]
    elsewhere: tuple[str, ...]
    weights: str
    parts: tuple[str, ...]
    units: Choices
    form: Form


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """Everyone who may get an award, in order; `round` in the address."""
    return _page(activity, Form.kept())


@area.post("/notes/<any(people, units):sort>")
@require("organizer")
def noted(activity: str, sort: str) -> Answer:
    """Say who is to have an award, and why. Fields bear the sort, since both forms stand on one page."""
    form = Form.sent()
    reason = form.text(f"{sort}_reason", most=LONGEST_MATTER)
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        award = form.choice(f"{sort}_award", names_of(_awards_of(at, sort)))
        if not form.errors:
            with form.beside(f"{sort}_whom", BadInput, NotFound):
                fact = name_nominee(w, at.activity, _whom(w, world, at, sort, form), award, reason, me().actor, form.client_id)
                return told(w, _("已记下给谁和理由。"), _back(at, form), undo=fact.chain)
    return _page(activity, form, 422)


@area.post("/points")
@require("organizer")
def rated(activity: str) -> Answer:
    """Give a unit points for what is not counted."""
    form = Form.sent()
    reason = form.text("points_reason", most=LONGEST_MATTER)
    with writing() as (w, world):
        at = at_judging(world, activity, writes=True)
        if not form.errors:
            with form.beside("rated_unit", BadInput, NotFound):
                unit = find_unit(world, form.text("rated_unit", most=80)).unit
                points = {part: form.typed(f"points-{number}") for number, part in enumerate(parts_to_rate(at.activity))}
                fact = rate_unit(w, at.activity, unit, {part: typed for part, typed in points.items() if typed.strip()}, reason,
                                 me().actor, form.client_id)  # fmt: skip
                return told(w, _("已记下打分。"), _back(at, form), undo=fact.chain)
    return _page(activity, form, 422)


def _back(at: JudgingStand, form: Form) -> str:
    return url_for("award_nominees.listed", round=form.typed("round"), **at.address)


def _awards_of(at: JudgingStand, sort: str) -> tuple[str, ...]:
    asked = at.activity.rules[Awards]
    return asked.unit_awards if sort == "units" else asked.people_awards


def _whom(r: Reader, world: World, at: JudgingStand, sort: str, form: Form) -> Nominee:
    """Who was chosen from the list, or typed: a unit, a person by 编号 or code, a team with its unit. Raises BadInput, NotFound."""
    typed, unit = form.typed(f"{sort}_other").strip(), form.typed("team_unit").strip()
    if typed:
        if sort == "units":
            return as_unit(find_unit(world, typed).unit)
        return as_team(at.activity, find_unit(world, unit).unit, typed) if unit else as_person(find_person(r, typed))
    draft = _draft(r, world, at, round_asked(r, at.activity, form.typed("round")))
    known = {each.line: each for each in (draft.nominees.units if sort == "units" else draft.nominees.people)}
    if form.typed(f"{sort}_whom") not in known:
        raise BadInput("请选择给谁。", reason="missing_value", hint="不在列表里的，请填在下面。")
    return known[form.typed(f"{sort}_whom")]


def _draft(r: Reader, world: World, at: JudgingStand, name: str) -> NomineesDraft:
    return nominees_draft(r, world, at.activity, draft_of(r, world, at.activity, judged_in(r, world, at.activity, name)))


def _page(activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_judging(world, activity)
        name = round_asked(r, at.activity, form.typed("round") or request.args.get("round", ""))
        draft = _draft(r, world, at, name)
        asked = at.activity.rules[Awards]
        sorts = (
            _sort(world, "people", _("个人和团队"), draft, draft.people, asked.people_awards),
            _sort(world, "units", _("单位"), draft, draft.units, asked.unit_awards),
        )
    weights = "、".join(f"{part} {weight}" for part, weight in numbers_of(asked.unit_weights).items())
    units = tuple((each.line, draft.names[each.line]) for each in draft.nominees.units)
    page = NomineesPage(at, name, STEPS, tuple(each for each in sorts if each.names), draft.nominees.elsewhere, weights,
                        parts_to_rate(at.activity) if asked.unit_awards else (), units, form)  # fmt: skip
    return respond.page("judging/nominees.html", page, status)


def _sort(world: World, key: str, title: str, draft: NomineesDraft, named: Named, asked: tuple[str, ...]) -> NomineesSort:
    got = {given.entry: given for given, _placed in named.rows}
    lines = tuple(
        NomineeLine(
            each, draft.names[each.nominee.line],
            unit_name(world, each.nominee.unit) if each.nominee.sort != UNIT and each.nominee.unit else "",
            score_text(each.score), points_words(each),
            got[each.nominee.line].award if each.nominee.line in got else "",
            got[each.nominee.line].fit if each.nominee.line in got else "",
        )
        for each in named.placed[:SHOWN]
    )  # fmt: skip
    ties = tuple((cut, "、".join(draft.names[each] for each in cut.entries)) for cut in named.filled.cuts)
    whom = tuple((each.nominee.line, f"{each.place}. {draft.names[each.nominee.line]}") for each in named.placed[:SHOWN])
    return NomineesSort(key, title, "、".join(asked), lines, len(named.placed), ties,
                        tuple((each, each) for each in names_of(asked)), whom)  # fmt: skip
