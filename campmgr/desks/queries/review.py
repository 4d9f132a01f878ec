"""What a human should look at: contradictions and possible double registrations, until somebody settles them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.hours.rules.doubts import MATTERS, doubt_sentence
from campmgr.areas.hours.settings import Doubts
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.order import read_facts, standing
from campmgr.store import ledger
from campmgr.store.door import Reader
from campmgr.wording import hours_text

SAME_NUMBER = "same_number"
CROWD = "crowd"

_SENTENCES = {
    "details_differ": "个人信息有两种说法，都没有被更正",
    "two_authors": "同一作品登记了不同作者",
    SAME_NUMBER: "同一编号、同一姓名登记了两次，可能是同一个人",
}


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """One thing to look at: about whom or what, and why, in a sentence; `case` is what a decision names.

    `other` is the second person of a possible double registration, "" otherwise; `person` is "" for a work.
    """

    subject: str
    person: str
    name: str
    unit_name: str
    matter: str
    sentence: str
    case: str
    other: str = ""
    other_unit: str = ""

    @property
    def is_of_marks(self) -> bool:
        """Whether it is about marks, of which there may be many to settle at once."""
        return self.matter in MATTERS or self.matter == CROWD


_DOUBTS = """
    select v.subject, coalesce(p.person, ''), v.matter, v.detail, coalesce(p.name, ''), coalesce(u.name, '') from review v
    left join people p on v.subject = 'person:' || p.person left join units u on u.unit = p.home
    where (u.path is null and :everything = 1 and not exists (select 1 from work_decisions d
        where v.subject = 'work:' || d.work and d.case_ = v.matter || ':' || v.detail))
       or (u.path >= :path and u.path < :end and (:line = '' or u.line = :line))
    order by v.matter in ('longer_than_lesson', 'longer_than_clock', 'impossible_day', 'long_day'), v.matter, v.subject limit 500"""

_TWINS = """
    select a.person, a.name, u.name, b.person, v.name
    from units u join people a on a.home = u.unit
    join people b on b.number = a.number and b.number <> '' and b.name = a.name and b.person > a.person
    join units v on v.unit = b.home
    where a.number <> '' and a.name <> '' and u.path >= :path and u.path < :end and v.path >= :path and v.path < :end
      and (:line = '' or (u.line = :line and v.line = :line))
    order by a.name, a.person limit 200"""


_CROWDS = """
    select c.moment, c.people, min(p.person), count(*) from crowds c join moments m on m.moment = c.moment
    join people p on p.person = m.person join units u on u.unit = p.home
    where c.people >= :most and u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
    group by c.moment, c.people order by c.moment limit 100"""


def doubts(r: Reader, world: World, unit: str, line: str = "") -> tuple[ReviewCase, ...]:
    """The doubts about the people of a unit's subtree, with a line in that line's units; works only at the camp's root unit."""
    path = world.tree.units[unit].path
    subtree = {"path": path, "end": path[:-1] + "0", "line": line}
    everything = int(unit == world.root_unit and not line)
    found = [ReviewCase(about, person, name, unit_of, matter, _sentence(matter, detail), f"{matter}:{detail}")
             for about, person, matter, detail, name, unit_of in r.all(_DOUBTS, **subtree, everything=everything)]  # fmt: skip
    twins = [ReviewCase(f"person:{person}", person, name, unit_of, SAME_NUMBER, _SENTENCES[SAME_NUMBER], f"{SAME_NUMBER}:{other}",
                   other, other_unit)
             for person, name, unit_of, other, other_unit in r.all(_TWINS, **subtree)]  # fmt: skip
    asked = [*twins, *_crowds(r, world, subtree)]
    settled = _settled(r, {each.subject for each in asked})
    return (*found, *(each for each in asked if (each.subject, each.case) not in settled))


def _crowds(r: Reader, world: World, subtree: dict[str, str]) -> list[ReviewCase]:
    """Seconds in which more people were recorded one by one than anybody can; said of the first of them in the subtree."""
    most = world.rules[Doubts].crowd
    rows = r.all(_CROWDS, most=most, **subtree) if most else []
    people = people_by_id(r, (row[2] for row in rows))
    found = []
    for moment, together, person, here in rows:
        time = moment[:19].replace("T", " ")
        sentence = f"{time} 这一秒逐个登记或申报了 {together} 人，其中这里 {here} 人；断网后补传也会这样"
        found.append(ReviewCase(f"person:{person}", person, people[person].shown_name, unit_name(world, people[person].home), CROWD,
                           sentence, f"{CROWD}:{moment}"))  # fmt: skip
    return found


def _sentence(matter: str, detail: str) -> str:
    """A doubt in words, without its full stop."""
    if matter in MATTERS:
        return doubt_sentence(matter, json.loads(detail)).removesuffix("。")
    if matter == "hours_below_certificate":
        now, required = map(hours_text, json.loads(detail))
        return f"证书已发，现有课时 {now} 低于要求的 {required}；证书不会自动收回，请核对后保留或撤销"
    return _SENTENCES.get(matter, matter)


def _settled(r: Reader, subjects: Iterable[str]) -> set[tuple[str, str]]:
    """(subject, case) of everything decided about these: a table of its own would serve this page alone."""
    told = standing(read_facts(kinds_of(r), ledger.of_subjects(r, sorted(subjects))), {})
    return {(one.fact.subject, one.body["case"]) for one in told if one.fact.kind == "review_settled"}
