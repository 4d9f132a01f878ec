"""The publicity 公示 of a list: when it is up and when it comes down, the objections to it, and what everyone may see of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campmgr.areas.people.queries.finding import masked_name
from campmgr.areas.prizes.queries.prizes import PrizeList, prize_list
from campmgr.areas.works.queries.standings import StandingRow, titles_of
from campmgr.clock import today_of
from campmgr.errors import NotFound, Refused
from campmgr.facts.world import World
from campmgr.masks import without_numbers
from campmgr.store.door import Reader

PHASES = {"none": "未公示", "before": "待公示", "open": "公示中", "ended": "公示期满", "down": "已撤下", "void": "已作废"}
"""Where a list stands in its publicity: "ended" is after the last day and still shown."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A publicity as it was set: first and last day, the last day it is shown, how the days were counted, how to object."""

    number: int
    starts_on: str
    ends_on: str
    shown_until: str
    counted: str
    how: str

    def phase(self, today: str) -> str:
        """One of PHASES."""
        if today < self.starts_on:
            return "before"
        if today > self.shown_until:
            return "down"
        return "open" if today <= self.ends_on else "ended"


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection 异议: its id, day, the work it is about ("" for none) by title, the matter, and its answer."""

    fact: str
    raised_on: str
    work: str
    title: str
    matter: str
    way: str
    state: str
    answer: str
    answered_on: str
    late: bool

    @property
    def words(self) -> str:
        """Its state in Chinese."""
        return OBJECTION_STATES[self.state]


OBJECTION_STATES = {"waiting": "待答复", "upheld": "异议成立", "rejected": "异议不成立"}


@dataclass(frozen=True, slots=True)
class ListPublicity:
    """The posting that stands (None: never put up), how it was taken down early or made void ("" if not), and every objection."""

    posting: Posting | None
    taken_down_on: str
    taken_down_for: str
    voided_on: str
    voided_for: str
    objections: tuple[Objection, ...]

    def phase(self, today: str) -> str:
        """One of PHASES."""
        if self.voided_on:
            return "void"
        if self.posting is None:
            return "none"
        return "down" if self.taken_down_on else self.posting.phase(today)


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A line as everyone may see it. There is no room in it for anything else."""

    place: int
    name: str
    title: str
    likes: int
    unit: str
    city: str


PUBLIC_COLUMNS = ("名次", "姓名", "作品名称", "点赞数", "单位", "设区市")
"""What a list put up in public says of a person: the fields of `PublicRow` and no others."""


def publicity(r: Reader, number: int) -> ListPublicity:
    """The publicity of a list and the objections to it."""
    rows = r.all("select state, starts_on, ends_on, shown_until, content from list_postings where number = :number order by place",
                 number=number)  # fmt: skip
    posted = [row for row in rows if row[0] == "posted"]
    posting = _posting(number, posted[-1]) if posted else None
    down = rows[-1] if rows and rows[-1][0] == "taken_down" else None
    reason = json.loads(down[4])["reason"] if down else ""
    voided_on, voided_for = _voided(r, number)
    return ListPublicity(posting, down[1] if down else "", reason, voided_on, voided_for, _objections(r, number, posting))


def _voided(r: Reader, number: int) -> tuple[str, str]:
    """(day, reason) of a number whose lists are all void; ("", "")."""
    # SQLite's min() picks the row: one that stands has "" there, before any day
    rows = r.all("select min(voided_on), void_reason from prize_lists where number = :number group by number", number=number)
    return (rows[0][0], rows[0][1]) if rows and rows[0][0] else ("", "")


def _posting(number: int, row: tuple[str, ...]) -> Posting:
    _, starts_on, ends_on, shown_until, text = row
    body = json.loads(text)
    return Posting(number, starts_on, ends_on, shown_until, body["counted"], body["how"])


def _objections(r: Reader, number: int, posting: Posting | None) -> tuple[Objection, ...]:
    rows = r.all("select fact, raised_on, work, matter, way, state, answer, answered_on from list_objections"
                 " where number = :number order by raised_on, fact", number=number)  # fmt: skip
    titles = titles_of(r, {row[2] for row in rows})
    return tuple(
        Objection(fact, on, work, "".join(titles.get(work, ("", ""))[:1]), matter, way, state, answer, answered_on,
                  late=posting is not None and on > posting.ends_on)
        for fact, on, work, matter, way, state, answer, answered_on in rows
    )  # fmt: skip


