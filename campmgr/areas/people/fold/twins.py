"""Who may be one person with whom: one 编号 and one name, or one 编号 in one unit. And what somebody settled about anybody."""

from __future__ import annotations

from collections.abc import Collection

from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table, replace_rows

TWINS = Table("twins", ("person", "other"), 2, "person")
SETTLED = Table("settled", ("person", "case_"), 2, "person")

_NOW = """
    select a.person, b.person from people a join people b on b.number = a.number and b.person <> a.person
    where a.person in (:keys) and a.number <> '' and a.name <> '' and b.number <> '' and b.name <> ''
    and (b.name = a.name or b.home = a.home)"""
_BEFORE = "select person, other from twins where person in (:keys)"


def renew_twins(w: Writer, renamed: Collection[str]) -> None:
    """Find the twins of these people again. Each of a pair has a row, so that either finds the other when it is folded."""
    now, before = (set(w.among(sql, renamed)) for sql in (_NOW, _BEFORE))
    if now != before:
        replace_rows(w, TWINS, _both_ways(before), _both_ways(now))


def _both_ways(pairs: set[Row]) -> set[Row]:
    return pairs | {(other, person) for person, other in pairs}
