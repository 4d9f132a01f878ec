"""Rows of lists that wait: their 编号 is that of somebody of another name and class, and only a person knows who is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.local import TakenNumber, taken_numbers
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.queries.twins import person_side
from campmgr.facts.importing import row_words
from campmgr.facts.review import ReviewRow, Side, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject, subject_key
from campmgr.masks import mask_phone
from campmgr.store.door import Reader

TAKEN_NUMBER = "taken_number"

MOST_ALONE = 20
"""Rows of one import that are a case each; where it has more, as a list whose lines have slipped, all of them are one."""

# What still stands against its bearer: an import that was taken back asks nothing, a person found is there, a word given stands.
_OPEN = """
    from local_number_conflicts c join people b on b.person = c.bearer and b.number = c.number and b.erased = 0
    where b.name_key <> c.name_key
    and not exists (select 1 from people p where p.person = c.person)
    and not exists (select 1 from withdrawn d where d.batch = c.batch)
    and not exists (select 1 from settled s where s.person = c.bearer and s.case_ = :matter || ':"' || c.conflict || '"')"""
_ALONE = f"""
    with open as (select c.conflict, c.bearer, c.unit, c.met_on, c.batch, c.row_number {_OPEN})
    select conflict, bearer, unit, met_on from open
    where (batch, unit) in (select batch, unit from open group by batch, unit having count(*) <= :most)
    order by batch, row_number"""  # noqa: S608
_MANY = f"select c.batch, c.unit, min(c.met_on), count(*) {_OPEN} group by c.batch, c.unit having count(*) > :most"
_OF_BATCH = f"""
    select c.conflict, c.bearer, c.unit, c.met_on {_OPEN}
    and c.batch = :batch and c.unit = :unit order by c.row_number"""
_ANY = "select 1 from local_number_conflicts limit 1"


def taken_number_rows(r: Reader, _: World) -> Iterator[ReviewRow]:
    """A row for each that waits; of an import that met very many in a unit one for all."""
    if r.one(_ANY) is None:
        return
    for batch, unit, since, many in r.all(_MANY, matter=TAKEN_NUMBER, most=MOST_ALONE):
        yield found_row(subject("batch", batch), TAKEN_NUMBER, [batch, unit], unit, since)._replace(many=many)
    for row in r.all(_ALONE, matter=TAKEN_NUMBER, most=MOST_ALONE):
        yield _row(row)


def each_taken_number(r: Reader, row: ReviewRow) -> list[ReviewRow]:
    """The rows that one row stands for, with its id: itself, or all that an import met in a unit."""
    if isinstance(row.told, str):
        return [row]
    batch, unit = row.told
    return [_row(one)._replace(id=row.id) for one in r.all(_OF_BATCH, matter=TAKEN_NUMBER, batch=batch, unit=unit)]


def waiting_in_batch(r: Reader, batch: str) -> int:
    """How many rows of an import wait for somebody."""
    if r.one(_ANY) is None:
        return 0
    return int(r.value(f"select count(*) {_OPEN} and c.batch = :batch", matter=TAKEN_NUMBER, batch=batch))


def _row(row: tuple[Any, ...]) -> ReviewRow:
    conflict, bearer, unit, since = row
    return found_row(subject("person", bearer), TAKEN_NUMBER, conflict, unit, since)


def tell_taken_numbers(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """Who bears the number, and what the row says; of very many the first as an example."""
    shown = [each_taken_number(r, row)[0] if row.many > 1 else row for row in rows]
    said = taken_numbers(r, [row.told for row in shown])
    people = people_by_id(r, [subject_key(row.subject) for row in shown])
    return [
        _told(world, row, said.get(one.told), people.get(subject_key(one.subject))) for row, one in zip(rows, shown, strict=True)
    ]


def _told(world: World, row: ReviewRow, said: TakenNumber | None, bearer: Person | None) -> Told:
    if said is None or bearer is None:
        return Told("名单上的这一行已经不在了。")
    sides = (
        person_side(world, bearer),
        Side(f"名单{row_words(said.row_number)}：{_words(said)}", "", unit_name(world, said.unit), ""),
    )
    if row.many > 1:
        sentence = (
            f"一份名单里有 {row.many} 行，编号都是本单位已有的，姓名和班级却不同：多半是各班自己编的号，或者整列错了位。例如："
        )
        return Told(sentence, sides)
    return Told(f"名单上编号“{said.number}”的姓名和班级，与本单位已登记的不同，没有导入。", sides)


def _words(said: TakenNumber) -> str:
    return " ".join(filter(None, (said.name, said.class_name, f"编号 {said.number}", mask_phone(said.phone))))
