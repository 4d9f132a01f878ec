"""What runs in a ledger: activities, each opened, amended and closed by public facts (docs/ledger.md#activities); pure.

The root may say everything; a node that was given an activity's host unit whole may say what is of that activity, and nothing
else. Nobody can take another's activity: its id is made of whoever opened it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.facts.catalogue import CAMP, Catalogue
from campmgr.facts.trust import Trust
from campmgr.facts.units import LEAST_OF_AN_ID
from campmgr.ids import canonical, hash_id
from campmgr.ledger.envelope import CAMP as CAMP_SUBJECT
from campmgr.ledger.envelope import Fact, subject
from campmgr.ledger.kinds import Body
from campmgr.ledger.order import ReadFact, Stood, stand
from campmgr.settings.rule_book import RuleBook
from campmgr.settings.rules import Rules
from campmgr.store.door import Row

SEATS = {"host": "主办：由我们决定", "relay": "转报：收齐后报给上级", "submitter": "参加：我们报送，别人评定"}
"""Where whoever keeps this ledger sits in an activity."""

_OPENING = frozenset({"campaign_opened", "activity_opened"})
_SPEAKING = frozenset({"rules_amended", "activity_closed"})


class InForce(NamedTuple):
    """Which rules are in force: the first are version 1, each standing change makes another; since which day; their digest."""

    version: int
    since: str
    digest: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity. `id` is "" for the camp that was opened with the campaign; `host` a unit's id; `opened` the fact that opened
    it; `closed` the facts that closed it and stand, `reason` the last one's. `is_known`: whether this program knows its sort.
    """

    id: str
    code: str
    sort: str
    name: str
    host: str
    seat: str
    rules: Rules
    in_force: InForce
    opened_on: str
    opened: str
    closed: tuple[str, ...] = ()
    closed_on: str = ""
    reason: str = ""
    is_known: bool = True

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return not self.closed

    @property
    def subject(self) -> str:
        """What facts about the activity itself speak of."""
        return subject_of(self.id)

    @property
    def told_apart(self) -> str:
        """What names it where several bear its code: the beginning of its id."""
        return self.id[:LEAST_OF_AN_ID]

    def row(self) -> Row:
        """What the table of activities keeps of it."""
        rules = canonical(self.rules.to_mapping())
        return (self.id, self.code, self.sort, self.name, self.host, self.seat, self.opened_on, self.closed_on, self.reason,
                self.in_force.version, rules, self.in_force.digest)  # fmt: skip


