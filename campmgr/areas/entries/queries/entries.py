"""Works with all that is known of each: files, stage, what it lost, in which batch, and what stands in its way."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.doubles import Doubles, doubles_of
from campmgr.areas.entries.rules.agreements import Agreed
from campmgr.areas.entries.rules.checking import check_attached
from campmgr.areas.entries.rules.entry import Attached, checks_words, judge_entry, refuses
from campmgr.areas.entries.rules.probes import Probe
from campmgr.areas.entries.rules.verdicts import Finding
from campmgr.clock import minute_text, today_of
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import InventoryRow, inventory_rows, rows_by_id
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject, subject_key
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class EntryFile:
    """A file of a work as it was attached."""

    role: str
    probe: Probe


class Way(NamedTuple):
    """Where a work has come to: its stage ("" until somebody said one), outlets that show it, since when and why, what it lost, and
    what was ticked of the list of checks (JSON).
    """

    stage: str = ""
    outlets: str = ""
    staged_on: str = ""
    reason: str = ""
    revoked: str = ""
    revoked_reason: str = ""
    checks: str = "{}"

    @property
    def checked(self) -> str:
        """What was looked at one by one when this was said, in words; "" where no list was gone through."""
        return checks_words(json.loads(self.checks))


_NOWHERE = Way()


@dataclass(frozen=True, slots=True)
class Entry:
    """A work. `handed_in`: (unit, window) of the batches that stand."""

    row: InventoryRow
    unit_name: str
    way: Way = _NOWHERE
    files: tuple[EntryFile, ...] = ()
    handed_in: tuple[tuple[str, str], ...] = ()
    agreed: tuple[Agreed, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The work's id."""
        return self.row.id

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.row.values["title"])

    @property
    def kind(self) -> str:
        """Its class."""
        return str(self.row.values["class"])

    @property
    def link(self) -> str:
        """Where it is published, "" for what leads nowhere on the web: another laptop may have listed anything."""
        link = str(self.row.values["link"])
        return link if link.lower().startswith(("http://", "https://")) else ""

    @property
    def passes(self) -> bool:
        """Whether nothing stands in its way."""
        return not refuses(self.findings)

    @property
    def counts(self) -> bool:
        """Whether it still takes part."""
        return "参选" not in self.way.revoked

    @property
    def words(self) -> str:
        """Where it has come to, for whoever sent it."""
        if self.way.revoked:
            return f"撤销{self.way.revoked}资格"
        return self.way.stage or ("已报送" if self.handed_in else "待报送" if self.passes else "不合格")


def entries_in(r: Reader, world: World, activity: Activity, units: Collection[str] | None = None) -> list[Entry]:
    """The works of an activity that are listed, of all units or of these, in the order of units and keys."""
    rows = inventory_rows(r, ENTRIES, activity.id)
    return _entries(r, world, activity, [row for row in rows if units is None or row.unit in units])


def entries_by_id(r: Reader, world: World, activity: Activity, ids: Collection[str]) -> list[Entry]:
    """Those of these ids that are listed, in the order of the ids."""
    known = rows_by_id(r, ENTRIES, ids)
    rows = [known[each] for each in ids if each in known]
    return _entries(r, world, activity, [row for row in rows if row.listed and row.activity == activity.id])


def _entries(r: Reader, world: World, activity: Activity, rows: Sequence[InventoryRow]) -> list[Entry]:
    ids = [row.id for row in rows]
    files, ways, held, agreed = _files(r, ids), _ways(r, ids), _held(r, ids), agreements_of(r, ids)
    doubles, today = doubles_of(r, world, activity, ids), today_of(r.clock)
    found = []
    for row in rows:
        key = (row.id, row.unit)
        entry = Entry(row, unit_name(world, row.unit), ways.get(key, _NOWHERE), files.get(key, ()), held.get(row.id, ()),
                      agreed.get(key, ()))  # fmt: skip
        found.append(replace(entry, findings=_findings(entry, activity, doubles, today)))
    return found


def entry_of(r: Reader, world: World, activity: Activity, row: InventoryRow) -> Entry | None:
    """One work; None where it is not listed any more."""
    return next(iter(entries_by_id(r, world, activity, [row.id])), None)


def _findings(entry: Entry, activity: Activity, doubles: Doubles, today: str) -> tuple[Finding, ...]:
    attached = [Attached(each.role, check_attached(each.probe, activity.rules, each.role, entry.kind)) for each in entry.files]
    return (*judge_entry(entry.row.values, attached, entry.agreed, activity.rules, today), *doubles.about(entry.id))


def _files(r: Reader, ids: Iterable[str]) -> Mapping[tuple[str, str], tuple[EntryFile, ...]]:
    found: dict[tuple[str, str], list[EntryFile]] = defaultdict(list)
    sql = "select entry, unit, role, sha256, name, bytes, probe from entry_files where entry in (:keys)"
    for entry, unit, role, digest, name, size, told in sorted(r.among(sql, ids)):
        found[entry, unit].append(EntryFile(role, Probe(name, size, digest, **json.loads(told))))
    return {key: tuple(files) for key, files in found.items()}


def _ways(r: Reader, ids: Iterable[str]) -> Mapping[tuple[str, str], Way]:
    columns = ", ".join(Way._fields)
    sql = f"select entry, unit, {columns} from entry_ways where entry in (:keys)"  # noqa: S608 - our own names
    return {(row[0], row[1]): Way(*row[2:]) for row in r.among(sql, ids)}


def agreements_of(r: Reader, ids: Iterable[str]) -> Mapping[tuple[str, str], tuple[Agreed, ...]]:
    """What was agreed to of works, by (work, unit)."""
    found: dict[tuple[str, str], list[Agreed]] = defaultdict(list)
    sql = "select entry, unit, statement, version, agreed_at from entry_agreements where entry in (:keys)"
    for entry, unit, statement, version, at in r.among(sql, ids):
        found[entry, unit].append(Agreed(statement, version, minute_text(at)))
    return {key: tuple(some) for key, some in found.items()}


def _held(r: Reader, ids: Iterable[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sql = (
        "select e.entry, h.unit, h.window from handin_entries e join handins h on h.unit = e.unit and h.handin = e.handin"
        " where e.entry in (:keys)"
    )
    for entry, unit, window in sorted(r.among(sql, ids)):
        found[entry].append((unit, window))
    return {entry: tuple(some) for entry, some in found.items()}


def has_file(r: Reader, entry: InventoryRow, role: str, digest: str) -> bool:
    """Whether these bytes are attached to a work in a role."""
    sql = "select 1 from entry_files where entry = :entry and unit = :unit and role = :role and sha256 = :digest"
    return r.one(sql, entry=entry.id, unit=entry.unit, role=role, digest=digest) is not None


def files_called(r: Reader, entry: InventoryRow, name: str) -> list[tuple[str, str]]:
    """(Role, SHA-256) of the files of a work that bear a name."""
    sql = "select role, sha256 from entry_files where entry = :entry and unit = :unit and name = :name order by role, sha256"
    return [(role, digest) for role, digest in r.all(sql, entry=entry.id, unit=entry.unit, name=name)]


def titles_of(r: Reader, subjects: Iterable[str]) -> dict[str, str]:
    """What these subjects are called that are works: their titles."""
    entries = [subject_key(each) for each in subjects if each.startswith("entry:")]
    rows = r.among("select entry, title from entries where entry in (:keys)", entries)
    return {subject("entry", entry): f"《{title}》" for entry, title in rows}
