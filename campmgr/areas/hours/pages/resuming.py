"""Where marking was left: the lesson that was marked last, and the class that comes after the last one."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.hours.pages.marking_choices import choices_of, next_class
from campmgr.areas.hours.queries.last_marked import marked_last
from campmgr.areas.people.queries.roster import class_counts
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Resumed:
    """What is likely to be marked next: a class ("" for none), a lesson or condition, and that in words; "" where nothing was."""

    class_name: str
    what: str
    words: str


def resumed_at(r: Reader, world: World, unit: str, *, goes_on: bool) -> Resumed:
    """Where a unit left off; `goes_on`: to the next class that is not marked for the same lesson yet."""
    what, class_name = marked_last(r, unit)
    words = dict(choices_of(world)).get(what, "")
    if not words:
        return Resumed("", "", "")
    following = next_class(class_counts(r, unit, what), class_name) if goes_on and class_name else ""
    return Resumed(following, what, words)
