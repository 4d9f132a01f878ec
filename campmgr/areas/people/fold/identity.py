"""Who a person is, by their standing facts: home and memberships over time, details, consent, what was settled about them.

And where they may be spoken of at all (docs/ledger.md#scopes): a grant lets a node write into a scope, not about anybody it likes,
so a school that speaks of another school's pupil is not heard. A carrier in the person's own scope vouches for what it carries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from campmgr.areas.people.fold.parts import NEVER
from campmgr.ledger.envelope import people_scope
from campmgr.ledger.order import ReadFact, order_key


class Details(NamedTuple):
    """The erasable part: 编号, name, class, telephone, guardian's consent."""

    number: str = ""
    name: str = ""
    class_name: str = ""
    phone: str = ""
    guardian: bool = False


class Membership(NamedTuple):
    """A unit beside the home, from a day on, until another."""

    unit: str
    since: str
    until: str = NEVER


class Identity:
    """Gathers a group's standing facts, one after another in total order. `first` is the id that stands."""

    def __init__(self, first: str) -> None:
        self.first = first
        self.kind = ""
        self.homes: dict[str, list[tuple[str, tuple[object, ...], str]]] = {}
        self.merged_home: list[tuple[str, str]] = []
        self.details: dict[str, Details] = {}
        self.details_told: dict[str, list[Details]] = {}
        self.erased = False
        self.memberships: dict[str, Membership] = {}
        self.consent: tuple[str, str, str] | None = None
        self.told: dict[str, Any] | None = None
        self.registered: list[str] = []
        self.settled: set[str] = set()

    def home_history(self) -> list[tuple[str, str]]:
        """(day, unit) in order, the first from the beginning: the standing id's own home, or what a merge told of it."""
        own = f"person:{self.first}"
        if own in self.homes or not self.merged_home:
            history = self.homes.get(own) or next(iter(self.homes.values()), [])
            days = [(day, unit) for day, _, unit in sorted(history)]
        else:
            days = self.merged_home
        return [("", days[0][1]), *days[1:]] if days else []

    def other_homes(self) -> list[Membership]:
        """Where the others of a merged group were at home: they count there as members."""
        own = f"person:{self.first}"
        last = [(subject, max(history)) for subject, history in self.homes.items() if subject != own]
        return [Membership(unit, day) for _, (day, _, unit) in last] if len(self.homes) > 1 or self.merged_home else []

    def best_details(self) -> Details:
        """The standing id's details; where it has none, those of another of the group."""
        own = self.details.get(f"person:{self.first}")
        return own or next((self.details[subject] for subject in sorted(self.details)), Details())


def _registered(facts: Identity, one: ReadFact) -> None:
    if one.fact.subject in facts.homes:
        return
    facts.homes[one.fact.subject] = [("", (0,), one.body["unit"])]
    facts.registered.append(one.fact.happened_on)
    if not facts.kind or one.fact.subject == f"person:{facts.first}":
        facts.kind = one.body["kind"]


def _details(facts: Identity, one: ReadFact) -> None:
    body = one.body
    details = Details(body["number"], body["name"], body["class_name"], body["phone"], body["guardian"])
    facts.details[one.fact.subject] = details
    facts.details_told.setdefault(one.fact.subject, []).append(details)
    facts.erased = False


def _erased(facts: Identity, one: ReadFact) -> None:
    facts.details.pop(one.fact.subject, None)
    facts.details_told.pop(one.fact.subject, None)
    facts.erased = True


def _moved(facts: Identity, one: ReadFact) -> None:
    history = facts.homes.setdefault(one.fact.subject, [])
    if not history:
        history.append(("", (0,), one.body["source"]))
    history.append((one.fact.happened_on, order_key(one.fact), one.body["target"]))


def _member(facts: Identity, one: ReadFact) -> None:
    unit = one.body["unit"]
    known = facts.memberships.get(unit)
    since = min(known.since, one.fact.happened_on) if known and known.until == NEVER else one.fact.happened_on
    facts.memberships[unit] = Membership(unit, since)


def _member_no_more(facts: Identity, one: ReadFact) -> None:
    known = facts.memberships.get(one.body["unit"])
    if known:
        facts.memberships[known.unit] = known._replace(until=max(known.since, one.fact.happened_on))


def _merged(facts: Identity, one: ReadFact) -> None:
    if one.fact.subject == f"person:{facts.first}":
        facts.merged_home = [(one.fact.happened_on, one.body["home"])]


def _told(facts: Identity, one: ReadFact) -> None:
    facts.told = one.body


def _settled(facts: Identity, one: ReadFact) -> None:
    facts.settled.add(one.body["case"])


def _consent(facts: Identity, one: ReadFact) -> None:
    facts.consent = (one.body["version"], one.fact.happened_on, "")


def _consent_withdrawn(facts: Identity, one: ReadFact) -> None:
    version, given_on, _ = facts.consent or ("", "", "")
    facts.consent = (version, given_on, one.fact.happened_on)


KINDS: dict[str, Callable[[Identity, ReadFact], None]] = {
    "person_registered": _registered,
    "person_details_changed": _details,
    "person_erased": _erased,
    "person_moved": _moved,
    "membership_added": _member,
    "membership_ended": _member_no_more,
    "people_merged": _merged,
    "consent_given": _consent,
    "consent_withdrawn": _consent_withdrawn,
    "progress_told": _told,
    "review_settled": _settled,
}


def own_scopes(told: Iterable[ReadFact]) -> set[str]:
    """The scopes that may speak of a person: where they were registered, moved to, or became a member.

    Empty where the registration is not held: then nothing here can judge, and nothing more than that scope is known anyway.
    """
    scopes: set[str] = set()
    widening = []
    for one in told:
        if one.fact.kind == "person_registered" and one.fact.scope == people_scope(one.body["unit"]):
            scopes.add(one.fact.scope)
        elif one.fact.kind in {"person_moved", "membership_added"}:
            widening.append(one)
    while scopes and widening:
        heard = [one for one in widening if _said_in(one, scopes)]
        if not heard:
            break
        scopes |= {people_scope(one.body.get("target") or one.body["unit"]) for one in heard}
        widening = [one for one in widening if one not in heard]
    return scopes


def entitled(told: Sequence[ReadFact], scopes: set[str]) -> list[ReadFact]:
    """What was said in one of these scopes, or carried into one; all of it when there are none."""
    return [one for one in told if _said_in(one, scopes)] if scopes else list(told)


def _said_in(one: ReadFact, scopes: set[str]) -> bool:
    return one.fact.scope in scopes or any(scope in scopes for scope in one.scopes)
