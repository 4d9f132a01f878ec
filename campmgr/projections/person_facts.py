"""What a person's standing facts say: home and memberships over time, details, marks, conditions, certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from campmgr.ledger.order import Told, order_key
from campmgr.projections.person_days import NEVER
from campmgr.rules.hours import Mark


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
        self.reason = ""


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
        self.conditions: list[tuple[str, str, str, str]] = []
        self.certificates: dict[str, Certificate] = {}
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
        last = [(subject, sorted(history)[-1]) for subject, history in self.homes.items() if subject != own]
        return [Membership(unit, day) for _, (day, _, unit) in last] if len(self.homes) > 1 or self.merged_home else []

    def best_details(self) -> Details:
        """The standing id's details; where it has none, those of another of the group."""
        own = self.details.get(f"person:{self.first}")
        return own or next((self.details[subject] for subject in sorted(self.details)), Details())

    # one handler for each kind

    def _registered(self, one: Told) -> None:
        if one.fact.subject in self.homes:
            return
        self.homes[one.fact.subject] = [("", (0,), one.body["unit"])]
        self.registered.append(one.fact.happened_on)
        if not self.kind or one.fact.subject == f"person:{self.first}":
            self.kind = one.body["kind"]

    def _details(self, one: Told) -> None:
        body = one.body
        details = Details(body["number"], body["name"], body["class_name"], body["phone"], body["guardian"])
        self.details[one.fact.subject] = details
        self.details_told.setdefault(one.fact.subject, []).append(details)
        self.erased = False

    def _erased(self, one: Told) -> None:
        self.details.pop(one.fact.subject, None)
        self.details_told.pop(one.fact.subject, None)
        self.erased = True

    def _moved(self, one: Told) -> None:
        history = self.homes.setdefault(one.fact.subject, [])
        if not history:
            history.append(("", (0,), one.body["source"]))
        history.append((one.fact.happened_on, order_key(one.fact), one.body["target"]))

    def _member(self, one: Told) -> None:
        unit = one.body["unit"]
        known = self.memberships.get(unit)
        since = min(known.since, one.fact.happened_on) if known and known.until == NEVER else one.fact.happened_on
        self.memberships[unit] = Membership(unit, since)

    def _member_no_more(self, one: Told) -> None:
        known = self.memberships.get(one.body["unit"])
        if known:
            self.memberships[known.unit] = known._replace(until=max(known.since, one.fact.happened_on))

    def _merged(self, one: Told) -> None:
        if one.fact.subject == f"person:{self.first}":
            self.merged_home = [(one.fact.happened_on, one.body["home"])]

    def _mark(self, one: Told) -> None:
        body = one.body
        self.marks.append(Mark(one.id, body["lesson"], one.fact.happened_on, body["minutes"], body["source"]))

    def _condition(self, one: Told) -> None:
        self.conditions.append((one.id, one.body["condition"], one.fact.happened_on, one.body["source"]))

    def _certificate(self, one: Told) -> None:
        body = one.body
        self.certificates.setdefault(
            body["number"], Certificate(body["number"], body["edition"], body["credited"], one.fact.happened_on)
        )

    def _certificate_revoked(self, one: Told) -> None:
        known = self.certificates.get(one.body["number"])
        if known and known.ended_on == NEVER:
            known.ended_on, known.reason = max(one.fact.happened_on, known.issued_on), one.body["reason"]

    def _told(self, one: Told) -> None:
        self.told = one.body


    def _settled(self, one: Told) -> None:
        self.settled.add(one.body["case"])


_HANDLERS: dict[str, Callable[[PersonFacts, Told], None]] = {
    "person_registered": PersonFacts._registered,
    "person_details_changed": PersonFacts._details,
    "person_erased": PersonFacts._erased,
    "person_moved": PersonFacts._moved,
    "membership_added": PersonFacts._member,
    "membership_ended": PersonFacts._member_no_more,
    "people_merged": PersonFacts._merged,
    "mark_recorded": PersonFacts._mark,
    "condition_recorded": PersonFacts._condition,
    "certificate_issued": PersonFacts._certificate,
    "certificate_revoked": PersonFacts._certificate_revoked,
    "progress_told": PersonFacts._told,
    "review_settled": PersonFacts._settled,
}
