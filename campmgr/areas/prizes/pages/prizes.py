"""The ranking with full names, and prize lists: freeze, show, verify, export with three faces (F-24)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.areas.camp.settings import FIELDS
from campmgr.areas.prizes.actions import freezing as actions
from campmgr.areas.prizes.actions.freezing import Verdict
from campmgr.areas.prizes.files.faces import FACES, prize_paper
from campmgr.areas.prizes.queries.list_content import counts_of_no_file
from campmgr.areas.prizes.queries.prizes import (
    LeftOutLine,
    ListLine,
    OneOfSeveral,
    PrizeList,
    left_out,
    lists_of_number,
    prize_list,
    prize_lists,
)
from campmgr.areas.prizes.queries.publicity import PHASES, publicity
from campmgr.areas.units.queries.offering import units_offered
from campmgr.areas.units.settings import LINES
from campmgr.areas.works.queries.divisions import WHOLE, Division, asked_division
from campmgr.areas.works.queries.standings import StandingsPage, standings
from campmgr.areas.works.settings import ACCOUNT_KINDS, Ranking
from campmgr.clock import moment_text, today_of
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, press, reading
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_prizes", __name__, url_prefix="/office/prizes")


_FOR = {
    "public": "姓名打码，没有任何联系方式；张贴或发布用",
    "handout": "有手机号和签名栏，每个设区市另起一页；发奖用",
    "archive": "全名、规则、来源文件、更正、未列入的作品；留存用",
}
"""What each face is for."""


_PARTS = (("line", "条线", LINES.words), ("field", "领域", FIELDS.words), ("account", "账号类型", ACCOUNT_KINDS.words))
"""What a list can be narrowed by beside a unit: the field of the form, its label, its words."""

ASKED = ("unit", "line", "field", "account")
"""What names the part of the works in an address or a form."""


@dataclass(frozen=True, slots=True)
class RankingPage:
    """The ranking now or as of a time, every frozen list, the form to freeze another, and what it can be narrowed by."""

    standings: StandingsPage
    asked: Form
    lists: tuple[ListLine, ...]
    cut_off: str
    parts: tuple[tuple[str, str, tuple[str, ...]], ...]
    form: Form


@dataclass(frozen=True, slots=True)
class PrizeListPage:
    """A list; `verdict` where it was checked just now; `part`: which works it is of, "" for all; `phase` of its publicity.

    `of_no_file`: how many of its counts came by no file.
    """

    prizes: PrizeList
    part: str
    left_out: tuple[LeftOutLine, ...]
    verdict: Verdict | None
    faces: tuple[tuple[str, str, str], ...]
    phase: str
    phase_words: str
    of_no_file: int


@dataclass(frozen=True, slots=True)
class WhichListPage:
    """Several lists that bear one number: which is meant?"""

    number: int
    lists: tuple[OneOfSeveral, ...]


@area.get("/")
@require("organizer")
def ranking() -> Answer:
    """The ranking, now or as of `at` in the address, with full names."""
    return ranking_page(Form())


@area.get("/<int:number>")
@require("organizer")
def one(number: int) -> Answer:
    """A frozen list. Raises NotFound."""
    return _one(number, check=False)


@area.get("/<int:number>/verify")
@require("organizer")
def verify(number: int) -> Answer:
    """A frozen list, made again from the facts and compared."""
    return _one(number, check=True)


@area.get("/<int:number>/<face>.<any(xlsx, pdf):sort>")
@require("organizer")
def export(number: int, face: str, sort: str) -> Answer:
    """A frozen list with one of its faces, as a workbook or PDF. Raises Refused for the public one once it was taken down."""
    if face not in FACES:
        raise NotFound("没有这种名单。", reason="no_such_page", hint="请从名单页下载。")
    with reading() as (r, world):
        whole_camp(world)
        paper = prize_paper(r, world, prize_list(r, world, number), face)
    name = f"获奖名单{number}-{FACES[face]}.{sort}"
    if sort == "pdf":
        return download(paper_pdf(press(), paper), name, PDF)
    return download(written(lambda path: write_paper(path, paper)), name, XLSX)


def _one(number: int, *, check: bool) -> Answer:
    fact = request.args.get("fact", "")[:64]
    with reading() as (r, world):
        whole_camp(world)
        several = lists_of_number(r, world, number)
        which = len(several) > 1 and sum(each.fact.startswith(fact) for each in several) != 1
        page = None if which else _page(r, world, number, fact, check=check)
    if page is None:
        return respond.page("prizes/which_list.html", WhichListPage(number, several))
    return respond.page("prizes/prize_list.html", page)


def _page(r: Reader, world: World, number: int, fact: str, *, check: bool) -> PrizeListPage:
    frozen = prize_list(r, world, number, fact)
    verdict = actions.verify(r, number) if check else None
    phase = publicity(r, number).phase(today_of(r.clock))
    faces = tuple((face, words, _(_FOR[face])) for face, words in FACES.items())
    return PrizeListPage(frozen, frozen.part_words(world), left_out(r, world, frozen), verdict, faces, phase, _(PHASES[phase]),
                         counts_of_no_file(r, frozen.content))  # fmt: skip


def ranking_page(form: Form, status: int = 200) -> Answer:
    """The ranking, with the form that asks for a list to be looked at before it is frozen; 422 for what is wrong in either form."""
    asked = Form(request.args.to_dict() if status == 200 else {})
    at = _time(asked)
    with reading() as (r, world):
        whole_camp(world)
        cut_off = world.rules[Ranking].cut_off
        found = RankingPage(standings(r, world, at, None, _division(world, asked)), asked, prize_lists(r, world),
                            moment_text(cut_off) if cut_off else "", _PARTS, form)  # fmt: skip
    return respond.page("prizes/ranking.html", found, 422 if asked.errors else status)


def _division(world: World, asked: Form) -> Division:
    """The part of the works in the address; what nobody knows is told beside its field, and everything is shown."""
    unit = asked.pick("unit", units_offered(world, me()), required=False)
    words = {name: asked.choice(name, known, required=False) for name, _label, known in _PARTS}
    return WHOLE if asked.errors else asked_division(world, unit, **words)


def _time(asked: Form) -> str:
    """The time in the address as its field holds it, "" for now; nonsense is told beside the field."""
    text = asked.until("at", required=False)
    return moment_text(text) if text else ""
