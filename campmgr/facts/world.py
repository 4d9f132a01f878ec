"""What every fold reads beside its own facts: rules, the unit tree, who may say what, and what areas tell of `public`.

A pure function of the facts in `public` and `units/*`, kept with the data file's handle until its version changes: rebuilt whole
when one of those arrives, but for plain words about the tree that this file says itself (`told_tree`), since a table of units comes
in run by run, and none of them may cost as much as the whole tree. A program that opens the file takes most units from their table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, NamedTuple, TypeVar, cast

from campmgr.facts.activities import Activities, Hosting, InForce, rules_of, told_activities
from campmgr.facts.births import Births
from campmgr.facts.catalogue import Catalogue, catalogue, kinds_of
from campmgr.facts.held import HeldStreams
from campmgr.facts.limits import Ways
from campmgr.facts.tables import ACTIVITIES, CAMP, NODES, UNITS
from campmgr.facts.told_tree import grown_tree, told_tree
from campmgr.facts.totals import Placements
from campmgr.facts.trust import Trust
from campmgr.facts.units import Tree, Unit, stored_rows
from campmgr.ids import canonical, random_id
from campmgr.ledger.envelope import CAMP as CAMP_SUBJECT
from campmgr.ledger.envelope import PUBLIC, Fact, Stream, subject_key, units_scope
from campmgr.ledger.kinds import Body
from campmgr.ledger.order import ReadFact, read_facts, stand
from campmgr.settings.rule_book import RuleBook
from campmgr.settings.rules import Rules
from campmgr.store import ledger
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.identity import WRITER
from campmgr.store.tables import Table, replace_all, replace_each, replace_rows, rows_of

VERSION = "world"

SHOWN = "shown_activity"
"""Where a file that holds the tables of an earlier camp says which (`facts/earlier`)."""

OWN: Mapping[str, Table] = {"camp": CAMP, "trust": NODES, "units": UNITS, "activities": ACTIVITIES}
"""What the world itself keeps, by the names that kinds and folds call it; each of its parts has a table, too."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class World:
    """Everything the folds depend on that is not about one person or work. `parts`: what areas tell."""

    campaign: str
    activity: str
    """The camp that is going on, by the id of what opened it; "" for the one that was opened with the campaign."""
    activities: Activities
    closed: frozenset[str]
    """The ids of those that are over."""
    hosting: Hosting
    without_right: tuple[ReadFact, ...]
    """What was said of activities by nodes that may not."""
    name: str
    province: str
    root_unit: str
    rules: Rules
    in_force: InForce
    tree: Tree
    trust: Trust
    placements: Placements
    version: str = ""
    parts: Mapping[str, object] = field(default_factory=dict)
    has_camp: bool = True
    """Whether any camp was ever opened here: else the rules of camps are those that nobody has set."""
    made: dict[Callable[[World], Any], Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, make: Callable[[World], _Value]) -> _Value:
        """What a fold works out of this world alone: made when it is first asked for, and kept as long as the world is."""
        if make not in self.made:
            self.made[make] = make(self)
        return cast("_Value", self.made[make])


@dataclass(frozen=True, slots=True)
class Public:
    """What was said in `public`, in total order, and by whom it may be said. `activity`: as `World.activity`."""

    told: list[ReadFact]
    trust: Trust
    activity: str

    def by_root(self) -> list[ReadFact]:
        """What the camp's root said."""
        return [one for one in self.told if self.trust.is_root(one.fact.writer) and self.trust.counts_in_public(one)]


@dataclass(frozen=True, slots=True)
class WorldPart(Generic[_Value]):
    """What an area tells every fold: a pure function of the public facts, kept in one table, too, for those who ask in SQL."""

    name: str
    table: Table
    value: Callable[[Public], _Value]
    rows: Callable[[_Value], list[Row]]

    def of(self, world: World) -> _Value:
        """This part of a world."""
        return cast("_Value", world.parts[self.name])


