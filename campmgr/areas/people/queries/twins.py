"""Possible double registrations that nobody has settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import Person, credited_of, people_by_id
from campmgr.facts.review import ReviewRow, Side, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject, subject_key
from campmgr.masks import mask_phone
from campmgr.store.door import Reader
from campmgr.wording import hours_text

SAME_NUMBER = "same_number"
NUMBER_SHARED = "number_shared"
"""One 编号 of one unit under two names."""

SAME_PHONE = "same_phone"
KNOWN_ELSEWHERE = "known_elsewhere"
"""One name and one telephone in two units, as each of them may hear of it."""

SAME_NAME = "same_name"
"""One name twice in one unit, and nothing known that tells the two apart."""

_TWINS = """
    select * from (
        select t.person, t.other, a.home, b.home as other_home, max(a.joined_on, b.joined_on), case
            when a.number <> '' and a.number = b.number and a.name = b.name then :same_number
            when a.number <> '' and a.number = b.number and a.home = b.home then :number_shared
            when a.name_key = b.name_key and a.phone <> '' and a.phone = b.phone then :same_phone
            when a.name_key = b.name_key then :same_name end as matter,
            4 * (a.number <> '' and a.number = b.number) + 4 * (a.phone <> '' and a.phone = b.phone) + 3 * (a.name_key = b.name_key)
            + 2 * (a.class_key <> '' and a.class_key = b.class_key) + (a.home = b.home) as weight
        from twins t join people a on a.person = t.person join people b on b.person = t.other where t.person < t.other) t
    where t.matter is not null and not exists (
        select 1 from settled s where s.person = t.person and s.case_ = t.matter || ':"' || t.other || '"')"""


_BETWEEN = f"select * from ({_TWINS}) t where t.person = :person and t.other = :other"  # noqa: S608 - our own words

_COUNT = f"""
    select count(*) from ({_TWINS}) d join units u on u.unit = d.home join units v on v.unit = d.other_home
    where u.path >= :path and u.path < :end and v.path >= :path and v.path < :end
      and (:line = '' or (u.line = :line and v.line = :line))"""  # noqa: S608 - our own words

_WORDS = {"same_number": SAME_NUMBER, "number_shared": NUMBER_SHARED, "same_phone": SAME_PHONE, "same_name": SAME_NAME}

_SENTENCES = {
    SAME_NUMBER: "同一编号、同一姓名登记了两次，可能是同一个人。",
    NUMBER_SHARED: "同一单位的同一编号登记了两个姓名，现在算作两个人。",
    SAME_PHONE: "同一姓名、同一手机号登记了两次，可能是同一个人。",
    SAME_NAME: "同一单位里有两条同名的登记，其中一条没有编号，可能是同一个人。",
}


def twins(r: Reader, _: World) -> Iterator[ReviewRow]:
    """A row for each pair of one name, to be seen by whoever sees both, and for each of two: two laptops gave one 编号."""
    yield from _rows(r.all(_TWINS, **_WORDS))


def between(r: Reader, one: str, other: str) -> list[ReviewRow]:
    """The rows that ask whether these two are one person."""
    person, other = sorted((one, other))
    return [row for row in _rows(r.all(_BETWEEN, **_WORDS, person=person, other=other)) if row.matter != KNOWN_ELSEWHERE]


def count_doubles(r: Reader, path: str, line: str) -> int:
    """How many pairs wait below a unit's path, both people of units there; of one line's units, or of all ("")."""
    return int(r.value(_COUNT, **_WORDS, path=path, end=path[:-1] + "0", line=line))


def _rows(found: Iterable[tuple[Any, ...]]) -> Iterator[ReviewRow]:
    for person, other, home, also, since, matter, weight in found:
        yield found_row(subject("person", person), matter, other, home, since, also=also, weight=weight)
        if matter == SAME_PHONE and home != also:
            for one, another, here, there in ((person, other, home, also), (other, person, also, home)):
                yield found_row(subject("person", one), KNOWN_ELSEWHERE, another, here, since, unless=there)


def tell_known_elsewhere(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """One's own record, and of the other no more than what one knows."""
    people = people_by_id(r, [subject_key(row.subject) for row in rows])
    credited = credited_of(r, people)
    told = {key: _of_two_units(world, each, credited.get(each.person, 0)) for key, each in people.items()}
    sentence = "别的单位也用这个姓名和手机号登记了一次，可能是同一个人。"
    return [Told(sentence, told.get(subject_key(row.subject), ())) for row in rows]


def _of_two_units(world: World, person: Person, credited: int) -> tuple[Side, Side]:
    other = f"{person.shown_name} {mask_phone(person.phone)}"
    return person_side(world, person, credited), Side(other, "", "别的单位", "")


def tell_twins(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """Both records side by side."""
    pairs = [pair_of(row) for row in rows]
    ids = {each for pair in pairs for each in pair}
    people, credited = people_by_id(r, ids), credited_of(r, ids)
    return [
        Told(_SENTENCES[row.matter],
             tuple(person_side(world, people[each], credited.get(each, 0)) for each in pair if each in people))
        for row, pair in zip(rows, pairs, strict=True)
    ]  # fmt: skip


def pair_of(row: ReviewRow) -> tuple[str, str]:
    """The two people a row is about."""
    return subject_key(row.subject), row.told


def person_side(world: World, person: Person, credited: int | None = None) -> Side:
    """A record as one side of a case; with its hours where they are given."""
    number = f"编号 {person.number}" if person.number else "没有编号"
    value = " ".join(filter(None, (person.shown_name, person.class_name, number, mask_phone(person.phone))))
    hours = "" if credited is None else f"，{hours_text(credited)} 课时"
    return Side(f"{value}{hours}", "", unit_name(world, person.home), "")
