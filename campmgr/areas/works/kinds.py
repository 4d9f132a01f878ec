"""The kinds about works and their likes."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

# fmt: off
KINDS = (
    Kind("work_registered", Home.PEOPLE, Right.COVERS_SCOPE, ("work",), ("works",),
         fields("activity author link number title account field published_on"), called="登记作品", brings="{n} 件作品"),
    # at_least: the platform showed a lower bound, 10万+
    Kind("likes_read", Home.PEOPLE, Right.COVERS_SCOPE, ("work",), ("works",),
         fields("likes:int plays:int? read_at rounded:flag at_least:flag"), called="点赞数", brings="{n} 次点赞数"),
    # another link, number or row by which a work is known: see `works/rules/work`
    Kind("work_matched", Home.PEOPLE, Right.COVERS_SCOPE, ("work",), ("works",), fields("key"), called="认定为同一作品"),
    # the boxes that whoever handed it in ticked: [version, digest of the text] each
    Kind("work_agreed", Home.PEOPLE, Right.COVERS_SCOPE, ("work",), ("works",), fields("statements:list"), called="作品承诺",
         registers=("agreed",)),
    Kind("work_judged", Home.PEOPLE, Right.COVERS_SCOPE, ("work",), ("works",), fields("counts:flag reason"), called="作品处理",
         registers=("counts",)),
    Kind("work_recommended", Home.PEOPLE, Right.COVERS_SCOPE, ("work",), ("works",), fields("outlet state note"), called="推荐播出",
         registers=("outlet {outlet}",)),
)
# fmt: on