class Refreshed(NamedTuple):
    """The world before and now, and of whatever of it is another now, the owners of the rows that differ."""

    before: World
    now: World
    changed: dict[str, set[str]]


def world_parts(every: Catalogue) -> tuple[WorldPart[Any], ...]:
    """The parts that the areas add to the world."""
    return tuple(part for _, parts in every.named("world") for part in parts)


def load(r: Reader) -> World:
    """The world as of now, from memory when nothing of it has changed since."""
    version = r.meta(VERSION)
    known = r.memory.get(VERSION)
    if isinstance(known, World) and known.version == version:
        return known
    world = (_caught_up(r, known, version) if isinstance(known, World) else None) or _told(r, version, folded=True)[0]
    r.memory[VERSION] = world
    return world


def forget(w: Writer) -> None:
    """Nobody's world counts any more: the tables it is told from were put right."""
    w.set_meta(VERSION, random_id())


def refresh(w: Writer, said: Sequence[Fact] = (), bodies: Mapping[str, Body] | None = None) -> Refreshed:
    """Fold the world again after facts of `public` or `units/*` came in, and write its tables.

    `said`: all that came in, where this file has just said it of the tree: of plain words only what they add is folded; `bodies`:
    what these say, by id, where they need not be read again.
    """
    before = load(w)
    if said and (grown := _grown(w, before, said, bodies or {})):
        w.set_meta(VERSION, grown.version)
        w.memory[VERSION] = grown
        fresh = {subject_key(fact.subject) for fact in said}
        known = [unit for unit in fresh if unit in before.tree.units]
        replace_rows(w, UNITS, rows_of(w, UNITS, known), stored_rows(grown.tree.units[unit] for unit in fresh))
        return Refreshed(before, grown, {"units": fresh})
    version = random_id()
    w.set_meta(VERSION, version)
    now, camp = _told(w, version)
    activities = [each.row() for each in now.activities.values()]
    rows = {"camp": _camp_rows(now, camp), "trust": _node_rows(now.trust), "activities": activities}
    changed = {name: _write(w, OWN[name], some) for name, some in rows.items()}
    changed["units"] = set(replace_each(w, UNITS, (unit.unit for unit in now.tree.units.unordered()), now.tree.units, Unit.row))
    changed |= {part.name: _write(w, part.table, part.rows(part.of(now))) for part in catalogue(w).joined(world_parts)}
    w.memory[VERSION] = now
    return Refreshed(before, now, {name: owners for name, owners in changed.items() if owners})


def _write(w: Writer, table: Table, rows: list[Row]) -> set[str]:
    """Make a table's rows these; the owners of those that differ."""
    owner = table.columns.index(table.owner)
    return {str(row[owner]) for row in replace_all(w, table, rows)}


def _version(text: str) -> tuple[str, int]:
    """What was folded whole, and up to which of this file's own words about the tree it has grown since."""
    whole, _, upto = text.partition("+")
    return whole, int(upto or 0)


def _caught_up(r: Reader, known: World, version: str) -> World | None:
    """What is remembered, with what another program has said of the tree with this file since; None where more has changed."""
    (whole, before), (now, upto) = _version(known.version), _version(version)
    if whole != now or upto < before:
        return None
    return _grown(r, known, list(ledger.of_stream(r, own_stream(r, known), before, upto)), {})


def own_stream(r: Reader, world: World) -> Stream:
    """What this file itself says of the tree."""
    return Stream(units_scope(world.province), r.meta(WRITER))


def _grown(r: Reader, world: World, said: Sequence[Fact], bodies: Mapping[str, Body]) -> World | None:
    """The world with plain words about the tree; None where they say more than that."""
    if {Stream(fact.scope, fact.writer) for fact in said} != {own_stream(r, world)}:
        return None
    if any(subject_key(fact.subject) in world.activities.waiting for fact in said):
        return None
    grown = grown_tree(r, world.tree, world.trust, said, bodies)
    if grown is None:
        return None
    tree, trust = grown
    version = f"{_version(world.version)[0]}+{said[-1].seq}"
    return replace(world, tree=tree, trust=trust, placements=Placements(tree, world.root_unit), version=version)


