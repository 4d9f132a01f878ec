"""The same work twice: by its link, or by the bytes of its file; within a unit it is refused, across units both are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.rules.verdicts import Finding
from campmgr.areas.works.rules.work import tidy_link
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader


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
    """Groups of works that are one, each with why (作品链接, 文件)."""

    groups: tuple[tuple[str, tuple[Told, ...]], ...]

    def about(self, entry: str) -> Iterator[Finding]:
        """What is to be said of one work: the first of its unit stands, later ones are refused; of other units both stand."""
        for why, some in self.groups:
            own = next((each for each in some if each.entry == entry), None)
            if own is None:
                continue
            first = next(each for each in some if each.unit == own.unit)
            if first.entry != entry:
                found = f"{why}与《{first.title}》相同"
                fix = "同一件作品只报一次；主题全面的，在第一件上填“兼及主题”，再撤下这一件。"
                yield Finding("double", "refuse", found, f"第一件：《{first.title}》{first.theme}", fix)
            elif others := [each for each in some if each.unit != own.unit]:
                names = "、".join(dict.fromkeys(each.unit_name for each in others))
                yield Finding("double", "warn", f"{why}与{names}报的相同", "同一作品由一家报送", "请与对方商定由谁报送。")

    def across(self) -> Iterator[tuple[str, tuple[Told, ...]]]:
        """The groups in which several units meet."""
        return ((why, some) for why, some in self.groups if len({each.unit for each in some}) > 1)


def doubles_of(r: Reader, world: World, activity: Activity) -> Doubles:
    """Every double of an activity, in two queries."""
    rows = r.all(
        "select entry, unit, title, theme, listed_on, link from entries where activity = :activity and listed = 1"
        " order by listed_on, entry", activity=activity.id)  # fmt: skip
    known = {row[0]: Told(row[0], row[1], unit_name(world, row[1]), *row[2:5]) for row in rows}
    by_link: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        if row[5]:
            by_link[tidy_link(row[5])].append(known[row[0]])
    by_file: dict[str, list[Told]] = defaultdict(list)
    sql = (
        "select f.sha256, f.entry from entry_files f join entries e on e.entry = f.entry and e.unit = f.unit"
        " where e.activity = :activity and e.listed = 1 and f.role = '作品' order by e.listed_on, e.entry"
    )
    for digest, entry in r.all(sql, activity=activity.id):
        by_file[digest].append(known[entry])
    groups = [("作品链接", tuple(some)) for some in by_link.values() if len(some) > 1]
    groups += [("文件", tuple(some)) for some in by_file.values() if len({each.entry for each in some}) > 1]
    return Doubles(tuple(groups))
