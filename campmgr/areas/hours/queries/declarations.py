"""What people say they watched and nobody has answered yet: their pictures, and hints what to look at, never a refusal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.areas.hours.rules.credit import credit
from campmgr.areas.hours.rules.doubts import LONG_DAY, Doubter, MarkSeen, about, doubt_sentence
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.settings import Doubts
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.local import people_of_their_devices
from campmgr.clock import local_text
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.world import World
from campmgr.store import ledger
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


_COUNT = """
    select count(*) from declarations d join people p on p.person = d.person join units u on u.unit = p.home
    where d.state = 'waiting' and u.path >= :path and u.path < :end and (:line = '' or u.line = :line)"""

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


def declaration_hints(r: Reader, world: World, waiting: Sequence[WaitingDeclaration]) -> dict[str, tuple[str, ...]]:
    """Declaration -> what is doubtful about it, in sentences; who needs no second look is left out.

    A day's sum is that of what is declared and of what stands already; one device that spoke for many is a hint of this file's.
    """
    recorded = {fact: local_text(said.recorded_at) for fact, said in ledger.by_chain(r, [each.fact for each in waiting]).items()}
    stands = _standing(r, {each.person for each in waiting})
    devices = people_of_their_devices(r, sorted({each.person for each in waiting}))
    by_person: dict[str, list[WaitingDeclaration]] = defaultdict(list)
    for each in waiting:
        by_person[each.person].append(each)
    doubter, most = Doubter(world.rules, lessons_of(world)), world.rules[Doubts].device_people
    hints: dict[str, list[str]] = defaultdict(list)
    for person, declared in by_person.items():
        seen = [_seen(each, recorded.get(each.fact, "")) for each in declared]
        before = [MarkSeen(mark, "") for mark in stands.get(person, []) if mark.day in {each.day for each in declared}]
        for matter, detail in doubter.doubts([*seen, *before]):
            what, sentence = about(detail), doubt_sentence(matter, detail)
            for each in declared:
                if what == (each.day if matter == LONG_DAY else each.fact):
                    hints[each.fact].append(sentence)
        for each in declared:
            if any((mark.lesson, mark.day) == (each.lesson, each.day) for mark in stands.get(person, [])):
                hints[each.fact].append("这一天这门课已有登记，确认后只取分钟数多的一次。")
            if most and devices.get(person, 0) >= most:
                hints[each.fact].append(f"同一台设备替 {devices[person]} 人加入或申报过。")
    return {fact: tuple(sentences) for fact, sentences in hints.items()}


def _standing(r: Reader, people: set[str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    sql = "select person, fact, lesson, day, minutes, source from marks where person in (:keys)"
    for person, *mark in r.among(sql, sorted(people)):
        found[person].append(Mark(*mark))
    return found


def _seen(each: WaitingDeclaration, recorded_at: str) -> MarkSeen:
    return MarkSeen(Mark(each.fact, each.lesson, each.day, each.minutes, "own"), recorded_at or each.day)


_PICTURE = """
    from local_screenshots where digest = :digest
    and (person = :person or person in (select person from aliases where stands_for = :person))"""


@dataclass(frozen=True, slots=True)
class ShownDeclaration:
    """A declaration that waits with a picture: its lesson and day, and the picture's digest."""

    digest: str
    lesson: str
    day: str


def picture_of(r: Reader, person: str, digest: str, *, small: bool) -> bytes:
    """A person's picture as JPEG. Raises NotFound once its declaration was answered, or where it never came to this file."""
    found = r.value(("select small" if small else "select picture") + _PICTURE, person=person, digest=digest)
    if found is None:
        raise NotFound("没有这张截图。", reason="unknown_fact", hint="申报处理后截图就删除了；它也可能存在别的电脑上。")
    return bytes(found)


def pictures_of(r: Reader, person: str) -> tuple[ShownDeclaration, ...]:
    """The pictures of a person's waiting declarations that are in this file."""
    rows = r.all(
        """select distinct d.evidence, d.lesson, d.day from declarations d join local_screenshots x on x.digest = d.evidence
           where d.person = :person and d.state = 'waiting' and d.evidence <> '' order by d.day, d.lesson""",
        person=person)  # fmt: skip
    return tuple(ShownDeclaration(*row) for row in rows)


def count_waiting_in(r: Reader, world: World, unit: str, line: str = "") -> int:
    """How many declarations of a unit's subtree wait; with a line, of that line's units only."""
    path = world.tree.units[unit].path
    return int(r.value(_COUNT, path=path, end=path[:-1] + "0", line=line))


def count_waiting(r: Reader, person: str) -> int:
    """How many declarations of a person wait."""
    return int(r.value("select count(*) from declarations where person = :person and state = 'waiting'", person=person))


def declaration_of(r: Reader, fact: str) -> tuple[str, str, str, int | None, str] | None:
    """Person, lesson, day, minutes and state of a declaration; None for one that is not there."""
    row = r.one("select person, lesson, day, minutes, state from declarations where fact = :fact", fact=fact)
    return (row[0], row[1], row[2], row[3], row[4]) if row else None


def would_add(r: Reader, world: World, person: str, mark: Mark) -> bool:
    """Whether one more mark would add hours to a lesson for which something stands; True where nothing does."""
    stands, lessons = _standing(r, {person}).get(person, []), lessons_of(world)
    if mark.lesson not in {each.lesson for each in stands}:
        return True
    return credit(world.rules, lessons, [*stands, mark]).total > credit(world.rules, lessons, stands).total


class Said(NamedTuple):
    """What somebody declared of one lesson: the declaration, its day, minutes (None: all), state and picture's digest."""

    fact: str
    day: str
    minutes: int | None
    state: str
    evidence: str


def said_already(r: Reader, person: str, lesson: str) -> tuple[Said, ...]:
    """What a person declared of a lesson and nobody has refused, the latest day last."""
    rows = r.all("""select fact, day, minutes, state, evidence from declarations
                    where person = :person and lesson = :lesson and state <> 'refused' order by day, fact""",
                 person=person, lesson=lesson)  # fmt: skip
    return tuple(Said(*row) for row in rows)


def unfinished(r: Reader, world: World, activity: Activity) -> Iterator[Remark]:
    """Declarations that wait for an answer, before the camp that is going on is closed."""
    if activity.id == world.activity:
        yield Remark("等待确认的学时申报", int(r.value("select count(*) from declarations where state = 'waiting'") or 0))
