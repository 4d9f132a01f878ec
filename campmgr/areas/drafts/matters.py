"""What of drafts a person should look at."""

from __future__ import annotations

from campmgr.areas.drafts.queries import LEFT, left_rows, tell_left
from campmgr.facts.review import Answer, Matter

MATTERS = (
    Matter(
        name=LEFT,
        title="草稿没有记入",
        what_to_do="照每条写的办好（加上课程、单位，或改对日期），再按“再试一次”；确实不要的，按“不要了”。",
        tell=tell_left,
        answers=(
            Answer("again", "再试一次", acts=True),
            Answer("by_code", "课程按编号记入", acts=True),
            Answer("drop", "不要了", acts=True),
        ),
        act="campmgr.areas.drafts.actions:decide_left",
        rows=left_rows,
    ),
)
