"""What about works a human should look at. Odd like counts have a page of their own, with the ranking beside it."""

from __future__ import annotations

from campmgr.facts.review import NOTED, Matter, each_told

MATTERS = (
    Matter(
        name="two_authors",
        title="作品有两个作者",
        what_to_do="核实是谁的作品：登错的那一批导入可以撤回；没有问题就记下核对结果。",
        tell=each_told(lambda _: "同一作品登记了不同的作者；排名按先登记的一位。"),
        answers=(NOTED,),
    ),
)
