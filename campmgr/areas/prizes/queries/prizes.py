"""Frozen prize lists as they stand today: as frozen, then each amendment; names are looked up for showing (F-24)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.prizes.queries.list_content import LEFT_OUT, division_of
from campmgr.areas.prizes.rules.frozen_list import AmendmentStep, ListRow, Unrolled, unroll
from campmgr.areas.works.queries.divisions import division_words
from campmgr.areas.works.queries.standings import StandingRow, city_of, titles_of
from campmgr.clock import local_text, minute_text, until_words
from campmgr.errors import BadInput, NotFound
from campmgr.facts.laptops import laptop
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class AmendedLine:
    """One line of an amendment as shown: before and after; None where there was, or is, no line."""

    before: StandingRow | None
    after: StandingRow | None


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment 更正: its number, day, reason, the objection it answers ("" for none), its lines, its digest."""

    amendment: int
    on: str
    reason: str
    objection: str
    digest: str
    lines: tuple[AmendedLine, ...]


@dataclass(frozen=True, slots=True)
class PrizeList:
    """A list. `ids`: the lines as frozen; `rows`: the lines as they stand after every amendment; `frozen_rows`: as frozen.

    `digest` is the frozen list's, `digest_now` that of the last amendment; `whole`: every digest fits its content;
    `published`: the last digest stands in `public`; `fact`: the id of the fact that froze it; `voided_on`, `void_reason`: when and
    why it was made void, "" while it stands.
    """

    number: int
    at: str
    moment: str
    rule: str
    digest: str
    digest_now: str
    ids: tuple[ListRow, ...]
    rows: tuple[StandingRow, ...]
    frozen_rows: tuple[StandingRow, ...]
    amendments: tuple[Amended, ...]
    whole: bool
    published: bool
    fact: str
    voided_on: str
    void_reason: str
    content: Mapping[str, Any] = field(repr=False)
    unrolled: Unrolled = field(repr=False)

    @property
    def sources(self) -> tuple[tuple[str, ...], ...]:
        """The files it was made from: SHA-256, name, read-at, recorded-at."""
        return tuple(tuple(map(str, each)) for each in self.content["sources"])

    @property
    def until(self) -> str:
        """The time it holds for, in words."""
        return until_words(self.moment)

    @property
    def void_words(self) -> str:
        """That it is void, since when and why; "" while it stands."""
        return f"第 {self.number} 号名单已于 {self.voided_on} 作废：{self.void_reason}" if self.voided_on else ""

    def part_words(self, world: World) -> str:
        """The part of the works it is of, in words; "" for all."""
        return division_words(world, division_of(self.content))

    def writer(self, r: Reader) -> str:
        """Who froze it: the id of the writer whose key seals the fact; "" where the fact is not held."""
        found = ledger.by_chain(r, [self.fact]).get(self.fact)
        return found.writer if found else ""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A frozen list as listed: its number, the time it holds for, how many stand on it, its digest, how many amendments, the
    day on which it was made void, "" while it stands, and the name of the earlier camp that it is of, "" for the present one.
    """

    number: int
    at: str
    count: int
    digest: str
    amendments: int
    voided_on: str
    earlier: str

    @property
    def until(self) -> str:
        """The time it holds for, in words."""
        return until_words(self.at)


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """A work that is not on the list, and why: `why` in words, `reason` as somebody gave it."""

    name: str
    title: str
    likes: int
    unit: str
    why: str
    reason: str


def is_of_earlier(world: World, listed: PrizeList) -> bool:
    """Whether a list was frozen in a camp before the one whose tables these are."""
    return str(listed.content.get("activity", "")) != world.activity


def prize_lists(r: Reader, world: World) -> tuple[ListLine, ...]:
    """Every frozen list, the newest first; of two with one number the one that is not void."""
    # of several rows SQLite shows the one that gives min(): "" comes before any day
    rows = r.all("select number, at, json_array_length(content, '$.rows'), digest,"
                 " (select count(*) from list_amendments a where a.number = l.number), min(voided_on),"
                 " coalesce(json_extract(content, '$.activity'), '') from prize_lists l"
                 " group by number order by number desc")  # fmt: skip
    camps = {each.id: each.name for each in world.activities.values() if each.id != world.activity}
    return tuple(
        ListLine(number, local_text(at), count, digest, amendments, voided_on, camps.get(camp, ""))
        for number, at, count, digest, amendments, voided_on, camp in rows
    )


@dataclass(frozen=True, slots=True)
class OneOfSeveral:
    """One of several lists that bear one number: the fact that froze it, the time it holds for, how many stand on it, its digest,
    who froze it and when.
    """

    fact: str
    at: str
    count: int
    digest: str
    who: str
    frozen_at: str

    @property
    def until(self) -> str:
        """The time it holds for, in words."""
        return until_words(self.at)


def lists_of_number(r: Reader, world: World, number: int) -> tuple[OneOfSeveral, ...]:
    """The lists that bear a number: more than one where a copied root froze without knowing of the other."""
    rows = r.all("select l.fact, l.at, json_array_length(l.content, '$.rows'), l.digest, f.writer, f.recorded_at from prize_lists l"
                 " join facts f on f.chain = l.fact where l.number = :number order by f.recorded_at, l.fact",
                 number=number)  # fmt: skip
    return tuple(OneOfSeveral(fact, local_text(at), count, digest, laptop(world, writer), minute_text(when))
                 for fact, at, count, digest, writer, when in rows)  # fmt: skip


def numbers_taken_twice(r: Reader) -> list[int]:
    """The numbers that several lists bear which are not void."""
    sql = "select number from prize_lists where voided_on = '' group by number having count(*) > 1 order by number"
    return [row[0] for row in r.all(sql)]


def prize_list(r: Reader, world: World, number: int, fact: str = "") -> PrizeList:
    """A list by its number; of several the one that a fact, whose id begins so, froze, else the one that is not void.

    Raises NotFound "unknown_list", BadInput "ambiguous_list" where several fit.
    """
    rows = [row for row in r.all("select at, rule_text, digest, content, published, voided_on, void_reason, fact from prize_lists"
                                 " where number = :number order by fact", number=number) if row[-1].startswith(fact)]  # fmt: skip
    rows = [row for row in rows if not row[5]] or rows if len(rows) > 1 else rows
    if not rows:
        raise NotFound(
            f"没有第 {number} 号名单。",
            reason="unknown_list",
            hint="请从“排名与名单”页选择，或先定榜。",
            at_console="请先定榜：campmgr prizes freeze。",
        )
    if len(rows) > 1:
        told = "；".join(f"{each.fact[:12]}（{each.who}，{each.frozen_at} 定）" for each in lists_of_number(r, world, number))
        raise BadInput(
            f"第 {number} 号名单有 {len(rows)} 份：{told}。",
            reason="ambiguous_list",
            hint="请从名单页选择是哪一份。",
            at_console="请用 --fact 写明是哪一份。",
        )
    moment, rule, digest, text, published, voided_on, void_reason, fact = rows[0]
    content, said = json.loads(text), _amendments(r, number)
    steps = [AmendmentStep.read(body) for _, body, _ in said]
    now, frozen = unroll(content, steps), tuple(ListRow.read(each) for each in content["rows"])
    changed = {row for step in steps for change in step.changes for row in change if row}
    shown = shown_rows(r, world, {*frozen, *now.rows, *changed}, content["bounds"], moment)
    amendments = tuple(
        Amended(step.amendment, on, step.reason, body["objection"], step.digest,
                tuple(AmendedLine(*(shown[each] if each else None for each in change)) for change in step.changes))
        for step, (on, body, _) in zip(steps, said, strict=True)
    )  # fmt: skip
    return PrizeList(
        number=number, at=local_text(moment), moment=moment, rule=rule, digest=digest, digest_now=now.digest, ids=frozen,
        rows=tuple(shown[each] for each in now.rows), frozen_rows=tuple(shown[each] for each in frozen), amendments=amendments,
        whole=now.whole, published=bool(said[-1][2] if said else published), fact=fact, voided_on=voided_on,
        void_reason=void_reason, content=content, unrolled=now,
    )  # fmt: skip


def _amendments(r: Reader, number: int) -> list[tuple[str, dict[str, Any], bool]]:
    """(day, body, published) of the amendments in order; should two bear one number, the published one counts."""
    rows = r.all("select amendment, said_on, content, published from list_amendments where number = :number"
                 " order by amendment, published, fact", number=number)  # fmt: skip
    by_number = {amendment: (on, json.loads(text), bool(published)) for amendment, on, text, published in rows}
    return [by_number[amendment] for amendment in sorted(by_number)]


def left_out(r: Reader, world: World, frozen: PrizeList) -> tuple[LeftOutLine, ...]:
    """The works that are not on the list, sort by sort, with the reason."""
    excluded = [tuple(each) for each in frozen.content["excluded"]]
    people = people_by_id(r, {str(each[1]) for each in excluded})
    works = titles_of(r, (str(each[0]) for each in excluded))
    lines = []
    for work, who, likes, home, sort, reason in excluded:
        known, (title, link) = people.get(who), works.get(work, ("", ""))
        name = known.shown_name if known else ""
        lines.append(LeftOutLine(name, title or link, likes, unit_name(world, home), LEFT_OUT.get(sort, sort), reason))
    return tuple(lines)


_BOUNDS = "select work, likes from readings where work in (:keys) and at_least = 1 and read_at <= :at"


def shown_rows(r: Reader, world: World, rows: Iterable[ListRow], bounds: Iterable[str], moment: str) -> dict[ListRow, StandingRow]:
    """Each line with names: the unit is the one that was home when the list was frozen. `bounds`: works whose count was a lower
    bound then; of lines that came in later, those whose reading by `moment` says so.
    """
    wanted, known_bounds = list(rows), set(bounds)
    read_bounds = set(r.among(_BOUNDS, {row.work for row in wanted}, at=moment))
    people = people_by_id(r, {row.person for row in wanted})
    works = titles_of(r, {row.work for row in wanted})
    shown = {}
    for row in wanted:
        known, (title, link) = people.get(row.person), works.get(row.work, ("", ""))
        city = world.tree.units.get(city_of(world, row.home))
        shown[row] = StandingRow(row.place, row.person, known.shown_name if known else "", row.work, title, link, row.likes,
                                 unit_name(world, row.home), city.name if city else "",
                                 at_least=row.work in known_bounds or (row.work, row.likes) in read_bounds)  # fmt: skip
    return shown


def last_number(r: Reader) -> int:
    """The number of the last list that was frozen; 0 before the first."""
    return int(r.value("select coalesce(max(number), 0) from prize_lists") or 0)
