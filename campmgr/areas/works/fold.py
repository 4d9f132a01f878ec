"""Works and their like counts: one row each; what they add to the totals of their author's units, and of fields."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import add
from typing import Any, NamedTuple

from campmgr.areas.camp.settings import EVERY_FIELD
from campmgr.areas.people.fold.aliases import stands_for
from campmgr.areas.people.fold.identity import entitled, own_scopes
from campmgr.facts.batches import BATCHES, spoken_of, withdrawals_of
from campmgr.facts.carrying import Reach, carry_due
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.review import review_row, sides_row
from campmgr.facts.tables import AMOUNTS, CARRY_DUE, REVIEW
from campmgr.facts.totals import Amounts, Differences, read_placements, steps_along, units_of, write_steps
from campmgr.ids import canonical
from campmgr.ledger.envelope import people_scope, subject
from campmgr.ledger.order import ReadFact, Stood, order_key, read_facts, stand
from campmgr.store import ledger
from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import Table, add_amounts, sync_each, sync_rows

WORKS = Table(
    "works",
    ("person", "work", "author", "link", "number", "title", "account", "field", "published_on", "counts", "reason", "likes",
     "plays", "read_at", "steps", "at_least", "agreed"),
    2,
    "work",
)  # fmt: skip
SNAPSHOT_SUMS = Table("snapshot_sums", ("read_at", "works", "likes"), 1, "read_at")
READINGS = Table("readings", ("person", "work", "fact", "read_at", "likes", "plays", "rounded", "at_least"), 3, "work")
WORK_KEYS = Table("work_keys", ("person", "work", "fact", "key", "clock"), 3, "work")
WORK_DECISIONS = Table(
    "work_decisions", ("person", "work", "fact", "case_", "counts", "reason", "actor", "recorded_at", "clock", "stands"), 3, "work"
)
RECOMMENDATIONS = Table("recommendations", ("person", "work", "outlet", "state", "day", "note", "fact"), 3, "work")
FIELD_WORKS = Table("field_works", ("placement", "field", "day", "works", "authors", "likes"), 3, "placement")

AGREEMENTS = Table("work_agreements", ("person", "work", "fact", "statements", "agreed_at"), 2, "work")

_RUN = 2000
_STEPS, _FIELD = WORKS.columns.index("steps"), WORKS.columns.index("field")

Group = tuple[list[ReadFact], Stood]
"""Everything told about a work, and what of it stands."""

Rows = dict[Table, list[Row]]

Author = tuple[str, str, str]
"""The person a work counts for, their home, and their placements as stored."""


def _works_of_authors(folding: Folding, people: Collection[str]) -> Iterable[str]:
    """The works that these people, who count elsewhere now, wrote or that count for them."""
    return (row[0] for row in folding.w.among(
        "select work from works where author in (:keys) union select work from works where person in (:keys)", people))  # fmt: skip


def fold_works(folding: Folding, works: Sequence[str]) -> tuple[()]:
    """Fold these works again."""
    waiting = iter(works)
    while run := list(islice(waiting, _RUN)):
        _fold_run(folding, run)
    return ()


def _fold_run(folding: Folding, works: list[str]) -> None:
    w, admission = folding.w, folding.admission
    by_work: dict[str, list[ReadFact]] = {}
    facts = defaultdict(list)
    for fact in admission.of(ledger.of_subjects(w, (f"work:{work}" for work in works))):
        facts[fact.subject].append(fact)
    for work in works:
        by_work[work] = read_facts(kinds_of(w), facts.get(f"work:{work}", ()))
    withdrawn = withdrawals_of(w, by_work.values())
    authors = _authors(w, by_work.values())
    groups: dict[str, Group] = {}
    for work, told in by_work.items():
        scopes = _author_scopes(told, authors)
        heard = entitled(told, scopes)
        if len(heard) < len(told):  # rare, so only now the author's whole story, which a placement shortens
            heard = entitled(told, scopes | _whole_story_scopes(folding, told, authors))
        groups[work] = (heard, stand(heard, withdrawn))
    rows: Rows = {table: [] for table in (WORKS, READINGS, WORK_KEYS, WORK_DECISIONS, RECOMMENDATIONS, AGREEMENTS, REVIEW,
                                          CARRY_DUE)}  # fmt: skip
    for work, (told, stood) in groups.items():
        registered = [one for one in stood.facts if _is_registered(one, folding.world.activity)]
        if registered:
            author = authors[registered[0].body["author"]]
            _add_rows(rows, work, registered[0], stood, author)
            if any(one.scopes != (people_scope(author[1]),) for one in told):
                rows[CARRY_DUE] += carry_due(told, stood.said, withdrawn, _reaching(author[1]))
            rows[REVIEW] += _two_authors(work, author[1], registered, stood.facts)
            rows[REVIEW] += [sides_row(each, author[1]) for each in stood.sides]
    _write(w, works, rows, folding.differences)


def _is_registered(one: ReadFact, activity: str) -> bool:
    return one.fact.kind == "work_registered" and bool(one.body["activity"] == activity)


def _two_authors(work: str, home: str, registered: Sequence[ReadFact], left: Sequence[ReadFact]) -> list[Row]:
    """Of several authors the first in order counts everywhere; a human decides, once."""
    names = sorted({one.body["author"] for one in registered})
    if len(names) < 2:
        return []
    row = review_row(f"work:{work}", "two_authors", names, home, registered[-1].fact.recorded_at[:10])
    settled = {one.body["case"] for one in left if one.fact.kind == "review_settled"}
    return [] if f"{row[1]}:{row[2]}" in settled else [row]


def _reaching(home: str) -> Reach:
    """All of a work belongs into its author's home."""
    scopes = {people_scope(home)} if home else set[str]()
    return lambda _: scopes


