"""What every fold reads beside its own facts: rules, lessons, the unit tree, and who may say what.

A pure function of the facts in `public` and `units/*`, rebuilt whole when one of those arrives (they are few), kept with the
data file's handle until its version changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from typing import NamedTuple

from campmgr.areas.certificates.fold import revoked_numbers
from campmgr.areas.hours.rules.credit import Lesson
from campmgr.areas.prizes.fold.work_calendar import calendar_rows, work_calendar
from campmgr.facts.births import Births
from campmgr.facts.placements import Placements
from campmgr.facts.tables import CALENDAR_DAYS, CAMP, LESSONS, NODES, REVOKED_NUMBERS, UNITS
from campmgr.facts.trust import Trust
from campmgr.facts.units import Tree, fold_units
from campmgr.ids import canonical, random_id
from campmgr.ledger.order import Told, standing, tell
from campmgr.ledger.scopes import CAMP as CAMP_SUBJECT
from campmgr.ledger.scopes import PUBLIC, subject_key
from campmgr.settings.preset import FIELDS, Rules, digest
from campmgr.settings.working_days import WorkCalendar
from campmgr.store import ledger
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import all_rows, replace_rows

VERSION = "world"


class InForce(NamedTuple):
    """Which rules are in force: the first are version 1, each standing change makes another; since which day; their digest."""

    version: int
    since: str
    digest: str


@dataclass(frozen=True, slots=True)
class World:
    """Everything the folds depend on that is not about one person or work."""

    campaign: str
    name: str
    province: str
    root_unit: str
    opened_on: str
    rules: Rules
    in_force: InForce
    lessons: Mapping[str, Lesson]
    calendar: WorkCalendar
    tree: Tree
    trust: Trust
    placements: Placements
    version: str = ""
    rows: Mapping[str, list[Row]] = field(default_factory=dict)


def load(r: Reader) -> World:
    """The world as of now, from memory when nothing of it has changed since."""
    version = r.meta(VERSION)
    known = r.memory.get(VERSION)
    if isinstance(known, World) and known.version == version:
        return known
    world = fold(r, version)
    r.memory[VERSION] = world
    return world


def refresh(w: Writer) -> tuple[World, World]:
    """Fold the world again after facts of `public` or `units/*` came in, and write its tables: (before, now)."""
    before = load(w)
    version = random_id()
    w.set_meta(VERSION, version)
    now = fold(w, version)
    for table in (CAMP, LESSONS, CALENDAR_DAYS, NODES, UNITS, REVOKED_NUMBERS):
        replace_rows(w, table, list(all_rows(w, table)), now.rows[table.name])
    w.memory[VERSION] = now
    return before, now


def fold(r: Reader, version: str) -> World:
    """The world from its facts."""
    campaign = r.meta("campaign")
    public = tell(ledger.of_scope(r, PUBLIC))
    units = tell(fact for scope in _unit_scopes(r) for fact in ledger.of_scope(r, scope))
    added, changes = _by_unit(units)
    births = Births(added)
    trust = Trust(campaign, public, births)
    _without_withdrawn(trust, units, added, changes)
    tree = Tree(fold_units(births, trust, changes))
    said = [one for one in public if trust.is_root(one.fact.writer)]
    camp = _camp(said)
    rules, in_force = _rules(said)
    lessons, calendar = _lessons(said), work_calendar(said)
    placements = Placements(tree, camp.body["root_unit"] if camp else "")
    return World(
        campaign=campaign,
        name=rules.camp.name if camp else "",
        province=camp.body["province"] if camp else "",
        root_unit=camp.body["root_unit"] if camp else "",
        opened_on=camp.fact.happened_on if camp else "",
        rules=rules,
        in_force=in_force,
        lessons=lessons,
        calendar=calendar,
        tree=tree,
        trust=trust,
        placements=placements,
        version=version,
        rows={
            CAMP.name: _camp_rows(campaign, trust, camp, rules),
            LESSONS.name: [astuple(lesson) for lesson in lessons.values()],
            CALENDAR_DAYS.name: calendar_rows(calendar),
            NODES.name: _node_rows(trust),
            UNITS.name: [unit.row() for unit in tree.units.values()],
            REVOKED_NUMBERS.name: revoked_numbers(public, trust),
        },
    )


def _unit_scopes(r: Reader) -> list[str]:
    return [row[0] for row in r.all("select distinct scope from facts where scope >= 'units/' and scope < 'units0'")]


def _by_unit(units: Iterable[Told]) -> tuple[dict[str, list[Told]], dict[str, list[Told]]]:
    added: dict[str, list[Told]] = defaultdict(list)
    changes: dict[str, list[Told]] = defaultdict(list)
    for one in units:
        (added if one.fact.kind == "unit_added" else changes)[subject_key(one.fact.subject)].append(one)
    return added, changes


def _without_withdrawn(trust: Trust, units: list[Told], *sorts: dict[str, list[Told]]) -> None:
    """Take off what was withdrawn: batches and single facts, by their own writer or by the root."""
    batches = {subject_key(one.fact.subject): one.fact.writer for one in units if one.fact.kind == "batch_withdrawn"}
    facts = {one.body["fact"]: one.fact.writer for one in units if one.fact.kind == "fact_withdrawn"}
    if not batches and not facts:
        return

    def gone(one: Told) -> bool:
        by = facts.get(one.id) or batches.get(one.fact.batch or "")
        return by is not None and (by == one.fact.writer or trust.is_root(by))

    for sort in sorts:
        for unit, told in sort.items():
            sort[unit] = standing([one for one in told if not gone(one)], {})


def _camp(said: list[Told]) -> Told | None:
    return next((one for one in said if one.fact.kind == "campaign_opened"), None)


def _rules(said: list[Told]) -> tuple[Rules, InForce]:
    """The rules as opened, with every standing amendment in order; a key of a newer version is passed over."""
    version, since = 0, ""
    mapping: dict[str, dict[str, object]] = {"preset": {"name": "camp"}, "camp": {"name": "—"}}
    about_camp = [one for one in said if one.fact.subject == CAMP_SUBJECT]
    opening = next((one.id for one in about_camp if one.fact.kind == "campaign_opened"), "")
    for one in standing([one for one in about_camp if one.body.get("fact") != opening], {}):
        if one.fact.kind in {"campaign_opened", "rules_amended"}:
            version, since = version + 1, one.fact.happened_on
        if one.fact.kind == "campaign_opened":
            mapping = {section: dict(values) for section, values in one.body["rules"].items() if isinstance(values, dict)}
        elif one.fact.kind == "rules_amended":
            for key, value in one.body["changes"].items():
                section, _, name = key.partition(".")
                mapping.setdefault(section, {})[name] = value
    known = {
        section: {name: value for name, value in values.items() if f"{section}.{name}" in FIELDS}
        for section, values in mapping.items()
    }
    rules = Rules.understood({section: values for section, values in known.items() if values})[0]
    return rules, InForce(version, since, digest(rules))


def _lessons(said: list[Told]) -> dict[str, Lesson]:
    by_code: dict[str, list[Told]] = defaultdict(list)
    withdrawn = {subject_key(one.fact.subject): {PUBLIC} for one in said if one.fact.kind == "batch_withdrawn"}
    for one in said:
        if one.fact.kind in {"lesson_described", "fact_withdrawn"} and one.fact.subject.startswith("lesson:"):
            by_code[subject_key(one.fact.subject)].append(one)
    lessons = {}
    for code, told in sorted(by_code.items()):
        left = [one for one in standing(told, withdrawn) if one.fact.kind == "lesson_described"]
        if left:
            body = left[-1].body
            lessons[code] = Lesson(code, body["name"], body["hundredths"], body["length_minutes"], body["kind"], body["field"],
                                   body["replay_of"], body["starts_at"])  # fmt: skip
    return lessons


def _camp_rows(campaign: str, trust: Trust, camp: Told | None, rules: Rules) -> list[Row]:
    if camp is None:
        return []
    mapping = canonical(rules.to_mapping())
    fact, body = camp.fact, camp.body
    return [(campaign, rules.camp.name, trust.root, body["root_unit"], body["province"], fact.happened_on, mapping,
             body["rules_digest"])]  # fmt: skip


def _node_rows(trust: Trust) -> list[Row]:
    rows: list[Row] = []
    for node in trust.nodes():
        events = trust.events(node)
        grant = next((event for event in reversed(events) if event.sort == "granted"), None)
        state = "root" if node == trust.root else "unknown" if not events else events[-1].sort
        told = canonical([list(event) for event in events])
        rows.append((node, trust.keys.get(node, ""), grant.name if grant else "", grant.parent if grant else "",
                     grant.unit if grant else "", grant.line if grant else "", state, told))  # fmt: skip
    rows += [
        (writer, trust.keys.get(writer, ""), "", before, "", "", "successor", "[]")
        for writer, before in trust.successors().items()
        if trust.node_of(writer)
    ]
    return rows
