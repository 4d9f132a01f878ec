"""The certificates of a unit's subtree as the office lists them (F-19 … F-21)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.certificates.queries.camps import camp_words
from campmgr.areas.people.kinds import DETAILS
from campmgr.areas.people.queries.finding import ERASED
from campmgr.errors import NotFound
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.ledger.order import read_facts
from campmgr.store import ledger
from campmgr.store.door import Reader
from campmgr.typed_codes import certificate_number_in

PAGE = 50
"""Rows a page."""

STATES = {"valid": "有效", "revoked": "已撤销", "superseded": "已换发"}


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as listed: the holder's name and unit in full, state, class-hours in hundredths, day of issue.

    `instead`: the number that stands for it now; "". `camp`: which camp it is of, "" where there is but one.
    """

    number: str
    person: str
    name: str
    unit: str
    unit_name: str
    state: str
    credited: int
    issued_on: str
    ended_on: str
    reason: str
    instead: str = ""
    camp: str = ""


@dataclass(frozen=True, slots=True)
class CertificateList:
    """A page of certificates, how many there are in all, how many of them hold, and what was searched for."""

    rows: tuple[CertificateRow, ...]
    count: int
    valid: int
    page: int
    pages: int
    query: str


_COLUMNS = """select c.number, c.person, p.name, p.erased, p.home, u.name,
    case when c.state = 'valid' and exists (select 1 from certificates n where n.person = c.person and n.activity = c.activity
        and n.edition > c.edition
        and n.state = 'valid') then 'superseded' else c.state end,
    c.credited, c.issued_on, c.ended_on, c.reason,
    coalesce((select n.number from certificates n where n.person = c.person and n.activity = c.activity
        and n.edition > c.edition and n.state = 'valid'
        order by n.edition desc limit 1), ''), c.activity"""
_FROM = """ from units u join people p on p.home = u.unit join certificates c on c.person = p.person
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
      and (:query = '' or c.number = :number or p.name = :query or p.number = :query or p.code = :query)"""
_LIST = _COLUMNS + _FROM + " order by c.issued_on desc, u.place, u.unit, c.number limit :many offset :skip"
_ONE = _COLUMNS + _FROM + " and c.number = :number"
_COUNT = "select count(*), coalesce(sum(c.state = 'valid'), 0)" + _FROM


def certificate_list(r: Reader, world: World, unit: str, line: str = "", query: str = "", page: int = 1) -> CertificateList:
    """A page of the certificates of a unit's people, the newest first; `query` is a number, a name, a 编号 or a code."""
    asked = _asked(world, unit, line, query)
    count, valid = r.one(_COUNT, **asked) or (0, 0)
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    rows = r.all(_LIST, **asked, many=PAGE, skip=(page - 1) * PAGE)
    return CertificateList(tuple(_row(world, row) for row in rows), count, valid, page, pages, query)


def certificate_row(r: Reader, world: World, unit: str, line: str, number: str) -> CertificateRow:
    """One certificate of a unit's people. Raises NotFound, also for one of people elsewhere."""
    row = r.one(_ONE, **_asked(world, unit, line, "") | {"number": certificate_number_in(number)})
    if row is None:
        raise NotFound("没有这个编号的证书，或不在您的范围内。", reason="unknown_certificate", hint="请从证书列表进入。")
    return _row(world, row)


def changed_since(r: Reader, row: CertificateRow) -> tuple[str, ...]:
    """What of the paper is no longer so: the name was corrected, or the holder moved, after it was issued."""
    name, on_paper, moved = "", None, False
    for one in read_facts(kinds_of(r), ledger.of_subjects(r, [subject("person", row.person)])):
        if one.fact.kind == DETAILS:
            name = one.body.get("name", name)
        elif one.fact.kind == "certificate_issued" and one.body["number"] == row.number:
            on_paper, moved = name, False
        elif one.fact.kind == "person_moved":
            moved = True
    if row.state != "valid" or on_paper is None:
        return ()
    return (("姓名",) if on_paper != name and name else ()) + (("单位",) if moved else ())


def _asked(world: World, unit: str, line: str, query: str) -> dict[str, object]:
    path = world.tree.units[unit].path
    return {"path": path, "end": path + "\uffff", "line": line, "query": query, "number": certificate_number_in(query)}


def _row(world: World, row: tuple[object, ...]) -> CertificateRow:
    number, person, name, erased, home, unit_name, state, credited, issued_on, ended_on, reason, instead, activity = row
    shown = ERASED if erased and not name else str(name)
    return CertificateRow(str(number), str(person), shown, str(home), str(unit_name), str(state), int(str(credited)),
                          str(issued_on), str(ended_on), str(reason), str(instead), camp_words(world, str(activity)))  # fmt: skip
