"""The check-in station: scans as they arrive, also late, twice, and many at once.

A station keeps every scan on its own disk until it is answered here, so the same scans may come again: each is answered for
itself, and what stands already changes nothing. One round of scanning (one lesson, one day, one station) is one batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from campmgr.accounts.queries import Account
from campmgr.areas.hours.actions.corrections import withdraw
from campmgr.areas.hours.actions.marks import MarkRow, check_day, check_lesson, mark_draft, own_unit
from campmgr.areas.hours.queries.station import condition_on_day, people_scanned, tidy_scan, whole_on_day
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.people.queries.finding import Person, credited_of
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.clock import today_of
from campmgr.errors import BadInput, CampError, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.batches import is_of_batch, withdrawn_among
from campmgr.facts.saying import Said, may_say, may_write, not_granted, say
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.typed_codes import person_code_in

SOURCE = "station"
_MOST_TEXT = 60

State = Literal["recorded", "known", "pending", "refused"]


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan: the station's own id of it, what was read or typed, the lesson or condition, the day, and the round."""

    scan: str
    text: str
    what: str
    day: str
    round: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of a scan; `problem` says why it was refused, `person` is None while nobody here owns the code."""

    scan: Scan
    state: State
    fact: str = ""
    person: Person | None = None
    credited: int = 0
    problem: CampError | None = None


def round_batch(account: Account, round_id: str) -> str:
    """The batch of a round; another account's round of the same name is another batch."""
    return hash_id("station round", account.account, round_id)


def take_scans(w: Writer, account: Account, unit: Unit, scans: Sequence[Scan]) -> list[Scanned]:
    """Record what is new among these scans, in one go; every scan is answered, in order. The caller opened the door to the unit."""
    station = _Station(w, account, unit, scans)
    answers = {**station.refused, **station.known}
    said = dict(zip(station.drafts, say(w, list(station.drafts.values())), strict=True)) if station.drafts else {}
    answers |= {key: _recorded(station, key, one) for key, one in said.items()}
    for repeated, first in station.repeats.items():
        answers[repeated] = _again(answers[first], station.scan_of[repeated])
    credited = credited_of(w, {one.person.person for one in answers.values() if one.person})
    return [_with_hours(answers[place], credited) for place in range(len(scans))]


class _Station:
    """Scans sorted by what is to become of each, by their place in the row."""

    def __init__(self, w: Writer, account: Account, unit: Unit, scans: Sequence[Scan]) -> None:
        self._w, self._account, self._unit = w, account, unit
        self._world = worlds.load(w)
        self._writer = w.meta(WRITER)
        self.scan_of = dict(enumerate(scans))
        self.people: dict[int, Person | None] = {}
        self.refused: dict[int, Scanned] = {}
        self.known: dict[int, Scanned] = {}
        self.drafts: dict[int, Draft] = {}
        self.repeats: dict[int, int] = {}
        self._sort()

    def _sort(self) -> None:
        rows = self._rows()
        texts = {place: tidy_scan(self.scan_of[place].text) for place in rows}
        found = people_scanned(self._w, self._world, self._account, self._unit, set(texts.values()))
        standing = _standing(self._w, {each.person for each in found.values() if isinstance(each, Person)}, rows.values())
        first: dict[tuple[str, str, str], int] = {}
        for place, row in rows.items():
            met = found[texts[place]]
            if isinstance(met, CampError):
                self._refuse(place, met)
                continue
            about = met.person if met else person_code_in(texts[place])
            self.people[place] = met
            earlier = first.setdefault((about, *row.key), place)
            if earlier != place:
                self.repeats[place] = earlier
            elif fact := standing.get((about, *row.key)):
                self.known[place] = Scanned(self.scan_of[place], "known", fact, met)
            else:
                self._draft(place, row, about)

    def _rows(self) -> dict[int, MarkRow]:
        """What each scan says was seen; a scan that says something impossible is refused for itself."""
        today, rows, gone = today_of(self._w.clock), {}, self._taken_back()
        for place, scan in self.scan_of.items():
            try:
                rows[place] = _row(self._world, scan, today, is_over=round_batch(self._account, scan.round) in gone)
            except (BadInput, NotFound, Refused) as problem:
                self._refuse(place, problem)
        return rows

    def _taken_back(self) -> set[str]:
        batches = {round_batch(self._account, scan.round) for scan in self.scan_of.values()}
        return withdrawn_among(self._w, batches)

    def _draft(self, place: int, row: MarkRow, about: str) -> None:
        met = self.people[place]
        unit = self._speaks_in(met) if met else self._own_unit()
        draft = mark_draft(unit, subject("person" if met else "code", about), row,
                           batch=round_batch(self._account, self.scan_of[place].round), actor=self._account.actor)  # fmt: skip
        if may_say(self._w, draft):
            self.drafts[place] = draft
        else:
            self._refuse(place, not_granted(self._w, draft))

    def _speaks_in(self, person: Person) -> str:
        if person.home and may_write(self._world, self._writer, person.home):
            return person.home
        return unit_to_speak_in(self._w, self._world, person.person, person.home)

    def _own_unit(self) -> str:
        """Where the mark of an unknown code stays until its owner is found: the station's unit, else this file's own."""
        here = self._unit.unit
        return here if may_write(self._world, self._writer, here) else own_unit(self._w, self._world)

    def _refuse(self, place: int, problem: CampError) -> None:
        self.refused[place] = Scanned(self.scan_of[place], "refused", problem=problem)


