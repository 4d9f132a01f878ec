"""Carrying what is due: facts into their person's home scope, marks of scanned codes to their person, progress to second units.

Done after everything that can make something due, by whichever node may write into the target; carrying twice adds nothing.
"""

from __future__ import annotations

import json
from typing import Any

from campmgr.facts import world as worlds
from campmgr.facts.catalogue import kinds_of
from campmgr.ids import hash_id
from campmgr.ledger.carrier import CARRIER, carried_id, wrap
from campmgr.ledger.envelope import Draft, Fact, Stream, chain_of, envelope_text, genesis
from campmgr.ledger.kinds import read_body
from campmgr.ledger.scopes import family_of, people_scope, scope_unit, subject
from campmgr.store import ledger
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER

_PENDING = """
    select f.chain, p.person, p.home from pending q
    join (select code, person, home from people union all
          select a.code, p.person, p.home from aliases a join people p on p.person = a.stands_for) p on p.code = q.code
    join facts f on f.chain = q.fact
    where p.home <> ''
      and not exists (select 1 from marks m where m.person = p.person and m.fact = q.fact)
      and not exists (select 1 from conditions c where c.person = p.person and c.fact = q.fact)"""


def drafts_due(r: Reader) -> list[Draft]:
    """Everything that ought to be carried or told by a node that may; `facts/saying` says what this file is allowed to."""
    return [*_carriers(r), *_tellings(r)]


def _carriers(r: Reader) -> list[Draft]:
    due = [(fact, target, about) for about, fact, target in r.all("select subject, fact, target from carry_due")]
    due += [(fact, people_scope(home), subject("person", person)) for fact, person, home in r.all(_PENDING)]
    originals = ledger.by_chain(r, {fact for fact, _, _ in due})
    carried = _carried(r, {about for fact, _, about in due if fact not in originals})
    drafts = []
    for chain, target, about in due:
        if not family_of(target):  # somebody was moved to what no unit can be called: nothing can be said there
            continue
        original = originals.get(chain)
        if original is not None and original.body is not None:
            body = wrap(r.meta("campaign"), previous_of(r, r.meta("campaign"), original), original)
            drafts.append(_carrier(body, chain, target, about))
        elif chain in carried:
            drafts.append(_carrier(carried[chain], chain, target, about))
    return drafts


def _carrier(body: dict[str, Any], chain: str, target: str, about: str) -> Draft:
    envelope = body["envelope"]
    kept = about if envelope["subject"].startswith("code:") else envelope["subject"]
    return Draft(scope_unit(target) or "", CARRIER, kept, body, batch=envelope["batch"], happened_on=envelope["happened_on"],
                 client_id=hash_id("carried", chain, target))  # fmt: skip


def _carried(r: Reader, about: set[str]) -> dict[str, dict[str, Any]]:
    """What these subjects' carriers hold, by the original's id: what was carried here can be carried on."""
    others = {
        subject("person", row[0])
        for row in r.among("select person from aliases where stands_for in (:keys)", {each.partition(":")[2] for each in about})
    }
    found = {}
    for fact in ledger.of_subjects(r, about | others):
        body = read_body(kinds_of(r), fact) if fact.kind == CARRIER else None
        if body is not None and body["body"] is not None:
            found[carried_id(body)] = body
    return found


def previous_of(r: Reader, campaign: str, fact: Fact) -> str:
    """The chain value before a stored fact; of a forked stream the branch it belongs to."""
    stream = Stream(fact.scope, fact.writer)
    if fact.seq == 1:
        return genesis(campaign, stream).chain
    before = [one.chain for one in ledger.of_stream(r, stream, after=fact.seq - 2, upto=fact.seq - 1)]
    if len(before) == 1:
        return before[0]
    envelope = envelope_text(campaign, fact)
    return next(chain for chain in before if chain_of(chain, envelope) == fact.chain)


def _tellings(r: Reader) -> list[Draft]:
    """What second units should hear of their members, by who holds both scopes."""
    due = r.all("select d.person, d.unit, d.progress, p.home from progress_due d join people p on p.person = d.person")
    if not due:
        return []
    world, writer = worlds.load(r), r.meta(WRITER)
    return [
        Draft(unit, "progress_told", subject("person", person), json.loads(progress))
        for person, unit, progress, home in due
        if world.trust.covers_people(writer, home)
    ]
