"""What a person's standing facts say: home and memberships over time, details, marks, conditions, certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from campmgr.areas.hours.rules.doubts import Seen
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.people.fold.person_days import NEVER
from campmgr.ledger.order import Told, order_key


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


class Certificate:
    """A certificate as its facts tell it."""

    def __init__(self, number: str, edition: int, credited: int, issued_on: str) -> None:
        self.number = number
        self.edition = edition
        self.credited = credited
        self.issued_on = issued_on
        self.ended_on = NEVER
        self.state = "valid"
        self.reason = ""


_RANKS = {"person_registered": 0, "certificate_revoked": 2, "certificate_superseded": 2, "declaration_settled": 2}


def in_story_order(parts: Sequence[Sequence[Told]]) -> list[Told]:
    """A group's standing facts in total order, save that one is registered before anything, and what ends something by its id
    comes after it: a clock that runs a year ahead must not make the end come before the beginning.
    """
    told = [one for part in parts for one in part]
    if len(parts) > 1:
        told.sort(key=lambda one: order_key(one.fact))
    return sorted(told, key=lambda one: _RANKS.get(one.fact.kind, 1))


class PersonFacts:
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
        self.marks: list[Mark] = []
        self.seen: list[Seen] = []
        self.conditions: list[tuple[str, str, str, str]] = []
        self.consent: tuple[str, str, str] | None = None
        self.declarations: dict[str, tuple[str, str, int | None, str, str, str]] = {}
        self.certificates: dict[str, Certificate] = {}
        self.platform_certificates: list[tuple[str, str, str]] = []
        self.told: dict[str, Any] | None = None
        self.registered: list[str] = []
        self.settled: set[str] = set()

    def take(self, one: Told) -> None:
        """Take one fact in."""
        handler = _HANDLERS.get(one.fact.kind)
        if handler is not None:
            handler(self, one)

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


def _registered(facts: PersonFacts, one: Told) -> None:
    if one.fact.subject in facts.homes:
        return
    facts.homes[one.fact.subject] = [("", (0,), one.body["unit"])]
    facts.registered.append(one.fact.happened_on)
    if not facts.kind or one.fact.subject == f"person:{facts.first}":
        facts.kind = one.body["kind"]


def _details(facts: PersonFacts, one: Told) -> None:
    body = one.body
    details = Details(body["number"], body["name"], body["class_name"], body["phone"], body["guardian"])
    facts.details[one.fact.subject] = details
    facts.details_told.setdefault(one.fact.subject, []).append(details)
    facts.erased = False


def _erased(facts: PersonFacts, one: Told) -> None:
    facts.details.pop(one.fact.subject, None)
    facts.details_told.pop(one.fact.subject, None)
    facts.erased = True


def _moved(facts: PersonFacts, one: Told) -> None:
    history = facts.homes.setdefault(one.fact.subject, [])
    if not history:
        history.append(("", (0,), one.body["source"]))
    history.append((one.fact.happened_on, order_key(one.fact), one.body["target"]))


def _member(facts: PersonFacts, one: Told) -> None:
    unit = one.body["unit"]
    known = facts.memberships.get(unit)
    since = min(known.since, one.fact.happened_on) if known and known.until == NEVER else one.fact.happened_on
    facts.memberships[unit] = Membership(unit, since)


def _member_no_more(facts: PersonFacts, one: Told) -> None:
    known = facts.memberships.get(one.body["unit"])
    if known:
        facts.memberships[known.unit] = known._replace(until=max(known.since, one.fact.happened_on))


def _merged(facts: PersonFacts, one: Told) -> None:
    if one.fact.subject == f"person:{facts.first}":
        facts.merged_home = [(one.fact.happened_on, one.body["home"])]


def _mark(facts: PersonFacts, one: Told) -> None:
    body = one.body
    mark = Mark(one.id, body["lesson"], one.fact.happened_on, body["minutes"], body["source"])
    facts.marks.append(mark)
    facts.seen.append(Seen(mark, one.fact.recorded_at))


def _condition(facts: PersonFacts, one: Told) -> None:
    facts.conditions.append((one.id, one.body["condition"], one.fact.happened_on, one.body["source"]))


def _certificate(facts: PersonFacts, one: Told) -> None:
    body = one.body
    facts.certificates.setdefault(
        body["number"], Certificate(body["number"], body["edition"], body["credited"], one.fact.happened_on)
    )


def _certificate_ended(facts: PersonFacts, one: Told) -> None:
    """The end of a certificate; the first word about it stands."""
    known = facts.certificates.get(one.body["number"])
    if known and known.ended_on == NEVER:
        known.state = one.fact.kind.removeprefix("certificate_")
        known.ended_on, known.reason = max(one.fact.happened_on, known.issued_on), one.body["reason"]


def _platform_certificate(facts: PersonFacts, one: Told) -> None:
    facts.platform_certificates.append((one.id, one.body["number"], one.fact.happened_on))


def _told(facts: PersonFacts, one: Told) -> None:
    facts.told = one.body


def _settled(facts: PersonFacts, one: Told) -> None:
    facts.settled.add(one.body["case"])


def _consent(facts: PersonFacts, one: Told) -> None:
    facts.consent = (one.body["version"], one.fact.happened_on, "")


def _consent_withdrawn(facts: PersonFacts, one: Told) -> None:
    version, given_on, _ = facts.consent or ("", "", "")
    facts.consent = (version, given_on, one.fact.happened_on)


def _declared(facts: PersonFacts, one: Told) -> None:
    body = one.body
    facts.declarations[one.id] = (body["lesson"], one.fact.happened_on, body["minutes"], "waiting", "", body["evidence"])


def _declaration_settled(facts: PersonFacts, one: Told) -> None:
    known = facts.declarations.get(one.body["fact"])
    if known:
        answer = "accepted" if one.body["accepted"] else "refused"
        facts.declarations[one.body["fact"]] = (*known[:3], answer, one.body["reason"], known[5])


_HANDLERS: dict[str, Callable[[PersonFacts, Told], None]] = {
    "person_registered": _registered,
    "person_details_changed": _details,
    "person_erased": _erased,
    "person_moved": _moved,
    "membership_added": _member,
    "membership_ended": _member_no_more,
    "people_merged": _merged,
    "consent_given": _consent,
    "consent_withdrawn": _consent_withdrawn,
    "mark_declared": _declared,
    "declaration_settled": _declaration_settled,
    "mark_recorded": _mark,
    "condition_recorded": _condition,
    "certificate_issued": _certificate,
    "certificate_revoked": _certificate_ended,
    "certificate_superseded": _certificate_ended,
    "platform_certificate_recorded": _platform_certificate,
    "progress_told": _told,
    "review_settled": _settled,
}
