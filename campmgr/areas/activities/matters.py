"""What about activities a human should look at: shared codes, words of who may not say them, hosts that do not receive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from campmgr.accounts.queries import unit_name
from campmgr.areas.activities.queries import unheard_words
from campmgr.facts.catalogue import CAMP
from campmgr.facts.finding import activity_told_apart, called
from campmgr.facts.laptops import laptop
from campmgr.facts.review import Matter, ReviewRow, Told, found_row
from campmgr.facts.world import World
from campmgr.store.door import Reader

_WORDS = {"activity_opened": "开始一个活动", "rules_amended": "改规则", "activity_closed": "结束活动"}


def _shared(_: Reader, world: World) -> Iterator[ReviewRow]:
    by_code: dict[str, list[str]] = defaultdict(list)
    for each in world.activities.values():
        by_code[each.code].append(each.id)
    for same in by_code.values():
        if len(same) > 1:
            for id_ in same:
                each = world.activities[id_]
                yield found_row(each.subject, "activity_code_shared", sorted(same), each.host, each.opened_on)


def _tell_shared(_: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    return [Told("；".join(activity_told_apart(world, world.activities[each]) for each in row.told) + "。") for row in rows]


def _without_right(_: Reader, world: World) -> Iterator[ReviewRow]:
    for one in world.without_right:
        yield found_row(one.id, "activity_without_right", one.fact.kind, world.root_unit, one.fact.recorded_at[:10])


def _tell_without_right(_: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    writers = {one.id: one.fact.writer for one in world.without_right}
    return [
        Told(f"{laptop(world, writers[row.subject])}的“{_WORDS[row.told]}”没有效力：它没有主办单位的完整授权。") for row in rows
    ]


def _not_received(_: Reader, world: World) -> Iterator[ReviewRow]:
    """Units that were moved, from, to or with a host, and the laptops now above them that do not receive them."""
    hosts = {each.host for each in world.activities.going_on() if each.sort != CAMP and each.host != world.root_unit}
    if not hosts:
        return
    granted = [(node, grants[-1].unit) for node in world.trust.nodes() if (grants := world.trust.grants(node))]
    for unit in world.tree.units.unordered():
        if unit.story.moves and not hosts.isdisjoint([*unit.path.split("/"), *unit.at_birth.path.split("/")]):
            above = unit.path.split("/")
            for node, place in granted:
                if place in above and world.trust.state(node) == "granted" and not world.trust.holds(node, unit.unit):
                    yield found_row(f"unit:{unit.unit}", "moved_not_received", node, place, unit.story.moves[-1][0])


def _tell_not_received(_: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    units = world.tree.units
    return [Told(f"{laptop(world, row.told)}收不到{units[row.subject.partition(':')[2]].name}的活动记录：单位换了上级，"
                 "而授权按它登记时的上级计算。") for row in rows]  # fmt: skip


def _others_words(r: Reader, _: World) -> Iterator[ReviewRow]:
    for each in unheard_words(r):
        told = {"words": [list(word) for word in each.words]}
        yield found_row(f"activity:{each.activity}", NOT_THEIRS, told, each.unit, each.since)


def _tell_others(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    titles = called(r, {about for row in rows for _, about, _ in row.told["words"]})
    return [Told(_others_told(world, row, titles)) for row in rows]


def _others_told(world: World, row: ReviewRow, titles: Mapping[str, str]) -> str:
    said = [f"{titles.get(about, '')}{word}" for word, about, _ in row.told["words"]]
    more = f"等 {len(said)} 条" if len(said) > _SHOWN else ""
    return f"{unit_name(world, row.unit)}替主办单位写了：{'、'.join(said[:_SHOWN])}{more}。都不算数。"


_SHOWN = 5

NOT_THEIRS = "word_not_theirs"

MATTERS = (
    Matter(
        name="activity_code_shared",
        title="几个活动用了同一个代码",
        what_to_do="几个活动都照常办理，互不影响；按代码查找时会问是哪一个。嫌麻烦的，可以结束其中一个，换个代码重新开始。",
        tell=_tell_shared,
        rows=_shared,
    ),
    Matter(
        name="activity_without_right",
        title="没有效力的活动操作",
        what_to_do="那台电脑的操作只保存、不生效。确实该由它主办的，请把主办单位完整授权给它，再由它重新办理；来路不明的，请撤销那台电脑。",
        tell=_tell_without_right,
        rows=_without_right,
    ),
    Matter(
        name="moved_not_received",
        title="换了上级的单位，新上级收不到",
        what_to_do="需要收到的，请在“电脑”页给那台电脑重新授权，把这个单位加进去；不需要的，可以不管。",
        tell=_tell_not_received,
        rows=_not_received,
    ),
    Matter(
        name=NOT_THEIRS,
        title="替主办单位说的话",
        what_to_do="这些由主办单位或上级单位决定，别的电脑写的不算数。请照常办理，这一条就消失；并问清那台电脑装的是什么程序。",
        tell=_tell_others,
        rows=_others_words,
    ),
)
