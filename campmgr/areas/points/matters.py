"""What about items somebody should look at: one file that was reported under two titles, a host's stage that others have passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campmgr.areas.points.queries.closing import passed_for_the_host, same_files
from campmgr.areas.points.queries.items import known_items
from campmgr.facts.review import Matter, ReviewRow, Told, found_row
from campmgr.facts.world import World
from campmgr.store.door import Reader


def _same(r: Reader, _: World) -> Iterator[ReviewRow]:
    for activity, unit, items, since in same_files(r):
        yield found_row(f"activity:{activity}", "same_item_file", items, unit, since)


def _of_the_host(r: Reader, _: World) -> Iterator[ReviewRow]:
    for activity, unit, items, since in passed_for_the_host(r):
        yield found_row(f"activity:{activity}", "host_stage_passed", items, unit, since)


def _tell(r: Reader, _: World, rows: Sequence[ReviewRow]) -> list[Told]:
    lines = known_items(r, {item for row in rows for item in row.told})
    return [
        Told("；".join(f"{lines[each].sort}“{lines[each].title}”" for each in row.told if each in lines) + "。") for row in rows
    ]


MATTERS = (
    Matter(
        name="same_item_file",
        title="同一份附件报了几篇稿件",
        what_to_do="同一份附件用几个标题报送，可能是重复。确是重复的，请撤回多报的；不是的，可以不管。",
        tell=_tell,
        rows=_same,
    ),
    Matter(
        name="host_stage_passed",
        title="替主办单位审的稿件",
        what_to_do="最后一级由主办单位审，在别的电脑上审的不算数。请主办单位照常审这些稿件，并提醒那个单位。",
        tell=_tell,
        rows=_of_the_host,
    ),
)
