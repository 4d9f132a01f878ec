"""Which units are asked to sum up, what they handed in, and who has not (F-26)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campmgr.accounts.queries import Account, is_theirs
from campmgr.areas.summaries.settings import Summaries
from campmgr.areas.units.queries.report_lines import city_level_units, direct_unit
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader

STATES = {"none": "未报送", "draft": "草稿", "handed_in": "待审", "returned": "已退回", "accepted": "已通过"}
"""How far a unit has come with its summary."""

OUTSTANDING = frozenset(("none", "draft", "returned"))
"""Who is still to be reminded."""

_OFFICES = frozenset(("机关", "妇联"))


@dataclass(frozen=True, slots=True)
class Summary:
    """A unit's summary: its state, text and days; `fact` is the id of the text; `reason` what was answered."""

    unit: str
    address: str
    name: str
    city: str
    state: str
    text: str = ""
    written_on: str = ""
    fact: str = ""
    reason: str = ""
    judged_on: str = ""
    asked: bool = True

    @property
    def words(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def is_outstanding(self) -> bool:
        """Whether the unit should be reminded."""
        return self.asked and self.state in OUTSTANDING


def summary_of(r: Reader, world: World, unit: Unit) -> Summary:
    """One unit's summary."""
    row = r.one("select state, text, written_on, fact, reason, judged_on from summaries where unit = :unit", unit=unit.unit)
    asked = unit.unit in {each.unit for each in asked_units(r, world)}
    return _summary(world, unit, row, asked=asked)


def summaries_for(r: Reader, world: World, account: Account) -> tuple[Summary, ...]:
    """The units asked within an account's scope, in the order of the tree, and others there that handed something in."""
    written = {row[0]: row[1:] for row in r.all("select unit, state, text, written_on, fact, reason, judged_on from summaries")}
    asked = {unit.unit for unit in asked_units(r, world)}
    units = (world.tree.units[unit] for unit in asked | written.keys() if unit in world.tree.units)
    own = [unit for unit in units if is_theirs(world, account, unit)]
    own.sort(key=lambda unit: unit.place)
    return tuple(_summary(world, unit, written.get(unit.unit), asked=unit.unit in asked) for unit in own)


def _summary(world: World, unit: Unit, row: tuple[str, ...] | None, *, asked: bool) -> Summary:
    state, text, written_on, fact, reason, judged_on = row or ("none", "", "", "", "", "")
    above = world.tree.units.get(unit.parent)  # whose name tells line units of equal names apart
    city = above.name if above else ""
    return Summary(unit.unit, unit.address, unit.name, city, state, text, written_on, fact, reason, judged_on, asked)


def asked_units(r: Reader, world: World) -> Iterable[Unit]:
    """The units that are to hand in a summary, by the camp's rule (F-07, F-08, F-09, F-26); none where it asks for nothing."""
    rules, units = world.rules, world.tree.units
    taking_part = [unit for unit in units.values() if unit.admits]
    if not rules[Summaries].asked:
        return []
    level = {*city_level_units(world), direct_unit(world)} - {world.root_unit}
    cities = [unit for unit in taking_part if unit.kind == "市" or unit.unit in level]
    if rules[Summaries].from_units == "cities":
        return cities
    if rules[Summaries].from_units == "joined":
        homes = {row[0] for row in r.all("select distinct home from people")}
        return [unit for unit in taking_part if unit.unit in homes]
    above = {unit.unit for unit in cities}
    return [unit for unit in taking_part if unit.own_line and unit.kind in _OFFICES and unit.parent in above]


def unfinished(r: Reader, world: World, activity: Activity) -> Iterator[Remark]:
    """Summaries that nobody has judged, and units that still owe one, before the camp that is going on is closed."""
    if activity.id == world.activity:
        states: dict[str, int] = dict(r.all("select state, count(*) from summaries group by state"))
        yield Remark("待审的单位总结", int(states.get("handed_in", 0)))
        yield Remark("退回后还没有重报的总结", int(states.get("returned", 0)))
