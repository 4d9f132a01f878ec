"""Frozen award lists as they stand today: as frozen, then each amendment; their tasks; and whether the marks still give them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from campmgr.accounts.queries import unit_name
from campmgr.areas.judging.kinds import LOOK_AGAIN, RECALLS, TASKS
from campmgr.areas.judging.queries.award_draft import REVOKED, AwardsDraft, draft_of
from campmgr.areas.judging.queries.judged import Judged, judged_in
from campmgr.areas.judging.rules.award_list import (
    REFILL,
    STRIKE,
    AwardChange,
    AwardRow,
    AwardStep,
    UnrolledAwards,
    changes_between,
    quoted,
    unroll,
)
from campmgr.areas.judging.rules.giving import Award
from campmgr.areas.judging.rules.nominees import PERSON, UNIT, Named, Nominee, name_awards
from campmgr.areas.judging.settings import Awards, names_of, numbers_of
from campmgr.areas.people.queries.finding import masked_name, people_by_id
from campmgr.clock import minute_text
from campmgr.errors import CampError, NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import catalogue
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader

OPEN, DONE, NEEDLESS = "待办", "已办", "不需要"
STATES = (OPEN, DONE, NEEDLESS)
"""How a task stands."""

_RECALLED = {"证书": "召回证书", "奖杯": "召回奖杯"}


@dataclass(frozen=True, slots=True)
class AmendedAwards:
    """An amendment: the day, and what it says; `published`: whether its digest stands in public."""

    on: str
    step: AwardStep
    published: bool


@dataclass(frozen=True, slots=True)
class AwardTask:
    """Something to do about an award: whose (an entry or a unit), for which award, what, how it stands since which day.

    `key`: how a fact names it. Looking again is about the works that were lost: with another of them it is another task.
    """

    line: str
    title: str
    award: str
    task: str
    state: str
    note: str
    on: str
    key: str

    @property
    def is_recall(self) -> bool:
        """Whether it takes back what was given."""
        return self.task in RECALLS


@dataclass(frozen=True, slots=True)
class AwardList:
    """A list: `content` as frozen, `now` as it stands. `titles`: of works, units by id; `fits`: (award, entry) -> note."""

    key: str
    number: int
    at: str
    digest: str
    published: bool
    fact: str
    content: Mapping[str, Any] = field(repr=False)
    amendments: tuple[AmendedAwards, ...]
    now: UnrolledAwards
    titles: Mapping[str, str] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)

    @property
    def frozen_rows(self) -> tuple[AwardRow, ...]:
        """The lines as frozen."""
        return tuple(map(AwardRow.read, self.content["rows"]))

    @property
    def fits(self) -> dict[tuple[str, str], str]:
        """(award, line) -> the note for whoever did not come by order."""
        told = (*self.content["fits"], *self.content["nominees"].get("notes", ()))
        return {(str(award), str(line)): str(reason) for award, line, reason in told}

    @property
    def nominees(self) -> dict[str, Nominee]:
        """The people, teams and units that were looked at, by line, with what was counted of each when the list was frozen."""
        told = self.content["nominees"]
        return {each.line: each for some in ("people", "units") for each in map(Nominee.read, told.get(some, ()))}

    @property
    def lost(self) -> frozenset[str]:
        """The works that amendments have taken out of what is counted of people and units."""
        return frozenset(entry for each in self.amendments for entry in each.step.lost)

    @property
    def round(self) -> str:
        """The name of the round it was made from."""
        return str(self.content["rules"]["round"])

    @property
    def frozen_at(self) -> str:
        """When it was frozen, for people."""
        return minute_text(self.at)

    @property
    def is_whole(self) -> bool:
        """Whether every digest fits what it is the digest of, and stands in public."""
        return self.now.whole and self.published and all(each.published for each in self.amendments)

    def title(self, line: str) -> str:
        """What a line is called: a work's title, a unit's name, or a person's."""
        return self.titles.get(line) or self.names.get(line) or "—"

    def called(self, row: AwardRow) -> str:
        """Whose a line is, in a sentence: 《a work》, a unit, a person."""
        return quoted(self.title(row.line)) if row.entry else self.title(row.line)

    def shown(self, row: AwardRow) -> str:
        """The same for everybody's eyes: of a person the masked name."""
        nominee = self.nominees.get(row.holder)
        return masked_name(self.title(row.line)) if nominee and nominee.sort == PERSON else self.called(row)


