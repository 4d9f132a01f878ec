"""The spreadsheet of votes, and that of experts' marks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from campmgr.areas.entries.actions.import_votes import VotesPlanner, VotesRow
from campmgr.errors import BadInput
from campmgr.files import cell_dates, cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import Layout, column, plain
from campmgr.files.imports.row_reading import RowReader, get, required
from campmgr.files.imports.sheets import Sheet
from campmgr.files.links import link
from campmgr.files.read_table import open_table
from campmgr.wording import normal

_VOTES = Layout(
    "votes",
    "投票数",
    (
        column("entry", "作品编号", "作品id 编号 entry"),
        column("link", "作品链接", "链接 网址 link"),
        column("title", "作品名称", "作品标题 标题 名称 作品 title"),
        column("votes", "票数", "得票 得票数 有效票 有效票数 votes", parts="票数", never="剔除 无效 作废 率 名次"),
        column("rejected", "剔除票数", "无效票 无效票数 作废票 剔除 rejected"),
        column("reason", "剔除原因", "无效原因 原因 说明 reason"),
        column("channel", "投票渠道", "渠道 平台 channel"),
        column("read_at", "读取时间", "统计时间 截至时间 时间 readat"),
        column("activity", "活动代码", "活动"),
    ),
    (("entry", "link", "title"), ("votes",)),
)


def _read(reader: RowReader, row: Row) -> VotesRow:
    """A row of votes. Raises RowProblem."""
    count = required(row, "votes", cells.likes, "没有票数。")
    rejected = get(row, "rejected", cells.whole, 0)
    reason = get(row, "reason", cells.text, "") or "未写原因"
    return VotesRow(
        get(row, "activity", cells.code, ""), get(row, "entry", cells.code, ""), get(row, "link", link, ""),
        get(row, "title", cells.text, ""), count.value, {reason: rejected} if rejected else {},
        get(row, "read_at", cell_dates.instant, "") or reader.read_at, get(row, "channel", cells.text, ""),
        count.rounded, count.at_least,
    )  # fmt: skip


VOTES = Sheet(_VOTES, _read, lambda to: VotesPlanner(to.batch, to.actor, to.activity))


def read_scores(path: Path, titles: Mapping[str, str]) -> dict[str, Decimal]:
    """Experts' marks (作品编号 or 作品名称, 专家分) by the work's id; `titles`: ids by title and by id. Raises BadInput."""
    rows = [[str(cell).strip() for cell in row] for _, row in open_table(path, max_bytes=16 * 2**20).rows()]
    heads = next(((at, row) for at, row in enumerate(rows) if "专家分" in row), None)
    if heads is None:
        raise BadInput("文件里没有“专家分”这一列。", reason="missing_column", hint="表头请写 作品编号（或作品名称）、专家分。")
    at, row = heads
    names = [place for place, heading in enumerate(row) if plain(heading) in {"作品编号", "作品名称"}]
    found: dict[str, Decimal] = {}
    for each in rows[at + 1 :]:
        told = next((titles[each[place]] for place in names if place < len(each) and each[place] in titles), "")
        mark = normal(each[row.index("专家分")]) if len(each) > row.index("专家分") else ""
        if told and mark.replace(".", "", 1).isdecimal():
            found[told] = Decimal(mark)
        elif any(each):
            raise BadInput(
                f"这一行看不懂：{'、'.join(filter(None, each))[:60]}。", reason="bad_number", hint="请核对作品和专家分。"
            )
    return found
