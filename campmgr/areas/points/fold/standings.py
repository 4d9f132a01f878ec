"""Bonuses and excused tasks, as the host says them in its own scope; frozen bulletins with their amendments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from campmgr.areas.points.fold.tables import BONUSES, BULLETIN_AMENDMENTS, BULLETINS, EXCUSES
from campmgr.facts.batches import BATCHES, all_of, spoken_of, told_by_unit
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.world import World
from campmgr.ids import canonical
from campmgr.ledger.envelope import PUBLIC
from campmgr.ledger.kinds import Body, fits
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows


def standing_key(activity: str, unit: str) -> str:
    """What a unit's year in an activity is named by."""
    return f"{activity}/{unit}"


def bulletin_key(activity: str, number: int) -> str:
    """What a bulletin is named by: they are numbered within their activity."""
    return f"{activity}/{number}"


def fold_standings(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold these standings again."""
    bonuses: list[Row] = []
    excuses: list[Row] = []
    for (key, host), stood in told_by_unit(folding, "standing", keys).items():
        own = [one for one in stood.facts if key == standing_key(one.body.get("activity", ""), one.body.get("unit", ""))]
        last = {one.fact.kind: one.body for one in own}
        said, off = last.get("bonus_said"), last.get("bonus_cancelled")
        if any_word := said or off:
            bonuses.append((key, host, any_word["activity"], any_word["unit"], said["tenths"] if said else 0,
                            said["reason"] if said else "", off["ground"] if off else "",
                            off["reason"] if off else ""))  # fmt: skip
        by_period = {one.body["period"]: one.body for one in own if one.fact.kind == "quota_excused"}
        excuses += [(key, host, period, body["activity"], body["unit"], body["reason"]) for period, body in by_period.items()]
    sync_rows(folding.w, BONUSES, keys, bonuses)
    sync_rows(folding.w, EXCUSES, keys, excuses)
    return ()


def fold_bulletins(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold these bulletins again. One is published once its digest stands in `public`; where the host's own scope is not held,
    it is as it was published.
    """
    bulletins: list[Row] = []
    amendments: list[Row] = []
    standing = {key: stood.facts for key, stood in told_by_unit(folding, "bulletin", keys).items()}
    out = {key: [one for one in standing.get((key, ""), []) if _is_published(folding.world, key, one)] for key in keys}
    own = [(key, host, one.fact.kind, one, one.body) for (key, host), facts in standing.items() if host for one in facts]
    held = {(key, body["digest"]) for key, _, _, _, body in own}
    for key, host, kind, one, body in (*own, *_as_published(folding, out, held)):
        if key != bulletin_key(body.get("activity", ""), body.get("number", 0)):
            continue
        is_out = int(any(each.body["digest"] == body["digest"] for each in out[key]))
        if kind == "bulletin_frozen":
            bulletins.append((key, one.id, host, body["activity"], body["number"], body["period"], body["group"], body["at"],
                              body["digest"], canonical(body), is_out))  # fmt: skip
        elif kind == "bulletin_amended":
            amendments.append((key, one.id, host, body["amendment"], one.fact.happened_on, body["digest"], canonical(body), is_out))
    sync_rows(folding.w, BULLETINS, keys, bulletins)
    sync_rows(folding.w, BULLETIN_AMENDMENTS, keys, amendments)
    return ()


def _as_published(
    folding: Folding, out: Mapping[str, Sequence[ReadFact]], held: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str, str, ReadFact, Body]]:
    """(Key, host, kind, the word, body) of what was published and is not held as the host said it in its own scope."""
    kinds = kinds_of(folding.w)
    for key, words in out.items():
        for one in words:
            told, known = one.body["told"], folding.world.activities.get(one.body["activity"])
            kind = next((name for name in ("bulletin_frozen", "bulletin_amended") if fits(kinds[name], told)), "")
            if known and kind and told["digest"] == one.body["digest"] and (key, told["digest"]) not in held:
                yield key, known.host, kind, one, told


def _is_published(world: World, key: str, one: ReadFact) -> bool:
    """Whether it was published by whoever may speak for the activity that the bulletin is of."""
    said = one.fact.kind == "bulletin_published" and one.fact.scope == PUBLIC
    own = key == bulletin_key(one.body.get("activity", ""), one.body.get("number", 0))
    return said and own and world.hosting.may_speak(one.fact.writer, one.fact.subject, one.body, one.fact)


_EVERY = all_of("bulletin")

STANDINGS_FOLD = Fold(
    name="standings", sort="standing", run=fold_standings, tables=(BONUSES, EXCUSES), reads={BATCHES: spoken_of("standing")}
)
BULLETINS_FOLD = Fold(
    name="bulletins", sort="bulletin", run=fold_bulletins, tables=(BULLETINS, BULLETIN_AMENDMENTS),
    reads={BATCHES: spoken_of("bulletin"), "trust": _EVERY, "activities": _EVERY, "units": _EVERY},
)  # fmt: skip
