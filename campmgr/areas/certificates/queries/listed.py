"""The certificates of a unit's subtree as the office lists them (F-19 … F-21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from campmgr.accounts.lists import ListAsked, ListColumn, ListFilter, ListLine, ListOf, QueriedRows
from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.certificates.queries.camps import camp_words
from campmgr.areas.people.kinds import DETAILS
from campmgr.areas.people.queries.class_sums import at_home
from campmgr.areas.people.queries.finding import ERASED
from campmgr.errors import NotFound
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.ledger.order import read_facts
from campmgr.store import ledger
from campmgr.store.door import Reader, Row
from campmgr.typed_codes import certificate_number_in
from campmgr.wording import name_key

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


_COLUMNS = """c.number, c.person, p.name, p.erased, p.home, u.name,
    case when c.state = 'valid' and exists (select 1 from certificates n where n.person = c.person and n.activity = c.activity
        and n.edition > c.edition
        and n.state = 'valid') then 'superseded' else c.state end,
    c.credited, c.issued_on, c.ended_on, c.reason,
    coalesce((select n.number from certificates n where n.person = c.person and n.activity = c.activity
        and n.edition > c.edition and n.state = 'valid'
        order by n.edition desc limit 1), ''), c.activity"""
_SCOPE = """ u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
    and (:state = '' or (:state = 'valid') = (c.state = 'valid'))"""
_GATHERED = f""" from units u join people p on p.home = u.unit join certificates c on c.person = p.person where {_SCOPE}"""
_FOLLOWED = f""" from certificates c cross join people p on p.person = c.person cross join units u on u.unit = p.home
    where {_SCOPE}"""
_ENDED = f""" from certificates c indexed by certificates_ended cross join people p on p.person = c.person
    cross join units u on u.unit = p.home where c.state <> 'valid' and {_SCOPE}"""
_FOUND = f""" from (select c.person, c.number from certificates c where c.number = :number
        union select c.person, c.number from people p join certificates c on c.person = p.person
            where p.name_key = :name_key and p.name = :query
        union select c.person, c.number from people p join certificates c on c.person = p.person
            where p.number <> '' and p.number = :query
        union select c.person, c.number from people p join certificates c on c.person = p.person where p.code = :query) f
    cross join certificates c on c.person = f.person and c.number = f.number
    cross join people p on p.person = c.person cross join units u on u.unit = p.home where {_SCOPE}"""  # noqa: S608 - our own words
_ONE = f"select {_COLUMNS} {_FOLLOWED} and c.number = :number"
_NEWEST = {"number": ("c.number",), "issued": ("c.issued_on", "c.number")}
"""What indexes give certificates by: one sorts by what a province has."""

FOLLOWED = 8000
"""Certificates of a unit and those below it of which the newest are looked for in all there are; fewer are gathered and sorted."""


def valid_certificates(r: Reader, world: World, unit: str, line: str = "") -> int:
    """How many certificates of a unit's people and of those below it hold."""
    return at_home(r, world.tree.units[unit], line, "valid")[0]


def _certificates(r: Reader, world: World, account: Account, asked: ListAsked) -> QueriedRows:
    def tell(rows: Sequence[Row]) -> list[ListLine]:
        return [_line(_row(world, row)) for row in rows]

    unit = unit_for(world, account, asked.unit) if asked.unit else world.tree.units[account.unit]
    state = asked.chosen["state"]
    values = {**_asked(world, unit.unit, account.line, asked.text), "state": state}
    own, tie = "c.issued_on desc, u.place, u.unit", ("c.number",)
    if asked.text:
        return QueriedRows(r, _COLUMNS, _FOUND, values, CERTIFICATES.by, own, tie, tell)
    names = (state,) if state else ("valid", "ended")
    count = sum(at_home(r, unit, account.line, *names))
    if count <= FOLLOWED or state == "ended":
        source = _ENDED if state == "ended" else _GATHERED
        return QueriedRows(r, _COLUMNS, source, values, CERTIFICATES.by, own, tie, tell, known=count)
    return QueriedRows(r, _COLUMNS, _FOLLOWED, values, _NEWEST, "c.issued_on desc, c.number desc", (), tell, known=count)


def _line(row: CertificateRow) -> ListLine:
    return ListLine(row.number, (row.number, row.name, row.unit_name, row.credited, row.issued_on, STATES[row.state], row.ended_on,
                                 row.reason, row.instead, row.camp))  # fmt: skip


CERTIFICATES = ListOf(
    name="certificates",
    title="证书",
    columns=(
        ListColumn("number", "证书编号", by=("c.number",)),
        ListColumn("name", "姓名", by=("p.name_key",)),
        ListColumn("unit", "单位", by=("u.place", "u.unit")),
        ListColumn("hours", "课时", "hours", ("c.credited",)),
        ListColumn("issued", "签发日期", by=("c.issued_on",)),
        ListColumn("state", "状态", "state", ("c.state",)),
        ListColumn("ended", "收回日期", by=("c.ended_on",), usual=False),
        ListColumn("reason", "收回原因", usual=False),
        ListColumn("instead", "换发为", usual=False),
        ListColumn("camp", "训练营"),
    ),
    rows=_certificates,
    filters=(ListFilter("state", "状态", (("", "全部"), ("valid", "有效"), ("ended", "已撤销或换发"))),),
    opens=("office_certificates.certificate", "number"),
    tones={"有效": "live", "已撤销": "bad"},
)


def _of_unit(world: World, account: Account, asked: ListAsked) -> str:
    return f"{unit_for(world, account, asked.unit or account.unit).name}及下级" + (f"（{account.line}）" if account.line else "")


AT_DESK = replace(CERTIFICATES, name="desk_certificates", role="coordinator", opens=("", ""), scope=_of_unit)
"""The same at the desk of a unit."""

LISTS = (CERTIFICATES, AT_DESK)


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
    return {"path": path, "end": path[:-1] + "0", "line": line, "query": query, "name_key": name_key(query), "state": "",
            "number": certificate_number_in(query)}  # fmt: skip


def _row(world: World, row: tuple[object, ...]) -> CertificateRow:
    number, person, name, erased, home, unit_name, state, credited, issued_on, ended_on, reason, instead, activity = row
    shown = ERASED if erased and not name else str(name)
    return CertificateRow(str(number), str(person), shown, str(home), str(unit_name), str(state), int(str(credited)),
                          str(issued_on), str(ended_on), str(reason), str(instead), camp_words(world, str(activity)))  # fmt: skip
