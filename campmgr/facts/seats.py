"""What counts of what was said in a unit's scope: each word from the seat it needs, taken back from no lower one.

Who hands something in, whoever passes it on and the host that decides all write where the unit stands, so a right to write there is
not enough: a unit would shortlist itself, and settle its own adoptions. A kind's row names the seat that it needs (`Kind.seat`).
Both doors ask here: the writing one refuses a word from a lower seat, and in the folds what a tampered program wrote all the same
counts for nothing, takes the place of nothing, and is told (docs/ledger.md#seats).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from campmgr.errors import NotAllowed
from campmgr.facts.admission import Admission
from campmgr.facts.batches import BATCHES, Withdrawals, spoken_of, withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Folding, Follow
from campmgr.facts.kinds import WITHDRAWN
from campmgr.facts.tables import RULED_WORDS
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, Stream, people_scope, scope_unit, subject, subject_key
from campmgr.ledger.kinds import Body, Kind, Seat, read_body
from campmgr.ledger.order import ReadFact, Stood, read_facts, stand, unheard_of
from campmgr.store import ledger
from campmgr.store.door import Reader, Row
from campmgr.store.tables import sync_rows

_WHO = {Seat.OWN: "本单位", Seat.ABOVE: "主办单位或上级单位", Seat.HOST: "主办单位"}


def seat_of(world: World, activity: str, unit: str, speaks_for: Callable[[str], bool]) -> Seat:
    """From which seat somebody speaks of a unit's own in an activity, given for which units they may speak.

    The one above a unit is that of its birth, by which grants hold.
    """
    known, born = world.activities.get(activity), world.trust.births.of(unit)
    if known is not None and speaks_for(known.host):
        return Seat.HOST
    return Seat.ABOVE if born is not None and born.parent and speaks_for(born.parent) else Seat.OWN


class Told(NamedTuple):
    """All that was told of one subject and counts where it stands, and what does not, known for what it replaces."""

    facts: list[ReadFact]
    unheard: list[ReadFact]


def told_of(folding: Folding, sort: str, keys: Collection[str]) -> dict[str, Told]:
    """What was told of each of these subjects, in order."""
    kinds = kinds_of(folding.w)
    held = list(ledger.of_subjects(folding.w, (subject(sort, key) for key in keys)))
    counting = list(folding.admission.of(held))
    facts, unheard = defaultdict(list), defaultdict(list)
    for fact in counting:
        facts[subject_key(fact.subject)].append(fact)
    for one in unheard_of(kinds, held, counting):
        unheard[subject_key(one.fact.subject)].append(one)
    return {key: Told(read_facts(kinds, some), unheard[key]) for key, some in facts.items()}


class Heard(NamedTuple):
    """What stands of a subject; every word that needs a seat; and which were said by whoever may not, withdrawals too, and neither
    taken back nor answered since by a word that counts.
    """

    stood: Stood
    ruled: list[ReadFact]
    of_others: list[ReadFact]

    @property
    def facts(self) -> list[ReadFact]:
        """What stands, in order."""
        return self.stood.facts


class Seats:
    """Says from which seat words were said, for the length of one fold. `withdrawals`: those of all that is folded.

    Keeps what was said that needs a seat; `keep` writes it.
    """

    def __init__(self, folding: Folding, told: Iterable[Told]) -> None:
        self._folding = folding
        self._rows: list[Row] = []
        self.withdrawals = withdrawals_of(folding.w, [each.facts for each in told])

    def heard(self, told: Told, activity: str, unit: str) -> Heard:
        """What stands of what was said in a unit's scope of its own in an activity."""
        found = self._heard(told, activity, unit)
        others = {each.id for each in found.of_others}
        for each in {each.id: each for each in (*found.ruled, *found.of_others)}.values():
            word = str(each.body["stage"]) if each.row.staged else each.row.called  # no free text: it may name somebody
            day = each.fact.happened_on or ""
            self._rows.append((each.fact.subject, each.id, activity, unit, word, day, int(each.id in others)))
        return found

    def keep(self, sort: str, keys: Iterable[str]) -> None:
        """Keep what was heard of all these subjects: all of it is folded again with other rights."""
        sync_rows(self._folding.w, RULED_WORDS, [subject(sort, key) for key in keys], self._rows)

    def _heard(self, told: Told, activity: str, unit: str) -> Heard:
        facts = [each for each in told.facts if people_scope(unit) in each.scopes]
        facts = [each for each in facts if each.body.get("activity", activity) == activity]
        batches = self.withdrawals
        needed = {each.id: seat for each in facts if (seat := each.row.seat_needed(self._folding.world, each.body))}
        if not needed:
            return Heard(stand(facts, batches, told.unheard), [], [])
        seats = {each.id: self._seat(activity, unit, each.fact) for each in facts if each.id in needed or _takes_back(each)}
        heard = [each for each in facts if each.id not in needed or seats[each.id] >= needed[each.id]]
        ruled = {each.id: seats[each.id] for each in heard if each.id in needed}
        heard = [each for each in heard if not _takes_back(each) or seats[each.id] >= ruled.get(each.body["fact"], Seat.ANY)]
        words = [each for each in heard if each.id in needed]
        standing = self._batches_that_may(words, seats, activity, unit)
        firm = _without_lower(heard, seats, standing, told.unheard)
        left, kept = {each.id for each in firm}, {each.id for each in heard}
        stood = stand(firm, standing, [*told.unheard, *(each for each in facts if each.id not in left)])
        others = [each for each in facts if each.id not in kept]
        back = [each for each in heard if _takes_back(each)]
        return Heard(stood, [each for each in facts if each.id in needed], _left_to_tell(others, back, words, batches))

    def _seat(self, activity: str, unit: str, one: Fact) -> Seat:
        return _seat_at(self._folding.world, self._folding.admission, activity, unit, one)

    def _batches_that_may(
        self, words: Iterable[ReadFact], seats: Mapping[str, Seat], activity: str, unit: str
    ) -> Withdrawals:  # fmt: skip
        """The withdrawn batches without those that a lower seat has withdrawn than the one that said what is in them."""
        most: dict[str, Seat] = {}
        for each in words:
            if (batch := each.fact.batch or "") in self.withdrawals:
                most[batch] = max(most.get(batch, Seat.ANY), seats[each.id])
        if not most:
            return self.withdrawals
        sql = "select fact, batch from withdrawn where scope = :scope and batch in (:keys)"
        said: dict[str, str] = dict(self._folding.w.among(sql, most, scope=people_scope(unit)))
        by: dict[str, Seat] = defaultdict(lambda: Seat.ANY)
        for fact in ledger.by_chain(self._folding.w, said).values():
            by[said[fact.chain]] = max(by[said[fact.chain]], self._seat(activity, unit, fact))
        return {batch: scopes for batch, scopes in self.withdrawals.items() if batch not in most or by[batch] >= most[batch]}


