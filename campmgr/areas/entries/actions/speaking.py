"""Words about works and batches are said from the seat that they need (`rules/seats.py`): elsewhere they count for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.entries.rules.seats import ABOVE, HOST, OWN, seat_needed
from campmgr.errors import NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.admission import Admission
from campmgr.facts.saying import Said, may_write, say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, Stream
from campmgr.store.door import Writer
from campmgr.store.identity import WRITER

_SAID_ANEW = "主办单位重新认定"

_WHO = {ABOVE: "主办单位或上级单位", HOST: "主办单位"}


def say_from_seat(w: Writer, drafts: Sequence[Draft]) -> list[Fact]:
    """Say words about works or batches of units, each with a `reason` in its body. Raises NotAllowed from a lower seat than needed.

    Where a tampered program has said the very same, that counts for nothing and is no reason not to say it: it is said anew.
    """
    world = worlds.load(w)
    for draft in drafts:
        needed = seat_needed(draft.kind, draft.body)
        if _seat_here(world, w.meta(WRITER), draft) < needed:
            raise NotAllowed(f"这由{_WHO[needed]}决定，这份数据文件没有它的授权。", hint=f"请在{_WHO[needed]}的电脑上办理。")
    admission, said = Admission(world, w), list(say(w, drafts))
    for place, (draft, one) in enumerate(zip(drafts, said, strict=True)):
        if one.known and not _counts(world, admission, draft, one):
            anew = "，".join(filter(None, (draft.body["reason"], _SAID_ANEW)))
            said[place] = say(w, [draft._replace(body={**draft.body, "reason": anew})])[0]
    return [each.fact for each in said]


def _seat_here(world: World, writer: str, draft: Draft) -> int:
    known, born = world.activities.get(draft.body["activity"]), world.trust.births.of(draft.place)
    if known is not None and may_write(world, writer, known.host):
        return HOST
    return ABOVE if born is not None and born.parent and may_write(world, writer, born.parent) else OWN


def _counts(world: World, admission: Admission, draft: Draft, said: Said) -> bool:
    """Whether a word that was said already was said by the host, or needs no host."""
    fact, known = said.fact, world.activities.get(draft.body["activity"])
    if seat_needed(draft.kind, draft.body) < HOST or known is None:
        return True
    return admission.counts_for(known.host, Stream(fact.scope, fact.writer), fact.seq, fact.chain)
