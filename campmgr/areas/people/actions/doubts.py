"""What a human decided about a doubt: it stands as a fact, and the doubt is not shown again (docs/ledger.md#review)."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.plain_reasons import refuse_name_in
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.areas.people.queries.twins import between, pair_of
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.review import Settling
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject, subject_key
from campmgr.store.door import Reader, Writer


def settle_doubt(w: Writer, person: Person, case: str, answer: str, actor: str = "") -> Fact:
    """Note what was found out about a doubt (`facts.review.ReviewRow.case`); settling again with the same words changes nothing.

    Raises BadInput without an answer or for one that names the person, NotAllowed where this file may not speak of the person.
    """
    if not answer.strip():
        raise BadInput("请写明核对的结果。", reason="missing_value", hint="例如：已与本人核实，确为两人。")
    refuse_name_in(w, answer, person.person)
    return say(w, [_noted(w, worlds.load(w), person, case, answer.strip(), actor)])[0].fact


def noted_drafts(w: Writer, settling: Settling) -> list[Draft]:
    """What notes the answer to rows about people."""
    known = people_by_id(w, [subject_key(row.subject) for row in settling.rows])
    answer = settling.note or settling.answer.words
    found = [(row, known.get(subject_key(row.subject))) for row in settling.rows]
    return [_noted(w, settling.world, person, row.case, answer, settling.actor, settling.batch) for row, person in found if person]


def _noted(r: Reader, world: World, person: Person, case: str, answer: str, actor: str, batch: str | None = None) -> Draft:
    about, unit = subject("person", person.person), unit_to_speak_in(r, world, person.person, person.home)
    return Draft(unit, "review_settled", about, {"case": case, "answer": answer}, actor=actor, batch=batch)


def keep_apart(w: Writer, person: str, others: Iterable[str], actor: str = "") -> None:
    """Note that somebody is another person than each of these, where that is asked: who said so is not asked again."""
    world, rows = worlds.load(w), [row for other in others for row in between(w, person, other)]
    known = people_by_id(w, [subject_key(row.subject) for row in rows])
    say(w, [_noted(w, world, known[subject_key(row.subject)], row.case, "是两个人", actor) for row in rows])


def merge_twins(settling: Settling) -> None:
    """Each pair is one person. Raises NotAllowed where this file may not speak of both."""
    for row in settling.rows:
        one, other = pair_of(row)
        found = people_by_id(settling.w, [one, other])
        if len(found) == 2 and found[one].person != found[other].person:
            people.merge(settling.w, found[one], found[other], settling.actor, settling.batch)