def _told(r: Reader, version: str, *, folded: bool = False) -> tuple[World, ReadFact | None]:
    """The world from its facts, and the fact that opened the camp. `folded`: whether the tables hold what came of them."""
    campaign = r.meta("campaign")
    public = read_facts(kinds_of(r), ledger.of_scope(r, PUBLIC))
    births, ways = Births(campaign), Ways(HeldStreams(r))
    trust = Trust(campaign, public, births, ways)
    tree = told_tree(r, births, trust, ways, folded=folded and bool(version))
    camp = next((one for one in public if one.fact.kind == "campaign_opened" and _is_of_root(trust, one)), None)
    root_unit = camp.body["root_unit"] if camp else ""
    told = told_activities(catalogue(r), public, trust, root_unit)
    if shown := r.meta(SHOWN):
        chosen = next((each for each in told.all if shown_as(each) == shown), told.all.camp)
        told = told._replace(all=Activities(told.all.values(), chosen, told.all.waiting))
    going_on = told.all.get(told.all.camp)
    heard = Public(public, trust, told.all.camp)
    rules, in_force = (going_on.rules, going_on.in_force) if going_on else _rules(heard.by_root(), catalogue(r).book)
    world = World(
        campaign=campaign,
        activity=told.all.camp,
        activities=told.all,
        closed=frozenset(each.id for each in told.all.values() if not each.is_open),
        hosting=told.hosting,
        without_right=told.without_right,
        name=going_on.name if going_on else camp.body["name"] if camp else "",
        province=camp.body["province"] if camp else "",
        root_unit=root_unit,
        rules=rules,
        in_force=in_force,
        tree=tree,
        trust=trust,
        placements=Placements(tree, root_unit),
        version=version,
        has_camp=going_on is not None,
        parts={part.name: part.value(heard) for part in catalogue(r).joined(world_parts)},
    )
    return world, camp


def shown_as(activity: str) -> str:
    """How an activity is named where it is shown in place of the camp that is going on."""
    return activity or "first"


def _is_of_root(trust: Trust, one: ReadFact) -> bool:
    return trust.is_root(one.fact.writer) and trust.counts_in_public(one)


def _rules(by_root: list[ReadFact], book: RuleBook) -> tuple[Rules, InForce]:
    """The rules where there is no camp: what the root was opened with, and its changes since."""
    return rules_of(stand([one for one in by_root if one.fact.subject == CAMP_SUBJECT], {}), book)


def _camp_rows(world: World, camp: ReadFact | None) -> list[Row]:
    if camp is None:
        return []
    rules = canonical(world.rules.to_mapping())
    return [(world.campaign, world.name, world.trust.root, world.root_unit, world.province, camp.fact.happened_on, rules,
             camp.body["rules_digest"])]  # fmt: skip


def _node_rows(trust: Trust) -> list[Row]:
    rows: list[Row] = []
    successors = {writer: before for writer, before in trust.successors().items() if trust.node_of(writer)}
    for node in trust.nodes():
        if node in successors:  # enrolled by somebody who did not know that it succeeds another: it is that other's
            continue
        place = trust.place(node)
        grant = place.grants[-1] if place and place.grants else None
        words = [one.id for one in place.told()] if place else []
        words += trust.recoveries() if node == trust.root else []
        rows.append((node, trust.keys.get(node, ""), grant.number if grant else 0, place.parent if place else "",
                     grant.unit if grant else "", grant.line if grant else "", trust.state(node), canonical(words)))  # fmt: skip
    rows += [(writer, trust.keys.get(writer, ""), 0, before, "", "", "successor", "[]") for writer, before in successors.items()]
    return rows
