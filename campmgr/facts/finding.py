"""Finding units and facts by what somebody types: a code, a name, the beginning of an id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from campmgr.errors import BadInput, NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import catalogue
from campmgr.facts.units import LEAST_OF_AN_ID, Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact
from campmgr.store import ledger
from campmgr.store.door import Reader


class Offer(NamedTuple):
    """Something that a text may mean, as it is offered to whoever typed it: the id that names it, and words that tell it apart."""

    value: str
    words: str
    more: str = ""


def called(r: Reader, subjects: Collection[str]) -> dict[str, str]:
    """What subjects are called, of those that an area has a name for: an item by its title."""
    return {about: words for _, tell in catalogue(r).named("names") for about, words in tell(r, subjects).items()}


Offering = Callable[[str], Sequence[Offer]]
"""Finds what a text may mean: by an id that one alone, else by code, name or pinyin, the likeliest first, a dozen at most."""

MOST_OFFERED = 12


class Ambiguous(BadInput):
    """Several things fit what was typed; `choices`: what names each in an address, with words that tell it apart.

    `called`: what people call such things; `part`: the part of an address that names one.
    """

    called = ""
    part = ""
    choices: tuple[tuple[str, str], ...] = ()


class AmbiguousUnit(Ambiguous):
    """Several units fit what was typed."""

    reason, called, part = "ambiguous_unit", "单位", "code"

    def __init__(self, world: World, text: str, units: Sequence[Unit]) -> None:
        self.choices = tuple((unit.unit, unit_told_apart(world, unit)) for unit in units)
        told = "；".join(words for _, words in self.choices[:5]) + ("……" if len(units) > 5 else "")
        super().__init__(f"“{text}”对应 {len(units)} 个单位：{told}。", hint="请改用其中一个单位的识别号（前 8 位即可）。")


def find_unit(world: World, text: str) -> Unit:
    """The unit of a code, of a name that only one bears, or of an id or its first eight or more digits (docs/ledger.md#ids).

    Raises NotFound "unknown_unit", AmbiguousUnit.
    """
    found = world.tree.called(text)
    if not found:
        raise NotFound(f"没有代码或名称为“{text}”的单位。", reason="unknown_unit", hint="请先导入单位，或核对代码。")
    if len(found) > 1:
        raise AmbiguousUnit(world, text, found)
    return found[0]


class AmbiguousActivity(Ambiguous):
    """Several activities may be meant."""

    reason, called, part = "ambiguous_activity", "活动", "activity"

    def __init__(self, world: World, said: str, activities: Sequence[Activity]) -> None:
        of_one_code = len({each.code for each in activities}) == 1
        self.choices = tuple(
            (each.id if of_one_code else world.activities.address(each), activity_told_apart(world, each)) for each in activities
        )
        told = "；".join(words for _, words in self.choices)
        how = "识别号（前 8 位即可）" if of_one_code else "代码"
        super().__init__(
            f"{said}{told}。", hint=f"请指明是哪一个，用它的{how}。", at_console=f"请用 --activity 指明，写它的{how}。"
        )


def find_activity(world: World, text: str) -> Activity:
    """The activity of a code, or of an id or its first eight or more digits. Raises NotFound "unknown_activity",
    AmbiguousActivity.
    """
    found = world.activities.called(text)
    if not found:
        known = "、".join(each.code for each in world.activities.values())
        raise NotFound(f"没有代码为“{text}”的活动。", reason="unknown_activity", hint=f"现有的活动：{known}。" if known else "")
    if len(found) > 1:
        raise AmbiguousActivity(world, f"代码“{text}”对应 {len(found)} 个活动：", found)
    return found[0]


def chosen_activity(world: World, text: str, sort: str) -> Activity:
    """The activity of a sort that a command works on: the one that was named, else the only one that goes on.

    Raises NotFound "unknown_activity" where there is none, or the one named is of another sort; AmbiguousActivity.
    """
    if text:
        found = find_activity(world, text)
        if found.sort != sort:
            raise NotFound(f"“{found.name}”不是这一类活动，办不了这一项。", reason="unknown_activity", hint="请核对活动代码。")
        return found
    return _only(world, [each for each in world.activities.going_on() if each.sort == sort])


def activity_meant(world: World, text: str) -> Activity:
    """The activity that was named; else the camp that is going on, where there is one; else the only one that goes on.

    Raises NotFound "unknown_activity", AmbiguousActivity.
    """
    if text or not world.has_camp:
        return find_activity(world, text) if text else _only(world, world.activities.going_on())
    return world.activities[world.activity]


def _only(world: World, going_on: Sequence[Activity]) -> Activity:
    if not going_on:
        raise NotFound("没有正在进行的这类活动。", reason="unknown_activity", hint="请先开办，或指明一个已经结束的。")
    if len(going_on) > 1:
        raise AmbiguousActivity(world, "同时有几个这类活动：", going_on)
    return going_on[0]


def activity_told_apart(world: World, activity: Activity) -> str:
    """How an activity differs from one of the same code, for somebody who must choose: name, host, code, how its id begins."""
    host = world.tree.units.get(activity.host)
    marks = [f"代码 {activity.code}", *([f"识别号 {activity.told_apart}"] if activity.id else [])]
    return f"{activity.name}（{host.name if host else '未知单位'}，{'，'.join(marks)}）"


def unit_told_apart(world: World, unit: Unit) -> str:
    """How a unit differs from one of the same code or name, for somebody who must choose: names, and how its id begins."""
    above = world.tree.units.get(unit.parent)
    where = f"{above.name} " if above else ""
    return f"{where}{unit.name}（{f'代码 {unit.code}，' if unit.code else ''}识别号 {unit.unit[:LEAST_OF_AN_ID]}）"


def shown_code(world: World, unit: str) -> str:
    """What stands for a unit in lists and files, by its id; the id itself where the unit is not known here."""
    known = world.tree.units.get(unit)
    return known.shown_code if known else unit


def unit_address(world: World, unit: str) -> str:
    """What names a unit in an address, by its id; the id itself where the unit is not known here."""
    known = world.tree.units.get(unit)
    return known.address if known else unit


def find_fact(r: Reader, text: str) -> Fact:
    """The fact of an id or of the first eight or more characters of one. Raises NotFound, BadInput."""
    found = ledger.by_chain_prefix(r, text.lower()) if len(text) >= 8 else []
    if not found:
        raise NotFound(
            f"没有编号以“{text}”开头的记录。",
            reason="unknown_fact",
            hint="请从人员页的历史里选。",
            at_console="编号见 campmgr person show。",
        )
    if len(found) > 1:
        raise BadInput(f"以“{text}”开头的记录不止一条。", reason="unknown_fact", hint="请多写几位。")
    return found[0]
