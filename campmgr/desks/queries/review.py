"""What a human should look at: one list of all that was set aside, of any sort, as the matters that areas declare tell it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.queries.standings import titles_of
from campmgr.errors import NotFound
from campmgr.facts.catalogue import catalogue
from campmgr.facts.finding import called, shown_code
from campmgr.facts.inventories import inventories_of
from campmgr.facts.inventory_rows import rows_by_id
from campmgr.facts.matters import matters_of
from campmgr.facts.review import Answer, Matter, ReviewRow, Side, Told
from campmgr.facts.world import World
from campmgr.store.door import Reader

PAGE = 50
"""Rows a page."""

_DIGITS = 9


LIKELIEST = "likeliest"
"""Asked for instead of a matter: the rows of all that are weighed, the likeliest first."""


class Span(NamedTuple):
    """Whose rows: those of a unit and all below it, of one line or of all (""); of the whole camp also what is of no unit."""

    unit: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of them: one matter or all (""), those that wait since before a day ("" for all), those after the last one shown."""

    matter: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """One thing to look at, in words. `about` says who or what it is about; `person` is the person's id, "" for anything else."""

    row: ReviewRow
    title: str
    about: str
    person: str
    unit_name: str
    unit_code: str
    sentence: str
    what_to_do: str
    sides: tuple[Side, ...]
    answers: tuple[Answer, ...]
    note: str

    def offered(self, *, governs: bool) -> tuple[Answer, ...]:
        """The answers for somebody who organizes, or for somebody who does not."""
        return self.answers if governs else tuple(each for each in self.answers if not each.governs)


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A page of cases, the oldest first; `sorts` are (matter, title, how many) under the same filter, `next` leads on or is ""."""

    cases: tuple[ReviewCase, ...]
    sorts: tuple[tuple[str, str, int], ...]
    count: int
    next: str


_COLUMNS = "min(v.subject), v.matter, min(v.detail), v.id, min(v.unit), min(v.since), count(*)"
_EVERYWHERE = "review v where :line = ''"
_BELOW = """units u join review v on v.unit = u.unit
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line)"""
_ROWS = """
    select {} from {} and (:matter = '' or v.matter = :matter) and (:before = '' or v.since < :before)
    group by v.id, v.matter having (min(v.since), v.id) > (:since, :id) order by min(v.since), v.id limit :most"""
_COUNTS = "select v.matter, count(distinct v.id) from {} and (:before = '' or v.since < :before) group by v.matter"
_ALL = "select v.subject, v.matter, v.detail, v.id, v.unit, v.since from {} and v.id = :id order by v.subject"
_OF_MATTER = "select v.subject, v.matter, v.detail, v.id, v.unit, v.since from {} and v.matter = :matter order by v.since, v.id"


def review_part(r: Reader, world: World, span: Span, asked: Asked) -> ReviewPart:
    """One page of what waits, and how many there are of each matter; the number of queries does not depend on how many rows."""
    found = [row for row in _found(r, world, span) if not asked.before or row.since < asked.before]
    weighed = {matter.name for matter in matters_of(r).values() if matter.is_weighed}
    counts: Counter[str] = Counter(dict(r.all(_COUNTS.format(_whose(world, span)), **_bound(world, span), before=asked.before)))
    counts.update(row.matter for row in found)
    if asked.matter == LIKELIEST:
        return _likeliest(r, world, [row for row in found if row.matter in weighed], asked.after, counts)
    since, _, last = asked.after.partition(".")
    kept = r.all(_ROWS.format(_COLUMNS, _whose(world, span)), **_bound(world, span), matter=asked.matter, before=asked.before,
                 since=since, id=last, most=PAGE + 1)  # fmt: skip
    here = [row for row in found if asked.matter in {"", row.matter} and (row.since, row.id) > (since, last)]
    rows = sorted((*(ReviewRow(*row) for row in kept), *here), key=lambda row: (row.since, row.id))
    shown = rows[:PAGE]
    more = f"{shown[-1].since}.{shown[-1].id}" if len(rows) > PAGE else ""
    return ReviewPart(in_words(r, world, shown), _sorts(r, counts), counts.total(), more)


def _likeliest(r: Reader, world: World, rows: list[ReviewRow], after: str, counts: Counter[str]) -> ReviewPart:
    skipped = int(after) if after.isdecimal() and len(after) < _DIGITS else 0
    shown = sorted(rows, key=lambda row: (-row.weight, row.since, row.id))[skipped : skipped + PAGE]
    more = str(skipped + PAGE) if len(rows) > skipped + PAGE else ""
    return ReviewPart(in_words(r, world, shown), _sorts(r, counts), counts.total(), more)


def review_count(r: Reader, world: World, span: Span) -> int:
    """How many things wait."""
    counted = r.all(_COUNTS.format(_whose(world, span)), **_bound(world, span), before="")
    return sum(int(number) for _, number in counted) + sum(1 for _ in _found(r, world, span))


def count_found(r: Reader, world: World, span: Span, matter: str) -> int:
    """How many wait of one matter whose rows stand in no table."""
    find = matters_of(r)[matter].rows
    return sum(1 for row in find(r, world) if row.matter == matter and _is_seen(world, span, row)) if find else 0


def rows_of_id(r: Reader, world: World, span: Span, row: str) -> list[ReviewRow]:
    """Every row that bears an id: several where they are settled in one go. Raises NotFound."""
    kept = [ReviewRow(*each) for each in r.all(_ALL.format(_whose(world, span)), **_bound(world, span), id=row)]
    rows = kept or _each(r, (each for each in _found(r, world, span) if each.id == row))
    if not rows:
        raise NotFound(
            "这一条已经处理过，或不在您的范围内。",
            reason="unknown_fact",
            hint="请刷新页面。",
            at_console="请看 campmgr review list。",
        )
    return rows


def rows_of_matter(r: Reader, world: World, span: Span, matter: str) -> list[ReviewRow]:
    """Every row of a matter, the oldest first."""
    kept = [ReviewRow(*each) for each in r.all(_OF_MATTER.format(_whose(world, span)), **_bound(world, span), matter=matter)]
    return kept or _each(r, (row for row in _found(r, world, span) if row.matter == matter))


def _each(r: Reader, found: Iterable[ReviewRow]) -> list[ReviewRow]:
    """Every row that these stand for."""
    known, rows = matters_of(r), list[ReviewRow]()
    for row in found:
        each = known[row.matter].each
        rows += each(r, row) if each else (row,)
    return rows


def in_words(r: Reader, world: World, rows: Sequence[ReviewRow]) -> tuple[ReviewCase, ...]:
    """Rows as people read them; of a matter that this program does not know, what it is called and no more."""
    known, told = matters_of(r), dict[ReviewRow, Told]()
    by_matter = defaultdict(list)
    for row in rows:
        by_matter[row.matter].append(row)
    for name, some in by_matter.items():
        if name in known:
            told |= zip(some, known[name].tell(r, world, some), strict=True)
    about = _about(r, world, rows)
    return tuple(_case(world, row, known.get(row.matter), told.get(row), about) for row in rows)


def _case(world: World, row: ReviewRow, matter: Matter | None, told: Told | None, about: dict[str, tuple[str, str]]) -> ReviewCase:
    words, person = about.get(row.subject, ("", ""))
    where, code = (unit_name(world, row.unit), shown_code(world, row.unit)) if row.unit else ("", "")
    if matter is None or told is None:
        sentence, what = f"本机的程序不认识这一类待核对的内容（{row.matter}）。", "请升级程序后再看；记录原样保存，不会丢。"
        return ReviewCase(row, "较新版本的待核对", words, person, where, code, sentence, what, (), (), "")
    answers = matter.answers if told.answers is None else told.answers
    return ReviewCase(
        row, matter.title, words, person, where, code, told.sentence, matter.what_to_do, told.sides, answers, matter.note
    )


def _about(r: Reader, world: World, rows: Iterable[ReviewRow]) -> dict[str, tuple[str, str]]:
    """Who or what each subject is, and the person's id where it is one."""
    keys = defaultdict(set)
    for row in rows:
        sort, _, key = row.subject.partition(":")
        keys[sort].add(key)
    people, works = people_by_id(r, keys["person"]), titles_of(r, keys["work"])
    found = {f"person:{key}": (person.shown_name or "（未写姓名）", person.person) for key, person in people.items()}
    found |= {f"work:{key}": (title or link, "") for key, (title, link) in works.items()}
    found |= {f"unit:{key}": (unit_name(world, key), "") for key in keys["unit"]}
    for sort, kept in inventories_of(catalogue(r)).items():
        shown = rows_by_id(r, kept, keys[sort]) if keys[sort] else {}
        found |= {f"{sort}:{key}": (kept.key_shown(row.values), "") for key, row in shown.items()}
    found |= {about: (words, "") for about, words in called(r, {row.subject for row in rows} - found.keys()).items()}
    return found | {f"list:{key}": (f"第 {key} 号名单", "") for key in keys["list"]}


