"""A bulletin as it is shown, in the office and at the desks of the units that it is told to: chart, table, text to paste, files."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.points.queries.bulletins import Bulletin
from campmgr.areas.points.rules.bulletin import BulletinRow
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.web.current import press
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.respond import Answer
from campmgr.wording import check_code


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """A row of a bulletin: the unit's name, how long its bar is, in hundredths of the longest, and whether it is who looks."""

    name: str
    row: BulletinRow
    share: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class ShownBulletin:
    """A bulletin with its amendments, the code by which copies are compared, and text to paste."""

    bulletin: Bulletin
    frozen_at: str
    lines: tuple[BulletinLine, ...]
    names: dict[str, str]
    code: str
    text: str


def shown_bulletin(world: World, found: Bulletin, own: str = "") -> ShownBulletin:
    """A bulletin in words; `own`: the unit whose row is marked, "" for none."""
    names, rows = names_in(world, found), found.unrolled.rows
    most = max((row.figures[-1] for row in rows), default=0) or 1
    lines = tuple(BulletinLine(names[row.unit], row, 100 * row.figures[-1] // most, row.unit == own) for row in rows)
    text = _text(found, names)
    return ShownBulletin(found, minute_text(found.at), lines, names, check_code(found.unrolled.digest), text)


def names_in(world: World, found: Bulletin) -> dict[str, str]:
    """What the units of a bulletin are called now."""
    units = {row.unit for row in found.unrolled.rows}
    return {unit: world.tree.units[unit].name if unit in world.tree.units else "未知单位" for unit in units}


def bulletin_file(found: Bulletin, paper: Paper, ending: str) -> Answer:
    """A bulletin on the form of the notice's annex, as "xlsx" or "pdf"."""
    name = f"第{found.number}号通报（{found.group}）{found.period.words}.{ending}"
    if ending == "pdf":
        return download(paper_pdf(press(), paper), name, PDF)
    return download(written(lambda path: write_paper(path, paper)), name, XLSX)


def _text(found: Bulletin, names: dict[str, str]) -> str:
    rows = sorted(found.unrolled.rows, key=lambda row: row.place)
    lines = [f"{row.place}. {names[row.unit]} {row.figures[-1]} 分" for row in rows]
    return "\n".join([f"{found.period.words}信息宣传积分（{found.group}）", *lines])
