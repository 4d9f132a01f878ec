"""What the desks bring: pages and commands that look at several areas. No area itself, so it stands in no register."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link

DESKS = Area(
    name="desks",
    title="工作台",
    pages=(
        "campmgr.desks.pages.account:area",
        "campmgr.desks.pages.setup:area",
        "campmgr.desks.pages.start:area",
        "campmgr.desks.pages.desk:area",
        "campmgr.desks.pages.closing_units:area",
        "campmgr.desks.pages.list_acts:area",
        "campmgr.desks.pages.unit_log:area",
        "campmgr.desks.pages.inviting:area",
        "campmgr.desks.pages.person:area",
        "campmgr.desks.pages.person_homes:area",
        "campmgr.desks.pages.person_links:area",
        "campmgr.desks.pages.batches:area",
        "campmgr.desks.pages.undo:area",
        "campmgr.desks.pages.unsaved:area",
        "campmgr.desks.pages.picking:area",
        "campmgr.desks.pages.imports:area",
        "campmgr.desks.pages.lists:area",
        "campmgr.desks.pages.job_pages:area",
        "campmgr.desks.pages.sheets:area",
        "campmgr.desks.pages.many_sheets:area",
        "campmgr.desks.pages.review:area",
        "campmgr.desks.pages.office_review:area",
        "campmgr.desks.pages.office:area",
        "campmgr.desks.pages.rules:area",
        "campmgr.desks.pages.activities:public",
        "campmgr.desks.pages.activities:desk",
        "campmgr.desks.pages.activities:office",
        "campmgr.desks.pages.activity_opening:area",
        "campmgr.desks.pages.activity_rules:area",
        "campmgr.desks.pages.office_files:area",
        "campmgr.desks.pages.score_sheets:area",
        "campmgr.desks.pages.backup:area",
    ),
    links=(
        Link("top", 15, "activities.going_on", "活动", "several"),
        Link("top", 50, "desk.units", "我的单位", "viewer"),
        Link("top", 60, "office.overview", "组织工作", "organizer"),
        Link("office", 15, "office_review.page", "待核对"),
        Link("office", 40, "office_rules.rules", "规则"),
        Link("office", 45, "office_activities.listed", "活动"),
        Link("office", 105, "office_backup.page", "备份", "laptop"),
        Link("office", 110, "office.accounts", "账号"),
        Link("desk", 95, "desk_activities.of_unit", "活动", "several"),
        Link("desk", 90, "sheets.choose", "导入", "write"),
        Link("desk", 100, "review.page", "待核对"),
    ),
    commands=(
        Command("account", "网页的登录账号：列出、停用、重设密码", "campmgr.desks.commands.accounts:account"),
        Command("calendar", "周、月、季度、截止时间、报送窗口和节点", "campmgr.desks.commands.calendar:calendar"),
        Command("import", "从表格导入单位、人员、课程、学习记录、点赞数", "campmgr.desks.commands.imports:import_"),
        Command("open", "按预设新开一个训练营", "campmgr.desks.commands.camp:open_"),
        Command("person", "人员：查看、移动、合并、拆分、更正、删除个人信息", "campmgr.desks.commands.people:person"),
        Command("review", "待核对：列出、查看、回答", "campmgr.desks.commands.review:review"),
        Command("rules", "查看和修改规则", "campmgr.desks.commands.camp:rules"),
        Command("withdraw", "撤回一批或一条记录", "campmgr.desks.commands.people:withdraw"),
    ),
)


CAMP_DESKS = Area(
    name="camp desks",
    title="训练营的工作台",
    sort="camp",
    pages=(
        "campmgr.desks.pages.public:area",
        "campmgr.desks.pages.me:area",
        "campmgr.desks.pages.my_leaving:area",
        "campmgr.desks.pages.my_device:area",
        "campmgr.desks.pages.board:area",
        "campmgr.desks.pages.platform_certificates:area",
        "campmgr.desks.pages.lesson_stories:area",
        "campmgr.desks.pages.posters:area",
        "campmgr.desks.pages.posters:booklet",
    ),
    links=(
        Link("top", 10, "public.camp", "首页"),
        Link("office", 10, "office.overview", "概览"),
        Link("desk", 10, "desk.unit", "概况"),
        Link("top", 20, "board.board_page", "点赞榜"),
        Link("office", 80, "office_reports.reports", "报表"),
        Link("top", 30, "me.find", "我的学时"),
    ),
    reports=(
        Command("behind", "一个单位里参加了但还没有达到领证条件的人。", "campmgr.desks.commands.reports:behind_"),
        Command("hours", "一个人的课时，每门课说明为什么。", "campmgr.desks.commands.reports:hours"),
    ),
    commands=(
        Command("poster", "单位的招募海报（PDF）", "campmgr.desks.commands.poster:poster"),
        Command("mark", "登记一次学习、签到、扫码或关注", "campmgr.desks.commands.people:mark"),
    ),
)
"""What of the desks is the training camp's: where none was ever opened, nothing of it is shown."""
