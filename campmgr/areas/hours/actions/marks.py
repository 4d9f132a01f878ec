"""Marks and conditions: that somebody watched a lesson, signed in, followed, or scanned the daily code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from campmgr.areas.camp.rules import phase_of
from campmgr.areas.camp.settings import Live, WarmUp
from campmgr.areas.hours.queries.standing import same_condition, same_mark
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person, credited_of, find_person
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.clock import checked_day, today_of
from campmgr.errors import BadInput, CampError, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import Said, say
from campmgr.facts.world import World
from campmgr.ids import hash_id, is_person_code
from campmgr.ledger.envelope import Draft, subject
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER

LEAST_MINUTES, MOST_MINUTES = 1, 1440
"""Minutes of one lesson on one day; what is outside is a typing error (docs/commands.md#credit)."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What was seen: a lesson (with minutes, or None for all of it) or a condition, on a day, and by what way it came."""

    day: str
    lesson: str = ""
    condition: str = ""
    minutes: int | None = None
    source: str = "class"
    reason: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """With the person, the natural key: what on which day."""
        return (self.lesson or self.condition, self.day)


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a mark: recorded, known already, or pending until somebody above knows the code."""

    fact: str
    person: str
    credited: int
    state: Literal["recorded", "known", "pending"]


def check_day(world: World, day: str, today: str) -> str:
    """A day inside the camp and not in the future. Raises BadInput "bad_date", Refused "outside_camp"."""
    day = checked_day(day)
    if day > today:
        raise Refused(f"日期 {day} 还没有到。", reason="outside_camp", hint="请核对日期。")
    if not is_day_of_camp(world, day):
        raise Refused(
            f"日期 {day} 不在活动时间内（{_period(world)}）。", reason="outside_camp", hint="请核对日期，或由组织方修改活动时间。"
        )
    return day


def is_day_of_camp(world: World, day: str) -> bool:
    """Whether the camp is on; a camp that names no first day is always on."""
    return phase_of(world.rules, day) in {"warm_up", "live"} or not (world.rules[WarmUp].starts_on or world.rules[Live].starts_on)


def _period(world: World) -> str:
    rules = world.rules
    start = min(filter(None, (rules[WarmUp].starts_on, rules[Live].starts_on)), default="")
    return f"{start or '不限'} 起，{'到 ' + rules[Live].ends_on if rules[Live].ends_on else '未定结束日期'}"


def check_minutes(minutes: int | None) -> None:
    """Minutes in one day: 1 to 1440. Raises BadInput."""
    if minutes is not None and not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise BadInput(f"分钟数 {minutes} 不在 {LEAST_MINUTES}–{MOST_MINUTES} 之间。", reason="out_of_range", hint="请核对分钟数。")


def check_lesson(world: World, code: str) -> None:
    """A lesson that is there. Raises NotFound."""
    if code not in lessons_of(world):
        known = "、".join(list(lessons_of(world))[:8]) or "（还没有课程）"
        raise NotFound(f"没有编号为“{code}”的课程。", reason="unknown_lesson", hint=f"已有课程：{known}。")


def mark_draft(place: str, about: str, row: MarkRow, replaces: str = "", batch: str | None = None, actor: str = "") -> Draft:
    """What records a mark. Its client id is a hash of its natural key, its values and the fact it replaces."""
    kind, body = (
        ("mark_recorded", {"lesson": row.lesson, "minutes": row.minutes, "source": row.source, "reason": row.reason})
        if row.lesson
        else ("condition_recorded", {"condition": row.condition, "source": row.source})
    )
    client_id = hash_id("mark", about, *row.key, row.minutes, row.source, row.reason, replaces or None)
    return Draft(place, kind, about, body, actor=actor, batch=batch, client_id=client_id, happened_on=row.day,
                 replaces=(replaces,) if replaces else ())  # fmt: skip


def mark(w: Writer, text: str, row: MarkRow, actor: str = "") -> Marked:
    """Record one mark for the person a code or 编号 means; the same again changes nothing.

    A minted code that nobody here knows is kept in this node's own scope until a node above knows the person.
    Raises BadInput, NotFound, Refused.
    """
    world = worlds.load(w)
    day = check_day(world, row.day or today_of(w.clock), today_of(w.clock))
    row = replace(row, day=day)
    check_minutes(row.minutes)
    if row.lesson:
        check_lesson(world, row.lesson)
    try:
        person = find_person(w, text)
    except NotFound:
        if not is_person_code(text):
            raise
        return _mark_unknown(w, world, text, row, actor)
    return _mark_known(w, person, row, actor)


def _mark_known(w: Writer, person: Person, row: MarkRow, actor: str) -> Marked:
    same = _same_mark(w, person.person, row)
    if same:
        return Marked(same, person.person, credited_of(w, [person.person]).get(person.person, 0), "known")
    unit = unit_to_speak_in(w, worlds.load(w), person.person, person.home)
    said = say(w, [_said_anew(w, mark_draft(unit, subject("person", person.person), row, actor=actor))])[0]
    return _marked(w, said, person.person)


def _said_anew(r: Reader, draft: Draft) -> Draft:
    """What was said before and was corrected since is a new word: under the old id it would go off with the old one."""
    before = sorted(fact.chain for fact in ledger.by_client_id(r, [draft.client_id or ""]))
    return draft._replace(client_id=hash_id(draft.client_id, *before)) if before else draft


def _marked(w: Reader, said: Said, person: str) -> Marked:
    return Marked(said.fact.chain, person, credited_of(w, [person]).get(person, 0), "known" if said.known else "recorded")


def _same_mark(r: Reader, person: str, row: MarkRow) -> str | None:
    """The standing mark that says just this, by whatever way it came."""
    if row.condition:
        return same_condition(r, person, row.condition, row.day)
    return same_mark(r, person, row.lesson, row.day, row.minutes)


def _mark_unknown(w: Writer, world: World, code: str, row: MarkRow, actor: str) -> Marked:
    draft = mark_draft(own_unit(w, world), subject("code", code), row, actor=actor)
    said = say(w, [draft])[0]
    return Marked(said.fact.chain, f"code:{code}", 0, "known" if said.known else "pending")


def own_unit(r: Reader, world: World) -> str:
    """The unit this node was enrolled for; the root's own at the root."""
    node = world.trust.node_of(r.meta(WRITER))
    granted = [grant.unit for grant in world.trust.grants(node)]
    if not granted and node != world.trust.root:
        raise CampError(
            "这份数据文件还没有被任何训练营接纳。",
            reason="not_enrolled",
            hint="请先接收上级给的文件。",
            at_console="请先完成 campmgr node accept。",
        )
    return granted[-1] if granted else world.root_unit
