"""The families that a federation counts: who shares a telephone stands together, each with what helps them next (F-24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from campmgr.accounts.queries import Account, in_subtree, unit_name
from campmgr.areas.hours.settings import Completion
from campmgr.areas.people.fold.people import TAKES_PART
from campmgr.areas.people.queries.finding import ERASED
from campmgr.areas.people.queries.searching import searched
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.masks import family_mark, family_name
from campmgr.store.door import Reader

FEDERATION, SCHOOL = "妇联", "学校"

FAMILIES = 20
"""Families a page."""

MOST_SHOWN = 12
"""People of one family that are shown: a telephone that more share is an office's, and the roster lists them."""

NEAR = 100
"""Hundredths of a class-hour that somebody lacks at most who is nearly there."""

Show = Literal["all", "ready", "unsigned", "near", "schoolless", "childless"]
SHOWS: tuple[Show, ...] = get_args(Show)
"""Whom the list holds: everybody, who can have a certificate from here, lacks the sign-in alone, lacks an hour at most, is a child
whose school nobody has said; and families without a child.
"""

Step = Literal["certificate", "sign_in", "school", "mark", "elsewhere", "done", "erased", "left"]
_STEPS: tuple[Step, ...] = get_args(Step)
"""What helps somebody next, what one press does first: a certificate, the sign-in, a school to be named, a lesson to be recorded;
`elsewhere`: the certificate is another unit's to give; `done`: it is there; `erased`: the person's details were;
`left`: they have left, and owe nothing."""

_CHILD = "(p.guardian = 1 or p.kind = '学校师生')"
_AT_HOME = "left join units v on v.unit = p.home and v.path >= :path and v.path < :end"
_HERE = "(v.unit is not null)"
_SCHOOLLESS = f"""({_CHILD} and {_HERE} and not exists (
    select 1 from memberships m join units s on s.unit = m.unit where m.person = p.person and s.kind = '{SCHOOL}'))"""  # noqa: S608
_STEP = f"""case when p.erased = 1 then 6 when p.certified = 1 then 5 when p.ready = 1 and {_HERE} then 0 when p.ready = 1 then 4
    when p.left_on <> '' then 7 when p.complete = 1 and p.signed_in = 0 then 1 when {_SCHOOLLESS} then 2 else 3 end"""
"""The place of each person's step in `_STEPS`."""

_ASKED = f"""p.person, case when p.phone = '' then p.person else p.phone end as family, p.name_key as name, {_CHILD} as child,
    {_HERE} as own, p.complete as complete, p.certified as certified, {_STEP} as step,
    {_SCHOOLLESS} and p.erased = 0 and p.left_on = '' as schoolless,
    p.complete = 0 and p.erased = 0 and p.left_on = '' and p.certified = 0 and :required - p.credited <= :near as near"""
"""What a family is told by, of `people p` or of `memberships p`, where the same stands; at home in a unit v."""

_SCOPE = "x.path >= :path and x.path < :end and (:line = '' or x.line = :line)"

_EVERYBODY = f"""with met as (
    select {_ASKED} from units x cross join people p on p.home = x.unit {_AT_HOME}
    where {_SCOPE} and p.kind <> :outside and {TAKES_PART}
    union all
    select {_ASKED} from units u cross join memberships p on p.unit = u.unit {_AT_HOME}
    where {_SCOPE.replace("x.", "u.")} and p.takes_part = 1
        and not exists (select 1 from units x where x.unit = p.home and {_SCOPE})
        and not exists (select 1 from memberships e join units x on x.unit = e.unit
            where e.person = p.person and e.unit < p.unit and {_SCOPE}))"""  # noqa: S608 - our own words
"""Whom a federation counts, each once: at home there, then the members from elsewhere, of whom nothing else is looked up."""

_FOUND = f""", met as (
    select {_ASKED} from here h cross join people p on p.person = h.person {_AT_HOME}
    where p.kind <> :outside and {TAKES_PART})"""  # noqa: S608 - our own words

_FITS = """(:show in ('all', 'childless') or (:show = 'ready' and step = 0) or (:show = 'unsigned' and step = 1)
    or (:show = 'near' and near) or (:show = 'schoolless' and schoolless))"""

_FAMILIES = f""", told as (select *, {_FITS} as fits from met), grouped as materialized (
        select family, count(*) as people, sum(own = 0) as elsewhere, sum(complete) as complete, sum(certified) as certified,
            sum(step = 0) as ready, sum(step = 1) as unsigned, sum(near) as near, sum(schoolless) as schoolless,
            max(child) as with_child, max(fits) and (:show <> 'childless' or max(child) = 0) as is_listed,
            min(case when fits then step end) as first, min(case when fits then name end) as name,
            group_concat(case when fits then person end, ' ') as members
        from told group by family),
    sums as (
        select total(people), count(*), total(elsewhere), total(complete), total(certified), total(ready), total(unsigned),
            total(near), total(schoolless), total(with_child = 0), total(is_listed) from grouped),
    shown as materialized (
        select first, name, family, members from grouped where is_listed order by first, name, family limit :many offset :skip)
    select s.*, c.members from sums s left join shown c order by c.first, c.name, c.family"""  # noqa: S608 - our own words
"""The families that fit, each with the people who do, and in every row the sums of all of them: they are gathered once."""

_PEOPLE = f"""
    select p.person, p.phone, p.name, p.erased, {_CHILD}, p.home, {_HERE}, p.class_name, p.credited, {_STEP}, {_SCHOOLLESS}
    from people p {_AT_HOME} where p.person in (:keys)"""  # noqa: S608 - our own words