def _found(r: Reader, world: World, span: Span) -> Iterator[ReviewRow]:
    """The rows that stand in no table, of whatever may be seen."""
    for find in dict.fromkeys(matter.rows for matter in matters_of(r).values() if matter.rows):
        yield from (row for row in find(r, world) if _is_seen(world, span, row))


def _is_seen(world: World, span: Span, row: ReviewRow) -> bool:
    if row.unless and _holds(world, span, row.unless):
        return False
    return span == Span(world.root_unit) or all(_holds(world, span, unit) for unit in (row.unit, row.also or row.unit))


def _holds(world: World, span: Span, key: str) -> bool:
    unit = world.tree.units.get(key)
    return unit is not None and unit.path.startswith(world.tree.units[span.unit].path) and span.line in {"", unit.line}


def _whose(world: World, span: Span) -> str:
    return _EVERYWHERE if span == Span(world.root_unit) else _BELOW


def _bound(world: World, span: Span) -> dict[str, str]:
    path = world.tree.units[span.unit].path
    bound = {"line": span.line}
    return bound if span == Span(world.root_unit) else bound | {"path": path, "end": path[:-1] + "0"}  # "0" comes right after "/"


def _sorts(r: Reader, counts: Counter[str]) -> tuple[tuple[str, str, int], ...]:
    known = matters_of(r)
    unknown = [(name, name, count) for name, count in sorted(counts.items()) if name not in known]
    weighed = sum(counts[name] for name, matter in known.items() if matter.is_weighed)
    likeliest = [(LIKELIEST, "谁和谁是同一人", weighed)] if weighed else []
    return (*likeliest, *((name, matter.title, counts[name]) for name, matter in known.items() if counts[name]), *unknown)
