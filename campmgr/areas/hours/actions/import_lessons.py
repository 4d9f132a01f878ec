"""Lessons from a file (F-12, F-13, F-19)."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.hours.actions.lessons import lesson_draft
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.world import lessons_of
from campmgr.facts import world as worlds
from campmgr.facts.importing import RUN, UNCHANGED, Change, RowPlan, RowProblem, SeenRows, changes, row_words
from campmgr.facts.streaming import StreamPlanner
from campmgr.settings.terms import nearest
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.wording import hours_text


class LessonsPlanner(StreamPlanner[Lesson]):
    """Plans lesson rows; a replay may stand before or after its live in the file."""

    first_run = RUN

    def __init__(self, batch: str, actor: str) -> None:
        self._batch = batch
        self._actor = actor
        self._seen = SeenRows()

    def prepare(self, r: Reader, rows: Sequence[Lesson]) -> None:
        """Know every code of the run, so that a replay may name a live further down."""
        self._world = worlds.load(r)
        self._root = self._world.trust.is_root(r.meta(WRITER))
        self._codes = {*lessons_of(self._world), *(row.code for row in rows)}

    def plan(self, number: int, row: Lesson) -> RowPlan:
        """The plan for one lesson."""
        if not self._root:
            raise RowProblem("code", row.code, "not_granted", "课程由训练营的组织方统一录入。")
        if (first := self._seen.first(row.code, number)) is not None:
            raise RowProblem("code", row.code, "repeated_row", f"课程编号“{row.code}”与{row_words(first)}重复。")
        if row.replay_of and row.replay_of not in self._codes:
            close = nearest(row.replay_of, self._codes)
            raise RowProblem("replay_of", row.replay_of, "unknown_lesson",
                             f"没有编号为“{row.replay_of}”的直播。" + (f"是不是“{close}”？" if close else ""))  # fmt: skip
        known = lessons_of(self._world).get(row.code)
        if known == row:
            return UNCHANGED
        return RowPlan(
            "changed" if known else "new",
            (lesson_draft(row, known, self._batch, self._actor, self._world.activity),),
            _changes(known, row),
        )

    def about(self, row: Lesson) -> str:
        """The lesson's code and name."""
        return f"{row.code} {row.name}"


def _changes(known: Lesson | None, row: Lesson) -> tuple[Change, ...]:
    if known is None:
        return ()
    return changes(
        ("name", known.name, row.name),
        ("hours", hours_text(known.hundredths), hours_text(row.hundredths)),
        ("length", known.length_minutes, row.length_minutes),
        ("kind", known.kind, row.kind),
        ("field", known.field, row.field),
        ("replay_of", known.replay_of, row.replay_of),
        ("starts_at", known.starts_at, row.starts_at),
    )
