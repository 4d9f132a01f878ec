"""Certificates that are held here: whose each is, the newest of a person, and those whose end was not published yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campmgr.areas.people.queries.ids import merged_into
from campmgr.errors import NotFound
from campmgr.facts import world as worlds
from campmgr.facts.saying import may_write
from campmgr.ids import certificate_number
from campmgr.ledger.envelope import scope_unit, subject
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.typed_codes import certificate_number_in


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that is held here: whose it is and to which id and scope it was issued (people may have been merged since)."""

    number: str
    person: str
    home: str
    edition: int
    state: str
    activity: str
    credited: int
    holder: str
    place: str


def find_held(r: Reader, text: str) -> Held:
    """The certificate of a number. Raises NotFound."""
    number = certificate_number_in(text)
    row = r.one("select c.person, p.home, c.edition, c.state, c.activity, c.credited from certificates c"
                " join people p on p.person = c.person where c.number = :number", number=number)  # fmt: skip
    if row is None:
        raise NotFound(f"没有编号为“{text}”的证书。", reason="unknown_certificate", hint="请核对证书编号。")
    person, home, edition, state, activity, credited = row
    return Held(number, person, home, edition, state, activity, credited, *_holder(r, number, person, home, edition, activity))


def _holder(r: Reader, number: str, person: str, home: str, edition: int, activity: str) -> tuple[str, str]:
    """To which of a merged person's ids a certificate was issued, and where: so it stays revoked when they are parted."""
    camp = activity or r.meta("campaign")
    for other in merged_into(r, person):
        if certificate_number(camp, other, edition) == number:
            scope = r.value("select scope from facts where subject = :about and kind = 'certificate_issued'"
                            " order by clock, writer, seq, chain limit 1", about=subject("person", other))  # fmt: skip
            return other, (scope_unit(scope) if scope else None) or home
    return person, home


def newest_edition(r: Reader, person: str, activity: str) -> tuple[str, int, str] | None:
    """Number, edition and state of a person's newest certificate of a camp."""
    row = r.one("select number, edition, state from certificates where person = :person and activity = :activity"
                " order by edition desc, number limit 1", person=person, activity=activity)  # fmt: skip
    return (row[0], row[1], row[2]) if row else None


_ENDED = """
    select c.number, p.home, c.state, c.issued_on, c.ended_on, coalesce(n.number, ''), coalesce(n.issued_on, ''),
           coalesce(k.state, 'valid'), coalesce(k.by_number, '')
    from certificates c join people p on p.person = c.person
    left join certificates n on n.person = c.person and n.number = (select f.number from certificates f where f.person = c.person
        and f.activity = c.activity and f.edition > c.edition and f.state = 'valid' order by f.edition desc, f.number limit 1)
    left join revoked_numbers k on k.number = c.number where """


def due_ends(r: Reader, people: Iterable[str] | None) -> Iterator[list[str]]:
    """[number, state, number instead, day] of each certificate whose state was published otherwise, or not at all."""
    rows = (
        r.each(_ENDED + "true order by c.number")
        if people is None
        else r.among(_ENDED + "c.person in (:keys)", sorted(set(people)))
    )
    world, writer = worlds.load(r), r.meta(WRITER)
    for number, home, state, issued_on, ended_on, instead, since, published, by in rows:
        now = "superseded" if instead else state
        if (now, instead) != (published, by) and may_write(world, writer, home):
            yield [number, now, instead, ended_on or since or issued_on]


def valid_numbers(r: Reader, people: Iterable[str]) -> list[str]:
    """The certificates of these people that are valid."""
    return [row[0] for row in r.among("select number from certificates where person in (:keys) and state = 'valid'", people)]
