"""What a human decided about a doubt: it stands as a fact, and the doubt is not shown again (docs/ledger.md#review)."""

from __future__ import annotations

from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def settle_doubt(w: Writer, person: Person, case: str, answer: str, actor: str = "") -> Fact:
    """Note what was found out about a doubt (`queries.review.Doubt.case`); settling again with the same words changes nothing.

    Raises BadInput without an answer, NotAllowed where this file may not speak of the person.
    """
    if not answer.strip():
        raise BadInput("请写明核对的结果。", reason="missing_value", hint="例如：已与本人核实，确为两人。")
    about = subject("person", person.person)
    unit = unit_to_speak_in(w, worlds.load(w), person.person, person.home)
    draft = Draft(unit, "review_settled", about, {"case": case, "answer": answer.strip()}, actor=actor,
                  client_id=hash_id("settled", about, case, answer.strip()))  # fmt: skip
    return say(w, [draft])[0].fact
