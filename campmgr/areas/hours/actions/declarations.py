"""What participants say they watched, with a picture where there is one: kept as said, counted once a coordinator has confirmed it.

Pictures are kept in this data file alone, and no longer than a declaration waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campmgr.areas.hours.actions.corrections import withdraw
from campmgr.areas.hours.actions.marks import MarkRow, check_day, check_lesson, check_minutes, mark_draft
from campmgr.areas.hours.local import add_picture, count_pictures, has_picture
from campmgr.areas.hours.queries.declarations import Said, count_waiting, declaration_of, said_already, would_add
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.rules.reasons import day_words
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.ids import home_of
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.areas.people.settings import People
from campmgr.clock import today_of, utc_text
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ids import hash_id, sha256
from campmgr.ledger.envelope import Draft, subject
from campmgr.settings.limits import Limits
from campmgr.store import ledger
from campmgr.store.door import Writer

MOST_WAITING = 100
"""Declarations of one person that may wait at a time: more is no learner but a program."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as JPEG without anything attached, whole and small (`areas.hours.files.screenshots`)."""

    whole: bytes
    small: bytes

    @property
    def digest(self) -> str:
        """What a fact tells of it."""
        return sha256(self.whole)


def declare(w: Writer, person: Person, row: MarkRow, *, client_id: str, picture: Picture | None = None, again: bool = False) -> str:
    """Say that one watched a lesson, with a picture of the platform where there is one; the fact holds its digest alone.

    The same form sent twice is one declaration, and so is a lesson said again of one day while the first waits. The whole lesson
    said of two days is refused as "said_already" unless `again`: mostly it is forgetfulness. What would add no hours to those of
    the lesson that stand already is refused. The fact's id comes back.
    Raises BadInput, NotFound, Refused.
    """
    world = worlds.load(w)
    if world.rules[People].declarations == "off":
        raise Refused("本营不接受本人申报。", hint="请联络员登记。")
    if person.erased:
        raise Refused("个人信息已经删除，不能再申报。", hint="请重新扫码加入。")
    if count_waiting(w, person.person) >= MOST_WAITING:
        raise Refused("等待确认的申报太多。", hint="请先请联络员确认。")
    check_lesson(world, row.lesson)
    check_minutes(row.minutes)
    _check_length(world, row)
    day = check_day(world, row.day or today_of(w.clock), today_of(w.clock))
    said_before = said_already(w, person.person, row.lesson)
    if same := _same_day(said_before, day, row.minutes, picture):
        return same
    if not would_add(w, world, person.person, Mark("", row.lesson, day, row.minutes, "own")):
        raise Refused("这门课的课时您已经记上了，再申报也不会增加。", hint="记录有误，请告诉联络员更正。")
    if not again:
        _check_double(said_before, day, lessons_of(world)[row.lesson].length_minutes)
    most = world.rules[Limits].pictures_per_person
    evidence = keep_picture(w, person.person, picture, most) if picture else ""
    body = {"lesson": row.lesson, "minutes": row.minutes, "evidence": evidence}
    draft = Draft(person.home, "mark_declared", subject("person", person.person), body, happened_on=day,
                  client_id=hash_id("declared", person.person, client_id))  # fmt: skip
    said = say(w, [draft])[0]
    if said.known and said.fact.happened_on != day:  # the day stands outside the body that `say` compares
        raise Refused("这张表单已经申报过一次，这次的日期不同，没有保存。", reason="conflict", hint="请刷新页面后重新申报。")
    return said.fact.chain


def _check_length(world: World, row: MarkRow) -> None:
    """More minutes than the lesson has are a slip of the finger, and would not count. Raises BadInput "out_of_range"."""
    length = lessons_of(world)[row.lesson].length_minutes
    if row.minutes is not None and 0 < length < row.minutes:
        raise BadInput(f"本课 {length} 分钟，填的是 {row.minutes} 分钟。", reason="out_of_range", hint="看完了就留空。")


def _same_day(said: Sequence[Said], day: str, minutes: int | None, picture: Picture | None) -> str:
    """The declaration that these words repeat; "" where they say something new. Raises Refused where one of that day waits."""
    shown = picture.digest if picture else ""
    same_day = [each for each in said if each.day == day]
    if same := next((each for each in same_day if each.minutes == minutes and shown in {"", each.evidence}), None):
        return same.fact
    if any(each.state == "waiting" for each in same_day):
        raise Refused(f"这门课您 {day_words(day)} 已申报过，正等联络员确认，没有再存一条。",
                      hint="要改分钟数或换截图，请先在“我说过的”里收回，再重新申报。")  # fmt: skip
    return ""


def _check_double(said: Sequence[Said], day: str, length: int) -> None:
    """Raises Refused "said_already" where the whole lesson was said of another day already."""
    whole = [each for each in said if each.day != day and (each.minutes is None or each.minutes >= length > 0)]
    if whole:
        raise Refused(f"这门课您 {day_words(whole[-1].day)} 已申报过，还要再报吗？", reason="said_already")


def take_back(w: Writer, person: Person, fact: str) -> None:
    """A person takes back what they said themselves, while it waits; again changes nothing.

    Raises NotFound for what is not theirs, Refused for what somebody has answered.
    """
    row = declaration_of(w, fact)
    if row is None and fact in {each.chain for each in ledger.of_subjects(w, [subject("person", person.person)])}:
        return
    if row is None or row[0] != person.person:
        raise NotFound("没有这条申报。", reason="unknown_fact", hint="请刷新页面。")
    if row[4] != "waiting":
        raise Refused("联络员已经处理过这条申报，不能再收回。", reason="conflict", hint="有误请告诉联络员更正。")
    withdraw(w, fact, "本人收回")


def settle(w: Writer, facts: list[str], *, accepted: bool, reason: str = "", actor: str = "", batch: str | None = None) -> int:
    """Confirm or refuse declarations in bulk, as one batch; a confirmed one becomes a mark. How many still waited comes back.

    Raises NotFound for one that is not there.
    """
    drafts: list[Draft] = []
    for fact in facts:
        row = declaration_of(w, fact)
        if row is None:
            raise NotFound("没有这条申报。", reason="unknown_fact", hint="它可能已被撤回，请刷新页面。")
        person, lesson, day, minutes, state = row
        if state == "waiting":
            mark = MarkRow(day, lesson=lesson, minutes=minutes, source="own")
            drafts += _settling(w, person, mark, {"fact": fact, "accepted": accepted, "reason": reason}, actor, batch)
    said = say(w, drafts)
    return sum(one.fact.kind == "declaration_settled" and not one.known for one in said)


def _settling(w: Writer, person: str, row: MarkRow, body: dict[str, Any], actor: str, batch: str | None) -> list[Draft]:
    home = str(home_of(w, person))
    place, about = unit_to_speak_in(w, worlds.load(w), person, home), subject("person", person)
    client_id = hash_id("settled", body["fact"])
    settled = Draft(place, "declaration_settled", about, body, actor=actor, batch=batch, client_id=client_id)
    return [settled, mark_draft(place, about, row, batch=batch, actor=actor)] if body["accepted"] else [settled]


def keep_picture(w: Writer, person: str, picture: Picture, most: int) -> str:
    """Keep a person's picture; its digest. The same again is kept once. Raises Refused when they have `most` already."""
    digest = picture.digest
    if has_picture(w, person, digest):
        return digest
    if count_pictures(w, person) >= most:
        raise Refused(f"等待确认的截图最多 {most} 张。", reason="too_large", hint="请先请联络员确认前面的申报。")
    add_picture(w, person, digest, picture.whole, picture.small, utc_text(w.clock.now()))
    return digest
