"""How many works came in, by unit, class, window or theme: handed in, shortlisted, shown, revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.queries.heads import EntryHead, heads_in
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.finding import shown_code
from campmgr.facts.world import World
from campmgr.store.door import Reader

_SHORTLISTED = ("入围", "展播")


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of the report: a code with its name, and the numbers."""

    code: str
    name: str
    listed: int
    handed_in: int
    shortlisted: int
    shown: int
    revoked: int


def _numbers(code: str, name: str, some: Sequence[EntryHead]) -> CountRow:
    """Works that are revoked count under that alone."""
    counting = [each for each in some if each.counts]
    handed = sum(bool(each.windows) for each in counting)
    listed = sum(each.stage in _SHORTLISTED for each in counting)
    shown = sum(bool(each.outlets) for each in counting)
    return CountRow(code, name, len(some), handed, listed, shown, len(some) - len(counting))


def counted(world: World, entries: Sequence[EntryHead], by: str) -> tuple[tuple[CountRow, ...], CountRow]:
    """The rows, and the total. Raises BadInput for a way of counting that is none."""
    if by not in _BY:
        raise BadInput(f"不能按“{by}”统计。", reason="unknown_word", hint=f"可以按：{'、'.join(_BY)}。")
    groups: dict[tuple[str, str], list[EntryHead]] = {}
    for each in entries:
        for key in _BY[by](world, each):
            groups.setdefault(key, []).append(each)
    rows = tuple(_numbers(*key, some) for key, some in sorted(groups.items()))
    return rows, _numbers("", "合计", entries)


_Key = Callable[[World, EntryHead], Sequence[tuple[str, str]]]

_BY: dict[str, _Key] = {
    "unit": lambda world, each: [(shown_code(world, each.unit), unit_name(world, each.unit))],
    "class": lambda _, each: [(each.kind, each.kind)],
    "theme": lambda _, each: [(each.theme, each.theme or "未填")],
    "window": lambda _, each: [(window, window) for window in each.windows] or [("", "尚未报送")],
}


def unfinished(r: Reader, _: World, activity: Activity) -> Iterator[Remark]:
    """What would be left undone if the call were closed: works that nobody handed in, batches that were opened again."""
    heads = heads_in(r, activity)
    yield Remark("还没有报送的作品", sum(each.state == "待报送" for each in heads))
    reopened = r.value("select count(*) from handins where activity = :activity and state = 'reopened'", activity=activity.id)
    yield Remark("重新打开、还没有再结的批次", int(reopened or 0))


def frozen(r: Reader, _: World, activity: Activity) -> Iterator[Remark]:
    """What no longer changes whatever the rules say: batches that stand closed."""
    closed = r.value("select count(*) from handins where activity = :activity and state = 'closed'", activity=activity.id)
    yield Remark("已结的批次", int(closed or 0))
