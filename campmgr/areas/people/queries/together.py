"""What two records say of somebody once they are one."""

from __future__ import annotations

from campmgr.areas.people.fold.identity import Details
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.units.settings import OUTSIDE


def together(one: Person, other: Person) -> tuple[Person, Details]:
    """Whose record stands when two are merged, and what is shown of them then (docs/ledger.md#merges)."""
    stands, more = sorted((one, other), key=lambda each: (each.kind == OUTSIDE, each.person))
    return stands, _details(stands).filled(_details(more), is_near=stands.home == more.home)


def _details(one: Person) -> Details:
    return Details(one.number, one.name, one.class_name, one.phone, bool(one.guardian))