def _authors(r: Reader, works: Iterable[Sequence[ReadFact]]) -> dict[str, Author]:
    names = {one.body["author"] for told in works for one in told if one.fact.kind == "work_registered"}
    instead = stands_for(r, names)
    people = {instead.get(name, name) for name in names}
    rows = r.among("select person, home, placements from people where person in (:keys)", people)
    known = {person: (home, placements) for person, home, placements in rows}
    return {name: (instead.get(name, name), *known.get(instead.get(name, name), ("", "[]"))) for name in names}


def _author_scopes(told: Sequence[ReadFact], authors: dict[str, Author]) -> set[str]:
    """Where a work may be spoken of: wherever its author is or was at home or a member; anywhere while that is not known."""
    first = next((one for one in told if one.fact.kind == "work_registered"), None)
    placements = read_placements(authors[first.body["author"]][2]) if first else ()
    return {people_scope(unit) for _, placement in placements for unit in units_of(placement)}


def _whole_story_scopes(folding: Folding, about: Sequence[ReadFact], authors: dict[str, Author]) -> set[str]:
    """The scopes of everyone the author is one with, homes of a single day included."""
    person = next(authors[one.body["author"]][0] for one in about if one.fact.kind == "work_registered")
    others = folding.w.all("select person from aliases where stands_for = :person", person=person)
    told = [
        read_facts(kinds_of(folding.w), folding.admission.of(ledger.of_subjects(folding.w, [subject("person", each)])))
        for each in (person, *(other for (other,) in others))
    ]
    return set().union(*map(own_scopes, told))


