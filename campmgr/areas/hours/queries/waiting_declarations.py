"""What people say they watched, and nobody has answered yet."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.hours.rules.lessons import lessons_of
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class DeclaredPicture:
    """The picture shown with a declaration: its digest ("" for none), whether it is in this file, and with how many other
    declarations, answered ones too, the same was shown.
    """

    digest: str
    is_here: bool
    others: int


@dataclass(frozen=True, slots=True)
class WaitingDeclaration:
    """A declaration to confirm or refuse."""

    fact: str
    name: str
    unit_name: str
    lesson: str
    lesson_name: str
    day: str
    minutes: int | None
    person: str
    class_name: str
    evidence: DeclaredPicture


_WAITING = """
    select d.fact, p.name, u.name, d.lesson, d.day, d.minutes, d.person, p.class_name, d.evidence,
           exists (select 1 from local_screenshots x where x.digest = d.evidence),
           (select count(*) from declarations x where x.evidence = d.evidence and x.evidence <> '' and x.fact <> d.fact)
    from declarations d
    join people p on p.person = d.person join units u on u.unit = p.home
    where d.state = 'waiting' and u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
    order by d.day, p.name, d.fact limit 500"""


def waiting_declarations(r: Reader, world: World, unit: str, line: str = "") -> tuple[WaitingDeclaration, ...]:
    """The declarations of a unit's subtree that wait, at most 500; with a line, of that line's units only."""
    path = world.tree.units[unit].path
    rows = r.all(_WAITING, path=path, end=path[:-1] + "0", line=line)
    names = {code: lesson.name for code, lesson in lessons_of(world).items()}
    return tuple(
        WaitingDeclaration(fact, name, unit_name, lesson, names.get(str(lesson), str(lesson)), day, minutes, person, of_class,
                           DeclaredPicture(digest, bool(here), others))
        for fact, name, unit_name, lesson, day, minutes, person, of_class, digest, here, others in rows
    )  # fmt: skip
