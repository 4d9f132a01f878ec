"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="judging",
    title="评审",
    uses=("units", "people", "duties", "entries"),
    sort="entries",
    schemas=(Schema("judging 1", __package__), Schema("awards 1", __package__, "awards.sql")),
    kinds="campmgr.areas.judging.kinds:KINDS",
    folds="campmgr.areas.judging.fold.folds:FOLDS",
    settings="campmgr.areas.judging.settings:SECTIONS",
    pages=(
        "campmgr.areas.judging.pages.office:area",
        "campmgr.areas.judging.pages.rounds:area",
        "campmgr.areas.judging.pages.acts:area",
        "campmgr.areas.judging.pages.results:area",
        "campmgr.areas.judging.pages.judge:area",
    ),
    links=(Link("activity", 35, "office_judging.listed", "评审"),),
    commands=(
        Command("judge", "评委：指定、列出", "campmgr.areas.judging.commands.judges:judge"),
        Command("judging", "评审：轮次、分派、回避、评分、进度、开启", "campmgr.areas.judging.commands.judging:judging"),
    ),
    reports=(Command("scores", "开启以后的评审结果，各种算法并列。", "campmgr.areas.judging.commands.report:scores"),),
)
