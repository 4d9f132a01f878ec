"""A frozen prize list as a workbook to print, sign and send, with one of three faces (F-24)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from campmgr.files.report_table import write_lines, write_rows
from campmgr.files.workbook import page_setup, save_workbook, write_text
from campmgr.projections.world import World
from campmgr.queries.finding import people_by_id
from campmgr.queries.prizes import PrizeList
from campmgr.rules.masks import mask_name
from campmgr.store.door import Reader

FACES = {"public": ("公示版", ()), "handout": ("发放版", ("手机号", "签名")), "archive": ("存档版", ())}
"""What each face is called, and its further columns: masked names to put up, telephone and signature to hand out, all to keep."""

HEADINGS = ("名次", "姓名", "作品名称", "点赞数", "单位", "设区市")


@dataclass(frozen=True, slots=True)
class PrizeRow:
    """One prize winner as printed; `name` is already masked where the face asks for it."""

    place: int
    name: str
    work: str
    likes: int
    unit: str
    city: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrizeSheet:
    """What stands on the paper: title, the rule in words, the winners in order, and the digest that proves the list.

    `more`: headings of further columns, filled from each row's `more`.
    """

    title: str
    rule: str
    rows: tuple[PrizeRow, ...]
    digest: str
    more: tuple[str, ...] = ()


def prize_sheet(r: Reader, world: World, frozen: PrizeList, face: str) -> PrizeSheet:
    """A list as it stands on paper with a face: names masked in public, telephones only where prizes are handed out."""
    words, more = FACES[face]
    phones = {key: who.phone for key, who in people_by_id(r, (row.person for row in frozen.rows)).items()} if more else {}
    shown = mask_name if face == "public" else str
    rows = tuple(
        PrizeRow(
            row.place, shown(row.name), row.title, row.likes, row.unit, row.city, (phones.get(row.person, ""), "") if more else ()
        )
        for row in frozen.rows
    )
    title = f"{world.name}短视频话题征集点赞前 {len(frozen.rows)} 名名单（第 {frozen.number} 号）{words}"
    return PrizeSheet(title, frozen.rule, rows, frozen.digest, more)


def write_prize_list(path: Path, sheet: PrizeSheet) -> None:
    """An .xlsx of the list: merged title, rule, headings, rows, digest line. The same list gives the same bytes. Raises Trouble.

    The place is repeated in each tied row rather than merged: merged cells are cut in half at a page break.
    """
    from openpyxl import Workbook  # -- slow import
    from openpyxl.styles import Alignment, Font  # -- slow import

    book = Workbook()
    paper = book.active
    paper.title = "获奖名单"
    headings = HEADINGS + sheet.more
    write_lines(paper, [sheet.title, sheet.rule], len(headings))
    write_rows(
        paper, 3, headings, [(row.place, row.name, row.work, row.likes, row.unit, row.city, *row.more) for row in sheet.rows]
    )
    last = 4 + len(sheet.rows)
    write_text(paper.cell(last, 1), f"名单校验码（SHA-256）：{sheet.digest}")
    paper.cell(last, 1).font = Font(name="宋体", size=8)
    paper.cell(last, 1).alignment = Alignment(wrap_text=True, vertical="center")
    paper.row_dimensions[last].height = 30
    paper.merge_cells(start_row=last, end_row=last, start_column=1, end_column=len(headings))
    page_setup(paper, heading_row=3, last_row=last, columns=len(headings))
    save_workbook(book, path)