@dataclass(frozen=True, slots=True)
class AwardVerdict:
    """Whether a list is what the marks give under its own rules, after every amendment; `differences` in sentences."""

    number: int
    equal: bool
    differences: tuple[str, ...]


def award_lists(r: Reader, world: World, activity: Activity) -> tuple[AwardList, ...]:
    """Every list of an activity, by number."""
    rows = r.all("select list, number, at, digest, published, fact, content from award_lists where activity = :activity"
                 " and unit = :host order by number, fact", activity=activity.id, host=activity.host)  # fmt: skip
    return tuple(_list(r, world, activity, *row) for row in rows)


def award_list(r: Reader, world: World, activity: Activity, number: int) -> AwardList:
    """A list by its number. Raises NotFound."""
    found = next((each for each in award_lists(r, world, activity) if each.number == number), None)
    if found is None:
        raise NotFound(f"没有第 {number} 号获奖名单。", reason="unknown_list", hint="请从“定奖”页里选，或先定奖。",
                       at_console="请先定奖：campmgr awards freeze。")  # fmt: skip
    return found


def next_list_number(r: Reader, activity: Activity) -> int:
    """The number that the next list gets: they are numbered within their activity."""
    return 1 + int(r.value("select max(number) from award_lists where activity = :activity", activity=activity.id) or 0)


def rules_of_list(r: Reader, content: Mapping[str, Any]) -> Rules:
    """The rules by which a list was frozen."""
    return catalogue(r).books["entries"].understood({k: v for k, v in content["rules"].items() if isinstance(v, dict)})[0]


def _list(r: Reader, world: World, activity: Activity, key: str, number: int, at: str, digest: str, published: int, fact: str,
          text: str) -> AwardList:  # fmt: skip
    content = json.loads(text)
    rows = r.all("select said_on, content, published from award_amendments where list = :list and unit = :host"
                 " order by amendment, fact", list=key, host=activity.host)  # fmt: skip
    amendments = tuple(AmendedAwards(on, AwardStep.read(json.loads(told)), bool(out)) for on, told, out in rows)
    now = unroll(content, [each.step for each in amendments])
    lines = [
        *map(AwardRow.read, content["rows"]),
        *(row for each in amendments for pair in each.step.changes for row in pair if row),
    ]
    titles = titles_of(r, {row.entry for row in lines if row.entry})
    nominees = [Nominee.read(each) for some in ("people", "units") for each in content["nominees"].get(some, ())]
    people = people_by_id(r, [each.line for each in nominees if each.sort == PERSON])
    names = {unit: unit_name(world, unit) for unit in {row.unit for row in lines} | {each.unit for each in nominees} if unit}
    names |= {each.line: each.name or (people[each.line].shown_name if each.line in people else "—")
              for each in nominees if each.sort != UNIT}  # fmt: skip
    return AwardList(key, number, at, digest, bool(published), fact, content, amendments, now, titles, names)


def titles_of(r: Reader, entries: Collection[str]) -> dict[str, str]:
    """Titles of works by id."""
    return dict(r.among("select entry, title from entries where entry in (:keys)", entries))


def draft_again(
    r: Reader, world: World, activity: Activity, listed: AwardList, struck: Sequence[str] = (), vacant: Sequence[AwardRow] = ()
) -> AwardsDraft:
    """The awards of works that the marks give under the list's own rules without those that were struck; slots of `vacant` stay
    empty.
    """
    rules, judged = rules_of_list(r, listed.content), judged_in(r, world, activity, listed.round)
    out = {str(entry) for entry, why in listed.content["excluded"] if why == REVOKED} | set(struck)
    return draft_of(r, world, activity, _as_frozen(judged, listed), rules=rules, fits=listed.fits, out=out,
                    vacant=[each.award for each in vacant])  # fmt: skip


def made_again(
    r: Reader, world: World, activity: Activity, listed: AwardList, struck: Sequence[str], vacant: Sequence[AwardRow],
    lost: Collection[str] = (),
) -> tuple[AwardRow, ...]:  # fmt: skip
    """The rows of `draft_again`, and those of people and units by what was counted when the list was frozen, without works that
    were `lost` since.
    """
    draft = draft_again(r, world, activity, listed, struck, vacant)
    return (*(row.row for row in draft.rows), *_others_again(r, listed, struck, vacant, lost))


