"""The spreadsheet of like counts."""

from __future__ import annotations

from campmgr.areas.works.actions.import_likes import WAIT, LikesPlanner, LikesRow
from campmgr.areas.works.actions.works import Reading
from campmgr.areas.works.rules.work import Work
from campmgr.areas.works.settings import ACCOUNT_KINDS
from campmgr.clock import day_of
from campmgr.facts.importing import RowProblem
from campmgr.files import cell_dates, cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import NUMBER, UNIT, UNIT_NEVER, Brought, Layout, Waiting, column
from campmgr.files.imports.row_reading import RowReader, get, required
from campmgr.files.imports.sheets import Importing, Sheet
from campmgr.files.links import link
from campmgr.files.name_cells import is_filler

_LIKES = Layout(
    "likes",
    "点赞数",
    (
        column(
            "link",
            "作品链接",
            "视频链接 作品地址 链接 网址 worklink link url",
            parts="链接 网址",
            never="头像 主页 封面 账号 帐号 图",
        ),
        column("work", "作品编号", "作品id 作品代码 视频编号 视频id workid work code id"),
        column("title", "标题", "作品标题 作品名称 视频标题 名称 title worktitle", parts="标题 作品名", never="课程 账号"),
        column(
            "author",
            "作者",
            "作者姓名 姓名 发布者 账号名称 账号昵称 昵称 author name nickname",
            parts="作者姓名 作者名",
            never="电话 单位",
        ),
        column(
            "number",
            "参与者编号",
            "作者编号 编号",
            NUMBER,
            "authornumber person participant",
            parts="作者编号 参与者编 学号",
            never="手机",
        ),
        column("account", "账号类型", "账号类别 帐号类型 账户类型 account accountkind accounttype"),
        column(
            "likes",
            "点赞数",
            "点赞量 点赞 获赞数 获赞 赞数 赞 likes likecount",
            parts="点赞 获赞",
            never="率 排名 增 比 时间 日期 名次",
        ),
        column(
            "plays",
            "播放数",
            "播放量 播放次数 播放 观看数 观看量 plays playcount views viewcount",
            parts="播放",
            never="率 时长 完播 增 比 地址 时间",
        ),
        column(
            "published",
            "发布时间",
            "发布日期 上传时间 发表时间 published publishedat publishtime",
            parts="发布时间 发布日期 上传时间 发表时间",
        ),
        column("unit", "单位代码", *UNIT, parts="单位 学校 机构", never=UNIT_NEVER),
    ),
    (("link", "work"), ("likes",)),
    waiting=Waiting(
        WAIT,
        "去指明是哪件作品",
        "其中没写链接和编号、没有作者、或对上不止一个的行，导入后列在“作品点赞”的“待认作品”里，也可以在那里指明。",
    ),
    brought=Brought(
        "新作品",
        "会登记成新作品",
        "这些行的链接和编号都没有对上已有的作品：导入后登记为新作品，一起参加排名；作者不在名单里的，也一起登记在所写的单位，没写单位的归省直"
        "（规则里没设省直单位的，归最上级）。如果其实是已有的作品，请先在表里改好链接。",
    ),
)


def read_like(reader: RowReader, row: Row) -> LikesRow:
    """A row of like counts."""
    count = required(row, "likes", cells.likes, "没有点赞数。")
    plays = reader.side(row, "plays", cells.likes, None)
    published = reader.side(row, "published", cell_dates.instant, "")
    work = Work(
        title=get(row, "title", cells.text, ""),
        link=get(row, "link", link, ""),
        number=get(row, "work", cells.code, ""),
        account=reader.side_word(row, "account", ACCOUNT_KINDS, ""),
        published_on=day_of(published) if published else "",
    )
    reading = Reading(reader.read_at, count.value, plays.value if plays else None, count.rounded, count.at_least)
    if count.at_least:
        reader.notes.append(RowProblem("likes", row.values["likes"], "bad_number", f"“{row.values['likes']}”是下限，"
                                     f"按 {count.value:,} 记，并注明“以上”。"))  # fmt: skip
    author = reader.written_name(row, "author")
    return LikesRow(work, "" if is_filler(author) else author, get(row, "number", cells.code, ""),
                    get(row, "unit", cells.code, ""), reading)  # fmt: skip


def _plan(to: Importing) -> LikesPlanner:
    return LikesPlanner(to.batch, to.actor, to.unit)


SHEETS = (Sheet(_LIKES, read_like, _plan),)
