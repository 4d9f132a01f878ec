"""What the check-in station reads: who a scanned code means, how many are here, what was scanned last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from campmgr.accounts.queries import Account, is_theirs
from campmgr.areas.hours.fold import PENDING
from campmgr.areas.people.fold.people import IS_HERE
from campmgr.areas.people.queries.finding import Person, mistyped, people_by_id, people_meant
from campmgr.areas.units.settings import OUTSIDE
from campmgr.errors import BadInput, CampError, NotFound
from campmgr.facts.carrying import Due
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import people_scope, subject, subject_key
from campmgr.store.door import Reader
from campmgr.typed_codes import person_code_alone_in, person_code_in, tidied

LAST = 10
"""How many of a round's scans are listed."""


@dataclass(frozen=True, slots=True)
class Here:
    """How many of a unit's own people (`of` in all) have the lesson or condition of the day."""

    marked: int
    of: int


@dataclass(frozen=True, slots=True)
class LastScan:
    """A record of a round: whose (None while the code waits for its owner), or its code, and whether it still stands."""

    fact: str
    person: Person | None
    code: str
    stands: bool


def tidy_scan(text: str) -> str:
    """What was scanned or typed, in one form: the card's code where it stands alone, else tidied; sixteen digits without gaps."""
    plain = tidied(text)
    bare = "".join(plain.replace("-", "").split())
    return person_code_alone_in(text) or (bare if len(bare) == 16 and bare.isascii() and bare.isdigit() else plain)


def people_scanned(
    r: Reader, world: World, account: Account, unit: Unit, texts: Collection[str]
) -> dict[str, Person | CampError | None]:
    """For each tidied text the one person it means, None for a good code of nobody here, else why it is nobody.

    Looked for among the unit's people first, then among all of the account's. Somebody else's code looks like an unknown one.
    """
    met = _met(r, texts)
    theirs = _units_of(r, {each.person: each for found in met.values() for each in found})
    station = replace(account, unit=unit.unit)
    return {text: _the_one(world, (station, account), text, met.get(text, []), theirs) for text in texts}


def _met(r: Reader, texts: Iterable[str]) -> dict[str, list[Person]]:
    """Everyone a text can mean, whoever's they are: by code, 编号 in any case of letters, or id."""
    forms = {text: tuple(dict.fromkeys((text, text.upper(), text.lower()))) for text in texts}
    met = people_meant(r, {form for each in forms.values() for form in each})
    return {text: next((met[form] for form in each if met[form]), []) for text, each in forms.items()}


def _units_of(r: Reader, people: Mapping[str, Person]) -> Mapping[str, set[str]]:
    """Where each of these is at home or a member."""
    units: dict[str, set[str]] = defaultdict(set)
    for key, person in people.items():
        units[key].add(person.home)
    for person_id, unit in r.among("select person, unit from memberships where person in (:keys)", people):
        units[person_id].add(unit)
    return units


def _the_one(
    world: World, doors: Iterable[Account], text: str, met: Iterable[Person], units: Mapping[str, set[str]]
) -> Person | CampError | None:
    for door in doors:
        found = [each for each in met if _is_inside(world, door, units[each.person])]
        if len(found) > 1:
            return BadInput(
                f"编号“{text}”在您的范围内有 {len(found)} 人。", reason="ambiguous_person", hint="请扫胸卡，或按姓名选。"
            )
        if found:
            return found[0]
    if person_code_in(text):
        return None
    if mistyped(text):
        return BadInput("编码的校验位不对，可能输错了。", reason="bad_check_digits", hint="请核对卡片上的 16 位数字。")
    return NotFound(f"没有编号为“{text[:20]}”的人，或不在您的范围内。", hint="请核对编号，或按姓名查找。")


def _is_inside(world: World, account: Account, units: Iterable[str]) -> bool:
    known = (world.tree.units.get(unit) for unit in units)
    return any(unit is not None and is_theirs(world, account, unit) for unit in known)


