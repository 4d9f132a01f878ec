"""Reports over a large camp beside the same over a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from campmgr.areas.hours.fold.tables import CONDITIONS, MARKS
from campmgr.areas.people.fold.tables import MEMBERSHIPS, PEOPLE
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.register import CATALOGUE
from campmgr.areas.units.queries.reports import report_units
from campmgr.areas.works.fold import READINGS, WORKS
from campmgr.areas.works.queries.standings import standings
from campmgr.clock import FixedClock
from campmgr.desks.queries.person import behind, hours_of
from campmgr.facts import world as worlds
from campmgr.facts.tables import PLACEMENT_DAYS, UNIT_DAYS, UNIT_TOTALS
from campmgr.store.door import Store
from campmgr.store.tables import Table
from tests.bench.figures import Figure, quickest, times_as_long
from tests.bench.filled_tables import fill
from tests.bench.made_camp import MARKS as MARKS_EACH
from tests.bench.made_camp import NOW, joining, learning, made_people, open_made, publishing, say_all, schools

Work = Callable[[], object]

AS_OF = "2023-06-15"
READ_BY = "2023-06-21T12:00:00"


def reports(folder: Path, large: int, small: int) -> Iterator[Figure]:
    """Every report, at both sizes, in files filled by the same generator."""
    _prove_generator(folder)
    of = [_measure(folder / f"people{count}.sqlite", count) for count in (small, large)]
    for name in of[0]:
        reach = 2 if name in {"roll-up by city", "top 100"} else 20
        what = f"{name}: {large:,} people, {large * MARKS_EACH:,} marks / {small:,}"
        yield times_as_long(what, of[1][name], of[0][name], reach)


def _measure(path: Path, count: int) -> dict[str, float]:
    fill(path, count)
    store = Store(path, CATALOGUE, FixedClock(NOW))
    with store.reading() as r:
        worlds.load(r)
    measured = {name: quickest(work) for name, work in _reports(store, schools(count)[0].code)}
    store.close()
    path.unlink()
    return measured


def _reports(store: Store, school: str) -> Iterator[tuple[str, Work]]:
    """Each with a view of its own, as a page has."""

    def work(query: Callable[..., object], *args: object, **named: object) -> Work:
        def run() -> None:
            with store.reading() as r:
                query(r, worlds.load(r), *args, **named)

        return run

    for by in ("city", "county", "school", "federation", "line", "kind"):
        yield f"roll-up by {by}", work(report_units, by)
    yield "roll-up by city as of a day", work(report_units, "city", AS_OF)
    yield "top 100", work(standings, limit=100)
    yield "top 100 as of a time", work(standings, READ_BY, 100)
    yield "behind in a school", work(behind, school)
    yield "hours of a person", work(lambda r, world: hours_of(r, world, find_person(r, "N00000100")))


_COMPARED: dict[Table, frozenset[str]] = {
    **dict.fromkeys((PEOPLE, MEMBERSHIPS, UNIT_TOTALS, UNIT_DAYS, PLACEMENT_DAYS), frozenset()),
    **dict.fromkeys((MARKS, CONDITIONS, WORKS, READINGS), frozenset({"fact", "work"})),
}
"""Tables, and the columns that cannot be equal: ids of facts are random, a work's id is of its camp."""


def _prove_generator(folder: Path, count: int = 1000) -> None:
    """The tables filled directly equal those folded from a ledger of the same people. Raises AssertionError."""
    folded, filled = folder / "folded.sqlite", folder / "filled.sqlite"
    store = open_made(folded, count)
    with store.writing() as w:
        camp = w.meta("campaign")
        say_all(w, (draft for one in made_people(count) for draft in (*joining(one), *learning(one), *publishing(camp, one))))
    fill(filled, count)
    other = Store(filled, CATALOGUE)
    for table, left_out in _COMPARED.items():
        columns = ", ".join(column for column in table.columns if column not in left_out)
        select = f"select {columns} from {table.name} order by {columns}"  # noqa: S608 - our own names
        with store.reading() as one, other.reading() as two:
            assert one.all(select) == two.all(select), table.name
    store.close()
    other.close()
