"""A person's story in sentences: what was recorded, when, by whom, and what still stands (design: every number explains itself)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from campmgr.accounts.queries import actors
from campmgr.desks.queries.person import HistoryEvent
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.kinds import Kind, Kinds
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One fact in words. `minutes` is what a correction starts from; `may_correct` and `may_withdraw` only where it stands,
    `may_restore` only where somebody withdrew it by itself; none of them of an earlier camp's. `is_theirs`: whether whoever looks
    may do so at all.
    """

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
    may_restore: bool = False
    is_theirs: bool = True

    def left_alone(self) -> HistoryLine:
        """The same for somebody who may change nothing of it."""
        return replace(self, may_correct=False, may_withdraw=False, may_restore=False, is_theirs=False)


def called(kinds: Kinds, kind: str) -> str:
    """What a kind is called where people read it; "" for what is in no history, or what a newer version says."""
    return kinds[kind].called if kind in kinds else ""


def history_lines(r: Reader, world: World, history: tuple[HistoryEvent, ...]) -> tuple[HistoryLine, ...]:
    """A person's history in words, the newest first; what only nodes tell each other is left out."""
    names, kinds = actors(r), kinds_of(r)
    lines = {
        event.fact: _line(world, names, kinds.get(event.kind), event)
        for event in reversed(history)
        if event.kind not in kinds or not kinds[event.kind].between_nodes
    }
    taken_back = {
        event.fact: str(event.body.get("fact", "")) for event in history if event.kind == "fact_withdrawn" and event.stands
    }
    for withdrawal, what in taken_back.items():
        if what in lines:
            lines[withdrawal] = _naming(lines[withdrawal], lines[what])
    gone = {
        event.fact for event in history
        if event.fact in taken_back.values() and not event.stands and _is_entry(kinds, event)
        and not _is_of_earlier(world, event)
    }  # fmt: skip
    return tuple(replace(line, may_restore=fact in gone) if gone else line for fact, line in lines.items())


def _naming(withdrawal: HistoryLine, line: HistoryLine) -> HistoryLine:
    """A withdrawal that says what it took back, before its reason."""
    what = " ".join(filter(None, (line.what, line.detail)))
    return replace(withdrawal, detail=f"“{what}”" + (f"（{withdrawal.detail}）" if withdrawal.detail else ""))


def _is_entry(kinds: Kinds, event: HistoryEvent) -> bool:
    """Whether it is one of several beside each other, which can be said again as it was: what sets a name or a home cannot."""
    return event.kind in kinds and kinds[event.kind].may_undo and not kinds[event.kind].registers


def _line(world: World, names: Mapping[str, str], kind: Kind | None, event: HistoryEvent) -> HistoryLine:
    minutes = event.body.get("minutes") if event.kind == "mark_recorded" else None
    is_past = _is_of_earlier(world, event)
    words = kind.called if kind else "较新版本的记录"
    return HistoryLine(
        fact=event.fact,
        lesson=str(event.body.get("lesson", "")),
        day=event.happened_on,
        recorded_at=event.recorded_at[:16].replace("T", " "),
        who=names.get(event.actor, ""),
        what=f"{words}（往届）" if is_past else words,
        detail=kind.words(world, dict(event.body)) if kind and kind.words else "",
        batch=event.batch,
        stands=event.stands,
        minutes=minutes if isinstance(minutes, int) else None,
        may_correct=event.stands and not is_past and event.kind == "mark_recorded",
        may_withdraw=event.stands and not is_past and kind is not None and kind.may_undo,
    )


def _is_of_earlier(world: World, event: HistoryEvent) -> bool:
    """Whether it was said of a camp before the one that goes on, which is only looked at."""
    known = world.activities.get(str(event.body["activity"])) if "activity" in event.body else None
    return known is not None and world.activities.is_earlier_camp(known)
