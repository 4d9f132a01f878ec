"""Award lists with their amendments and tasks. One is published once its digest stands in `public`, said by the host."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.judging.fold.tables import AMENDMENTS, LISTS, TASKS
from campmgr.facts.batches import BATCHES, all_of, spoken_of, told_by_unit
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.world import World
from campmgr.ids import canonical
from campmgr.ledger.envelope import PUBLIC
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows


def list_key(activity: str, number: int) -> str:
    """What an award list is named by: they are numbered within their activity. Prize lists of the camp bear a number alone."""
    return f"{activity}/{number}"


def fold_awards(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold these lists again; those of the camp are no business of this fold."""
    lists: list[Row] = []
    amendments: list[Row] = []
    tasks: list[Row] = []
    keys = [key for key in keys if "/" in key]
    told = {key: stood.facts for key, stood in told_by_unit(folding, "list", keys).items()}
    for (key, unit), facts in told.items():
        out = {one.body["digest"] for one in told.get((key, ""), []) if _is_published(folding.world, one)}
        last: dict[tuple[str, str], ReadFact] = {}
        for one in facts if unit else ():
            body = one.body
            if key != list_key(body.get("activity", ""), body.get("number", 0)):
                continue
            if one.fact.kind == "awards_frozen":
                lists.append((unit, key, one.id, body["activity"], body["number"], body["at"], body["digest"], canonical(body),
                              int(body["digest"] in out)))  # fmt: skip
            elif one.fact.kind == "awards_amended":
                amendments.append((unit, key, one.id, body["amendment"], one.fact.happened_on, body["digest"], canonical(body),
                                   int(body["digest"] in out)))  # fmt: skip
            elif one.fact.kind == "award_task_set":
                last[body["line"], body["task"]] = one
        tasks += [(unit, key, line, task, one.body["activity"], one.body["state"], one.body["note"], one.fact.happened_on)
                  for (line, task), one in last.items()]  # fmt: skip
    for table, rows in ((LISTS, lists), (AMENDMENTS, amendments), (TASKS, tasks)):
        sync_rows(folding.w, table, keys, rows)
    return ()


def _is_published(world: World, one: ReadFact) -> bool:
    """Whether it was said in `public` by whoever may speak for the activity."""
    is_word = one.fact.kind == "awards_published" and one.fact.scope == PUBLIC
    return is_word and world.hosting.may_speak(one.fact.writer, one.fact.subject, one.body, one.fact)


_EVERY = all_of("list")

AWARDS_FOLD = Fold(
    name="awards", sort="list", run=fold_awards, tables=(LISTS, AMENDMENTS, TASKS),
    reads={BATCHES: spoken_of("list"), "trust": _EVERY, "activities": _EVERY, "units": _EVERY},
)  # fmt: skip
