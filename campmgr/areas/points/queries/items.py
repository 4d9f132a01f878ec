"""Items as they are listed, each with its way and its account: every point with the rule behind it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from campmgr.areas.points.rules.because import sentence
from campmgr.areas.points.rules.passing import host_stage
from campmgr.areas.points.rules.worth import Entry
from campmgr.areas.points.settings import Passing, Points
from campmgr.clock import minute_text
from campmgr.errors import BadInput, NotFound
from campmgr.facts.activities import Activity
from campmgr.ledger.envelope import subject
from campmgr.periods.spans import Span
from campmgr.store import ledger
from campmgr.store.door import Reader, Row
from campmgr.wording import name_key

_SELECT = """select item, fact, activity, unit, sort, title, event_on, sent_at, sent_on, characters, length, section, tags, author,
 urgent, file, sha256, last_day, late, short, task, stage, state, points from items i"""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item as it is listed; `fact`: the word that reported it; `stage`: how many stages have passed it."""

    item: str
    fact: str
    activity: str
    unit: str
    sort: str
    title: str
    event_on: str
    sent_at: str
    sent_on: str
    characters: Mapping[str, int]
    length: int | None
    section: str
    tags: tuple[str, ...]
    author: str
    urgent: bool
    file: str
    sha256: str
    last_day: str
    late: bool
    short: bool
    task: str
    stage: int
    state: str
    points: int

    @property
    def sent_words(self) -> str:
        """When it was sent, to the minute."""
        return minute_text(self.sent_at)

    def waits_for(self, passing: Passing) -> str:
        """In words whom it waits for, or what became of it."""
        if self.state == "passed":
            return "已审完"
        post = passing.stages[min(self.stage, len(passing.stages) - 1)]
        return f"{post}已退回" if self.state == "returned" else f"待{post}审"


class AdoptionLine(NamedTuple):
    """Where an item was adopted: the fact, the outlet as written, its class that day (0: nobody classed it), what the host said."""

    item: str
    fact: str
    outlet: str
    cls: int
    adopted_on: str
    link: str
    settled: str
    reason: str


class StageLine(NamedTuple):
    """A word of a stage: which, passed or returned, by which post, why, when, by whose account; whether it counts, as the host's
    own do not where others have said them.
    """

    stage: int
    accepted: bool
    post: str
    reason: str
    said_at: str
    actor: str
    counts: bool


class Because(NamedTuple):
    """One line of an item's account."""

    code: str
    day: str
    points: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ItemAccount:
    """An item with everything behind its points."""

    line: ItemLine
    stages: tuple[StageLine, ...]
    adoptions: tuple[AdoptionLine, ...]
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items: of one unit, of a period, in a column of the table, of a state, at a stage, with a tag; "" and None for any."""

    unit: str = ""
    period: Span | None = None
    column: str = ""
    sort: str = ""
    state: str = ""
    stage: int | None = None
    tag: str = ""
    section: str = ""
    most: int = 200
    start: int = 0


def items_of(r: Reader, activity: Activity, wanted: Wanted) -> tuple[ItemLine, ...]:
    """The items that are wanted, the newest first; those of a column are the ones whose entries add up to its number."""
    where, values = _where(wanted)
    sql = f"{_SELECT} where i.activity = :activity{where} order by sent_at desc, item limit :most offset :start"
    rows = r.all(sql, activity=activity.id, most=wanted.most, start=wanted.start, **values)
    return tuple(map(_line, rows))


def count_of(r: Reader, activity: Activity, wanted: Wanted) -> int:
    """How many these are."""
    where, values = _where(wanted)
    sql = f"select count(*) from items i where i.activity = :activity{where}"  # noqa: S608 - our own names
    return int(r.value(sql, activity=activity.id, **values) or 0)


def waiting_in_unit(r: Reader, activity: Activity, unit: str) -> int:
    """How many of a unit's items wait for somebody in the unit, not for the host."""
    waiting, last = Wanted(unit=unit, state="waiting"), host_stage(activity.rules[Passing])
    hosts = count_of(r, activity, replace(waiting, stage=last - 1)) if last else 0
    return count_of(r, activity, waiting) - hosts


def _where(wanted: Wanted) -> tuple[str, dict[str, object]]:
    parts, values = [], dict[str, object]()
    for name in ("unit", "sort", "state", "section"):
        if value := getattr(wanted, name):
            parts.append(f"i.{name} = :{name}")
            values[name] = value
    if wanted.tag:
        parts.append("exists (select 1 from json_each(i.tags) t where t.value = :tag)")
        values["tag"] = wanted.tag
    if wanted.stage is not None:
        parts.append("i.stage = :stage")
        values["stage"] = wanted.stage
    if wanted.period is not None:
        values |= {"first": wanted.period.first, "last": wanted.period.last}
        parts.append(_in_column(wanted.column, values) if wanted.column else "i.sent_on between :first and :last")
    return "".join(f" and {part}" for part in parts), values


def _in_column(column: str, values: dict[str, object]) -> str:
    values["column"] = column
    return "exists (select 1 from item_points p where p.item = i.item and p.column_ = :column and p.day between :first and :last)"


