"""The platform's own certificate, recorded beside ours: its number, and the day it was given (F-19)."""

from __future__ import annotations

from unicodedata import normalize

from campmgr.areas.people.queries.finding import Person
from campmgr.clock import checked_day
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.saying import say, unit_to_speak_in
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact
from campmgr.ledger.scopes import subject
from campmgr.store.door import Writer

LONGEST = 60
"""Characters of a number; no platform's is longer."""


def record_platform_certificate(w: Writer, person: Person, number: str, day: str, actor: str = "") -> Fact:
    """Record the number on somebody's certificate of the platform; the same again changes nothing. A wrong one is withdrawn.

    Raises BadInput for a number or day that cannot be one, NotAllowed where this file may not speak of the person.
    """
    tidy = " ".join(normalize("NFKC", number).split())
    if not tidy:
        raise BadInput("请写平台证书上的编号。", reason="missing_value")
    if len(tidy) > LONGEST or not tidy.isprintable():
        raise BadInput(f"平台证书编号不超过 {LONGEST} 字。", reason="too_long", hint="请照证书上的编号填写，不要填网址或姓名。")
    on = checked_day(day)
    if not on:
        raise BadInput("请写平台证书的颁发日期。", reason="missing_value", hint="例如 2023-06-10。")
    about = subject("person", person.person)
    unit = unit_to_speak_in(w, worlds.load(w), person.person, person.home)
    draft = Draft(unit, "platform_certificate_recorded", about, {"number": tidy}, actor=actor, happened_on=on,
                  client_id=hash_id("platform certificate", about, tidy, on))  # fmt: skip
    return say(w, [draft])[0].fact