def _add_rows(rows: Rows, work: str, first: ReadFact, stood: Stood, author: Author) -> None:
    left = stood.facts
    judged = [one for one in left if one.fact.kind == "work_judged"]
    counts = not judged or judged[-1].body["counts"]
    read = sorted(
        (one for one in left if one.fact.kind == "likes_read"), key=lambda one: (one.body["read_at"], order_key(one.fact))
    )
    body, person = first.body, author[0]
    last: dict[str, Any] = read[-1].body if read else {"likes": 0, "plays": None, "read_at": "", "at_least": False}
    placements = read_placements(author[2]) if counts else ()
    steps = write_steps(steps_along(placements, _states(first, read))) if placements else "[]"
    agreed = [one for one in left if one.fact.kind == "work_agreed"] if len(stood.said) > len(read) + 1 else []
    rows[WORKS].append((person, work, body["author"], body["link"], body["number"], body["title"], body["account"], body["field"],
                        body["published_on"], int(counts), judged[-1].body["reason"] if judged else "", last["likes"],
                        last["plays"], last["read_at"], steps, int(last["at_least"]), int(bool(agreed))))  # fmt: skip
    rows[READINGS] += [(person, work, one.id, one.body["read_at"], one.body["likes"], one.body["plays"], int(one.body["rounded"]),
                        int(one.body["at_least"])) for one in read]  # fmt: skip
    if len(stood.said) > len(read) + 1:  # most works are registered and read, and no more
        rows[WORK_KEYS] += [(person, work, one.id, one.body["key"], one.fact.clock) for one in left
                            if one.fact.kind == "work_matched"]  # fmt: skip
        stands = {one.id for one in left}
        rows[WORK_DECISIONS] += [_decision(person, work, one, stands) for one in stood.said
                                 if one.fact.kind in {"work_judged", "review_settled"}]  # fmt: skip
        rows[RECOMMENDATIONS] += _recommendations(person, work, left)
        rows[AGREEMENTS] += [(person, work, one.id, canonical(one.body["statements"]), one.fact.recorded_at) for one in agreed[-1:]]


def _recommendations(person: str, work: str, left: Sequence[ReadFact]) -> list[Row]:
    """The last word for each outlet (F-25)."""
    last = {one.body["outlet"]: one for one in left if one.fact.kind == "work_recommended"}
    return [
        (person, work, outlet, one.body["state"], one.fact.happened_on, one.body["note"], one.id) for outlet, one in last.items()
    ]


def _decision(person: str, work: str, one: ReadFact, stands: Container[str]) -> Row:
    """A work taken out or in again, or a flag that somebody looked at; whether that is the last word (docs/ledger.md#registers)."""
    fact, body = one.fact, one.body
    told = ("", int(body["counts"]), body["reason"]) if fact.kind == "work_judged" else (body["case"], None, body["answer"])
    return (person, work, one.id, *told, fact.actor, fact.recorded_at, fact.clock, int(one.id in stands))


def _states(first: ReadFact, read: Sequence[ReadFact]) -> list[tuple[str, Amounts]]:
    """The work from its day on, its likes as last read by each day."""
    # Of several readings on a day the last; a count that fell counts as well, and is flagged elsewhere for a human to look at.
    likes = {one.fact.happened_on: one.body["likes"] for one in read}
    start = min([first.fact.happened_on, *likes])
    now = 0
    states: list[tuple[str, Amounts]] = []
    for day in sorted({start, *likes}):
        now = likes.get(day, now)
        states.append((day, (0, 0, 0, 0, 0, 0, 1, now)))
    return states


def _write(w: Writer, works: list[str], rows: Mapping[Table, list[Row]], differences: Differences) -> None:
    subjects = [f"work:{work}" for work in works]
    old = sync_rows(w, WORKS, works, rows[WORKS])
    for row in old:
        differences.take_off(row[_STEPS])
    for row in rows[WORKS]:
        differences.put_on(row[_STEPS])
    _keep_field_works(w, *([_FieldWork(row[0], row[1], row[_FIELD], row[_STEPS]) for row in some] for some in (old, rows[WORKS])))
    _add_snapshots(w, sync_rows(w, READINGS, works, rows[READINGS]), rows[READINGS])
    sync_each(w, (WORK_KEYS, WORK_DECISIONS, RECOMMENDATIONS, AGREEMENTS), works, rows)
    sync_each(w, (REVIEW, CARRY_DUE), subjects, rows)


_WORKS_AT, _LIKES_AT = AMOUNTS.index("works"), AMOUNTS.index("likes")