_HERE = f"""
    with own as (select p.person from people p where p.home = :unit and p.kind <> :outside and {IS_HERE}
                 union select m.person from memberships m join people p on p.person = m.person
                 where m.unit = :unit and {IS_HERE})
    select count(*), count(case when
        exists (select 1 from marks m where m.person = own.person and m.lesson = :what and m.day = :day)
        or exists (select 1 from conditions c where c.person = own.person and c.condition = :what and c.day = :day) then 1 end)
    from own"""  # noqa: S608 - our own words


def here(r: Reader, world: World, unit: Unit, what: str, day: str) -> Here | None:
    """How many of a unit's people are here; None for a unit with others below it, whose people are too many to count each time."""
    if unit.unit in world.tree.uppers:
        return None
    of, marked = r.all(_HERE, unit=unit.unit, outside=OUTSIDE, what=what, day=day)[0]
    return Here(marked, of)


_ROUND = """
    with scanned as (select f.chain, f.subject, f.clock, f.scope,
        exists (select 1 from marks m where m.person = substr(f.subject, 8) and m.fact = f.chain)
        or exists (select 1 from conditions c where c.person = substr(f.subject, 8) and c.fact = f.chain)
        or exists (select 1 from pending q where q.code = substr(f.subject, 6) and q.fact = f.chain and q.takes_back = '') as stands
    from facts f where f.batch = :batch and f.kind in ('mark_recorded', 'condition_recorded'))"""

_LAST = _ROUND + " select chain, subject, stands from scanned order by clock desc, scope limit :many"  # noqa: S608 - ours
_COUNT = _ROUND + " select count(distinct subject) from scanned where stands"  # noqa: S608 - our own words


def last_scans(r: Reader, batch: str) -> tuple[LastScan, ...]:
    """The last records of a round, the newest first."""
    rows = r.all(_LAST, batch=batch, many=LAST)
    people = people_by_id(r, {subject_key(about) for _, about, _ in rows if about.startswith("person:")})
    return tuple(
        LastScan(fact, people.get(subject_key(about)), subject_key(about) if about.startswith("code:") else "", bool(stands))
        for fact, about, stands in rows
    )


def scanned_in(r: Reader, batch: str) -> int:
    """How many different people or codes a round has, without those taken back."""
    return int(r.value(_COUNT, batch=batch))


def whole_on_day(r: Reader, people: Iterable[str], lesson: str, day: str) -> dict[str, str]:
    """Person to fact: who of these is marked for all of a lesson on a day."""
    sql = "select person, fact from marks where lesson = :what and day = :day and minutes is null and person in (:keys)"
    return dict(r.among(sql, people, what=lesson, day=day))


def condition_on_day(r: Reader, people: Iterable[str], condition: str, day: str) -> dict[str, str]:
    """Person to fact: who of these has a condition on a day."""
    sql = "select person, fact from conditions where condition = :what and day = :day and person in (:keys)"
    return dict(r.among(sql, people, what=condition, day=day))


_PENDING = """
    select f.chain, p.own, p.home from pending q
    join (select code, person as own, person, home from people union all
          select a.code, a.person, p.person, p.home from aliases a join people p on p.person = a.stands_for) p on p.code = q.code
    join facts f on f.chain = q.fact
    where p.home <> '' and (q.takes_back <> '') = (
        exists (select 1 from marks m where m.person = p.person and m.fact in (q.fact, q.takes_back))
        or exists (select 1 from conditions c where c.person = p.person and c.fact in (q.fact, q.takes_back)))"""


def scans_of_known_people(r: Reader) -> Iterator[tuple[str, str, str]]:
    """(fact, home scope, person) of every scan that waited for its person, and of what takes back one that counts there.

    Of somebody merged it is the id that the scanned card is of: should they be parted again, each has their own.
    """
    return ((fact, people_scope(home), subject("person", person)) for fact, person, home in r.all(_PENDING))


DUE = Due(PENDING, facts=scans_of_known_people)