def item_of(r: Reader, activity: Activity, text: str) -> ItemLine:
    """The item of an id or its first eight or more digits. Raises NotFound, BadInput."""
    text = text.strip().lower()
    sql = f"{_SELECT} where i.activity = :activity and item >= :text and item < :next order by item limit 2"
    rows = r.all(sql, activity=activity.id, text=text, next=text + "g") if len(text) >= 8 else []
    if not rows:
        raise NotFound(f"没有编号以“{text[:40]}”开头的稿件。", reason="unknown_fact", hint="请从稿件列表里选。")
    if len(rows) > 1:
        raise BadInput(f"以“{text[:40]}”开头的稿件不止一篇。", reason="unknown_fact", hint="请多写几位。")
    return _line(rows[0])


def known_items(r: Reader, items: Iterable[str]) -> dict[str, ItemLine]:
    """Those of these ids that were reported."""
    rows = r.among(f"{_SELECT} where item in (:keys)", items)
    return {row[0]: _line(row) for row in rows}


def titles_of(r: Reader, subjects: Iterable[str]) -> dict[str, str]:
    """What these subjects are called that are items, their titles, or adoptions that were noted: where, when, of what."""
    keys: dict[str, list[str]] = defaultdict(list)
    for sort, _, key in (each.partition(":") for each in subjects):
        keys[sort].append(key)
    titles = r.among("select item, title from items where item in (:keys)", keys["item"])
    noted = r.among(_NOTED, keys["adoption"])
    return {subject("item", item): f"“{title}”" for item, title in titles} | {
        subject("adoption", key): f"“{title or number}”（{outlet} {day}）" for key, title, number, outlet, day in noted
    }


_NOTED = "select adoption, title, said_item, outlet, adopted_on from noted_adoptions where adoption in (:keys)"


class Titled(NamedTuple):
    """The items of an activity by unit and title, as titles are compared; their ids, and their titles."""

    by_title: Mapping[tuple[str, str], list[str]]
    ids: tuple[str, ...]
    titles: tuple[str, ...]


def titled_items(r: Reader, activity: Activity) -> Titled:
    """Every item of an activity by its title."""
    rows = r.all("select item, unit, title from items where activity = :activity order by item", activity=activity.id)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item, unit, title in rows:
        found[unit, name_key(title)].append(item)
    return Titled(found, tuple(row[0] for row in rows), tuple(dict.fromkeys(row[2] for row in rows)))


def adopted_ids(r: Reader, item: str) -> set[str | None]:
    """The client ids of the adoptions of an item that stand."""
    facts = {row[0] for row in r.all("select fact from adoptions where item = :item", item=item)}
    return {fact.client_id for fact in ledger.of_subjects(r, [subject("item", item)]) if fact.chain in facts}


def account_of(r: Reader, activity: Activity, line: ItemLine) -> ItemAccount:
    """An item with its stages, its adoptions, and why each point."""
    adoptions = tuple(adoptions_of(r, [line.item]))
    outlets = {each.fact: each.outlet for each in adoptions}
    stages = r.all(
        "select stage, accepted, post, reason, said_at, actor, counts from item_stages where item = :item order by stage, said_at",
        item=line.item,
    )
    sql = "select code, day, column_, number, points, adoption from item_points where item = :item order by place"
    entries = [Entry(*row) for row in r.all(sql, item=line.item)]
    rules = activity.rules[Points]
    because = tuple(
        Because(each.code, each.day, each.points, sentence(each, line.sort, line.last_day, outlets.get(each.adoption, ""), rules))
        for each in entries
    )
    told = tuple(
        StageLine(stage, bool(accepted), post, why, minute_text(at), actor, bool(counts))
        for stage, accepted, post, why, at, actor, counts in stages
    )
    return ItemAccount(line, told, adoptions, because)


def adoptions_of(r: Reader, items: Iterable[str]) -> list[AdoptionLine]:
    """Where these were adopted."""
    sql = ("select item, fact, outlet, class, adopted_on, link, settled, reason from adoptions where item in (:keys)"
           " order by adopted_on, fact")  # fmt: skip
    return [AdoptionLine(*row) for row in r.among(sql, items)]


class WaitingOutlet(NamedTuple):
    """An outlet that nobody has classed: as it was written first, how many adoptions wait for it, since which day."""

    outlet: str
    waiting: int
    since: str


def unclassed_outlets(r: Reader, activity: Activity) -> tuple[WaitingOutlet, ...]:
    """The outlets nobody has classed, those for which most wait first."""
    sql = """select outlet, count(*), min(adopted_on) from adoptions where activity = :activity and class = 0
             and settled <> 'refused' group by outlet order by count(*) desc, outlet"""
    return tuple(WaitingOutlet(*row) for row in r.all(sql, activity=activity.id))


def unsettled_adoptions(r: Reader, activity: Activity, most: int = 200) -> list[AdoptionLine]:
    """Adoptions that the host has said nothing of, the oldest first."""
    sql = ("select item, fact, outlet, class, adopted_on, link, settled, reason from adoptions where activity = :activity"
           " and settled = '' order by adopted_on, fact limit :most")  # fmt: skip
    return [AdoptionLine(*row) for row in r.all(sql, activity=activity.id, most=most)]


def unsettled_count(r: Reader, activity: Activity) -> int:
    """How many adoptions the host has said nothing of."""
    sql = "select count(*) from adoptions where activity = :activity and settled = ''"
    return int(r.value(sql, activity=activity.id) or 0)


def _line(row: Row) -> ItemLine:
    values = list(row)
    values[9], values[12] = json.loads(row[9]), tuple(json.loads(row[12]))
    for place in (14, 18, 19):
        values[place] = bool(row[place])
    return ItemLine(*values)
