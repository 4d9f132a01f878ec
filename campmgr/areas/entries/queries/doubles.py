"""The same work twice, by its link or the bytes of its file: within a unit refused or warned of, across units all are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.rules.verdicts import Finding
from campmgr.areas.entries.settings import Entries
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader

LINK, FILE = "作品链接", "文件"
"""By what the same work is known again."""


@dataclass(frozen=True, slots=True)
class Told:
    """A work as doubles are told apart by."""

    entry: str
    unit: str
    unit_name: str
    title: str
    theme: str
    listed_on: str


@dataclass(frozen=True, slots=True)
class Doubles:
    """Groups of works that are one, each with why (作品链接, 文件); `apart`: (why, work, other) that somebody found to be two;
    `once`: for which reasons a unit's second is refused, and not only warned of.
    """

    groups: tuple[tuple[str, tuple[Told, ...]], ...]
    once: tuple[str, ...] = (LINK, FILE)
    apart: frozenset[tuple[str, str, str]] = frozenset()

    def about(self, entry: str) -> Iterator[Finding]:
        """What is to be said of one work: of its unit the first stands, others are refused or warned of; of other units all do."""
        for why, some in self.groups:
            own = next((each for each in some if each.entry == entry), None)
            if own is None:
                continue
            first = next(each for each in some if each.unit == own.unit)
            is_later = first.entry != entry and not self._are_two(why, first, own)
            if is_later:
                level = "refuse" if why in self.once else "warn"
                yield Finding(
                    "double", level, f"{why}与《{first.title}》相同", f"第一件：《{first.title}》{first.theme}", _ONCE[level]
                )
            if is_later and why in self.once:
                continue
            if others := [each for each in some if each.unit != own.unit and not self._are_two(why, own, each)]:
                names = "、".join(dict.fromkeys(each.unit_name for each in others))
                yield Finding("double", "warn", f"{why}与{names}报的相同", "同一作品由一家报送", "请与对方商定由谁报送。")

    def across(self) -> Iterator[tuple[str, tuple[Told, ...]]]:
        """The groups in which several units meet, and nobody has said that their works are not one."""
        for why, some in self.groups:
            if any(one.unit < other.unit and not self._are_two(why, one, other) for one in some for other in some):
                yield why, some

    def within(self) -> Iterator[tuple[str, tuple[Told, ...]]]:
        """Of each unit the works that are warned of, and nobody has said that they are not one."""
        for why, some in self.groups:
            for unit in dict.fromkeys(each.unit for each in some) if why not in self.once else ():
                own = tuple(each for each in some if each.unit == unit)
                if any(not self._are_two(why, own[0], each) for each in own[1:]):
                    yield why, own

    def _are_two(self, why: str, one: Told, other: Told) -> bool:
        return not self.apart.isdisjoint({(why, one.entry, other.entry), (why, other.entry, one.entry)})


_ONCE = {
    "refuse": "同一件作品只报一次；主题全面的，在第一件上填“兼及主题”，再撤下这一件。",
    "warn": "同一件作品只报一次，请撤下一件；确是不同的作品，请核对附的文件，或请上级、主办单位认定。",
}

_SENT_BACK = "select entry, unit from entry_ways where entry in (:keys) and stage = '退回'"
"""A work that was sent back is handed in by nobody; no other stands in its way."""

_APART = "select why, entry, other from entry_apart where entry in (:keys)"


def doubles_of(r: Reader, world: World, activity: Activity, ids: Collection[str] | None = None) -> Doubles:
    """The doubles of an activity, all of them or those of some works, in a number of queries that does not depend on how many."""
    by_link = _groups(r, "select link, entry, unit from entry_links", "link", ids)
    by_file = _groups(r, "select sha256, entry, unit from entry_files", "sha256", ids)
    wanted = {entry for some in (*by_link, *by_file) for entry, _ in some}
    rows = r.among("select entry, unit, title, theme, listed_on, activity, listed from entries where entry in (:keys)", wanted)
    sent_back = {tuple(row) for row in r.among(_SENT_BACK, wanted)}
    known = {(row[0], row[1]): Told(row[0], row[1], unit_name(world, row[1]), *row[2:5])
             for row in rows if row[5] == activity.id and row[6] and (row[0], row[1]) not in sent_back}  # fmt: skip
    groups = list[tuple[str, tuple[Told, ...]]]()
    for why, found in ((LINK, by_link), (FILE, by_file)):
        for some in found:
            told = sorted((known[each] for each in some if each in known), key=lambda each: (each.listed_on, each.entry))
            groups += [(why, tuple(told))] if len(told) > 1 else []
    apart = frozenset((why, entry, other) for why, entry, other in r.among(_APART, wanted)) if groups else frozenset()
    # a call that says 同一条作品不可多主题重复投稿 (H-08) refuses the same bytes; where it says nothing they are looked at
    once = (LINK, FILE) if activity.rules[Entries].also_fits else (LINK,)
    return Doubles(tuple(groups), once, apart)


def _groups(r: Reader, select: str, key: str, ids: Collection[str] | None) -> list[set[tuple[str, str]]]:
    """Works, each with its unit, that share a value; of those alone in which one of `ids` is, where they are named."""
    table = select.rpartition(" ")[2]
    if ids is None:
        several = f"select {key} from {table} group by {key} having count(distinct entry) > 1"  # noqa: S608 - our names
        twice = [row[0] for row in r.all(several)]
    else:
        shared = (
            f"select t.{key} from {table} t where t.entry in (:keys)"  # noqa: S608 - our names
            f" and exists (select 1 from {table} o where o.{key} = t.{key} and o.entry <> t.entry)"
        )
        twice = list(dict.fromkeys(row[0] for row in r.among(shared, ids)))
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for value, entry, unit in r.among(f"{select} where {key} in (:keys)", twice):
        found[value].add((entry, unit))
    return [some for some in found.values() if len(some) > 1]
