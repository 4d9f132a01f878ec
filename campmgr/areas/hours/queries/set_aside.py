"""What was recorded and waits for a human: seconds with too many records, scans of codes that nobody here has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from campmgr.accounts.queries import unit_name
from campmgr.areas.hours.settings import Doubts
from campmgr.facts.review import ReviewRow, Told, found_row
from campmgr.facts.world import World
from campmgr.ledger.envelope import scope_unit, subject, subject_key
from campmgr.store.door import Reader

CROWD = "crowd"
WAITING_SCAN = "waiting_scan"

_CROWDS = """
    select f.moment, f.unit, f.person from (
        select c.moment, p.home as unit, min(p.person) as person from crowds c join moments m on m.moment = c.moment
        join people p on p.person = m.person where c.people >= :most group by c.moment, p.home) f
    where not exists (select 1 from settled s where s.person = f.person and s.case_ = :matter || ':"' || f.moment || '"')"""
_CROWDED = """
    select c.moment, p.home, c.people, count(*) from crowds c join moments m on m.moment = c.moment
    join people p on p.person = m.person where c.moment in (:keys) group by c.moment, p.home"""

_SCANS = """
    select p.code, p.scope, min(f.recorded_at) from (
        select d.code from (select distinct code from pending where takes_back = '') d
        where not exists (select 1 from people o where o.code = d.code)
          and not exists (select 1 from aliases a where a.code = d.code)) u
    join pending p on p.code = u.code join facts f on f.chain = p.fact where p.takes_back = '' group by p.code, p.scope"""
_SCANNED = """
    select p.code, p.scope, count(*), min(f.happened_on), max(f.happened_on) from pending p join facts f on f.chain = p.fact
    where p.takes_back = '' and p.code in (:keys) group by p.code, p.scope"""


def crowds(r: Reader, world: World) -> Iterator[ReviewRow]:
    """A row for each unit whose people were recorded in a second in which more were, one by one, than anybody can."""
    most = world.rules[Doubts].crowd
    for moment, unit, person in r.all(_CROWDS, most=most, matter=CROWD) if most else ():
        yield found_row(subject("person", person), CROWD, moment, unit, moment[:10])


def tell_crowds(r: Reader, _: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """How many there were, here and in all."""
    counts = {(moment, unit): (people, here) for moment, unit, people, here in r.among(_CROWDED, {row.told for row in rows})}
    told = []
    for row in rows:
        people, here = counts.get((row.told, row.unit), (0, 0))
        time = row.told[:19].replace("T", " ")
        told.append(Told(f"{time} 这一秒逐个登记或申报了 {people} 人，其中这里 {here} 人；断网后补传也会这样。"))
    return told


def waiting_scans(r: Reader, _: World) -> Iterator[ReviewRow]:
    """A row for each code and the unit whose station scanned it."""
    for code, scope, first in r.all(_SCANS):
        unit = scope_unit(scope) or ""
        yield found_row(subject("code", code), WAITING_SCAN, unit, unit, first[:10])


def tell_scans(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """How often and when each was scanned."""
    codes = {subject_key(row.subject) for row in rows}
    scans = {(code, scope_unit(scope)): more for code, scope, *more in r.among(_SCANNED, codes)}
    told = []
    for row in rows:
        code = subject_key(row.subject)
        count, first, last = scans.get((code, row.unit), (0, "", ""))
        days = first if first == last else f"{first} 至 {last}"
        told.append(Told(f"编码 {code} 在{unit_name(world, row.unit)}扫了 {count} 次（{days}），本机不认识这个人，还没有入账。"))
    return told


def scans_of(r: Reader, codes: Iterable[str]) -> list[tuple[str, str, str]]:
    """(code, fact, scope) of every scan of these codes that waits."""
    return [
        (code, fact, scope)
        for code, fact, scope in r.among("select code, fact, scope from pending where takes_back = '' and code in (:keys)", codes)
    ]
