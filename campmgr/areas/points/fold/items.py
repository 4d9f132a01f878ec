"""Every item with its way through the stages, where it was adopted, and its points by the rules in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.points.fold.outlets import dictionary_of
from campmgr.areas.points.fold.reading import home_of, known_day, said_of, stages_of
from campmgr.areas.points.fold.tables import ADOPTIONS, ITEM_POINTS, ITEM_STAGES, ITEMS
from campmgr.areas.points.rules.outlets import UNCLASSED, Dictionary
from campmgr.areas.points.rules.worth import Adoption, Item, Scoring, Worth
from campmgr.areas.points.settings import CLASSES
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.review import sides_row
from campmgr.facts.seats import Heard, Seats, seat_reads, told_of
from campmgr.facts.tables import REVIEW, RULED_WORDS
from campmgr.ids import canonical
from campmgr.ledger.envelope import subject
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows

_RUN = 2000

Rows = dict[Table, list[Row]]


@dataclass(frozen=True, slots=True)
class Judging:
    """The rules of one activity while items are folded: how they score, which class an outlet has, how many stages there are."""

    scoring: Scoring
    outlets: Dictionary
    stages: int


def fold_items(folding: Folding, items: Sequence[str]) -> tuple[()]:
    """Fold these items again."""
    judging: dict[str, Judging | None] = {}
    waiting = iter(items)
    while run := list(islice(waiting, _RUN)):
        _fold_run(folding, run, judging)
    return ()


def _fold_run(folding: Folding, items: list[str], judging: dict[str, Judging | None]) -> None:
    every = told_of(folding, "item", items)
    seats = Seats(folding, every.values())
    rows: Rows = {table: [] for table in (ITEMS, ITEM_STAGES, ADOPTIONS, ITEM_POINTS, REVIEW)}
    for key, told in every.items():
        activity, unit = home_of(key, told.facts)
        if not unit:
            continue
        heard = _without_lost(folding, key, seats.heard(told, activity, unit))
        if said := said_of(heard.facts):
            if activity not in judging:
                judging[activity] = _judging(folding, activity)
            _add_rows(rows, key, unit, said, heard, judging[activity])
            rows[REVIEW] += [sides_row(sides, unit) for sides in heard.stood.sides]
    for table in (ITEMS, ITEM_STAGES, ADOPTIONS, ITEM_POINTS):
        sync_rows(folding.w, table, items, rows[table])
    sync_rows(folding.w, REVIEW, [subject("item", key) for key in items], rows[REVIEW])
    seats.keep("item", items)


def _without_lost(folding: Folding, item: str, heard: Heard) -> Heard:
    """Without adoptions of which the host has said that they are another item's, or none's: what was noted once counts once.

    Where the noted one is not held (it stands in another unit's scope) nothing is known of that.
    """
    noted = {each.body["noted"] for each in heard.facts if each.fact.kind == "item_adopted" and each.body["noted"]}
    if not noted:
        return heard
    sql = "select adoption from noted_adoptions where adoption in (:keys) and (state <> 'matched' or item <> :item)"
    lost = {row[0] for row in folding.w.among(sql, noted, item=item)}
    facts = [each for each in heard.facts if each.fact.kind != "item_adopted" or each.body["noted"] not in lost]
    return heard._replace(stood=heard.stood._replace(facts=facts))


def _judging(folding: Folding, activity: str) -> Judging | None:
    """None for an activity that nobody here has heard of, or of another sort: its items are kept and count nothing."""
    known = folding.world.activities.get(activity)
    if known is None or known.sort != "points" or not known.is_known:
        return None
    scoring = Scoring(known.rules, calendar_of(folding.world))
    return Judging(scoring, dictionary_of(folding.w, known), len(scoring.passing.stages))


def _add_rows(
    rows: Rows,
    item: str,
    unit: str,
    said: Mapping[str, Any],
    heard: Heard,
    judging: Judging | None,
) -> None:
    activity, facts = said["activity"], heard.facts
    stage, state = stages_of(facts, judging.stages if judging else 0)
    adoptions = _adoptions(facts, judging.outlets if judging else None)
    length = judging.scoring.length(said.get("characters", {})) if judging else None
    about = Item(said["sort"], said["sent_on"], said["event_on"], said.get("urgent", False), length, state == "passed",
                 [each for each, _ in adoptions])  # fmt: skip
    worth = judging.scoring.judge(about) if judging else Worth((), "", late=False, short=False, task="")
    first = next(one.id for one in facts if one.fact.kind == "item_reported")
    rows[ITEMS].append((
        item, first, activity, unit, said["sort"], said["title"], said["event_on"], said["sent_at"], said["sent_on"],
        canonical(said.get("characters", {})), length, said.get("section", ""), canonical(said.get("tags", [])),
        said.get("author", ""), int(said.get("urgent", False)), said.get("file", ""), said.get("sha256", ""),
        said.get("source", ""), worth.last_day, int(worth.late), int(worth.short), worth.task, stage, state, worth.points,
    ))  # fmt: skip
    for one in (each for each in (*facts, *heard.of_others) if each.fact.kind == "item_passed"):
        body = one.body
        rows[ITEM_STAGES].append((item, one.id, body["stage"], int(body["accepted"]), body["by"], body["reason"],
                                  one.fact.happened_on, one.fact.recorded_at, one.fact.actor,
                                  int(one not in heard.of_others)))  # fmt: skip
    for each, row in adoptions:
        rows[ADOPTIONS].append((item, each.id, activity, unit, row["outlet"], each.cls, row["named"], each.day,
                                row["link"], row["evidence"],
                                row["settled"], row["why"]))  # fmt: skip
    rows[ITEM_POINTS] += [(item, place, activity, unit, *entry) for place, entry in enumerate(worth.entries)]


def _adoptions(facts: Iterable[ReadFact], outlets: Dictionary | None) -> list[tuple[Adoption, dict[str, Any]]]:
    """Where it was adopted, as rules ask, and what else was said of each."""
    facts = list(facts)
    settled = {one.body["adoption"]: one.body for one in facts if one.fact.kind == "adoption_settled"}
    found: list[tuple[Adoption, dict[str, Any]]] = []
    for one in facts:
        if one.fact.kind != "item_adopted":
            continue
        body, word = one.body, settled.get(one.id)
        day = known_day(body["adopted_on"]) or one.fact.happened_on
        named = body["class"] if body["class"] in CLASSES else UNCLASSED
        cls = named or (outlets.class_of(body["outlet"], day) if outlets else UNCLASSED)
        counts = word is None or bool(word["counts"])
        words = {
            "settled": "" if word is None else "counts" if counts else "refused",
            "why": word["reason"] if word else "",
            "named": named,
        }
        found.append((Adoption(one.id, day, cls, counts), {**body, **words}))
    return found


def _of_activities(folding: Folding, activities: Collection[str]) -> Iterable[str]:
    return (item for (item,) in folding.w.among("select item from items where activity in (:keys)", activities))


def _adopted(folding: Folding, _: Collection[str]) -> Iterable[str]:
    """With other outlets all classes may be others."""
    return (item for (item,) in folding.w.all("select distinct item from adoptions"))


def _every(folding: Folding, _: Collection[str]) -> Iterable[str]:
    return (item for (item,) in folding.w.all("select item from items"))


ITEMS_FOLD = Fold(
    name="items",
    sort="item",
    run=fold_items,
    tables=(ITEMS, ITEM_STAGES, ADOPTIONS, ITEM_POINTS),
    shares=(REVIEW, RULED_WORDS),
    reads={
        **seat_reads("item"),
        "activities": _of_activities,
        "noted_adoptions": lambda _, items: items,
        "outlets": _adopted,
        "calendar": _every,
    },
)