_FieldKey = tuple[str, str, str]
_FieldAmounts = tuple[int, int, int]


class _FieldWork(NamedTuple):
    """Of a work what its field's numbers hang on: whose, which, in which field, its steps as stored."""

    person: str
    work: str
    field: str
    steps: str

    def added(self) -> Iterator[tuple[str, str, int, int]]:
        """(placement, day, works, likes) that it adds."""
        for placement, day, *amounts in json.loads(self.steps):
            yield placement, day, amounts[_WORKS_AT], amounts[_LIKES_AT]

    def counts(self) -> list[tuple[str, str, int]]:
        """Where and from which day it counts: (day, placement, 1), and -1 where its author counts no more."""
        return [(day, placement, works) for placement, day, works, _ in self.added() if works]


def _keep_field_works(w: Writer, old: Collection[_FieldWork], new: Collection[_FieldWork]) -> None:
    """Count works as they are now, which were `old` before; the rows of `works` are written already."""
    was, now = set(old) - set(new), set(new) - set(old)
    change: dict[_FieldKey, _FieldAmounts] = defaultdict(lambda: (0, 0, 0))
    for some, sign in ((was, -1), (now, 1)):
        for each in some:
            for placement, day, works, likes in each.added():
                for field in (each.field, EVERY_FIELD):
                    _add(change, (placement, field, day), (sign * works, 0, sign * likes))
    shapes = [{(each.person, each.work, each.field, *each.counts()) for each in some} for some in (was, now)]
    people = {str(shape[0]) for shape in shapes[0] ^ shapes[1]}
    stand = _works_of(w, people)
    touched = {each.work for each in (*was, *now)}
    stood = [*(each for each in stand if each.work not in touched), *(each for each in was if each.person in people)]
    for theirs, sign in ((stood, -1), (stand, 1)):
        for placement, field, day, authors in _authored(theirs):
            _add(change, (placement, field, day), (0, sign * authors, 0))
    add_amounts(w, FIELD_WORKS, change.items())


def _add(change: dict[_FieldKey, _FieldAmounts], key: _FieldKey, amounts: _FieldAmounts) -> None:
    works, authors, likes = map(add, change[key], amounts)
    change[key] = (works, authors, likes)


def _works_of(r: Reader, people: Iterable[str]) -> list[_FieldWork]:
    rows = r.among("select person, work, field, steps from works where person in (:keys)", people)
    return [_FieldWork(*row) for row in rows]


def _authored(works: Collection[_FieldWork]) -> Iterator[tuple[str, str, str, int]]:
    """(placement, field, day, authors) of people by all their works: in each field the first one that counts stands for them."""
    first: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for each in works:
        if counts := each.counts():
            for field in (each.field, EVERY_FIELD):
                known = first.get((each.person, field))
                first[each.person, field] = min(known, counts) if known else counts
    for (_, field), counts in first.items():
        for day, placement, more in counts:
            yield placement, field, day, more


def _add_snapshots(w: Writer, old: Sequence[Row], new: Sequence[Row]) -> None:
    """Keep what each snapshot comes to: a work that two nodes read at one time is one work."""
    change: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for rows, times in ((old, -1), (new, 1)):
        for _work, read_at in {(row[1], row[3]) for row in rows}:
            change[read_at][0] += times
        for row in rows:
            change[row[3]][1] += times * row[4]
    add_amounts(w, SNAPSHOT_SUMS, (((at,), (works, likes)) for at, (works, likes) in change.items()))


FOLDS = (
    Fold(name="works", sort="work", run=fold_works,
         tables=(WORKS, FIELD_WORKS, READINGS, WORK_KEYS, WORK_DECISIONS, RECOMMENDATIONS, AGREEMENTS, SNAPSHOT_SUMS),
         shares=(REVIEW, CARRY_DUE), reads={BATCHES: spoken_of("work"), "people": _works_of_authors}),
)  # fmt: skip
