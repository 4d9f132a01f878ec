"""Which ids are one person, where they are at home, and to which other units they belong."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.facts.catalogue import kinds_of
from campmgr.ledger.envelope import subject_key
from campmgr.ledger.order import read_facts
from campmgr.store import ledger
from campmgr.store.door import Reader

_PARTED = "select person, other from alias_links where person in (:keys) and not json_extract(said, '$.merged')"


def home_of(r: Reader, person: str) -> str | None:
    """The home unit of an id that stands; None where nobody of this id is held."""
    home = r.value("select home from people where person = :person", person=person)
    return None if home is None else str(home)


def memberships_of(r: Reader, people: Iterable[str]) -> set[tuple[str, str]]:
    """(person, unit) of every second membership of these people."""
    return set(r.among("select person, unit from memberships where person in (:keys)", people))


def merged_into(r: Reader, person: str) -> list[str]:
    """The other ids for which this one stands."""
    return [row[0] for row in r.all("select person from aliases where stands_for = :person", person=person)]


def merged_id(r: Reader, text: str) -> str | None:
    """The id that a code or an id meant before it was merged; None for one that was not."""
    found = r.value("select person from aliases where code = :text or person = :text", text=text)
    return None if found is None else str(found)


def merges_with(r: Reader, person: str) -> list[tuple[str, str]]:
    """The pairs that were merged and of which this id is one."""
    rows = r.all("select person, other from alias_links where person = :person or other = :person", person=person)
    return [(first, second) for first, second in rows]


def parted_between(r: Reader, some: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs, one of these people and one of those, of whom it was last said that they are two."""
    here, there = set(some), set(others)
    rows = r.among(_PARTED, here | there)
    return [(one, other) for one, other in rows if other in (there if one in here else here)]


def merges_of_batch(r: Reader, batch: str) -> list[tuple[str, str]]:
    """The pairs that were merged as this batch."""
    told = read_facts(kinds_of(r), ledger.of_subjects(r, ledger.subjects_of_batches(r, [batch], "person")))
    merges = (one for one in told if one.fact.kind == "people_merged" and one.fact.batch == batch)
    return [(subject_key(one.fact.subject), one.body["other"]) for one in merges]


def has_withdrawn_consent(r: Reader, person: str) -> bool:
    """Whether somebody took back their consent."""
    return bool(r.value("select withdrawn_on from consents where person = :person", person=person))
