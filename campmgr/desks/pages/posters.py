"""The poster that carries a join code of a unit: a page that prints, and a PDF."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.camp.pages import AddressNote, printed
from campmgr.areas.people.actions.joining import join_code_of
from campmgr.areas.people.local import JoinCode
from campmgr.desks.files.poster import PaperSize, Poster, poster_for, posters_pdf
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


def _page(code: str, join: str) -> PosterPage:
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        found = join_code_of(r, unit.unit, join)
        link = printed(world, url_for("join.start", code=found.code))
        shown = poster_for(world.rules, unit.name, found.code, link.address)
    return PosterPage(unit, found, shown, qr_picture(link.address), link.warning, press().note(asdict(shown)))
