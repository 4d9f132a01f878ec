"""The poster that carries a join code of a unit: a page that prints, a PDF, and a booklet for all units below."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.camp.pages import AddressNote, printed
from campmgr.areas.people.actions.joining import MOST_POSTERS, is_open, join_code_of, units_to_join
from campmgr.areas.people.local import JoinCode, join_codes_of
from campmgr.clock import today_of
from campmgr.desks.files.poster import PaperSize, Poster, poster_for, posters_pdf
from campmgr.errors import NotFound
from campmgr.facts.units import Unit
from campmgr.files.qr import qr_picture
from campmgr.web import respond
from campmgr.web.current import me, press, reading
from campmgr.web.downloads import PDF, download
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("posters", __name__, url_prefix="/desk/units/<code>/codes/<join>")


@dataclass(frozen=True, slots=True)
class PosterPage:
    """The poster as a page that prints on A4, with its warning that does not print."""

    unit: Unit
    code: JoinCode
    poster: Poster
    qr: str
    platform_qr: str
    warning: AddressNote
    lacking: str


@area.get("/poster")
@require("coordinator")
def poster(code: str, join: str) -> Answer:
    """The poster, to look at and to print from the browser."""
    page = _page(code, join)
    return respond.page("desks/poster.html", page)


@area.get("/poster.pdf")
@require("coordinator")
def poster_file(code: str, join: str) -> Answer:
    """The poster as PDF, on A4 or with `paper=a3` on A3."""
    page, paper = _page(code, join), paper_asked()
    return download(posters_pdf(press(), [page.poster], paper), f"{page.unit.name}海报-{paper.upper()}.pdf", PDF)


def paper_asked() -> PaperSize:
    """The size of paper in the address; A4 without one."""
    return "a3" if request.args.get("paper") == "a3" else "a4"


booklet = Blueprint("booklet", __name__, url_prefix="/desk/units/<code>/codes")


@booklet.get("/booklet.pdf")
@require("coordinator")
def posters(code: str) -> Answer:
    """The posters of all units from here down that have a code which works; of many the booklet `part`, from 1. Raises NotFound
    without any.
    """
    part = request.args.get("part", "1")
    before = (int(part) - 1) * MOST_POSTERS if part.isascii() and part.isdigit() and 0 < int(part) < 1000 else 0
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        units, codes = units_to_join(world, me(), unit), {}
        for each in join_codes_of(r, [one.unit for one in units]):
            if is_open(each, today_of(r.clock)) and not each.waits:
                codes[each.unit] = each.code
        bound = [one for one in units if one.unit in codes][before : before + MOST_POSTERS]
        made = [
            poster_for(world.rules, one.name, codes[one.unit], printed(world, url_for("join.start", code=codes[one.unit])).address)
            for one in bound
        ]
    if not made:
        raise NotFound("下级单位还没有能用的加入码。", reason="unknown_join_code", hint="请先在“加入码与海报”里给下级各做一个。")
    name = f"{unit.name}海报册{before // MOST_POSTERS + 1 if before else ''}-{paper_asked().upper()}.pdf"
    return download(posters_pdf(press(), made, paper_asked()), name, PDF)


def _page(code: str, join: str) -> PosterPage:
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        found = join_code_of(r, unit.unit, join)
        link = printed(world, url_for("join.start", code=found.code))
        shown = poster_for(world.rules, f"{unit.name} {found.class_name}".strip(), found.code, link.address)
    theirs = qr_picture(shown.platform_code) if shown.platform_code else ""
    return PosterPage(unit, found, shown, qr_picture(link.address), theirs, link.warning, press().note(asdict(shown)))
