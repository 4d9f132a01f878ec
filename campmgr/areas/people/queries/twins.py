"""Possible double registrations that nobody has settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import Person, credited_of, people_by_id
from campmgr.facts.review import ReviewRow, Side, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject, subject_key
from campmgr.store.door import Reader
from campmgr.wording import hours_text

SAME_NUMBER = "same_number"
NUMBER_SHARED = "number_shared"
"""One 编号 of one unit under two names."""

_TWINS = """
    select * from (
        select t.person, t.other, a.home, b.home, max(a.joined_on, b.joined_on),
            case a.name = b.name when 1 then :same_number when 0 then :number_shared end as matter from twins t
        join people a on a.person = t.person join people b on b.person = t.other where t.person < t.other) t
    where t.matter is not null and not exists (
        select 1 from settled s where s.person = t.person and s.case_ = t.matter || ':"' || t.other || '"')"""


_SENTENCES = {
    SAME_NUMBER: "同一编号、同一姓名登记了两次，可能是同一个人。",
    NUMBER_SHARED: "同一单位的同一编号登记了两个姓名，现在算作两个人。",
}


def twins(r: Reader, _: World) -> Iterator[ReviewRow]:
    """A row for each pair of one name, to be seen by whoever sees both, and for each of two: two laptops gave one 编号."""
    for person, other, home, also, since, matter in r.all(_TWINS, same_number=SAME_NUMBER, number_shared=NUMBER_SHARED):
        yield found_row(subject("person", person), matter, other, home, since, also)


def tell_twins(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """Both records side by side."""
    pairs = [pair_of(row) for row in rows]
    ids = {each for pair in pairs for each in pair}
    people, credited = people_by_id(r, ids), credited_of(r, ids)
    return [
        Told(_SENTENCES[row.matter],
             tuple(_side(world, people[each], credited.get(each, 0)) for each in pair if each in people))
        for row, pair in zip(rows, pairs, strict=True)
    ]  # fmt: skip


def pair_of(row: ReviewRow) -> tuple[str, str]:
    """The two people a row is about."""
    return subject_key(row.subject), row.told


def _side(world: World, person: Person, credited: int) -> Side:
    value = " ".join(filter(None, (person.shown_name, person.class_name, f"编号 {person.number}")))
    return Side(f"{value}，{hours_text(credited)} 课时", "", unit_name(world, person.home), "")
