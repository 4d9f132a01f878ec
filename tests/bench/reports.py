"""Reports over a large camp beside the same over a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.people.queries.roster import search
from campmgr.areas.units.queries.reports import report_units
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.queries.standings import standings
from campmgr.clock import FixedClock
from campmgr.desks.queries.person import behind, hours_of
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.store.door import Store
from tests.bench.figures import Figure, Took, quickest, times_as_long
from tests.bench.ground import kept
from tests.bench.made_camp import MARKS as MARKS_EACH
from tests.bench.made_camp import NOW, schools

Work = Callable[[], object]

AS_OF = "2023-06-15"
READ_BY = "2023-06-21T12:00:00"


def reports(large: int, small: int) -> Iterator[Figure]:
    """Every report, at both sizes, in filled files that are kept; one that is missing is made first."""
    of = [_measure(count) for count in (small, large)]
    for name in of[0]:
        reach = 2 if name in {"roll-up by city", "top 100"} else 20
        what = f"{name}: {large:,} people, {large * MARKS_EACH:,} marks / {small:,}"
        yield times_as_long(what, of[1][name], of[0][name], reach)


def _measure(count: int) -> dict[str, Took]:
    store = Store(kept(count), CATALOGUE, FixedClock(NOW))
    with store.reading() as r:
        worlds.load(r)
    measured = {name: quickest(work) for name, work in every_report(store, schools(count)[0].code)}
    store.close()
    return measured


def every_report(store: Store, school: str) -> Iterator[tuple[str, Work]]:
    """Each with a view of its own, as a page has; one of them of the school with this code."""

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
    yield "behind in a school", work(lambda r, world: behind(r, world, find_unit(world, school).unit))
    for text in ("人0", "r0", "N0000", "0017", "13800000017"):
        yield f"search {text}", work(lambda r, world, text=text: search(r, world, find_unit(world, "35").unit, text))
    yield "hours of a person", work(lambda r, world: hours_of(r, world, find_person(r, "N00000010")))
