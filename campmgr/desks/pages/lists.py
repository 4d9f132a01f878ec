"""Any list as a workbook: the rows, order and columns of its page, with who made it, when and of what; a long one as a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from flask import Blueprint, url_for
from werkzeug.datastructures import MultiDict

from campmgr.accounts.lists import ListAsked, ListColumn, ListLine, ListOf, lists_of
from campmgr.accounts.queries import Account
from campmgr.clock import minute_text, utc_text
from campmgr.desks.queries.listed import LISTS
from campmgr.errors import NotFound
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import Catalogue
from campmgr.files.list_sheet import MOST_ROWS, SheetHead, write_list
from campmgr.ids import random_id
from campmgr.web import working
from campmgr.web.current import frame, me, reading
from campmgr.web.downloads import XLSX, download_kept
from campmgr.web.forms import Form
from campmgr.web.guard import may_see, require
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress, Work
from campmgr.web.lists import Args, asked_of, columns_of, order_of
from campmgr.web.respond import Answer

area = Blueprint("exported", __name__, url_prefix="/desk/lists")

_TOLD_EVERY = 500
MOST_ASKED = 4000
"""Characters of what an address asks of a list."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A workbook that was made: where it lies, and the name it is saved under."""

    path: Path
    name: str


def all_lists(catalogue: Catalogue) -> dict[str, ListOf]:
    """Every list there is, by name: those of the areas, and those of the desks."""
    return {**lists_of(catalogue), **{each.name: each for each in LISTS}}


@area.post("/<name>/export")
@require("viewer")
def export(name: str) -> Answer:
    """Make the workbook of a list as `asked` has it. Pressed twice, it is one job. Raises NotFound, NotAllowed as its page does."""
    account, form = me(), Form.sent()
    listed = all_lists(frame().catalogue).get(name)
    if listed is None:
        raise NotFound("没有这张列表。", reason="no_such_page", hint="请从列表页面导出。")
    args: Args = MultiDict(parse_qsl(form.typed("asked")[:MOST_ASKED]))
    asked = asked_of(listed, args, args.get("unit", ""))
    with reading() as (r, world):
        may_see(world, listed)
        listed.rows(r, world, account, asked)  # says at once where it is not theirs
    job = form.client_id if form.client_id.isalnum() else random_id()
    work = _writing(listed, account, args, asked, frame().jobs.folder(account.account, job))
    to = url_for("exported.file", job=job)
    return working.answer_of(working.start(_("导出表格：") + _(listed.title), work, lambda _result: to, job))


@area.get("/exported/<job>")
@require("viewer")
def file(job: str) -> Answer:
    """The workbook itself, for whoever made it. Raises NotFound once it is no longer kept."""
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, ListFile) or not known.result.path.is_file():
        raise NotFound("这份表格已经过期或删除。", reason="no_such_page", hint="请回到列表，再导出一次。")
    return download_kept(known.result.path, known.result.name, XLSX)


def _writing(listed: ListOf, account: Account, args: Args, asked: ListAsked, folder: Path) -> Work:
    store = frame().open_store()

    def work(told: Progress) -> ListFile:
        with store.reading() as r:
            world, at = worlds.load(r), minute_text(utc_text(r.clock.now()))
            rows = listed.rows(r, world, account, asked)
            order, down = order_of(listed, args, rows.orders, asked)
            columns, count = columns_of(world, listed, args), rows.count
            notes = (f"{account.name}（{account.login}）导出于 {at}", f"范围：{listed.scope(world, account, asked)}",
                     _asked_words(listed, asked, columns, order, down=down))  # fmt: skip
            path = folder / f"{listed.name}.xlsx"
            heads = [SheetHead(each.words, each.sort) for each in columns]
            lines = _counted(rows.each(order, down=down), told, count)
            write_list(path, listed.title, notes, heads, _cells(listed, columns, lines), count)
        return ListFile(path, f"{listed.title}-{at[:10]}.xlsx")

    return work


def _asked_words(listed: ListOf, asked: ListAsked, columns: Sequence[ListColumn], order: str, *, down: bool) -> str:
    """What narrows the list and how it is ordered, in words."""
    told = [f"{each.words}：{dict(each.choices)[asked.chosen[each.key]]}" for each in listed.filters]
    told += ["只含查找到的"] if asked.text else []
    named = next((each.words for each in listed.columns if each.key == order), "")
    told += [f"按{named}{'从大到小' if down else '从小到大'}"] if named else []
    return "；".join([*told, f"{len(columns)} 栏"])


def _counted(lines: Iterator[ListLine], told: Progress, many: int) -> Iterator[ListLine]:
    for number, line in enumerate(lines):
        if number >= MOST_ROWS:
            raise NotFound("行数太多，一张表放不下。", reason="too_many", hint="请先筛选，再导出。")
        if number % _TOLD_EVERY == 0:
            told(number, max(many, number))
        yield line


def _cells(listed: ListOf, columns: Sequence[ListColumn], lines: Iterator[ListLine]) -> Iterator[list[str | int | None]]:
    places = [listed.keys.index(each.key) for each in columns]
    for line in lines:
        yield [line.cells[at] for at in places]
