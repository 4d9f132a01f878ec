"""A frozen bulletin on the notice's form."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.points.files.forms import TABLES
from campmgr.areas.points.queries.bulletins import Bulletin, rules_in
from campmgr.areas.points.settings import Points, Rows
from campmgr.facts.world import World
from campmgr.files.official_paper import Paper, Value
from campmgr.store.door import Reader
from campmgr.wording import check_code, name_key


def bulletin_paper(r: Reader, world: World, bulletin: Bulletin) -> Paper:
    """The table as frozen and amended, with its number and the code by which two copies are compared."""
    rules = rules_in(r, bulletin.content)
    empty_after = {name_key(name) for name in rules[Rows].blank_after}
    form, lines = TABLES[bulletin.group], list[Sequence[Value]]()
    for row in bulletin.unrolled.rows:
        known = world.tree.units.get(row.unit)
        name = known.name if known else "未知单位"
        lines.append((name, *row.figures))
        if name_key(name) in empty_after:
            lines.append(("",) * len(form.columns))
    paper = form.paper(lines, said={"year": str(rules[Points].year)})
    told = f"第 {bulletin.number} 号通报，{bulletin.period.words}"
    amended = f"，更正 {len(bulletin.amendments)} 次" if bulletin.amendments else ""
    return Paper(paper.parts, f"{told}{amended}，校验码 {check_code(bulletin.unrolled.digest)}")
