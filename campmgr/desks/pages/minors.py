"""The year of minors for the office: the table by unit on a page, all of it as workbook or PDF."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.accounts.lists import reach_words
from campmgr.clock import minute_text, utc_text
from campmgr.desks.files.minors import MINORS_HEADS, minors_paper
from campmgr.desks.queries.minors import MinorsYear, minors_year
from campmgr.errors import NotFound
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.web import respond
from campmgr.web.current import me, press, reading
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_minors", __name__, url_prefix="/office/minors")

SHOWN = 200
"""Units on the page; the file has them all."""


@dataclass(frozen=True, slots=True)
class MinorsPage:
    """A year, its headings, and how many units the page leaves to the file."""

    found: MinorsYear
    heads: tuple[str, ...]
    shown: int

    @property
    def more(self) -> int:
        """How many units stand in the file alone."""
        return max(0, len(self.found.units) - self.shown)


@area.get("/")
@require("organizer")
def page() -> Answer:
    """A year of one's own units."""
    with reading() as (r, world):
        found = minors_year(r, world, me(), request.args.get("year", ""))
    return respond.page("desks/minors.html", MinorsPage(found, MINORS_HEADS, SHOWN))


@area.get("/<year>.<ending>")
@require("organizer")
def file(year: str, ending: str) -> Answer:
    """The same as a file. Raises NotFound for another sort of file."""
    if ending not in {"xlsx", "pdf"}:
        raise NotFound("没有这种文件。", reason="no_such_page", hint="请从“未成年人”页导出。")
    with reading() as (r, world):
        found = minors_year(r, world, me(), year)
        paper = minors_paper(found, reach_words(world, me()), minute_text(utc_text(r.clock.now())))
    name = _("未成年人个人信息保护情况-%(year)s") % {"year": found.year}
    if ending == "pdf":
        return download(paper_pdf(press(), paper), f"{name}.pdf", PDF)
    return download(written(lambda path: write_paper(path, paper)), f"{name}.xlsx", XLSX)
