"""Adoptions that fit no item, or several: those that wait for the host, each with the items it may be of."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from campmgr.areas.points.queries.items import ItemLine, known_items, titled_items
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.store.door import Reader
from campmgr.wording import name_key

LIKE = 6
"""Of the items that look alike so many are offered; any other is named by its number."""


@dataclass(frozen=True, slots=True)
class NotedAdoption:
    """An adoption as it was noted; `said_item`: the item's number as written. `state`: waiting, matched, refused (`reason`), or
    withdrawn with its list.
    """

    adoption: str
    fact: str
    activity: str
    unit: str
    said_item: str
    title: str
    outlet: str
    said_class: int
    adopted_on: str
    link: str
    state: str
    item: str
    reason: str

    @property
    def is_answered(self) -> bool:
        """Whether the host has said of which item it is, or that it is of none."""
        return self.state in {"matched", "refused"}

    @property
    def words(self) -> str:
        """What it was noted of: the title, else the number."""
        return self.title or self.said_item


_SELECT = """select adoption, fact, activity, unit, said_item, title, outlet, said_class, adopted_on, link, state, item, reason
 from noted_adoptions"""


def noted_adoptions(r: Reader, activity: Activity, most: int = 200) -> tuple[NotedAdoption, ...]:
    """Those that wait, the oldest first."""
    sql = f"{_SELECT} where activity = :activity and state = 'waiting' order by adopted_on, adoption limit :most"
    return tuple(NotedAdoption(*row) for row in r.all(sql, activity=activity.id, most=most))


def noted_count(r: Reader, activity: Activity) -> int:
    """How many wait."""
    sql = "select count(*) from noted_adoptions where activity = :activity and state = 'waiting'"
    return int(r.value(sql, activity=activity.id) or 0)


def known_noted(r: Reader, adoption: str) -> NotedAdoption | None:
    """The one of an id, where it was noted."""
    row = r.one(f"{_SELECT} where adoption = :adoption", adoption=adoption)
    return NotedAdoption(*row) if row else None


def noted_of(r: Reader, activity: Activity, text: str) -> NotedAdoption:
    """The one of an id or its first eight or more digits. Raises NotFound."""
    text = text.strip().lower()
    sql = f"{_SELECT} where activity = :activity and adoption >= :text and adoption < :next and state <> 'withdrawn' limit 2"
    rows = r.all(sql, activity=activity.id, text=text, next=text + "g") if len(text) >= 8 else []
    if len(rows) != 1:
        raise NotFound("没有这次等着对上稿件的录用，或者所在的文件已经撤回。", reason="unknown_fact", hint="请从列表里选。")
    return NotedAdoption(*rows[0])


def like_items(r: Reader, activity: Activity, noted: tuple[NotedAdoption, ...]) -> dict[str, tuple[ItemLine, ...]]:
    """For each of these the items of its unit whose titles look most alike; where it has none, those of all units."""
    if not noted:
        return {}
    titled = titled_items(r, activity)
    by_unit: dict[str, list[tuple[str, str]]] = {}
    for (unit, title), ids in titled.by_title.items():
        by_unit.setdefault(unit, []).extend((title, each) for each in ids)
    everywhere = [pair for pairs in by_unit.values() for pair in pairs]
    chosen = {each.adoption: _nearest(name_key(each.title), by_unit.get(each.unit) or everywhere) for each in noted}
    lines = known_items(r, {item for some in chosen.values() for item in some})
    return {key: tuple(lines[item] for item in some) for key, some in chosen.items()}


def _nearest(title: str, pairs: list[tuple[str, str]]) -> list[str]:
    match = SequenceMatcher(b=title, autojunk=False)

    def likeness(pair: tuple[str, str]) -> tuple[float, str]:
        match.set_seq1(pair[0])
        return -match.quick_ratio(), pair[1]

    return [item for _, item in sorted(pairs, key=likeness)[:LIKE]]
