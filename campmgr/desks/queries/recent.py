"""What was recorded last of a unit's own people, in words: for its first page, where each is taken back in one press."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from campmgr.accounts.queries import Account, actors
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.class_order import class_key
from campmgr.clock import minute_text
from campmgr.desks.queries.batches import openable, people_of_batches
from campmgr.desks.queries.built_on import built_on_each
from campmgr.facts.batches import withdrawn_among
from campmgr.facts.catalogue import CAMP, kinds_of
from campmgr.facts.file_names import file_names
from campmgr.facts.finding import called
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.carrier import CARRIERS
from campmgr.ledger.envelope import people_scope, subject, subject_key, units_scope
from campmgr.ledger.kinds import Kinds
from campmgr.store.door import Reader
from campmgr.store.ledger import last_place

MANY = 6
"""How many acts are shown."""

_LOOKED_AT = 400
"""Facts of each writer that are looked at: of a long list no more than tells that it was one."""

_FILE = "file_imported"

_WITHDRAWALS = {"fact_withdrawn", "batch_withdrawn"}

_LAST = """
    with recursive writers(writer) as (
        select min(writer) from facts where scope = :scope
        union all select (select min(f.writer) from facts f where f.scope = :scope and f.writer > w.writer)
            from writers w where w.writer is not null)
    select f.chain, f.kind, f.batch, f.subject, f.actor, f.recorded_at, f.body, f.writer, f.happened_on, f.scope from writers w
    join facts f on f.scope = :scope and f.writer = w.writer
        and f.seq > (select max(g.seq) from facts g where g.scope = :scope and g.writer = w.writer) - :many
        and f.clock >= coalesce((select min(clock) from facts where chain = :since), 0)
    order by f.clock desc, f.seq desc"""

_OF_ITSELF = """
    select f.chain, f.kind, f.batch, f.subject, f.actor, f.recorded_at, f.body, f.writer, f.happened_on, f.scope from facts f
    where f.subject = :about and f.scope = :scope order by f.clock desc, f.seq desc limit :many"""


LOOKED_AT_BELOW = 10_000
"""Facts that came last into this file among which those of a whole part are looked for: by a bound, since there may be millions."""

_BELOW = """
    with below(unit) as materialized (
        select unit from units where path >= :path and path < :end and (:line = '' or line = :line))
    select f.chain, f.kind, f.batch, f.subject, f.actor, f.recorded_at, f.body, f.writer, f.happened_on, f.scope from facts f
    where f.rowid > :after and f.clock >= coalesce((select min(clock) from facts where chain = :since), 0)
        and ((f.scope like 'people/%' and substr(f.scope, 8) in (select unit from below))
            or (f.scope = :units and substr(f.subject, 6) in (select unit from below)))
    order by f.clock desc, f.seq desc"""


class _Said(NamedTuple):
    chain: str
    kind: str
    batch: str | None
    subject: str
    actor: str
    recorded_at: str
    body: str | None
    writer: str
    happened_on: str
    scope: str


@dataclass(frozen=True, slots=True)
class RecentAct:
    """One act: what was recorded, of whom (a name, or how many people), by whom, when; `person`: whose page tells more, `batch`:
    which receipt does, "" for none. `what` is what takes it back, "" where this account cannot; `why_not`: what others have built
    on it, in whose stead it is not offered; `is_off`: it was taken back; `scope`: whose people it is about, or the tree. `detail`
    tells of a list also whose class it was, and which day where that was another.
    """

    words: str
    detail: str
    of: str
    who: str
    at: str
    person: str
    batch: str
    what: str
    is_off: bool
    scope: str
    why_not: str = ""

    @property
    def in_words(self) -> str:
        """It in one line that names nobody: "56 人 学习 · K2 地震避险，全部 · 三年1班"."""
        of = "" if self.person else f"{self.of} "
        return f"{of}{self.words}{' · ' if self.detail else ''}{self.detail}"


def recent_acts(
    r: Reader, world: World, account: Account, unit: Unit, many: int = MANY, *, of_itself: bool = False, below: bool = False
) -> tuple[RecentAct, ...]:
    """The last acts about people whose home is this unit, the newest first; the number of queries does not depend on how many.
    `of_itself`: what was said of the unit as well; `below`: that of all units below it, too, as far as it is among what came last.

    Once another camp has begun, only what was said since, and of no earlier one: nobody takes back last year's hours in one press.
    """
    kinds, since = kinds_of(r), world.activities[world.activity].opened if world.activity else ""
    looked_at = _LOOKED_AT if many == MANY else 5 * many
    cut: set[str] = set()
    if below:
        last = last_place(r)
        rows = [_Said(*row) for row in r.all(
            _BELOW, after=last - LOOKED_AT_BELOW, since=since, path=unit.path, end=unit.path[:-1] + "0", line=account.line,
            units=units_scope(world.province))]  # fmt: skip
        if rows and last > LOOKED_AT_BELOW:
            cut = _edge(rows)
    else:
        rows = [_Said(*row) for row in r.all(_LAST, scope=people_scope(unit.unit), many=looked_at, since=since)]
        cut = _cut(rows, looked_at)
    if of_itself:
        about = {"about": subject("unit", unit.unit), "scope": units_scope(world.province)}
        rows = sorted([*rows, *(_Said(*row) for row in r.all(_OF_ITSELF, many=looked_at, **about))],
                      key=lambda each: each.recorded_at, reverse=True)  # fmt: skip
    off = {str(json.loads(each.body)["fact"]) for each in rows if each.kind == "fact_withdrawn" and each.body}
    acts = _acts(kinds, [each for each in rows if not _is_of_earlier(world, kinds, each)])[:many]
    if not acts:
        return ()
    batches = {each[0].batch for each in acts if each[0].batch}
    gone, mine = withdrawn_among(r, batches), openable(r, world, account, batches)
    subjects = {each.subject for act in acts for each in act}
    people = people_by_id(r, {subject_key(each) for each in subjects if each.startswith("person:")})
    whole = {} if below else people_of_batches(r, batches & cut, people_scope(unit.unit))
    known = _Known(people, actors(r), called(r, subjects), file_names(r, batches), whole)
    told = [
        _act(world, kinds, account, act, known,
             is_off=act[0].batch in gone or all(each.chain in off for each in act),
             is_open=act[0].batch in mine, is_cut=bool(cut & {act[0].batch, *(each.chain for each in act)}))
        for act in acts
    ]  # fmt: skip
    # what is more than was looked at, and several facts that are no batch, are looked into as the press comes
    asked = {each.what for each in told if " " not in each.what and each.what not in cut} - {""}
    why = built_on_each(r, sorted(asked)) if many == MANY else {}
    return tuple(replace(each, why_not=why.get(each.what, "")) for each in told)


def _is_of_earlier(world: World, kinds: Kinds, said: _Said) -> bool:
    """Whether it belongs to a camp that the present one has ended."""
    if not world.activity or not said.body or said.kind not in kinds or "activity" not in kinds[said.kind].body:
        return False
    known = world.activities.get(str(json.loads(said.body).get("activity", "")))
    return known is not None and known.sort == CAMP and known.id != world.activity


def _cut(rows: Sequence[_Said], looked_at: int) -> set[str]:
    """What the last facts looked at of a writer belong to, where its list is as long as is looked at: there may be more of it."""
    by_writer: defaultdict[str, list[_Said]] = defaultdict(list)
    for each in rows:
        by_writer[each.writer].append(each)
    return {edge for said in by_writer.values() if len(said) >= looked_at for edge in _edge(said)}


def _edge(said: Sequence[_Said]) -> set[str]:
    """The last fact and the last batch; what is said beside a batch, person by person, has none of its own."""
    return {said[-1].chain, next((one.batch for one in reversed(said) if one.batch), "")}


def _acts(kinds: Kinds, rows: Sequence[_Said]) -> list[list[_Said]]:
    """What was said together: a batch, or what one person did about one in one moment; what stays for good is none.

    That a file was imported is said beside its batch, and belongs to it.
    """
    acts: defaultdict[object, list[_Said]] = defaultdict(list)
    batches, files = {each.batch for each in rows}, []
    for each in rows:
        if each.kind == _FILE and subject_key(each.subject) in batches:
            files.append(each)
            continue
        known = kinds.get(each.kind)
        if (
            each.kind in CARRIERS
            or each.kind in _WITHDRAWALS
            or known is None
            or not known.called
            or known.between_nodes
            or known.stays
        ):
            continue
        said = (each.subject, each.actor, each.recorded_at) if known.registers else each.chain
        acts[each.batch or said].append(each)
    for each in files:
        if subject_key(each.subject) in acts:
            acts[subject_key(each.subject)].append(each)
    return list(acts.values())


class _Known(NamedTuple):
    """What the acts shown are told with: people by id, actors and things by name, files and whole counts of people by batch."""

    people: Mapping[str, Person]
    names: Mapping[str, str]
    called: Mapping[str, str]
    files: Mapping[str, str]
    whole: Mapping[str, int]


def _act(
    world: World,
    kinds: Kinds,
    account: Account,
    act: Sequence[_Said],
    known: _Known,
    *,
    is_off: bool,
    is_open: bool,
    is_cut: bool,
) -> RecentAct:
    first, last = act[-1], act[0]
    every = {each.subject for each in act}  # of an answer the person whom it moved is meant, of a file whom it was about
    subjects = {each for each in every if not each.startswith(("request:", "batch:"))} or every
    one = known.people.get(subject_key(next(iter(subjects)))) if len(subjects) == 1 else None
    shown = [each for each in act if not kinds[each.kind].erasable] or act  # whose name stands there needs no details beside it
    file = next((each for each in act if each.kind == _FILE), None)
    bodies = {each.body for each in shown if each.kind == shown[0].kind}
    words = [kinds[file.kind].called] if file else list(dict.fromkeys(kinds[each.kind].called for each in reversed(shown)))
    said = known.files.get(subject_key(file.subject), "") if file else _detail(world, kinds, shown[0]) if len(bodies) == 1 else ""
    where = "" if one or is_cut else _class_of(known.people, subjects)
    whole = known.whole.get(last.batch or "", 0)
    return RecentAct(
        words="、".join(words[:2]),
        detail=" · ".join(filter(None, (said, where, "" if file else _other_day(act)))),
        of=_of_whom(one, whole) or _others(subjects, known.called, is_cut=is_cut),
        who=known.names.get(last.actor, ""),
        at=minute_text(first.recorded_at),
        person=one.person if one else "",
        batch=last.batch or "" if is_open and account.has("coordinator") else "",
        what="" if is_off or not _may_undo(kinds, account, act, is_open=is_open) else last.batch or _chains(act),
        is_off=is_off,
        scope=first.scope,
    )


def _of_whom(one: Person | None, whole: int) -> str:
    """The one person it is about, or how many it was about in all; "" where neither is known."""
    if one:
        return one.shown_name or "（未写姓名）"
    return f"{whole} 人" if whole > 1 else ""


def _class_of(people: Mapping[str, Person], subjects: Iterable[str]) -> str:
    """The class that all of these people are of; "" where they are of several, of none, or are no people."""
    classes = [people[key].class_name if (key := subject_key(each)) in people else "" for each in subjects]
    return next(iter(classes)) if len({class_key(each) for each in classes}) == 1 else ""


def _other_day(act: Sequence[_Said]) -> str:
    """The day that all of an act was of, where it was not the day it was recorded on: "2023-06-05"."""
    days = {each.happened_on for each in act}
    return next(iter(days)) if len(days) == 1 and days != {minute_text(act[0].recorded_at)[:10]} else ""


def _others(subjects: set[str], called: Mapping[str, str], *, is_cut: bool) -> str:
    """What it is about where that is no person: by its name where an area knows it, else how many."""
    only = next(iter(subjects)) if len(subjects) == 1 else ""
    return called.get(only) or _how_many(subjects, is_cut=is_cut)


def _how_many(subjects: set[str], *, is_cut: bool) -> str:
    """How many it is about; nothing of the one row of a list, which its details name."""
    counted = "人" if all(each.startswith(("person:", "code:")) for each in subjects) else "条"
    return "" if counted == "条" and len(subjects) == 1 and not is_cut else f"{len(subjects)} {counted}{'以上' if is_cut else ''}"


def _may_undo(kinds: Kinds, account: Account, act: Sequence[_Said], *, is_open: bool) -> bool:
    """Whether this account may take it back in one press: a batch that it may open, its own, or such as anybody there corrects."""
    if act[0].batch or not account.has("coordinator"):
        return is_open and account.has("coordinator")
    return all(each.actor == account.actor or kinds[each.kind].may_undo for each in act)


def _chains(act: Sequence[_Said]) -> str:
    return " ".join(each.chain for each in reversed(act))


def _detail(world: World, kinds: Kinds, one: _Said) -> str:
    told: Any = kinds[one.kind].words
    return told(world, json.loads(one.body)) if told and one.body else ""
