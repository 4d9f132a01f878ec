"""Making a list void 作废: it was made in error as a whole. It stays to be seen as void, and its number is not given again."""

from __future__ import annotations

from campmgr.areas.people.actions.plain_reasons import refuse_names_in
from campmgr.areas.prizes.actions.freezing import check_stands, is_said, root_only
from campmgr.areas.prizes.actions.lasting_words import stays_for_ever
from campmgr.areas.prizes.queries.prizes import PrizeList, prize_list
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Writer


def void(w: Writer, number: int, reason: str, *, fact: str = "", actor: str = "", client_id: str | None = None) -> PrizeList:
    """Make a list void, for ever, with a reason that everyone may read. Only at the camp's root; a form sent twice does it once.

    `fact`: of two lists with one number, how the id of the fact begins that froze the one that is meant. Raises Refused where it is
    void already, BadInput without a reason or for one that holds a number or a name of the list.
    """
    world = worlds.load(w)
    root_only(w, world)
    listed = prize_list(w, world, number, fact)
    if is_said(w, client_id, "list_voided"):
        return listed
    check_stands(listed)
    reason = stays_for_ever(reason, "作废的原因")
    refuse_names_in(w, reason, {row.person for row in (*listed.rows, *listed.frozen_rows)})
    body = {"number": number, "digest": listed.digest, "reason": reason}
    say(w, [Draft("", "list_voided", subject("list", str(number)), body, actor=actor, client_id=client_id)])
    return prize_list(w, world, number, listed.fact)
