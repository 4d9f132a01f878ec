"""What about items somebody should look at: one file that was reported under two titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campmgr.areas.points.queries.closing import same_files
from campmgr.areas.points.queries.items import known_items
from campmgr.facts.review import Matter, ReviewRow, Told, found_row
from campmgr.facts.world import World
from campmgr.store.door import Reader


def _same(r: Reader, _: World) -> Iterator[ReviewRow]:
    for activity, unit, items, since in same_files(r):
        yield found_row(f"activity:{activity}", "same_item_file", items, unit, since)


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
)