def _takes_back(one: ReadFact) -> bool:
    return one.fact.kind == WITHDRAWN


def _seat_at(world: World, admission: Admission, activity: str, unit: str, fact: Fact) -> Seat:
    """The seat from which a fact was said, by the units that its writer's grant covers at its place."""
    stream = Stream(fact.scope, fact.writer)
    return seat_of(world, activity, unit, lambda each: admission.counts_for(each, stream, fact.seq, fact.chain))


def _without_lower(
    heard: Sequence[ReadFact], seats: Mapping[str, Seat], batches: Withdrawals, unheard: Sequence[ReadFact]
) -> list[ReadFact]:
    """Without the stages of lower seats, where one of a higher seat stands."""
    staged = [each for each in heard if each.row.staged]
    for seat in sorted({seats[each.id] for each in staged}, reverse=True)[:-1]:
        firm = [each for each in heard if not each.row.staged or seats[each.id] >= seat]
        if any(each.row.staged for each in stand(firm, batches, [*unheard, *staged]).facts):
            return firm
    return list(heard)


def _left_to_tell(
    others: Sequence[ReadFact], back: Sequence[ReadFact], words: Sequence[ReadFact], batches: Withdrawals
) -> list[ReadFact]:
    """Of what others said what was neither taken back nor answered, knowing it, by a word that counts."""
    if not others:
        return []
    ids = {each.id for each in others}
    answered = {each for one in words for each in one.fact.replaces.split()}
    gone = {one.body["fact"] for one in back}  # what was taken back since by whoever may
    answered |= {each.id for each in others if _takes_back(each) and each.body["fact"] in gone}
    left = stand([*others, *back], batches).facts
    return [each for each in left if each.id in ids and each.id not in answered]


def seat_reads(sort: str) -> dict[str, Follow]:
    """What a fold of this sort follows that asks for seats: withdrawn batches, and rights, by which other words count."""

    def ruled(folding: Folding, _: Collection[str]) -> Iterable[str]:
        sql = "select distinct subject from ruled_words where subject >= :first and subject < :end"
        return (subject_key(about) for (about,) in folding.w.all(sql, first=f"{sort}:", end=f"{sort};"))

    return {BATCHES: spoken_of(sort), "trust": ruled, "activities": ruled}


def refuse_lower_seat(r: Reader, world: World, writer: str, kind: Kind, draft: Draft) -> None:
    """Refuse a word from a lower seat than it needs, and what takes back one of a higher seat. Raises NotAllowed."""
    unit = scope_unit(draft.place) or draft.place
    for activity, least in _seats_needed(r, world, kind, unit, draft.subject, draft.body):
        if seat_of(world, activity, unit, lambda each: world.trust.covers_people(writer, each)) < least:
            raise NotAllowed(
                f"这由{_WHO[least]}决定，这份数据文件没有{_WHO[least]}的授权。", hint=f"请在{_WHO[least]}的电脑上办理。"
            )


def is_heard(r: Reader, world: World, kind: Kind, fact: Fact) -> bool:
    """Whether what was said already was said from the seat that it needs: what counts for nothing is no reason not to say it."""
    body = read_body({kind.name: kind}, fact) if kind.asks_for_seat else None
    if body is None:
        return True
    unit, admission = scope_unit(fact.scope) or "", Admission(world, r)
    needed = _seats_needed(r, world, kind, unit, fact.subject, body)
    return all(_seat_at(world, admission, activity, unit, fact) >= least for activity, least in needed)


_SELECT = "select w.fact, w.activity from ruled_words w"
_TAKEN_BACK = {
    WITHDRAWN: f"{_SELECT} where w.fact = :fact and w.unit = :unit and w.tells = 0",
    "batch_withdrawn": f"{_SELECT} join facts f on f.chain = w.fact where f.batch = :batch and w.unit = :unit and w.tells = 0",
}
"""What finds the words from a seat that a withdrawal in a unit's scope takes back."""


def _seats_needed(r: Reader, world: World, kind: Kind, unit: str, about: str, body: Body) -> list[tuple[str, Seat]]:
    """(Activity, the least seat in it) that a word needs; one that takes others back, those from which they were said."""
    if kind.name not in _TAKEN_BACK:
        return [(body["activity"], kind.seat_needed(world, body))]
    rows = r.all(_TAKEN_BACK[kind.name], fact=body.get("fact", ""), batch=subject_key(about), unit=unit)
    facts, admission = ledger.by_chain(r, [fact for fact, _ in rows]), Admission(world, r)
    return [(activity, _seat_at(world, admission, activity, unit, facts[fact])) for fact, activity in rows]
