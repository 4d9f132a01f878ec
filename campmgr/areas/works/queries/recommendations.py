"""Where works were recommended to (F-25): per work, and all of them beside the camp's outlets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.settings import Works
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.order import read_facts, stand
from campmgr.store import ledger
from campmgr.store.door import Reader

STATES = {"proposed": "拟推荐", "sent": "已报送", "accepted": "已采用", "aired": "已播出", "declined": "未采用"}
"""How far a recommendation has come, in its usual order."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """How far a work has come with an outlet: the state ("" for not recommended), since when, and a note."""

    outlet: str
    state: str = ""
    day: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """The state in Chinese; one that a newer version knows comes back as it is."""
        return STATES.get(self.state, self.state)


@dataclass(frozen=True, slots=True)
class WorkRecommendations:
    """A work's outlets: those of the camp's rules first, then others it was recommended to; and all that was said, in order."""

    outlets: tuple[Recommended, ...]
    history: tuple[Recommended, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A work that was recommended anywhere, with one cell for each outlet of the matrix."""

    work: str
    title: str
    author: str
    unit: str
    likes: int
    cells: tuple[Recommended, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Works beside outlets, and how many works stand in each state."""

    outlets: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    counts: tuple[tuple[str, int], ...]


def recommendations_of(r: Reader, world: World, work: str) -> WorkRecommendations:
    """Where one work was recommended to."""
    now = {
        outlet: Recommended(outlet, state, day, note)
        for outlet, state, day, note in r.all(
            "select outlet, state, day, note from recommendations where work = :work order by outlet", work=work
        )
    }
    outlets = (*world.rules[Works].outlets, *(each for each in now if each not in world.rules[Works].outlets))
    told = stand(read_facts(kinds_of(r), ledger.of_subjects(r, [f"work:{work}"])), {}).said if now else []
    said = [one for one in told if one.fact.kind == "work_recommended"]
    history = tuple(Recommended(one.body["outlet"], one.body["state"], one.fact.happened_on, one.body["note"]) for one in said)
    return WorkRecommendations(tuple(now.get(each, Recommended(each)) for each in outlets), history)


_ALL = """
    select r.work, r.outlet, r.state, r.day, r.note, w.title, w.link, w.person, w.likes
    from recommendations r join works w on w.person = r.person and w.work = r.work order by w.likes desc, r.work, r.outlet"""


def matrix(r: Reader, world: World) -> Matrix:
    """Every work that was recommended anywhere, the most liked first."""
    rows = r.all(_ALL)
    by_work: dict[str, dict[str, Recommended]] = defaultdict(dict)
    about = {}
    for work, outlet, state, day, note, title, link, person, likes in rows:
        by_work[work][outlet] = Recommended(outlet, state, day, note)
        about[work] = (title or link, person, likes)
    known = world.rules[Works].outlets
    outlets = (*known, *sorted({row[1] for row in rows} - set(known)))
    people = people_by_id(r, {person for _, person, _ in about.values()})
    lines = []
    for work, cells in by_work.items():
        title, person, likes = about[work]
        who = people.get(person)
        unit = world.tree.units.get(who.home) if who else None
        lines.append(MatrixRow(work, title, who.shown_name if who else "", unit.name if unit else "", likes,
                               tuple(cells.get(each, Recommended(each)) for each in outlets)))  # fmt: skip
    counts = tuple((words, sum(1 for row in rows if row[2] == state)) for state, words in STATES.items())
    return Matrix(outlets, tuple(lines), counts)
