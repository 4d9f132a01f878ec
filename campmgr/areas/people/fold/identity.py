"""A person while being folded: what other areas add to it, and who the person is: homes, memberships, details, merges."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from campmgr.clock import LARGEST
from campmgr.facts.fold import Part
from campmgr.facts.totals import Amounts
from campmgr.facts.world import World
from campmgr.ledger.envelope import people_scope
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table

NEVER = "\uffff"
"""Later than every day."""


Rows = dict[Table, list[Row]]


@dataclass(slots=True)
class Days:
    """What happened to a person on which day, as the parts add it one after another. ISO days; NEVER for what has not happened."""

    registered: Sequence[str] = ()
    """On which days the person, or somebody merged with them, was registered."""
    is_erased: bool = False
    """Whether their details are erased, so that nobody can be asked."""
    seen: list[str] = field(default_factory=list)
    """Days on which anything says that they had joined."""
    credited: Sequence[tuple[str, int]] = ()
    """The running total in hundredths after each day with marks."""
    complete_on: str = NEVER
    ready_on: str = NEVER
    certified: Sequence[tuple[str, str]] = ()
    """Each certificate: from, until (NEVER while valid)."""
    valid: int = 0
    """Certificates of whatever camp that hold; `ended`: that no longer do."""
    ended: int = 0
    signed_in: bool = False

    @property
    def joined_on(self) -> str:
        """The first day of all; "" while nothing says one."""
        return min(self.seen, default="")

    @property
    def total(self) -> int:
        """The hundredths earned so far."""
        return self.credited[-1][1] if self.credited else 0

    @property
    def is_certified(self) -> bool:
        """Whether a certificate is valid."""
        return any(until == NEVER for _, until in self.certified)

    @property
    def was_certified(self) -> bool:
        """Whether a certificate was ever given in this camp."""
        return bool(self.certified)

    def told(self) -> dict[str, Any]:
        """As another scope is told: only days and numbers."""
        return {
            "joined_on": self.joined_on,
            "credited": [list(each) for each in self.credited],
            "complete_on": self.complete_on,
            "ready_on": self.ready_on,
            "certified": [list(each) for each in self.certified],
            "signed_in": self.signed_in,
        }


class Share(Protocol):
    """What a part gathers of one person; its methods that take facts are named in the part's `kinds`."""

    def add_days(self, days: Days) -> None:
        """Add to what happened on which day. Not asked of somebody whose progress only another scope tells."""
        ...

    def add_rows(self, person: str, rows: Rows) -> None:
        """Add the rows of the part's tables."""
        ...

    def doubts(self, days: Days) -> Iterable[tuple[str, object, str]]:
        """(matter, detail, since which day) of what a human should look at."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPart(Part):
    """A part of the fold of people."""

    fold: str = "people"
    kinds: Mapping[str, Callable[[Any, ReadFact], None]]
    """Kind -> the method of the share that takes such a fact. They are taken in total order, save what `ends` says."""
    begin: Callable[[World], Callable[[], Share]]
    """Called once for a run of people: what makes an empty share, under the rules of this world."""
    ends: frozenset[str] = frozenset()
    """Kinds that end something by its id: they are taken last, since a clock that runs ahead must not put an end before its
    beginning."""
    says_of_everyone: bool = False
    """Whether it says something even of people of whom it took no fact."""
    write: Callable[[Writer, Sequence[str], Mapping[Table, list[Row]], Collection[Row]], None] | None = None
    """How these people's rows are written, where that is more than keeping each table by its owner; the rows of `people` are
    there by then, and what they were before comes last."""


def days_told(told: Mapping[str, Any]) -> Days | None:
    """A person's days as they were told; None when the telling has not their form."""
    try:
        credited = [(str(day), int(total)) for day, total in told["credited"]]
        if any(not 0 <= total <= LARGEST for _, total in credited):
            return None
        return Days(
            seen=[str(told["joined_on"])],
            credited=credited,
            complete_on=str(told["complete_on"]),
            ready_on=str(told["ready_on"]),
            certified=[(str(since), str(until)) for since, until in told["certified"]],
            signed_in=bool(told["signed_in"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def states_of(person: Days) -> list[tuple[str, Amounts]]:
    """(day, all that counts from that day on), in order."""
    days = {person.joined_on, person.complete_on, person.ready_on}
    days.update(day for day, _ in person.credited)
    days.update(day for span in person.certified for day in span)
    days.discard(NEVER)
    states: list[tuple[str, Amounts]] = []
    hours, place, credited = 0, 0, person.credited
    for day in sorted(days):
        while place < len(credited) and credited[place][0] <= day:
            hours = credited[place][1]
            place += 1
        certified = any(since <= day < until for since, until in person.certified)
        states.append(
            (day, (1, int(hours > 0), int(person.complete_on <= day), int(person.ready_on <= day), int(certified), hours, 0, 0))
        )
    return states


class Details(NamedTuple):
    """The erasable part: 编号, name, class, telephone, guardian's consent."""

    number: str = ""
    name: str = ""
    class_name: str = ""
    phone: str = ""
    guardian: bool = False

    def filled(self, more: Details, *, is_near: bool) -> Details:
        """What is blank here, as the other record of the same person has it.

        编号 and class are words of a unit: they are taken from one that is at home in the same unit alone.
        """
        filled = self._replace(phone=self.phone or more.phone, guardian=self.guardian or more.guardian)
        if is_near:
            filled = filled._replace(number=self.number or more.number, class_name=self.class_name or more.class_name)
        return filled


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
        self.homes: dict[str, list[tuple[str, str]]] = {}
        self.merged_home: list[tuple[str, str]] = []
        self.details: dict[str, Details] = {}
        self.erasures = False
        self.memberships: dict[str, Membership] = {}
        self.consent: tuple[str, str, str] | None = None
        self.told: dict[str, dict[str, Any]] = {}
        self.registered: list[tuple[str, str]] = []
        self.joined: list[tuple[str, str]] = []
        self.newcomers: set[str] = set()
        self.settled: set[str] = set()
        self.at_home_here = False
        self.left: tuple[str, tuple[str, ...]] | None = None

    def let_go_of_others(self) -> None:
        """Forget what is known here only of somebody who was one with them: they are parted, or have not been heard to be one."""
        self.merged_home.clear()
        if not self.at_home_here:
            self.homes.clear()

    def joined_on(self, activity: str, members: Iterable[Membership]) -> list[str]:
        """The days on which somebody said that they are part of a camp, by its id.

        Whoever is registered is part of the first camp, but for those who were registered for a later one.
        """
        if activity:
            return [day for camp, day in self.joined if camp == activity]
        if self.registered:
            return [day for subject, day in self.registered if subject not in self.newcomers]
        return [] if self.came_later else [each.since for each in members]

    @property
    def came_later(self) -> bool:
        """Whether nothing says that they were there during the first camp, but of later ones is told."""
        if self.registered:
            return all(subject in self.newcomers for subject, _ in self.registered)
        return "" not in self.told and bool(self.told or self.joined)

    def home_history(self) -> list[tuple[str, str]]:
        """(day, unit) in order, the first from the beginning: the standing id's own home, or what a merge told of it."""
        own = f"person:{self.first}"
        if own in self.homes or not self.merged_home:
            days = self.homes.get(own) or next(iter(self.homes.values()), [])
        else:
            days = self.merged_home
        return [("", days[0][1]), *days[1:]] if days else []

    def other_homes(self) -> list[Membership]:
        """Where the others of a merged group were at home: they count there as members."""
        own = f"person:{self.first}"
        last = [history[-1] for subject, history in self.homes.items() if subject != own]
        return [Membership(unit, day) for day, unit in last] if len(self.homes) > 1 or self.merged_home else []

    @property
    def left_on(self) -> str:
        """The day from which they are no longer part of anything, "" while they are; said where they are or were at home."""
        day, scopes = self.left or ("", ())
        homes = {people_scope(unit) for history in self.homes.values() for _, unit in history}
        return day if not homes or homes & {*scopes} else ""

    @property
    def erased(self) -> bool:
        """Whether the details were erased, and nobody of the group has any left."""
        return self.erasures and not self.details

    def best_details(self, home: str) -> Details:
        """The standing id's details, what they leave blank as another of the group has it; where it has none, another's."""
        subjects = sorted(self.details, key=lambda subject: (subject != f"person:{self.first}", subject))
        if not subjects:
            return Details()
        first, *others = subjects
        best = self.details[first]
        for subject in others:
            best = best.filled(self.details[subject], is_near=self.homes.get(subject, [("", "")])[-1][1] == home)
        return best


def _registered(facts: Identity, one: ReadFact) -> None:
    facts.homes[one.fact.subject] = [("", one.body["unit"])]
    facts.registered.append((one.fact.subject, one.fact.happened_on))
    facts.at_home_here = True
    if not facts.kind or one.fact.subject == f"person:{facts.first}":
        facts.kind = one.body["kind"]


def _details(facts: Identity, one: ReadFact) -> None:
    facts.details[one.fact.subject] = facts.details.get(one.fact.subject, Details())._replace(**one.body)


def _erased(facts: Identity, _: ReadFact) -> None:
    facts.erasures = True


def _moved(facts: Identity, one: ReadFact) -> None:
    facts.at_home_here |= not {people_scope(one.body["source"]), people_scope(one.body["target"])}.isdisjoint(one.scopes)
    history = facts.homes.setdefault(one.fact.subject, [("", one.body["source"])])
    while history[-1][0] > one.fact.happened_on:  # each took the place of the one before, from its own day on
        history.pop()
    history.append((one.fact.happened_on, one.body["target"]))


def _left(facts: Identity, one: ReadFact) -> None:
    facts.left = (one.fact.happened_on, one.scopes)


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
    for who, home, kind in ((one.fact.subject[7:], "home", "kind"), (one.body["other"], "other_home", "other_kind")):
        if who == facts.first:
            facts.merged_home = [(one.fact.happened_on, one.body[home])]
            facts.kind = facts.kind or one.body[kind]


def _joined(facts: Identity, one: ReadFact) -> None:
    facts.joined.append((one.body["activity"], one.fact.happened_on))
    facts.left = None  # whoever joins a later camp is there again
    if one.body["new"]:
        facts.newcomers.add(one.fact.subject)


def _told(facts: Identity, one: ReadFact) -> None:
    facts.told[one.body.get("activity", "")] = one.body


def _settled(facts: Identity, one: ReadFact) -> None:
    facts.settled.add(one.body["case"])


def _consent(facts: Identity, one: ReadFact) -> None:
    facts.consent = (one.body["version"], one.fact.happened_on, "")


def _consent_withdrawn(facts: Identity, one: ReadFact) -> None:
    version, given_on, _ = facts.consent or ("", "", "")
    facts.consent = (version, given_on, one.fact.happened_on)


TELLING = ("progress_told", "activity_progress_told")
"""What another scope is told, of the first camp and of later ones."""

KINDS: dict[str, Callable[[Identity, ReadFact], None]] = {
    "person_registered": _registered,
    "person_details_changed": _details,
    "person_erased": _erased,
    "person_moved": _moved,
    "person_left": _left,
    "membership_added": _member,
    "membership_ended": _member_no_more,
    "people_merged": _merged,
    "consent_given": _consent,
    "consent_withdrawn": _consent_withdrawn,
    "activity_joined": _joined,
    "progress_told": _told,
    "activity_progress_told": _told,
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
        scopes |= {people_scope(one.body["target" if one.fact.kind == "person_moved" else "unit"]) for one in heard}
        widening = [one for one in widening if one not in heard]
    return scopes


def entitled(told: Sequence[ReadFact], scopes: set[str]) -> list[ReadFact]:
    """What was said in one of these scopes, or carried into one; all of it when there are none."""
    return [one for one in told if _said_in(one, scopes)] if scopes else list(told)


def _said_in(one: ReadFact, scopes: set[str]) -> bool:
    return one.fact.scope in scopes or any(scope in scopes for scope in one.scopes)
