"""Saying who is meant by a name in the log of a meeting: what it says is credited, and the name is known from now on.

What was said of names is taken back by words that hold no name: whoever keeps them keeps nothing personal.
"""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.areas.hours.actions.import_sessions import marks_of, session_draft
from campmgr.areas.hours.local import (
    SessionSaid,
    name_session,
    put_session_aside,
    session_keys,
    sessions_of,
    unname_session,
    waiting_sessions,
)
from campmgr.areas.hours.queries.standing import standing_of_people
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.errors import NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft
from campmgr.store.door import Reader, Writer


def match_session(w: Writer, unit: str, key: str, person: Person, actor: str = "") -> int:
    """A name in a unit's logs means this person; in how many lessons that brought something. Raises NotFound, NotAllowed."""
    said = [one for aside in (False, True) for one in waiting_sessions(w, unit, aside=aside) if one.key == key]
    if not said:
        raise NotFound("这个名字已经处理过，或者所在的文件已经撤回。", reason="unknown_fact", hint="请刷新页面。")
    name_session(w, unit, key, person.person)
    drafts = [draft for lesson in sorted({one.lesson for one in said}) for draft in _due(w, unit, lesson, person, actor)]
    say(w, drafts)
    return len({draft.body["lesson"] for draft in drafts})


def names_said(r: Reader, unit: str, named: Iterable[str], aside: Iterable[str], back: Iterable[str]) -> str:
    """What takes back that names were matched, put aside or taken up again, for `take_back_names`: words without names."""
    rows = session_keys(r, unit)
    words = [f"{_NAMED}={_digest(unit, key)}:{rows.get(key, 0)}" for key in named]
    words += [f"{sort}={_digest(unit, key)}" for sort, keys in ((_ASIDE, aside), (_BACK, back)) for key in keys]
    return " ".join(words)


def take_back_names(w: Writer, unit: str, said: str) -> None:
    """Let names wait again as they did before; other words are passed over. The marks that came of it are withdrawn by the caller.

    Raises Refused where a log has come since in which the name was taken to be known.
    """
    rows = session_keys(w, unit)
    keys = {_digest(unit, key): key for key in rows}
    for sort, _, word in (each.partition("=") for each in said.split()):
        digest, _, count = word.partition(":")
        key = keys.get(digest)
        if key is None:
            continue
        if sort == _NAMED and rows[key] != int(count):
            raise Refused(
                "这个名字之后又在别的文件里用过，不能在这里撤销。", reason="conflict", hint="请到本人页面撤回不对的记录。"
            )
        if sort == _NAMED:
            unname_session(w, unit, key)
        else:
            put_session_aside(w, unit, key, aside=sort == _BACK)


_NAMED, _ASIDE, _BACK = "named", "aside", "back"


def _digest(unit: str, key: str) -> str:
    return hash_id("session name", unit, key)[:16]


def _due(w: Writer, unit: str, lesson: str, person: Person, actor: str) -> list[Draft]:
    """What all that is known of a person in a lesson comes to, as far as it is more than what stands."""
    world = worlds.load(w)
    known = lessons_of(world).get(lesson)
    if known is None:
        return []
    told = sessions_of(w, unit, lesson, person.person)
    standing = standing_of_people(w, [person.person])
    marks, _ = marks_of(known, (span for one in told for span in one.spans), sum(one.seconds for one in told), told[-1].day)
    place = unit_to_speak_in(w, world, person.person, person.home)
    batch = _newest(told).batch
    drafts = []
    for mark in marks:
        there = standing.get((person.person, *mark.key), [])
        if all(minutes is not None and minutes < (mark.minutes or 0) for _, minutes in there):
            drafts.append(session_draft(place, person.person, mark, there, batch, actor))
    return drafts


def _newest(told: list[SessionSaid]) -> SessionSaid:
    """The log that is taken back together with what was said of the name."""
    return told[-1]