def _others_again(
    r: Reader, listed: AwardList, struck: Sequence[str], vacant: Sequence[AwardRow], lost: Collection[str]
) -> Iterator[AwardRow]:
    told = listed.content["nominees"]
    if not told:
        return
    units, people = ([Nominee.read(each) for each in told[some]] for some in ("units", "people"))
    notes = {(str(award), str(line)): str(reason) for award, line, reason in told["notes"]}
    named = named_again(rules_of_list(r, listed.content), units, people, notes, told["elsewhere"], lost=lost, struck=struck,
                        vacant=[each.award for each in vacant])  # fmt: skip
    for each in reversed(named):
        yield from (placed.nominee.row(given) for given, placed in each.rows)


def named_again(
    rules: Rules, units: Iterable[Nominee], people: Iterable[Nominee], notes: Mapping[tuple[str, str], str],
    elsewhere: Collection[str], *, lost: Collection[str] = (), struck: Collection[str] = (), vacant: Sequence[str] = (),
) -> tuple[Named, Named]:  # fmt: skip
    """The awards of units and those of people by an activity's rules. Units whose weights nobody has decided get theirs by notes
    alone; awards in `elsewhere` were given by another list.
    """
    asked = rules[Awards]
    weights = tuple(numbers_of(asked.unit_weights).items())
    by_weight, by_count = (
        _asked(asked.unit_awards if weights else names_of(asked.unit_awards), elsewhere),
        _asked(asked.people_awards, elsewhere),
    )
    return (
        name_awards(by_weight, units, weights, notes, lost=lost, struck=struck, vacant=vacant),
        name_awards(by_count, people, (), notes, lost=lost, struck=struck, vacant=vacant),
    )


def _asked(lines: Sequence[str], elsewhere: Collection[str]) -> tuple[Award, ...]:
    slots = numbers_of(lines)
    return tuple(Award(name, slots.get(name)) for name in names_of(lines) if name not in elsewhere)


def _as_frozen(judged: Judged, listed: AwardList) -> Judged:
    """The round with the method by which the list was made."""
    return replace(judged, line=replace(judged.line, round=replace(judged.round, method=str(listed.content["method"]))))


def verify_awards(r: Reader, world: World, activity: Activity, number: int) -> AwardVerdict:
    """Make a list again from the marks held here, amendment by amendment, and compare."""
    listed = award_list(r, world, activity, number)
    found = list(_differences(r, world, activity, listed))
    if not listed.now.whole:
        found.append("名单或更正的内容与其摘要不符")
    if not (listed.published and all(each.published for each in listed.amendments)):
        found.append("名单的摘要没有在公开记录中公布")
    return AwardVerdict(number, not found, tuple(found))


def _differences(r: Reader, world: World, activity: Activity, listed: AwardList) -> Iterator[str]:
    struck, vacant, lost, rows = list[str](), list[AwardRow](), list[str](), listed.frozen_rows
    try:
        yield from _compared(listed, rows, made_again(r, world, activity, listed, (), ()), "定奖时")
        for each in listed.amendments:
            step = each.step
            struck += [step.strike] if step.strike else []
            lost += step.lost
            vacant += [row for row in rows if row.line == step.strike] if step.refill == STRIKE else []
            rows = unroll(listed.content, [one.step for one in listed.amendments if one.step.amendment <= step.amendment]).rows
            if step.refill == REFILL:
                yield from _compared(
                    listed, rows, made_again(r, world, activity, listed, struck, vacant, lost), f"更正 {step.amendment}"
                )
    except CampError as problem:
        yield f"现在不能重算：{problem.sentence}"


def _compared(listed: AwardList, told: Sequence[AwardRow], new: Sequence[AwardRow], when: str) -> Iterator[str]:
    for before, after in changes_between(told, new):
        row = before or after
        if row is None:
            raise ValueError("a change has a line on one side")
        if before is None:
            yield f"{when}：名单上没有{listed.called(row)}，按评分应得{row.award}"
        elif after is None:
            yield f"{when}：名单上{listed.called(row)}得{row.award}，按评分不在名单上"
        elif (before.place, before.score) != (after.place, after.score):
            yield f"{when}：{listed.called(row)}名单上第 {before.place}，按评分第 {after.place}"


