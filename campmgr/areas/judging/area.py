"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="judging",
    title="评审",
    uses=("units", "people", "duties", "certificates", "holidays", "prizes", "entries"),
    sort="entries",
    schemas=(
        Schema("judging 1", __package__),
        Schema("awards 1", __package__, "awards.sql"),
        Schema("award publicity 1", __package__, "publicity.sql"),
        Schema("nominees 1", __package__, "nominees.sql"),
    ),
    kinds="campmgr.areas.judging.kinds:KINDS",
    folds="campmgr.areas.judging.fold.folds:FOLDS",
    sheets="campmgr.areas.judging.files.sheets:SHEETS",
    unfinished="campmgr.areas.judging.queries.closing:unfinished",
    frozen="campmgr.areas.judging.queries.closing:frozen",
    settings="campmgr.areas.judging.settings:SECTIONS",
    pages=(
        "campmgr.areas.judging.pages.office:area",
        "campmgr.areas.judging.pages.rounds:area",
        "campmgr.areas.judging.pages.acts:area",
        "campmgr.areas.judging.pages.results:area",
        "campmgr.areas.judging.pages.judge:area",
        "campmgr.areas.judging.pages.packs:area",
        "campmgr.areas.judging.pages.awards:area",
        "campmgr.areas.judging.pages.nominees:area",
        "campmgr.areas.judging.pages.award_lists:area",
        "campmgr.areas.judging.pages.public:area",
    ),
    links=(
        Link("activity", 35, "office_judging.listed", "评审"),
        Link("activity", 37, "office_awards.listed", "定奖"),
        Link("activity public", 20, "public_awards.shown", "获奖名单公示"),
    ),
    commands=(
        Command("judge", "评委：指定、列出", "campmgr.areas.judging.commands.judges:judge"),
        Command("judging", "评审：轮次、分派、评审包、回避、评分、进度、开启", "campmgr.areas.judging.commands.packs:judging"),
        Command(
            "awards",
            "获奖名单：草拟、定奖、查看、核对、公示、异议、更正、导出",
            "campmgr.areas.judging.commands.nominees:awards",
        ),
    ),
    reports=(Command("scores", "开启以后的评审结果，各种算法并列。", "campmgr.areas.judging.commands.report:scores"),),
)
