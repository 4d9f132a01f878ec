"""The lists of works, of what looks odd about them and of what was decided, as pages show and workbooks hold them (F-14, F-24)."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.accounts.lists import KnownRows, ListAsked, ListColumn, ListFilter, ListLine, ListOf, QueriedRows
from campmgr.accounts.queries import Account, actors
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.queries.flags import SEEN, flags_under
from campmgr.areas.works.queries.works import STATES
from campmgr.areas.works.rules.anomalies import MATTERS
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

_NO_TITLE = "（无标题）"


def _works(r: Reader, world: World, account: Account, asked: ListAsked) -> QueriedRows:
    del account

    def tell(rows: Sequence[Row]) -> list[ListLine]:
        people, units = people_by_id(r, {row[1] for row in rows}), world.tree.units
        return [_work(row, people[row[1]].shown_name if row[1] in people else "",
                      units[people[row[1]].home].name if row[1] in people and people[row[1]].home in units else "")
                for row in rows]  # fmt: skip

    columns = """w.work, w.person, w.title, w.number, w.counts, w.likes, w.at_least, w.read_at,
        (select count(*) from readings d where d.person = w.person and d.work = w.work), w.plays, w.field, w.account,
        w.published_on, w.link, w.reason"""
    source = """from works w where (:state = 'all' or (:state = 'counting' and w.counts = 1) or (:state = 'out' and w.counts = 0)
        or (:state = 'unread' and w.read_at = ''))"""
    return QueriedRows(r, columns, source, {"state": asked.chosen["state"]}, WORKS.by, "w.likes desc", ("w.work",), tell)


def _work(row: Row, author: str, unit: str) -> ListLine:
    work, _, title, number, counts, likes, at_least, read_at, reads, plays, field, account, published, link, reason = row
    states = ("参加排名" if counts else "已取消资格") + ("、10万+" if at_least else "")
    read = minute_text(read_at) if read_at else ""
    cells = (title or _NO_TITLE, author, unit, likes, states, read, reads, number, plays, field, account, published, link, reason)
    return ListLine(work, cells)


WORKS = ListOf(
    name="works",
    title="作品点赞",
    columns=(
        ListColumn("title", "作品", by=("w.title",)),
        ListColumn("author", "作者"),
        ListColumn("unit", "单位"),
        ListColumn("likes", "点赞", "number", ("w.likes",)),
        ListColumn("state", "状态", "state", ("w.counts", "w.at_least")),
        ListColumn("read", "读取于", by=("w.read_at",)),
        ListColumn("reads", "读数", "number"),
        ListColumn("number", "作品编号", by=("w.number",)),
        ListColumn("plays", "播放", "number", ("w.plays",), usual=False),
        ListColumn("field", "领域", by=("w.field",), usual=False),
        ListColumn("account", "账号类型", by=("w.account",), usual=False),
        ListColumn("published", "发布时间", by=("w.published_on",), usual=False),
        ListColumn("link", "作品链接", usual=False),
        ListColumn("reason", "处理原因", usual=False),
    ),
    rows=_works,
    filters=(ListFilter("state", "状态", tuple(STATES.items())),),
    opens=("office_works.work", "work"),
    tones={"已取消资格": "bad", "10万+": "warn"},
    order="likes",
    is_down=True,
    is_whole_camp=True,
)


def _flags(r: Reader, world: World, account: Account, asked: ListAsked) -> KnownRows:
    del account
    chosen = asked.chosen
    rows = flags_under(r, world, chosen["seen"], chosen["matter"], listed=chosen["listed"] == "1")
    lines = [
        ListLine(row.work, (row.title or _NO_TITLE, row.words, row.author, row.unit, row.likes, row.read_at, row.sentence,
                            "参加排名" if row.counts else "已取消资格", row.decided), pick=f"{row.work} {row.case}")
        for row in rows
    ]  # fmt: skip
    return KnownRows(lines, FLAGS.keys)


FLAGS = ListOf(
    name="flags",
    title="异常标记",
    columns=(
        ListColumn("title", "作品"),
        ListColumn("matter", "种类", "state"),
        ListColumn("author", "作者"),
        ListColumn("unit", "单位"),
        ListColumn("likes", "点赞", "number"),
        ListColumn("read", "读取于"),
        ListColumn("sentence", "为什么"),
        ListColumn("state", "状态", "state"),
        ListColumn("decided", "处理原因"),
    ),
    rows=_flags,
    filters=(
        ListFilter("seen", "状态", tuple(SEEN.items())),
        ListFilter("matter", "种类", (("", "全部"), *MATTERS.items())),
        ListFilter("listed", "名单", (("", "全部作品"), ("1", "只看名单内"))),
    ),
    opens=("office_works.work", "work"),
    is_whole_camp=True,
)


def _decisions(r: Reader, world: World, account: Account, asked: ListAsked) -> QueriedRows:
    del world, account, asked
    names = actors(r)

    def tell(rows: Sequence[Row]) -> list[ListLine]:
        return [ListLine(row[0], (row[1] or row[2] or _NO_TITLE, _decided(row[4]),
                                  MATTERS.get(row[3].partition(":")[0], ""), row[5],
                                  names.get(row[6], ""), minute_text(row[7]))) for row in rows]  # fmt: skip

    source = "from work_decisions d join works w on w.person = d.person and w.work = d.work"
    columns = "d.work, w.title, w.number, d.case_, d.counts, d.reason, d.actor, d.recorded_at"
    return QueriedRows(r, columns, source, {}, DECISIONS.by, "d.clock desc", ("d.fact",), tell)


def _decided(counts: int | None) -> str:
    return "看过标记" if counts is None else "恢复资格" if counts else "取消资格"


DECISIONS = ListOf(
    name="decisions",
    title="处理记录",
    columns=(
        ListColumn("title", "作品", by=("w.title",)),
        ListColumn("decided", "决定", "state", ("d.counts",)),
        ListColumn("matter", "标记", by=("d.case_",)),
        ListColumn("reason", "原因", by=("d.reason",)),
        ListColumn("who", "谁"),
        ListColumn("at", "时间", by=("d.clock",)),
    ),
    rows=_decisions,
    opens=("office_works.work", "work"),
    tones={"恢复资格": "live", "取消资格": "bad"},
    is_whole_camp=True,
)

LISTS = (WORKS, FLAGS, DECISIONS)
