"""The lessons of the camp, as its root described them: every fold may read them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.facts.world import Public, WorldPart
from campmgr.ledger.envelope import PUBLIC
from campmgr.ledger.order import ReadFact, standing
from campmgr.store.door import Row
from campmgr.store.tables import Table

LESSONS = Table("lessons", ("lesson", "name", "hundredths", "length_minutes", "kind", "field", "replay_of", "starts_at"), 1,
                "lesson")  # fmt: skip


_UNSAID: dict[str, Any] = {
    "name": "",
    "hundredths": 0,
    "length_minutes": 0,
    "kind": "",
    "field": "",
    "replay_of": "",
    "starts_at": "",
}
"""What a lesson is like whose first description was withdrawn, in what no other has said."""


_OF_AN_ACTIVITY = re.compile("[0-9a-f]{32}/")


def lesson_key(activity: str, code: str) -> str:
    """The key of a lesson's subject: codes are an activity's own, so that next year's V01 is another."""
    return f"{activity}/{code}" if activity else code


def _is_of(activity: str, key: str) -> bool:
    return key.startswith(f"{activity}/") if activity else not _OF_AN_ACTIVITY.match(key)


def _lessons(public: Public) -> dict[str, Lesson]:
    by_code: dict[str, list[ReadFact]] = defaultdict(list)
    of_batches: dict[str, list[ReadFact]] = defaultdict(list)
    for one in public.by_root():
        sort, _, key = one.fact.subject.partition(":")
        if sort == "batch":
            of_batches[key].append(one)
        elif sort == "lesson" and _is_of(public.activity, key):
            by_code[key.removeprefix(f"{public.activity}/")].append(one)
    withdrawn = {
        batch: {PUBLIC}
        for batch, told in of_batches.items()
        if any(one.fact.kind == "batch_withdrawn" for one in standing(told, {}))
    }
    lessons = {}
    for code, told in sorted(by_code.items()):
        left = [one for one in standing(told, withdrawn) if one.fact.kind == "lesson_described"]
        if left:
            lessons[code] = Lesson(code, **_UNSAID | {name: value for one in left for name, value in one.body.items()})
    return lessons


def _rows(lessons: Mapping[str, Lesson]) -> list[Row]:
    return [astuple(lesson) for lesson in lessons.values()]


LESSONS_TOLD: WorldPart[Mapping[str, Lesson]] = WorldPart("lessons", LESSONS, _lessons, _rows)

lessons_of = LESSONS_TOLD.of
"""The lessons of a world by their codes, in the codes' order."""

WORLD = (LESSONS_TOLD,)
