"""What stands in a data file of drafts, as rows that can be said again in the camp; and which rows were left."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from campmgr.areas.drafts.local import left_for
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.local import JoinCode, OwnPage, join_codes_of, own_pages
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.review import ReviewRow, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader

LEFT = "left_draft"
"""The matter of rows that could not become facts."""

_BROUGHT = frozenset(
    "campaign_opened rules_amended unit_added unit_changed unit_moved lesson_described"
    " writer_succeeded person_registered person_details_changed person_moved people_merged people_parted"
    " consent_given mark_recorded condition_recorded batch_withdrawn fact_withdrawn fact_carried details_carried"
    " review_settled".split()
)
"""Kinds of whose words the rows below are made, or which are of the drafts' own camp alone."""


@dataclass(frozen=True, slots=True)
class DraftPerson:
    """Somebody in the drafts: the id, others that were merged into it, the unit (code and name, both "" for the laptop's own),
    details, and the text that was agreed to with its day ("" for none).
    """

    person: str
    former: tuple[str, ...]
    unit_code: str
    unit_name: str
    name: str
    number: str
    class_name: str
    phone: str
    kind: str
    guardian: bool
    consent: str
    consented_on: str


@dataclass(frozen=True, slots=True)
class DraftMark:
    """A lesson (code, and name as the drafts have it) or a condition of somebody in the drafts (`person`), or of a code that was
    scanned and is nobody's there (`code`).
    """

    person: str
    code: str
    name: str
    lesson: str
    lesson_name: str
    condition: str
    day: str
    minutes: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that stands in a data file of drafts. `stays_behind`: what is not brought in, and how many of it."""

    camp: str
    people: tuple[DraftPerson, ...]
    marks: tuple[DraftMark, ...]
    codes: tuple[JoinCode, ...]
    pages: tuple[OwnPage, ...]
    stays_behind: tuple[tuple[str, int], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded."""
        return not (self.people or self.marks or self.codes)


_PEOPLE = """select p.person, p.home, p.name, p.number, p.class_name, p.phone, p.kind, p.guardian,
    coalesce(c.version, ''), coalesce(c.given_on, '') from people p
    left join consents c on c.person = p.person and c.withdrawn_on = ''
    where p.kind <> :outside and p.erased = 0 order by p.home, p.class_key, p.number, p.name_key, p.person"""
_MARKS = """select m.person, p.name, m.lesson, coalesce(l.name, ''), '', m.day, m.minutes, m.source
    from marks m join people p on p.person = m.person left join lessons l on l.lesson = m.lesson where p.erased = 0 union all
    select c.person, p.name, '', '', c.condition, c.day, null, c.source from conditions c join people p on p.person = c.person
    where p.erased = 0 order by 6, 3, 5, 1"""
_SCANS = """select p.code, f.kind, f.body, f.happened_on from pending p join facts f on f.chain = p.fact
    where p.takes_back = '' and not exists (select 1 from pending b where b.takes_back = p.fact) order by f.happened_on, p.code"""


def drafts_in(r: Reader, world: World) -> Drafts:
    """All of a data file of drafts, `world` being its own."""
    former: dict[str, list[str]] = defaultdict(list)
    for person, stands_for in r.all("select person, stands_for from aliases order by person"):
        former[stands_for].append(person)
    people = tuple(_person(world, row, tuple(former[row[0]])) for row in r.all(_PEOPLE, outside=OUTSIDE))
    marks = tuple(DraftMark(row[0], "", *row[1:]) for row in r.all(_MARKS))
    codes = join_codes_of(r, [row[0] for row in r.all("select unit from units")])
    lessons = {code: lesson.name for code, lesson in lessons_of(world).items()}
    scans = tuple(_scan(row, lessons) for row in r.all(_SCANS))
    return Drafts(world.campaign, people, marks + scans, tuple(codes), tuple(own_pages(r)), tuple(_staying(r)))


def _person(world: World, row: tuple[object, ...], former: tuple[str, ...]) -> DraftPerson:
    person, home, name, number, class_name, phone, kind, guardian, consent, consented_on = map(str, row)
    unit = world.tree.units.get(home) if home != world.root_unit else None
    where = (unit.code, unit.name) if unit else ("", "")
    return DraftPerson(person, former, *where, name, number, class_name, phone, kind, guardian == "1", consent, consented_on)


def _scan(row: tuple[object, ...], lessons: Mapping[str, str]) -> DraftMark:
    code, kind, body, day = map(str, row)
    said = json.loads(body)
    if kind == "mark_recorded":
        lesson = said["lesson"]
        return DraftMark("", code, "", lesson, lessons.get(lesson, ""), "", day, said["minutes"], said["source"])
    return DraftMark("", code, "", "", "", said["condition"], day, None, said["source"])


def _staying(r: Reader) -> Iterator[tuple[str, int]]:
    known = kinds_of(r)
    for kind, count in r.all("select kind, count(*) from facts group by kind order by kind"):
        if kind not in _BROUGHT and not known[kind].between_nodes:
            yield known[kind].called or kind, int(count)
    erased = int(r.value("select count(*) from people where erased = 1"))
    if erased:
        yield "已删除个人信息的人", erased
    entrants = int(r.value("select count(*) from local_entrants where person = '' and refused = 0"))
    if entrants:
        yield "扫码报名还在等的人（先收下，或请他们重新扫码）", entrants
    rosters = int(r.value("select count(*) from local_rosters"))
    if rosters:
        yield "打印的名册（要重新打印）", rosters


def left_rows(r: Reader, _: World) -> Iterator[ReviewRow]:
    """A row for each reason that keeps drafts out."""
    sql = "select reason, unit, min(left_on), count(*) from local_left_drafts group by reason, unit order by min(left_on), reason"
    for reason, unit, since, many in r.all(sql):
        yield found_row(subject("batch", LEFT), LEFT, [reason, unit], unit, since)._replace(many=many)


_SHOWN = 5


def tell_left(r: Reader, _: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """What they were, the first few, and why they are not in."""
    words: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in left_for(r, {row.told[0] for row in rows}):
        words[one.reason, one.unit].append(one.words)
    told = []
    for row in rows:
        some = words[row.told[0], row.told[1]]
        more = f"，等 {len(some)} 条" if len(some) > _SHOWN else ""
        told.append(Told(f"草稿里的{'；'.join(some[:_SHOWN])}{more}，没有记入：{row.told[0]}"))
    return told