def _row(world: World, scan: Scan, today: str, *, is_over: bool) -> MarkRow:
    """What a scan says was seen. Raises Refused for a round that was taken back, BadInput, NotFound."""
    if is_over:
        raise Refused("这一轮登记已经撤销过，没有再次登记。", hint="请重新扫一次。")
    if not 0 < len(scan.text.strip()) <= _MOST_TEXT:
        raise BadInput("扫到的内容不是编码，也不是编号。", reason="bad_code", hint="请扫胸卡上的二维码。")
    day = check_day(world, scan.day, today)
    if scan.what in CONDITIONS.words:
        return MarkRow(day, condition=scan.what, source=SOURCE)
    check_lesson(world, scan.what)
    return MarkRow(day, lesson=scan.what, source=SOURCE)


def _standing(r: Reader, people: set[str], rows: Iterable[MarkRow]) -> dict[tuple[str, str, str], str]:
    """Who has just this already, by whatever way it came: (person, what, day) to the fact."""
    found: dict[tuple[str, str, str], str] = {}
    for lesson, what, day in {(bool(row.lesson), *row.key) for row in rows}:
        there = whole_on_day(r, people, what, day) if lesson else condition_on_day(r, people, what, day)
        found |= {(person, what, day): fact for person, fact in there.items()}
    return found


def _recorded(station: _Station, place: int, said: Said) -> Scanned:
    person = station.people[place]
    state: State = "known" if said.known else "recorded" if person else "pending"
    return Scanned(station.scan_of[place], state, said.fact.chain, person)


def _again(first: Scanned, scan: Scan) -> Scanned:
    """The same scanned twice in one run."""
    return Scanned(scan, first.state if first.state == "refused" else "known", first.fact, first.person, problem=first.problem)


def _with_hours(one: Scanned, credited: dict[str, int]) -> Scanned:
    if one.person is None:
        return one
    return Scanned(one.scan, one.state, one.fact, one.person, credited.get(one.person.person, 0), one.problem)


def take_back(w: Writer, account: Account, round_id: str, fact: str, reason: str) -> None:
    """Withdraw one scan of the account's own round. Raises NotFound for any other fact, BadInput without a reason."""
    batch = round_batch(account, round_id)
    if not is_of_batch(w, fact, batch):
        raise NotFound("这条记录不是这一轮扫码的。", reason="unknown_fact", hint="请到人员页面的历史里撤回。")
    withdraw(w, fact, reason, account.actor)
