"""What a human should look at: contradictions, possible double registrations, quarantined and pending things."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.projections.world import World
from campmgr.store.door import Reader

_SENTENCES = {
    "hours_below_certificate": "已发证书，但现有课时低于要求",
    "details_differ": "个人信息有两种说法，都没有被更正",
    "two_authors": "同一作品登记了不同作者",
    "same_number": "同一编号、同一姓名登记了两次，可能是同一个人",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: about whom or what, and why, in a sentence; `case` is what a decision names."""

    subject: str
    name: str
    unit_name: str
    matter: str
    sentence: str
    case: str


_DOUBTS = """
    select v.subject, v.matter, v.detail, coalesce(p.name, ''), coalesce(u.name, '') from review v
    left join people p on v.subject = 'person:' || p.person left join units u on u.unit = p.home
    where u.path is null or (u.path >= :path and u.path < :end) order by v.matter, v.subject limit 500"""

_TWINS = """
    select a.person, a.name, u.name from people a join people b on b.number = a.number and b.name = a.name and b.person > a.person
    join units u on u.unit = a.home
    where a.number <> '' and a.name <> '' and u.path >= :path and u.path < :end order by a.name limit 200"""


def doubts(r: Reader, world: World, unit: str) -> tuple[Doubt, ...]:
    """The doubts about people and works of a unit's subtree."""
    path = world.tree.units[unit].path
    subtree = {"path": path, "end": path[:-1] + "0"}
    found = [Doubt(about, name, unit_name, matter, _SENTENCES.get(str(matter), str(matter)), f"{matter}:{detail}")
             for about, matter, detail, name, unit_name in r.all(_DOUBTS, **subtree)]  # fmt: skip
    found += [Doubt(f"person:{person}", name, unit_name, "same_number", _SENTENCES["same_number"], "same_number")
              for person, name, unit_name in r.all(_TWINS, **subtree)]  # fmt: skip
    return tuple(found)