_LAST = """select m.person, max(m.day), m.source, coalesce(a.unit, '') from marks m left join facts f on f.chain = m.fact
    left join local_accounts a on a.account = substr(f.actor, 9) where m.person in (:keys) group by m.person"""

_ALSO = "select person, unit from memberships where person in (:keys) order by unit"


@dataclass(frozen=True, slots=True)
class FamilySums:
    """How many people and families a federation counts; how many of the people are at home elsewhere, have the hours, hold a
    certificate, and fit each of `SHOWS`; `childless` are families.
    """

    people: int = 0
    families: int = 0
    elsewhere: int = 0
    complete: int = 0
    certified: int = 0
    ready: int = 0
    unsigned: int = 0
    near: int = 0
    schoolless: int = 0
    childless: int = 0


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """One of a family: where they are at home (`home`, "" where it is here) and of what sort that unit is, where they count too,
    hours and what is missing in hundredths, the step that helps; the day of the last lesson, and who recorded it.
    """

    person: str
    name: str
    is_child: bool
    is_here: bool
    home: str
    home_kind: str
    class_name: str
    also: tuple[str, ...]
    credited: int
    missing: int
    step: Step
    is_schoolless: bool
    last_day: str
    last_by: str


@dataclass(frozen=True, slots=True)
class Family:
    """Who shares a telephone, `mark` its end ("" for none), the grown-ups first; `more` are not shown."""

    name: str
    mark: str
    members: tuple[FamilyMember, ...]
    more: int

    @property
    def has_children(self) -> bool:
        """Whether a child is among them."""
        return any(each.is_child for each in self.members)

    @property
    def known_by(self) -> str:
        """One at home here by whose telephone another can be added to the family; "" for none."""
        return next((each.person for each in self.members if each.is_here and self.mark), "")


@dataclass(frozen=True, slots=True)
class FamilyList:
    """A page of the families of a unit: which of how many; not `is_whole` where more fit what was typed than were looked at.

    `sums`: of everybody whom the unit counts, whatever is listed.
    """

    sums: FamilySums
    families: tuple[Family, ...]
    count: int
    page: int
    pages: int
    is_whole: bool = True


def families(
    r: Reader, world: World, account: Account, unit: Unit, *, show: Show = "all", text: str = "", page: int = 1
) -> FamilyList:
    """A page of the families of a unit, those that one press helps first; with `text`, of whom was found by what was typed.

    Counted is everybody at home there or a member; with a line, in that line's units only.
    """
    asked = {**_asked(world, unit, account.line), "show": show, "many": FAMILIES, "skip": (page - 1) * FAMILIES}
    one = searched(r, world, unit.unit, text, account.line) if text else None
    found = r.all(_EVERYBODY + _FAMILIES, **asked)
    sums = FamilySums(*map(int, found[0][:10]))
    if one:
        found = r.all(
            one.here + _FOUND + _FAMILIES, **asked, **{name: each for name, each in one.values.items() if name not in asked}
        )
    count, groups = int(found[0][10]), [row[11].split() for row in found if row[11]]
    if not groups and page > 1:
        return families(r, world, account, unit, show=show, text=text)
    rows = {row[0]: row for row in r.among(_PEOPLE, (each for group in groups for each in group), **_path(unit))}
    shown = {group[0]: sorted(group, key=lambda each: (rows[each][4], rows[each][2], each))[:MOST_SHOWN] for group in groups}
    members = _members(r, world, unit, [rows[each] for group in shown.values() for each in group])
    told = []
    for group in groups:
        own = [members[each] for each in shown[group[0]]]
        told.append(Family(family_name(own[0].name), family_mark(rows[group[0]][1]), tuple(own), len(group) - len(own)))
    pages = max(1, -(-count // FAMILIES))
    return FamilyList(sums, tuple(told), count, page, pages, one.whole if one else True)


def _asked(world: World, unit: Unit, line: str) -> dict[str, str | int]:
    required = world.rules[Completion].required_hundredths
    return {**_path(unit), "line": line, "outside": OUTSIDE, "required": required, "near": NEAR}


def _path(unit: Unit) -> dict[str, str]:
    return {"path": unit.path, "end": unit.path[:-1] + "0"}


def _members(r: Reader, world: World, unit: Unit, rows: Sequence[Sequence[object]]) -> Mapping[str, FamilyMember]:
    required, people = world.rules[Completion].required_hundredths, [str(row[0]) for row in rows]
    also: dict[str, list[str]] = defaultdict(list)
    for person, other in r.among(_ALSO, people):
        if other != unit.unit:
            also[person].append(unit_name(world, other))
    last = {person: (day, _by(world, unit, source, by)) for person, day, source, by in r.among(_LAST, people)}
    found = {}
    for row in rows:
        person, _phone, name, erased, child, home, is_here, class_name, credited, step, schoolless = row
        at = world.tree.units.get(str(home))
        found[str(person)] = FamilyMember(
            str(person), str(name) or (ERASED if erased else "（未写姓名）"), bool(child), bool(is_here),
            "" if home == unit.unit else unit_name(world, str(home)), at.kind if at else "", str(class_name),
            tuple(also[str(person)]), int(str(credited)), max(0, required - int(str(credited))), _STEPS[int(str(step))],
            bool(schoolless), *last.get(str(person), ("", "")),
        )  # fmt: skip
    return found


def _by(world: World, unit: Unit, source: str, by: str) -> str:
    """Who recorded a lesson: the person, the federation, or a unit by its sort; "" where this data file does not know."""
    if source == "own":
        return "本人"
    if by and in_subtree(world, by, unit.unit):
        return "本会"
    known = world.tree.units.get(by)
    return known.kind if known else ""
