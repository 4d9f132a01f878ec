"""Snapshots of like counts: all counts read at one time, from which files, and what changed since the one before (F-24)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from campmgr.accounts.queries import actors
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.settings import Ranking
from campmgr.clock import minute_text, parse_instant, utc_text
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.store.door import Reader

PAGE = 50
"""Rows a page."""

Change = Literal["risen", "fallen", "equal", "new", "missing"]
CHANGES: dict[Change, str] = {"risen": "增加", "fallen": "减少", "equal": "不变", "new": "新作品", "missing": "这次没有"}


@dataclass(frozen=True, slots=True)
class SnapshotSource:
    """A file that counts came from: its batch, name, SHA-256, who imported it ("" where not known here) and when."""

    batch: str
    file: str
    sha256: str
    who: str
    imported_at: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All counts read at one time: `moment` the stored instant, `at` as people read it; after the cut they count for nothing."""

    moment: str
    at: str
    works: int
    likes: int
    sources: tuple[SnapshotSource, ...]
    after_cut: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A work in a snapshot: its count now and before (None: not read then)."""

    work: str
    title: str
    author: str
    unit: str
    before: int | None
    now: int | None
    at_least: bool


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """A snapshot beside the one before (`before` its time, "" for none): how many changed in which way, and one way's works."""

    snapshot: Snapshot
    before: str
    counts: tuple[tuple[Change, str, int], ...]
    change: Change
    rows: tuple[ChangeRow, ...]
    page: int
    pages: int


_EACH = "select read_at, works, likes from snapshot_sums{} order by read_at desc"
_SOURCES = """select read_at, batch, file, sha256, actor, recorded_at from imports i
    where kind = 'likes' and not exists (select 1 from withdrawn w where w.batch = i.batch) order by clock, batch"""

# each work read at :at, beside its own last count before
_READ = """
    select d.work, d.person, d.likes as now, d.at_least, b.likes as before,
        case when b.likes is null then 'new' when d.likes > b.likes then 'risen' when d.likes < b.likes then 'fallen'
             else 'equal' end as change
    from readings d left join readings b on b.work = d.work and b.read_at = (
        select max(e.read_at) from readings e where e.work = d.work and e.read_at < :at)
    where d.read_at = :at"""
_MISSING = """
    select b.work, b.person, null as now, b.at_least, b.likes as before, 'missing' as change from readings b
    where b.read_at = :before and not exists (select 1 from readings d where d.work = b.work and d.read_at = :at)"""
_COUNTED = f"select change, count(*) from ({_READ} union all {_MISSING}) group by change"  # noqa: S608 - our own words
_ROWS = f"""
    select c.work, c.person, w.title, w.number, w.link, c.before, c.now, c.at_least from ({_READ} union all {_MISSING}) c
    join works w on w.person = c.person and w.work = c.work where c.change = :change
    order by abs(coalesce(c.now, 0) - coalesce(c.before, 0)) desc, c.work limit :many offset :skip"""  # noqa: S608


def snapshots(r: Reader, world: World) -> tuple[Snapshot, ...]:
    """Every snapshot, the latest first."""
    sources = _sources(r)
    return tuple(_snapshot(world, sources, row) for row in r.all(_EACH.format("")))


def snapshot_page(r: Reader, world: World, at: str, change: str = "", page: int = 1) -> SnapshotPage:
    """One snapshot, and the works that changed in one way since the one before. Raises NotFound."""
    moment = _moment(at)
    row = r.one(_EACH.format(" where read_at = :at"), at=moment)
    if row is None:
        raise NotFound("没有这个时间的点赞数。", reason="no_such_page", hint="请从读数列表进入。")
    before = str(r.value("select max(read_at) from readings where read_at < :at", at=moment) or "")
    found: dict[str, int] = dict(r.all(_COUNTED, at=moment, before=before))
    counts = tuple((each, words, found.get(each, 0)) for each, words in CHANGES.items())
    chosen: Change = next((each for each in CHANGES if each == change), _most_telling(found))
    pages = max(1, -(-found.get(chosen, 0) // PAGE))
    page = min(max(page, 1), pages)
    rows = r.all(_ROWS, at=moment, before=before, change=chosen, many=PAGE, skip=(page - 1) * PAGE)
    return SnapshotPage(_snapshot(world, _sources(r), row), minute_text(before), counts, chosen, _rows(r, world, rows), page, pages)


def _most_telling(found: dict[str, int]) -> Change:
    """What to show first: falls where there are some, else what there is."""
    order: tuple[Change, ...] = ("fallen", "missing", "risen", "new", "equal")
    return next((each for each in order if found.get(each)), "risen")


def _moment(at: str) -> str:
    try:
        return utc_text(parse_instant(at))
    except ValueError:
        return ""


def _sources(r: Reader) -> dict[str, list[SnapshotSource]]:
    names = actors(r)
    found: dict[str, list[SnapshotSource]] = defaultdict(list)
    for read_at, batch, file, sha256, actor, recorded_at in r.all(_SOURCES):
        found[read_at].append(SnapshotSource(batch, file, sha256, names.get(actor, ""), minute_text(recorded_at)))
    return found


def _snapshot(world: World, sources: dict[str, list[SnapshotSource]], row: tuple[object, ...]) -> Snapshot:
    moment, cut_off = str(row[0]), world.rules[Ranking].cut_off
    return Snapshot(moment, minute_text(moment), int(str(row[1])), int(str(row[2])), tuple(sources.get(moment, ())),
                    bool(cut_off) and moment > cut_off)  # fmt: skip


def _rows(r: Reader, world: World, rows: list[tuple[object, ...]]) -> tuple[ChangeRow, ...]:
    people = people_by_id(r, {str(row[1]) for row in rows})
    shown = []
    for work, person, title, number, link, before, now, at_least in rows:
        author = people.get(str(person))
        unit = world.tree.units.get(author.home) if author else None
        shown.append(ChangeRow(str(work), str(title or number or link), author.shown_name if author else "",
                               unit.name if unit else "", _number(before), _number(now), bool(at_least)))  # fmt: skip
    return tuple(shown)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
