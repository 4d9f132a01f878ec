"""An open round: every method side by side, how far judges agree on each criterion, and what hangs on one judge or one method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, request

from campmgr.accounts.queries import actors
from campmgr.areas.judging.pages.standing import JudgingStand, at_judging
from campmgr.areas.judging.queries.award_draft import awards_in, heads_of
from campmgr.areas.judging.queries.report import ScoredWork, ScoreReport, frame_of, report_of
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.judging.queries.scores import Score
from campmgr.areas.judging.rules.giving import places_of
from campmgr.areas.judging.rules.leaning import Leaning, leaning, leaning_words
from campmgr.areas.judging.rules.methods import alpha_words
from campmgr.areas.judging.settings import METHODS
from campmgr.web import respond
from campmgr.web.current import page_asked, reading
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("judging_results", __name__, url_prefix="/office/a/<activity>/judging/<name>")

_MOST_SLOTS = 200

ROWS = 100
"""How many works a page of results shows; the command tells all."""


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """The report, the works of this page of it, the methods with their words, agreement by criterion in words, who opened it.

    `untrimmed`: whether no work had a mark left out; `more`: what stands in the address beside the page; `corrected`,
    `beside`: marks that were corrected, and those beside which others stand.
    """

    at: JudgingStand
    report: ScoreReport
    methods: Mapping[str, str]
    agreed: tuple[tuple[str, Decimal | None, str], ...]
    openers: Mapping[str, str]
    titles: Mapping[str, str]
    rows: tuple[ScoredWork, ...]
    page: int
    pages: int
    more: tuple[tuple[str, str], ...]
    untrimmed: bool
    corrected: tuple[Score, ...]
    beside: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class WithoutPage:
    """What the first places hang on: a sentence, and the lists without each judge and under each other method, as titles; `awards`:
    those that can be looked at.
    """

    at: JudgingStand
    line: RoundLine
    award: str
    awards: tuple[str, ...]
    slots: int
    sentence: str
    winners: tuple[str, ...]
    without: tuple[tuple[str, tuple[str, ...], bool], ...]
    under: tuple[tuple[str, tuple[str, ...], bool], ...]


@area.get("/opened")
@require("organizer")
def opened(activity: str, name: str) -> Answer:
    """Every method side by side, some works a page. `method` and `page` in the address. Raises Refused while the round is
    closed, whoever asks.
    """
    with reading() as (r, world):
        at = at_judging(world, activity)
        line = round_named(r, at.activity, name)
        report = report_of(r, world, at.activity, line, request.args.get("method", "")[:20])
        openers = actors(r)
    told = [(_("总分"), report.agreement.total), *zip(line.round.names, report.agreement.criteria, strict=True)]
    agreed = tuple((words, alpha, alpha_words(alpha)) for words, alpha in told)
    titles = {each.work.entry: each.work.title for each in report.rows}
    pages = max(1, -(-len(report.rows) // ROWS))
    page = min(max(page_asked(), 1), pages)
    more = (("method", report.method),) if report.method != line.round.method else ()
    untrimmed = bool(report.rows) and not any(each.figures and each.figures.trimmed_off for each in report.rows)
    rows = report.rows[(page - 1) * ROWS : page * ROWS]
    return respond.page("judging/opened.html",
                        OpenedPage(at, report, METHODS, agreed, openers, titles, rows, page, pages, more, untrimmed,
                                   tuple(each for each in report.scores if each.earlier),
                                   tuple(each for each in report.scores if each.beside)))  # fmt: skip


@area.get("/without")
@require("organizer")
def without(activity: str, name: str) -> Answer:
    """What would change without each judge, for an award: `award` in the address, or as many works as its `slots`, else the first
    award that scores alone decide. Raises Refused.
    """
    with reading() as (r, world):
        at = at_judging(world, activity)
        line = round_named(r, at.activity, name)
        report = report_of(r, world, at.activity, line)
        titles = {each.work.entry: each.work.title for each in report.rows}
        awards = {each.name: each for each in awards_in(at.activity.rules, heads_of(r, titles.keys()))}
    places, asked = places_of(tuple(awards.values())), request.args.get("slots", 0, int)
    award = request.args.get("award", "")
    if award not in places:
        award = "" if asked or not places else next(iter(places))
    slots = places[award] if award else max(1, min(asked, _MOST_SLOTS))
    said = award or (_("第 1 名") if slots == 1 else _("前 %(n)s 名") % {"n": slots})
    found = leaning(report.marked, frame_of(line.round), line.round.method, slots, awards[award].takes if award else None)
    return respond.page("judging/without.html", _without(at, line, said, tuple(places), found, titles, slots, report.names))


def _without(
    at: JudgingStand, line: RoundLine, award: str, awards: tuple[str, ...], found: Leaning, titles: Mapping[str, str],
    slots: int, names: Mapping[str, str],
) -> WithoutPage:  # fmt: skip
    def told(entries: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(titles.get(each, "—") for each in entries)

    def differs(entries: tuple[str, ...]) -> bool:
        return set(entries) != set(found.winners)

    return WithoutPage(
        at, line, award, awards, slots, leaning_words(award, found, names), told(found.winners),
        tuple((names.get(judge, "—"), told(some), differs(some)) for judge, some in found.without.items()),
        tuple((METHODS[method], told(some), differs(some)) for method, some in found.under.items()),
    )  # fmt: skip