class Activities(Mapping[str, Activity]):
    """Every activity by its id, in the order in which they were opened. `camp`: the id of the camp that is going on, "" where it is
    the first; `waiting`: hosts that no unit here is known by, so that nobody can tell yet whether they may.
    """

    def __init__(self, found: Iterable[Activity], camp: str = "", waiting: Iterable[str] = ()) -> None:
        self._by_id = {each.id: each for each in found}
        self.camp = camp
        self.waiting = frozenset(waiting)

    def __getitem__(self, activity: str) -> Activity:
        return self._by_id[activity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def called(self, text: str) -> list[Activity]:
        """What a code may mean, or an id or its first eight or more characters."""
        text = text.strip()
        by_code = [each for each in self.values() if each.code == text]
        if by_code or len(text) < LEAST_OF_AN_ID:
            return by_code
        return [each for each in self.values() if each.id.startswith(text.lower())]

    def going_on(self) -> list[Activity]:
        """Those that are open; of camps the last alone, since the next one ends the one before."""
        return [each for each in self.values() if each.is_open and (each.sort != CAMP or each.id == self.camp)]

    def is_earlier_camp(self, activity: Activity) -> bool:
        """Whether it is a camp before the one that is going on."""
        return activity.sort == CAMP and activity.id != self.camp

    def address(self, activity: Activity) -> str:
        """What names it in an address and on the command line: its code, where several bear that its id."""
        is_alone = is_plain_code(activity.code) and len(self.called(activity.code)) == 1
        return activity.code if is_alone else activity.id


_PLAIN_CODE = re.compile(r"[\w.\-]+")
_TAKEN_WORDS = frozenset({"open", ".", ".."})


def is_plain_code(code: str) -> bool:
    """Whether a code can stand in an address as it is."""
    return bool(_PLAIN_CODE.fullmatch(code)) and code not in _TAKEN_WORDS


def subject_of(activity: str) -> str:
    """What facts about an activity itself speak of."""
    return subject("activity", activity) if activity else CAMP_SUBJECT


def activity_id(campaign: str, code: str, writer: str = "") -> str:
    """The id of an activity: of camps, which the root alone opens, by their code; of all others of whoever opens them, too."""
    return hash_id(campaign, "activity", code, writer) if writer else hash_id(campaign, "activity", code)


def spoken_of(about: str, body: Body) -> str | None:
    """The activity that a word in `public` belongs to; "" for the first camp; None for what belongs to none."""
    sort, _, key = about.partition(":")
    if sort == "activity":
        return key
    if isinstance(body.get("activity"), str):
        return str(body["activity"])
    return "" if about == CAMP_SUBJECT else None


class Hosting:
    """Who may say what of activities in `public`: asked of what others have said, and of what this file is about to say."""

    def __init__(self, trust: Trust, root_unit: str, openings: Mapping[str, ReadFact]) -> None:
        self._trust = trust
        self._root_unit = root_unit
        self._openings = openings

    def host_of(self, body: Body) -> str:
        """The host unit that an opening names; the root unit where it names none."""
        return str(body.get("host") or self._root_unit)

    def may_open(self, writer: str, about: str, body: Body, said: Fact | None = None) -> bool:
        """Whether a writer may open this: the root whatever it likes, a host anything but a camp, under an id of its own."""
        if self._trust.is_root(writer):
            return body["sort"] == CAMP or about == subject_of(activity_id(self._trust.campaign, body["code"], writer))
        own = about == subject_of(activity_id(self._trust.campaign, body["code"], writer))
        return own and body["sort"] != CAMP and self._holds(writer, self.host_of(body), said)

    def may_speak(self, writer: str, about: str, body: Body, said: Fact | None = None) -> bool:
        """Whether a writer may say something of an activity that is open or was."""
        if self._trust.is_root(writer):
            return True
        opening = self._openings.get(spoken_of(about, body) or "")
        if opening is None or opening.body.get("sort", CAMP) == CAMP:
            return False
        return self._holds(writer, self.host_of(opening.body), said)

    def _holds(self, writer: str, unit: str, said: Fact | None) -> bool:
        return self._trust.holds_whole(self._trust.node_of(writer), unit, said)


class HeardOf(NamedTuple):
    """The activities, whoever may speak of them, and what of it was said without the right."""

    all: Activities
    hosting: Hosting
    without_right: tuple[ReadFact, ...]


def told_activities(every: Catalogue, told: Sequence[ReadFact], trust: Trust, root_unit: str) -> HeardOf:
    """The activities from what was said in `public`, in total order."""
    told = [one for one in told if trust.counts_in_public(one)]
    first = Hosting(trust, root_unit, {})
    openings: dict[str, ReadFact] = {}
    without, waiting = list[ReadFact](), set[str]()
    for one in told:
        if one.fact.kind == "campaign_opened" and trust.is_root(one.fact.writer) and CAMP in one.body["rules"]:
            openings.setdefault("", one)
        elif one.fact.kind == "activity_opened":
            if first.may_open(one.fact.writer, one.fact.subject, one.body, one.fact):
                openings.setdefault(one.fact.subject.partition(":")[2], one)
                continue
            without.append(one)
            if trust.births.of(first.host_of(one.body)) is None:
                waiting.add(first.host_of(one.body))
    hosting = Hosting(trust, root_unit, openings)
    words: dict[str, list[ReadFact]] = defaultdict(list)
    for one in told:
        of = spoken_of(one.fact.subject, {})
        if of in openings and one.fact.kind not in _OPENING:
            if hosting.may_speak(one.fact.writer, one.fact.subject, one.body, one.fact):
                words[of or ""].append(one)
            elif one.fact.kind in _SPEAKING:
                without.append(one)
    found = [_activity(every, id_, opening, _own_withdrawals(words[id_], trust), root_unit) for id_, opening in openings.items()]
    camps = [each.id for each in found if each.sort == CAMP]
    return HeardOf(Activities(found, camps[-1] if camps else "", waiting), hosting, tuple(without))


def _own_withdrawals(said: Iterable[ReadFact], trust: Trust) -> list[ReadFact]:
    """Words without the withdrawals that a host says of what the root has said: those have no effect."""
    by_root = {one.id for one in said if trust.is_root(one.fact.writer)}
    return [one for one in said if one.body.get("fact") not in by_root or one.id in by_root]


def _activity(every: Catalogue, id_: str, opening: ReadFact, said: list[ReadFact], root_unit: str) -> Activity:
    body, is_first = opening.body, opening.fact.kind == "campaign_opened"
    sort = CAMP if is_first else str(body["sort"])
    book = every.books.get(sort)
    stood = stand([one for one in (opening, *said) if one.body.get("fact") != opening.id], {})
    rules, in_force = rules_of(stood, book or RuleBook(()))
    closed = [one for one in stood.facts if one.fact.kind == "activity_closed"]
    last = closed[-1] if closed else None
    name = body["name"] if book is None else str(rules.value_of(every.sorts[sort].named_by)) or body["name"]
    return Activity(
        id=id_,
        code=CAMP if is_first else body["code"],
        sort=sort,
        name=name,
        host=root_unit if is_first else body["host"] or root_unit,
        seat="host" if is_first else body["seat"],
        rules=rules,
        in_force=in_force,
        opened_on=opening.fact.happened_on,
        opened=opening.id,
        closed=tuple(one.id for one in closed),
        closed_on=last.fact.happened_on if last else "",
        reason=last.body["reason"] if last else "",
        is_known=book is not None,
    )


def rules_of(stood: Stood, book: RuleBook) -> tuple[Rules, InForce]:
    """The rules as opened, with every standing amendment in order; a key of a newer version is passed over."""
    version, since = 0, ""
    mapping: dict[str, dict[str, object]] = {}
    for one in stood.said:
        if one.fact.kind in {*_OPENING, "rules_amended"}:
            version, since = version + 1, one.fact.happened_on
    for one in stood.facts:
        if one.fact.kind in _OPENING:
            mapping = {section: dict(values) for section, values in one.body["rules"].items() if isinstance(values, dict)}
        elif one.fact.kind == "rules_amended":
            for key, value in one.body["changes"].items():
                section, _, name = key.partition(".")
                mapping.setdefault(section, {})[name] = value
    known = {
        section: {name: value for name, value in values.items() if f"{section}.{name}" in book.fields}
        for section, values in mapping.items()
    }
    rules = book.understood({section: values for section, values in known.items() if values})[0]
    return rules, InForce(version, since, rules.digest())