def objections_waiting(r: Reader) -> tuple[tuple[int, int], ...]:
    """(number of the list, how many objections to it wait for an answer), the oldest list first."""
    rows = r.all("select number, count(*) from list_objections where state = 'waiting' group by number order by number")
    return tuple((int(number), int(count)) for number, count in rows)


def is_objection(r: Reader, number: int, fact: str) -> bool:
    """Whether a fact is an objection to a list."""
    return bool(r.value("select 1 from list_objections where number = :number and fact = :fact", number=number, fact=fact))


def lists_up(r: Reader) -> tuple[Posting, ...]:
    """The lists that are up today, the newest first."""
    return tuple(each for each, void in _in_their_time(r) if not void)


def lists_void(r: Reader) -> tuple[int, ...]:
    """The numbers of the lists that would be up today, had they not been made void; the newest first."""
    return tuple(each.number for each, void in _in_their_time(r) if void)


def _in_their_time(r: Reader) -> Iterator[tuple[Posting, bool]]:
    """The postings whose time is today, each with whether the list is void; the newest first."""
    rows = r.all("select (select min(voided_on) from prize_lists l where l.number = p.number), number, state, starts_on, ends_on,"
                 " shown_until, content from list_postings p where place ="
                 " (select max(place) from list_postings o where o.number = p.number) order by number desc")  # fmt: skip
    today = today_of(r.clock)
    up = ((_posting(number, tuple(row)), bool(void)) for void, number, *row in rows if row[0] == "posted")
    return ((each, void) for each, void in up if each.phase(today) in {"open", "ended"})


def void_in_public(r: Reader, number: int) -> tuple[str, str] | None:
    """(day, reason) of a list that everyone could see and that was made void, however long ago; None for any other."""
    seen = r.value("select 1 from list_postings where number = :number and state = 'posted' and starts_on <= :today",
                   number=number, today=today_of(r.clock))  # fmt: skip
    day, reason = _voided(r, number)
    return (day, reason) if seen and day else None


def public_list(r: Reader, world: World, number: int) -> tuple[PrizeList, ListPublicity]:
    """A list that is up today. Raises NotFound "unknown_list" for one never put up, "list_taken_down" outside its time."""
    found = publicity(r, number)
    if found.posting is None or found.voided_on:
        raise NotFound(f"没有第 {number} 号名单的公示。", reason="unknown_list", hint="请核对名单的号数。")
    phase = found.phase(today_of(r.clock))
    if phase == "before":
        raise NotFound(f"第 {number} 号名单从 {found.posting.starts_on} 起公示。", reason="list_taken_down", hint="请到时再来。")
    if found.taken_down_on:
        raise NotFound(f"第 {number} 号名单已于 {found.taken_down_on} 提前撤下，现在不展示。", reason="list_taken_down",
                       hint="如需了解结果，请联系主办单位。")  # fmt: skip
    if phase == "down":
        raise NotFound(f"第 {number} 号名单的公示已经结束，名单已按规定撤下。", reason="list_taken_down",
                       hint="如需了解结果，请联系主办单位。")  # fmt: skip
    return prize_list(r, world, number), found


def check_public_face(r: Reader, number: int) -> None:
    """Raises Refused once a list has been taken down: no public copy of it is made any more (features 1.7, take-down)."""
    found = publicity(r, number)
    if found.phase(today_of(r.clock)) == "down":
        on = found.taken_down_on or (found.posting.shown_until if found.posting else "")
        raise Refused(f"第 {number} 号名单的公示已于 {on} 结束，公示版不再导出。", reason="list_taken_down",
                      hint="内部留存请用存档版；确需重新公示的，请先设定新的公示期。")  # fmt: skip


def public_rows(rows: Iterable[StandingRow], among: Iterable[StandingRow] = ()) -> tuple[PublicRow, ...]:
    """Lines for everyone: names masked, in titles too; numbers in titles starred.

    People who look alike even with their unit get figures, by their ids among these lines and `among`, so that figures stay
    when a list is amended.
    """
    lines = list(rows)
    alike: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in (*lines, *among):
        alike[masked_name(row.name), row.unit].add(row.person)
    public = []
    for row in lines:
        name = masked_name(row.name)
        people = sorted(alike[name, row.unit])
        shown = f"{name}（{people.index(row.person) + 1}）" if len(people) > 1 and name else name
        public.append(PublicRow(row.place, shown, public_title(row), row.likes, row.unit, row.city))
    return tuple(public)


def public_title(row: StandingRow) -> str:
    """A work's title without its author's full name, and without anything that could be a number of theirs."""
    title = row.title.replace(row.name, masked_name(row.name)) if len(row.name) > 1 else row.title
    return without_numbers(title)
