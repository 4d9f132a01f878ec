"""What this area adds to the fold of a person: what they did, and what it earns."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from campmgr.areas.hours.fold.tables import CONDITIONS, CROWDS, DECLARATIONS, MARKS, MOMENTS
from campmgr.areas.hours.rules.lessons import lessons_of
from campmgr.facts.fold import Folding, Part


def _people_of_lessons(folding: Folding, changed: Collection[str]) -> Iterator[str]:
    """Whose credit can change with these lessons: who has a mark of one, or of a live or replay that shares its credit with one."""
    lessons = lessons_of(folding.world)

    def affects(lesson: str) -> bool:
        origin = lessons[lesson].replay_of if lesson in lessons else ""
        return (
            lesson in changed
            or origin in changed
            or any(lessons[code].replay_of in {lesson, origin} for code in changed if code in lessons)
        )

    marked = folding.w.all("select distinct person, lesson from marks")
    return (person for person, lesson in marked if affects(lesson))


FOLDS = (
    Part(fold="people", name="study", tables=(MARKS, CONDITIONS, MOMENTS, CROWDS, DECLARATIONS),
         reads={"lessons": _people_of_lessons}, settings=("hours", "certificate", "doubts", "warm_up", "live")),
)  # fmt: skip