def tasks_of(r: Reader, activity: Activity, listed: AwardList) -> tuple[AwardTask, ...]:
    """What is to be done about each award, and about each that was taken back; what nobody has touched yet is open."""
    rows = r.all("select line, task, state, note, said_on from award_tasks where list = :list and unit = :host",
                 list=listed.key, host=activity.host)  # fmt: skip
    said = {(line, task): (state, note, on) for line, task, state, note, on in rows}
    shaken = {each.row.line: hash_id("lost", *each.works)[:8] for each in leaning_on_lost(r, listed)}
    keyed = (
        (row, task, f"{task} {shaken[row.line]}" if task == LOOK_AGAIN else task) for row, task in _due(activity, listed, shaken)
    )
    return tuple(
        AwardTask(row.line, listed.title(row.line), row.award, task, *said.get((row.line, key), (OPEN, "", "")), key)
        for row, task, key in keyed
    )


def _due(activity: Activity, listed: AwardList, shaken: Collection[str]) -> Iterator[tuple[AwardRow, str]]:
    struck = {row.line: row for row in _every_row(listed) if row.line in listed.now.struck}
    for row in (*listed.now.rows, *struck.values()):
        if row.line in struck:
            yield from ((row, each) for each in recalls_of(activity.rules[Awards], row))
        else:
            yield from ((row, each) for each in _given(activity.rules[Awards], row))
            if row.line in shaken:
                yield row, LOOK_AGAIN


def _every_row(listed: AwardList) -> Iterator[AwardRow]:
    yield from listed.frozen_rows
    yield from (row for each in listed.amendments for change in each.step.changes for row in change if row)


def recalls_of(asked: Awards, row: AwardRow) -> tuple[str, ...]:
    """What is to be done about an award that is taken back, by what it had brought."""
    return (*(_RECALLED[each] for each in _given(asked, row) if each in _RECALLED), RECALLS[-1])


def _given(asked: Awards, row: AwardRow) -> Iterator[str]:
    """What an award brings: by its own line of the rules, else by one that its name begins with, else a certificate. The mark that
    the certificate's line grants is for works (H-22).
    """
    lines = {name.strip(): goods for name, _, goods in (line.partition("=") for line in asked.prizes)}
    goods = next((lines[name] for name in sorted(lines, key=len, reverse=True) if row.award.startswith(name)), "证书")
    yield from (each.strip() for each in goods.replace("，", "、").split("、") if each.strip() in TASKS)
    if asked.certificate_line and row.entry:
        yield "标识授权"
    if asked.ceremony:
        yield "邀请"


@dataclass(frozen=True, slots=True)
class Shaken:
    """An award of a person or unit that rests on works which have since lost theirs: which, and the numbers before and without."""

    row: AwardRow
    works: tuple[str, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]


def leaning_on_lost(r: Reader, listed: AwardList) -> tuple[Shaken, ...]:
    """The awards of people and units that count works which were revoked, or whose award was taken back, and no amendment has taken
    out yet. Nothing changes by itself: the office is asked.
    """
    nominees, gone = listed.nominees, lost_since(r, listed)
    found = []
    for row in listed.now.rows:
        nominee = nominees.get(row.line)
        works = tuple(entry for entry, _ in nominee.works if entry in gone) if nominee and not row.entry else ()
        if nominee and works:
            found.append(Shaken(row, works, nominee.numbers(listed.lost), nominee.numbers(listed.lost | gone)))
    return tuple(found)


def lost_since(r: Reader, listed: AwardList) -> frozenset[str]:
    """The works that were counted for people and units, have since been revoked or struck, and that no amendment has taken out."""
    counted = {entry for each in listed.nominees.values() for entry, _ in each.works}
    rows = r.among("select entry, revoked from entry_ways where entry in (:keys) and revoked <> ''", counted)
    gone = {entry for entry, revoked in rows if "参选" in revoked or "获奖" in revoked} | (counted & set(listed.now.struck))
    return frozenset(gone - listed.lost)


def change_words(listed: AwardList, change: AwardChange) -> tuple[str, str]:
    """An amended line before and after, for people."""
    before, after = (f"{row.award}：{listed.called(row)}，第 {row.place}" if row else "（无）" for row in change)
    return before, after
