"""What counts of what was said about a work or a batch: each word from the seat it needs, taken back from no lower one.

A tampered program may write whatever its grant lets it write where the work's unit stands. What it may not say counts for nothing,
takes the place of nothing, and is told (docs/calls-for-works.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from campmgr.areas.entries.rules.seats import ABOVE, HOST, OWN, seat_needed
from campmgr.facts.batches import withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Folding
from campmgr.facts.kinds import WITHDRAWN
from campmgr.ledger.envelope import Stream, people_scope, subject, subject_key
from campmgr.ledger.order import ReadFact, read_facts, stand, unheard_of
from campmgr.store import ledger
from campmgr.store.door import Row


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
    return {key: Told(read_facts(kinds, facts.get(key, ())), unheard[key]) for key in keys}


class Heard(NamedTuple):
    """What stands; every word that needs a seat; and which were said by whoever may not, withdrawals too, and not taken back."""

    facts: list[ReadFact]
    ruled: list[ReadFact]
    of_others: list[ReadFact]


class Seats:
    """Says from which seat words were said, for the length of one fold. `withdrawals`: those of all that is folded."""

    def __init__(self, folding: Folding, told: Iterable[Told]) -> None:
        self._folding = folding
        self.withdrawals = withdrawals_of(folding.w, [each.facts for each in told])

    def heard(self, told: Told, activity: str, unit: str) -> Heard:
        """What stands of what was said in a unit's scope about a work or batch of its own in an activity."""
        facts = [each for each in told.facts if people_scope(unit) in each.scopes]
        facts = [each for each in facts if each.body.get("activity", activity) == activity]
        batches = self.withdrawals
        needed = {each.id: seat for each in facts if (seat := seat_needed(each.fact.kind, each.body))}
        if not needed:
            return Heard(stand(facts, batches, told.unheard).facts, [], [])
        seats = {each.id: self._seat(activity, unit, each) for each in facts if each.id in needed or each.fact.kind == WITHDRAWN}
        heard = [each for each in facts if each.id not in needed or seats[each.id] >= needed[each.id]]
        ruled = {each.id: seats[each.id] for each in heard if each.id in needed}
        heard = [each for each in heard if each.fact.kind != WITHDRAWN or seats[each.id] >= ruled.get(each.body["fact"], 0)]
        standing = self._batches_that_may(batches, [each for each in heard if each.id in needed], seats, activity, unit)
        firm = _without_lower(heard, seats, standing, told.unheard)
        left = {each.id for each in firm}
        others = [each for each in facts if each.id not in {one.id for one in heard}]
        stood = stand(firm, standing, [*told.unheard, *(each for each in facts if each.id not in left)])
        back = [each for each in heard if each.fact.kind == WITHDRAWN]
        ruled_words = [each for each in facts if each.id in needed]
        return Heard(stood.facts, ruled_words, _not_taken_back(others, back, batches) if others else [])

    def _seat(self, activity: str, unit: str, one: ReadFact) -> int:
        return self._seat_at(activity, unit, Stream(one.fact.scope, one.fact.writer), one.fact.seq, one.fact.chain)

    def _seat_at(self, activity: str, unit: str, stream: Stream, seq: int, chain: str) -> int:
        """By the units that its writer's grant covers; those above a unit are those of its birth, by which grants hold."""
        world, counts_for = self._folding.world, self._folding.admission.counts_for
        known, born = world.activities.get(activity), world.trust.births.of(unit)
        if known is not None and counts_for(known.host, stream, seq, chain):
            return HOST
        return ABOVE if born is not None and born.parent and counts_for(born.parent, stream, seq, chain) else OWN

    def _batches_that_may(
        self, batches: Mapping[str, Mapping[str, str]], ruled: Iterable[ReadFact], seats: Mapping[str, int], activity: str,
        unit: str,
    ) -> Mapping[str, Mapping[str, str]]:  # fmt: skip
        """The withdrawn batches without those that a lower seat has withdrawn than the one that said what is in them."""
        most: dict[str, int] = {}
        for each in ruled:
            if each.fact.batch in batches:
                most[each.fact.batch or ""] = max(most.get(each.fact.batch or "", 0), seats[each.id])
        if not most:
            return batches
        by: dict[str, int] = defaultdict(int)
        select = (
            "select w.batch, f.scope, f.writer, f.seq, f.chain from withdrawn w join facts f on f.chain = w.fact"
            " where w.batch in (:keys)"
        )
        for batch, scope, writer, seq, chain in self._folding.w.among(select, most):
            by[batch] = max(by[batch], self._seat_at(activity, unit, Stream(scope, writer), seq, chain))
        return {batch: scopes for batch, scopes in batches.items() if batch not in most or by[batch] >= most[batch]}


def _without_lower(
    heard: Sequence[ReadFact], seats: Mapping[str, int], batches: Mapping[str, Mapping[str, str]], unheard: Sequence[ReadFact]
) -> list[ReadFact]:
    """Without the stages of lower seats, where one of a higher seat stands."""
    staged = [each for each in heard if each.fact.kind == "entry_staged"]
    for seat in sorted({seats[each.id] for each in staged}, reverse=True)[:-1]:
        firm = [each for each in heard if each.fact.kind != "entry_staged" or seats[each.id] >= seat]
        if any(each.fact.kind == "entry_staged" for each in stand(firm, batches, [*unheard, *staged]).facts):
            return firm
    return list(heard)


def _not_taken_back(
    others: Sequence[ReadFact], back: Sequence[ReadFact], batches: Mapping[str, Mapping[str, str]]
) -> list[ReadFact]:
    words = [each for each in others if each.fact.kind != WITHDRAWN]
    left = stand([*words, *back, *(each for each in others if each.fact.kind == WITHDRAWN)], batches).facts
    return [each for each in left if each in others]


def word_rows(unit: str, key: str, activity: str, heard: Heard) -> list[Row]:
    """What is kept of words that need a seat, without free texts, and whether they are to be told since they do not count.

    All of them are kept, so that they are folded again with other rights.
    """
    told = {each.id: each for each in (*heard.ruled, *heard.of_others)}
    others = {each.id for each in heard.of_others}
    return [
        (
            unit,
            key,
            id_,
            activity,
            str(each.body.get("stage", "")) or each.row.called,
            each.fact.happened_on or "",
            int(id_ in others),
        )
        for id_, each in told.items()
    ]
