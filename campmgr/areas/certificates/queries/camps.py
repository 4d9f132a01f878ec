"""Which camp a certificate is of: its name and year, told where a data file has several, and its rules for whoever prints it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from campmgr.areas.camp.settings import Camp
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import CAMP
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.typed_codes import certificate_number_in


@dataclass(frozen=True, slots=True)
class CampTold:
    """A camp as a certificate names it: code, name, year."""

    code: str
    name: str
    year: int

    @property
    def words(self) -> str:
        """Name and year: 逃生演练训练营（2023 年）."""
        return f"{self.name}（{self.year} 年）" if str(self.year) not in self.name else self.name


def camp_told(world: World, activity: str) -> CampTold | None:
    """The camp of an id; None for one that this file has not heard of."""
    found = world.activities.get(activity)
    return CampTold(found.code, found.name, _year(found)) if found and found.is_known and found.sort == CAMP else None


def camp_words(world: World, activity: str) -> str:
    """Name and year of a certificate's camp where the file has several; "" where there is but one, and nobody need be told."""
    told = camp_told(world, activity)
    others = [camp_told(world, each.id) for each in world.activities.values() if each.sort == CAMP and each.id != activity]
    if told is None or not others:
        return ""
    return f"{told.words}，代码 {told.code}" if told.words in {each.words for each in others if each} else told.words


def as_of_camp(world: World, activity: str) -> World:
    """The world with the rules and name of an earlier camp, for what is printed of it; the same for the one that is going on."""
    found = world.activities.get(activity)
    if activity == world.activity or found is None:
        return world
    return replace(world, activity=activity, rules=found.rules, in_force=found.in_force, name=found.name)


def as_of_certificate(r: Reader, world: World, number: str) -> World:
    """The world with the rules and name of the camp that a certificate is of."""
    activity = r.value("select activity from certificates where number = :number", number=certificate_number_in(number))
    return world if activity is None else as_of_camp(world, activity)


def _year(activity: Activity) -> int:
    said = activity.rules[Camp].year
    return said or int(activity.opened_on[:4] or 0)
