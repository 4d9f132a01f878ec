"""What an office tells once a year of minors: how many are held, what was agreed to, who looked, who was erased, by unit.

A minor is whoever was registered with a guardian's consent: a birthday is nowhere held. What was erased names nobody; that a
guardian had agreed is known where the person joined by themselves, since that word stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from campmgr.accounts.queries import Account, actors, is_theirs, unit_name
from campmgr.areas.people.kinds import DETAILS
from campmgr.areas.people.queries.class_sums import held_by_home
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.looks import WHAT, who_looked
from campmgr.clock import minute_text, today_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact, subject_key
from campmgr.ledger.kinds import decoded
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(slots=True)
class MinorsOfUnit:
    """A unit in a year. `unsaid`: people of a school without a guardian's word, teachers and older pupils among them."""

    unit: str
    held: int = 0
    unsaid: int = 0
    agreed: int = 0
    withdrawn: int = 0
    looked: int = 0
    erased: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """Its numbers, in the order of the table."""
        return self.held, self.unsaid, self.agreed, self.withdrawn, self.looked, self.erased

    @property
    def row(self) -> tuple[str | int, ...]:
        """Its row of the table."""
        return (self.unit, *self.counts)


@dataclass(frozen=True, slots=True)
class LookedMinor:
    """One look at a minor's telephone or copy: whose by code, at which unit."""

    at: str
    who: str
    what: str
    code: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class ErasedMinor:
    """One erasure; `guardian`: whether a guardian had agreed, as far as is still known."""

    at: str
    who: str
    code: str
    unit: str
    reason: str
    guardian: str


@dataclass(frozen=True, slots=True)
class MinorsYear:
    """A year: unit by unit in the order of the tree, each look, each erasure. `years`: those to choose from, the last first."""

    year: str
    years: tuple[str, ...]
    units: tuple[MinorsOfUnit, ...]
    looks: tuple[LookedMinor, ...]
    erased: tuple[ErasedMinor, ...] = field(default=())

    @property
    def sums(self) -> tuple[int, ...]:
        """The numbers of all units together."""
        return tuple(map(sum, zip(*(each.counts for each in self.units), strict=True))) or (0,) * 6

    @property
    def total(self) -> tuple[str | int, ...]:
        """The last row of the table."""
        return ("合计", *self.sums)


_AGREED = "select home, agreed, withdrawn from consent_sums where year = :year"
_LOOKED = """
    select l.at, l.actor, l.what, coalesce(p.code, ''), l.home, l.why
    from local_looks l left join people p on p.person = l.person
    where substr(l.at, 1, 4) = :year and (p.guardian = 1 or p.erased = 1) order by l.at desc, l.look desc"""


def minors_year(r: Reader, world: World, account: Account, asked: str) -> MinorsYear:
    """A year of an account's units; the present one for what is none."""
    present = int(today_of(r.clock)[:4])
    years = tuple(str(present - back) for back in range(4))
    year = asked if asked in years else years[0]
    found: dict[str, MinorsOfUnit] = defaultdict(lambda: MinorsOfUnit(""))
    theirs = {each.unit for each in world.tree.units.values() if is_theirs(world, account, each)}
    for home, people, minors in held_by_home(r):
        found[home].held += minors
        if home in theirs and world.tree.units[home].kind == "学校":
            found[home].unsaid += people - minors
    for home, agreed, withdrawn in r.all(_AGREED, year=year):
        found[home].agreed += agreed
        found[home].withdrawn += withdrawn
    names, looks = actors(r), []
    for at, actor, what, code, home, why in r.all(_LOOKED, year=year):
        found[home].looked += 1
        if home in theirs:
            who = who_looked(names, actor)
            looks.append(LookedMinor(minute_text(at), who, WHAT.get(str(what), ""), code, unit_name(world, home), why))
    erased = []
    for home, each in _erased(r, world, names, year):
        found[home].erased += 1
        if home in theirs:
            erased.append(each)
    for home, line in found.items():
        line.unit = unit_name(world, home)
    order = sorted(
        (home for home in found if home in theirs and any(found[home].counts)), key=lambda home: world.tree.units[home].place
    )
    return MinorsYear(year, years, tuple(found[home] for home in order), tuple(looks), tuple(erased))


_WITHOUT_BODY = "select distinct subject from facts where body is null and kind = :details order by subject"


def _erased(r: Reader, world: World, names: dict[str, str], year: str) -> Iterator[tuple[str, ErasedMinor]]:
    """Who was erased in a year, the last first, with where they are at home."""
    subjects = [row[0] for row in r.all(_WITHOUT_BODY, details=DETAILS)]
    people = people_by_id(r, map(subject_key, subjects))
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in ledger.of_subjects(r, subjects):
        told[fact.subject].append(fact)
    rows = []
    for about, facts in told.items():
        who = people.get(subject_key(about))
        erasures = [fact for fact in facts if fact.kind == "person_erased" and fact.recorded_at[:4] == year]
        if who is None or not erasures:
            continue
        said = [bool((decoded(fact.body or "{}") or {}).get("guardian")) for fact in facts if fact.kind == "consent_given"]
        last, home = erasures[-1], unit_name(world, who.home)
        by = names.get(last.actor, "另一台电脑上的账号") if last.actor else "本人或命令行"
        reason = str((decoded(last.body or "{}") or {}).get("reason", ""))
        guardian = ("同意过" if any(said) else "没有") if said else "不明"
        rows.append((last.recorded_at, who.home, ErasedMinor(minute_text(last.recorded_at), by, who.code, home, reason, guardian)))
    for _, home_id, line in sorted(rows, key=lambda row: row[0], reverse=True):
        yield home_id, line
