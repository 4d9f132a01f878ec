"""Giving out a circular 通报: what it says is frozen, and its number is the next of the unit."""

from __future__ import annotations

from campmgr.accounts.queries import Account
from campmgr.areas.reports.kinds import circular_subject
from campmgr.areas.reports.queries.circulars import draft, next_number
from campmgr.areas.reports.rules.circular import digest_of
from campmgr.clock import utc_text
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact
from campmgr.store.door import Writer


def publish(w: Writer, account: Account, as_of: str = "") -> Fact:
    """Freeze what the draft of a day says. Raises Refused and NotFound as the draft does."""
    world = worlds.load(w)
    content = draft(w, world, account, as_of)
    number = next_number(w, world, account.unit)
    body = content.told() | {"activity": world.activity, "number": number, "at": utc_text(w.clock.now())}
    body["digest"] = digest_of(body)
    about = circular_subject(world.activity, account.unit, number)
    return say(w, [Draft(account.unit, "circular_published", about, body, actor=account.actor)])[0].fact
