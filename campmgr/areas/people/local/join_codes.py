"""A unit's codes for joining. They are no facts: each data file hands out its own."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.store.door import Reader, Row, Writer

_COLUMNS = "select code, unit, ends_on, most, used, active from local_join_codes"


@dataclass(frozen=True, slots=True)
class JoinCode:
    """A unit's code for joining: until when, how many at most (0: any), how many came, and whether it still works."""

    code: str
    unit: str
    ends_on: str
    most: int
    used: int
    active: bool


def add_join_code(w: Writer, code: JoinCode, made_at: str, made_by: str) -> None:
    """Keep a new code."""
    w.run("insert into local_join_codes (code, unit, ends_on, most, used, active, made_at, made_by)"
          " values (:code, :unit, :ends_on, :most, 0, 1, :at, :by)",
          code=code.code, unit=code.unit, ends_on=code.ends_on, most=code.most, at=made_at, by=made_by)  # fmt: skip


def revoke_join_code(w: Writer, code: str) -> None:
    """A code that no longer works."""
    w.run("update local_join_codes set active = 0 where code = :code", code=code)


def count_joining(w: Writer, code: str) -> None:
    """One more came by this code."""
    w.run("update local_join_codes set used = used + 1 where code = :code", code=code)


def join_code(r: Reader, code: str) -> JoinCode | None:
    """The code of this very spelling, whether it works or not."""
    row = r.one(_COLUMNS + " where code = :code", code=code)
    return _code(row) if row else None


def join_codes_of(r: Reader, units: list[str]) -> list[JoinCode]:
    """The codes of these units, the newest last."""
    return [_code(row) for row in r.among(_COLUMNS + " where unit in (:keys) order by made_at", units)]


def _code(row: Row) -> JoinCode:
    code, unit, ends_on, most, used, active = row
    return JoinCode(code, unit, ends_on, most, used, bool(active))
