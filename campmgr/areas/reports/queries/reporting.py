"""Who has not reported: units in which nobody has joined, and summaries that are late, region by region (F-26)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from campmgr.accounts.queries import Account, in_subtree, is_theirs
from campmgr.areas.summaries.queries import summaries_for
from campmgr.areas.summaries.settings import Summaries
from campmgr.areas.units.queries.report_lines import row_of_no_city
from campmgr.areas.units.queries.scoped_reports import reports_for, scoped_lines
from campmgr.clock import today_of, week_day
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Silent:
    """A unit in which nobody has joined."""

    unit: str
    address: str
    code: str
    name: str
    above: str
    region: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region, whose offices share a group chat: its units, those where somebody has joined, how its summaries stand, a reminder.

    `on_time`, `late`: handed in by the day and after it; `missing`: not handed in, or returned. The reminder is "" where there is
    nothing to remind of.
    """

    unit: str
    name: str
    units: int
    joined: int
    on_time: int
    late: int
    missing: int
    reminder: str

    @property
    def silent(self) -> int:
        """In how many of its units nobody has joined."""
        return self.units - self.joined


@dataclass(frozen=True, slots=True)
class Reporting:
    """Every region, the units in which nobody has joined, when summaries are due ("" for no day) and whether any are asked for."""

    regions: tuple[Region, ...]
    silent: tuple[Silent, ...]
    due: str
    asks: bool
    heads: str

    @property
    def total(self) -> Region:
        """All regions together."""
        several = [(each.units, each.joined, each.on_time, each.late, each.missing) for each in self.regions]
        units, joined, on_time, late, missing = map(sum, zip((0,) * 5, *several, strict=True))
        return Region("", "合计", units, joined, on_time, late, missing, "")


def reporting(r: Reader, world: World, account: Account) -> Reporting:
    """Who in an account's scope has reported, now.

    A unit reports by its people: counted are the units that take part and have none below them, or say who is expected.
    """
    names = _regions(r, world, account)
    units = [unit for unit in world.tree.units.values() if _reports(world, unit) and is_theirs(world, account, unit)]
    joined = {row[0] for row in r.all("select unit from unit_totals where line = '' and joined > 0")}
    of: dict[str, list[Unit]] = defaultdict(list)
    quiet: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        region = next((each for each in reversed(unit.path.strip("/").split("/")) if each in names), "")
        of[region].append(unit)
        if unit.unit not in joined:
            quiet[region].append(unit)
    due = world.rules[Summaries].due_on
    stood = _summaries(r, world, account, names, due)
    today, regions = today_of(r.clock), []
    for region, name in names.items():
        on_time, late, missing = (stood[region].get(each, []) for each in ("on_time", "late", "missing"))
        words = _reminder(world, name, quiet[region], missing, due, today)
        regions.append(
            Region(
                region, name, len(of[region]), len(of[region]) - len(quiet[region]), len(on_time), len(late), len(missing), words
            )
        )
    silent = tuple(
        Silent(unit.unit, unit.address, unit.code, unit.name, unit.above.name if unit.above else "", name)
        for region, name in names.items()
        for unit in quiet[region]
    )
    told = tuple(each for each in regions if each.units or each.on_time or each.late or each.missing)
    return Reporting(told, silent, due, world.rules[Summaries].asked, ledger.heads(r))


def _reports(world: World, unit: Unit) -> bool:
    return unit.admits and (bool(unit.expected) or unit.unit not in world.tree.uppers)


def _regions(r: Reader, world: World, account: Account) -> dict[str, str]:
    """The regions by their ids, and what is in none of them under ""."""
    known = reports_for(world, account)
    by = "city" if "city" in known else "county"
    rows = [line for line in scoped_lines(r, world, account, by).lines if line.key]
    found = {line.unit: line.name for line in rows if in_subtree(world, line.unit, account.unit)}
    rest = row_of_no_city(world) if by == "city" else world.tree.units[account.unit].name
    return found | {"": rest or "其他"}


def _summaries(r: Reader, world: World, account: Account, names: dict[str, str], due: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in summaries_for(r, world, account):
        path = world.tree.units[each.unit].path.strip("/").split("/")
        region = next((unit for unit in reversed(path) if unit in names), "")
        if each.is_outstanding:
            found[region]["missing"].append(each.name)
        elif each.state in {"handed_in", "accepted"}:
            found[region]["late" if due and each.written_on > due else "on_time"].append(each.name)
    return found


_MOST_NAMED = 30


def _reminder(world: World, name: str, quiet: list[Unit], missing: list[str], due: str, today: str) -> str:
    """What to paste into the region's group chat; "" for nothing to remind of."""
    told = [f"【{world.name}】{name}，截至 {today}："]
    if quiet:
        told += [f"还没有人参加的单位 {len(quiet)} 个，请尽快组织登记：", *_named([unit.name for unit in quiet])]
    if missing:
        until = f"请于 {due}（{week_day(due)}）前报送" if due and due >= today else "请尽快报送"
        told += [f"还没有报送总结的单位 {len(missing)} 个，{until}：", *_named(missing)]
    return "\n".join(told) if len(told) > 1 else ""


def _named(names: list[str]) -> list[str]:
    rest = len(names) - _MOST_NAMED
    lines = [f"{number}. {name}" for number, name in enumerate(names[:_MOST_NAMED], 1)]
    return [*lines, f"……另有 {rest} 个，名单见报表。"] if rest > 0 else lines
