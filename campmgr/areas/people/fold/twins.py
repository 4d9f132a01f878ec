"""Who may be one person with whom, and what somebody settled about anybody.

Two people are twins who have one 编号 and one name, or one 编号 in one unit; one name and one telephone; or one name in one unit, where
nothing that is known of the two differs. Where many of a unit bear one name it is no name (学员, 佚名), and nobody is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from campmgr.store.door import Reader, Row, Writer
from campmgr.store.tables import Table, replace_rows

TWINS = Table("twins", ("person", "other"), 2, "person")
SETTLED = Table("settled", ("person", "case_"), 2, "person")

MOST_NAMESAKES = 6
"""People of one name in one unit; more are no case for anybody."""

_NOW = """
    select a.person, b.person from people a join people b on b.number = a.number and b.person <> a.person
    where a.person in (:keys) and a.number <> '' and a.name <> '' and b.number <> '' and b.name <> ''
    and (b.name = a.name or b.home = a.home)
    union
    select a.person, b.person from people a join people b on b.name_key = a.name_key and b.phone = a.phone and b.person <> a.person
    where a.person in (:keys) and a.name_key <> '' and b.name_key <> '' and a.phone <> ''"""
_NAMESAKES = """
    select a.person, b.person from people a join people b on b.home = a.home and b.name_key = a.name_key and b.person <> a.person
    where a.person in (:keys) and a.name_key <> '' and (a.number = '' or b.number = '')
    and (a.class_key = b.class_key or a.class_key = '' or b.class_key = '')
    and (a.phone = b.phone or a.phone = '' or b.phone = '')
    and (select count(*) from (
        select 1 from people c where c.home = a.home and c.name_key = a.name_key limit :most + 1)) <= :most"""
_BEFORE = "select person, other from twins where person in (:keys)"
_CALLED = "select person from people where home = :home and name_key = :name limit :most"
_CALLED_BEFORE = """
    select t.person from people p join twins t on t.person = p.person where p.home = :home and p.name_key = :name"""


def renew_twins(w: Writer, renamed: Collection[str], called: Iterable[tuple[str, str]]) -> None:
    """Find the twins of these people again. Each of a pair has a row, so that either finds the other when it is folded.

    `called`: home and name, as names are compared, of each of them before and now: how many bear a name concerns all who do.
    """
    people = {*renamed, *_namesakes(w, {pair for pair in called if all(pair)})}
    now, before = {*w.among(_NOW, people), *w.among(_NAMESAKES, people, most=MOST_NAMESAKES)}, set(w.among(_BEFORE, people))
    if now != before:
        replace_rows(w, TWINS, _both_ways(before), _both_ways(now))


def _namesakes(r: Reader, called: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Whoever is asked about, or is not any more, because another came or went."""
    for home, name in called:
        found = r.all(_CALLED, home=home, name=name, most=MOST_NAMESAKES + 1)
        if len(found) > MOST_NAMESAKES:
            found = r.all(_CALLED_BEFORE, home=home, name=name)
        yield from (person for (person,) in found)


def _both_ways(pairs: set[Row]) -> set[Row]:
    return pairs | {(other, person) for person, other in pairs}
