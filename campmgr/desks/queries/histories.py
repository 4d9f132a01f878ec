"""A person's story in sentences: what was recorded, when, by whom, and what still stands (design: every number explains itself)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campmgr.accounts.queries import actors
from campmgr.desks.queries.person import HistoryEvent
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.kinds import Kind, Kinds
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One fact in words. `minutes` is what a correction starts from; `may_correct` and `may_withdraw` only where it stands."""

    fact: str
    lesson: str
    day: str
    recorded_at: str
    who: str
    what: str
    detail: str
    batch: str
    stands: bool
    minutes: int | None
    may_correct: bool
    may_withdraw: bool


def called(kinds: Kinds, kind: str) -> str:
    """What a kind is called where people read it; "" for what is in no history, or what a newer version says."""
    return kinds[kind].called if kind in kinds else ""


def history_lines(r: Reader, world: World, history: tuple[HistoryEvent, ...]) -> tuple[HistoryLine, ...]:
    """A person's history in words, the newest first; what only nodes tell each other is left out."""
    names, kinds = actors(r), kinds_of(r)
    return tuple(
        _line(world, names, kinds.get(event.kind), event)
        for event in reversed(history)
        if event.kind not in kinds or not kinds[event.kind].between_nodes
    )


def _line(world: World, names: Mapping[str, str], kind: Kind | None, event: HistoryEvent) -> HistoryLine:
    minutes = event.body.get("minutes") if event.kind == "mark_recorded" else None
    return HistoryLine(
        fact=event.fact,
        lesson=str(event.body.get("lesson", "")),
        day=event.happened_on,
        recorded_at=event.recorded_at[:16].replace("T", " "),
        who=names.get(event.actor, ""),
        what=kind.called if kind else "较新版本的记录",
        detail=kind.words(world, dict(event.body)) if kind and kind.words else "",
        batch=event.batch,
        stands=event.stands,
        minutes=minutes if isinstance(minutes, int) else None,
        may_correct=event.stands and event.kind == "mark_recorded",
        may_withdraw=event.stands and kind is not None and kind.may_undo,
    )
