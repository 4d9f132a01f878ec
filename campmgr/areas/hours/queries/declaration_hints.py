"""What to look at before declarations are confirmed: hints beside the lines, never a refusal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from campmgr.areas.hours.queries.waiting_declarations import WaitingDeclaration
from campmgr.areas.hours.rules.credit import Mark
from campmgr.areas.hours.rules.doubts import LONG_DAY, Doubter, Seen, about, doubt_sentence
from campmgr.areas.hours.rules.lessons import lessons_of
from campmgr.areas.hours.settings import Doubts
from campmgr.areas.people.local import people_of_their_devices
from campmgr.clock import local_text
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader


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
        before = [Seen(mark, "") for mark in stands.get(person, []) if mark.day in {each.day for each in declared}]
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


def _seen(each: WaitingDeclaration, recorded_at: str) -> Seen:
    return Seen(Mark(each.fact, each.lesson, each.day, each.minutes, "own"), recorded_at or each.day)
