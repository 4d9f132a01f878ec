"""Reasons are kept for ever and travel, so they name nobody: an erasure could not reach the name there (docs/ledger.md#erasure)."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.errors import BadInput
from campmgr.store.door import Reader

_SHORTEST = 2
"""Characters of a name that is looked for; a single one stands in every text."""


def refuse_name_in(r: Reader, text: str, person: str) -> None:
    """Refuse a reason that holds the name or the telephone of whom it is about. Raises BadInput "name_in_reason"."""
    refuse_names_in(r, text, [person])


def refuse_names_in(r: Reader, text: str, people: Iterable[str]) -> None:
    """The same of a reason that is about several people."""
    told = (each for known in people_by_id(r, people).values() for each in (known.name, known.phone))
    if any(len(each) >= _SHORTEST and each in text for each in told):
        raise BadInput("原因里写了本人的姓名或电话，没有保存。", reason="name_in_reason",
                       hint="原因会一直保留并随数据包传开，请改用“本人”“该生”。")  # fmt: skip
