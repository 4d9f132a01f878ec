"""The spreadsheets of lessons and of marks."""

from __future__ import annotations

from campmgr.areas.camp.settings import FIELDS
from campmgr.areas.hours.actions.import_lessons import LessonsPlanner
from campmgr.areas.hours.actions.import_marks import MarksPlanner, PersonMark
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.hours.files.sessions import SESSIONS
from campmgr.areas.hours.rules.evidence import SOURCES
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.settings import LESSON_KINDS, Hours
from campmgr.facts.importing import RowProblem
from campmgr.files import cell_dates, cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import NAME, NAME_NEVER, NUMBER, NUMBER_NEVER, UNIT, UNIT_NEVER, Layout, column
from campmgr.files.imports.row_reading import RowReader, get, required, word
from campmgr.files.imports.sheets import Importing, Sheet
from campmgr.files.read_table import is_blank

_LESSONS = Layout(
    "lessons",
    "课程表",
    (
        column("code", "编号", "课程编号 课程代码 课程编码 代码 编码 code lessoncode number id", parts="课程编 课程代 课程号"),
        column("name", "名称", "课程名称 课程标题 标题 课程 name title lesson", parts="课程名 课程标题"),
        column("hours", "课时", "课时数 学时 学时数 classhours hours credits credit"),
        column(
            "length",
            "时长",
            "课程时长 视频时长 时长分钟 分钟 分钟数 length minutes duration",
            parts="时长 分钟",
            never="课时 学时 累计 已 间隔",
            scales="小时 秒",
        ),
        column("kind", "形式", "课程形式 课程类型 课程类别 类型 类别 kind type"),
        column("field", "领域", "内容领域 课程领域 适用领域 所属领域 方向 分类 field category topic"),
        column("replay_of", "重播自", "重播课程 重播 原直播编号 对应直播 直播编号 replayof replay"),
        column("starts_at", "开始时间", "直播时间 直播开始时间 开播时间 开始日期 startsat start starttime begin"),
    ),
    (("code",), ("name",), ("hours",)),
    amount="length",
)

_MARKS = Layout(
    "marks",
    "学习记录",
    (
        column(
            "number",
            "参与者编号",
            "编号 参与者代码",
            NUMBER,
            "code personcode person participant id",
            parts="学号 学籍 编号 工号",
            never=NUMBER_NEVER,
        ),
        column("name", "姓名", NAME, parts="姓名 名字", never=NAME_NEVER),
        column("unit", "单位代码", *UNIT, parts="单位 学校 机构", never=UNIT_NEVER),
        column("came", "到场", "是否到场 有没有到场 came present"),
        column("lesson", "课程编号", "课程代码 课程编码 课程 lessoncode lesson course", parts="课程编 课程代 课程号"),
        column(
            "minutes",
            "分钟",
            "分钟数 学习分钟 学习分钟数 观看分钟 学习时长 观看时长 时长 时长分钟 学习 观看 在线 听课 参会 收看 minutes duration study watched watch",
            parts="分钟 小时 学习时长 观看时长 听课时长 在线时长 参会时长 收看时长 学习用时 观看用时 在线用时 minutes hours",
            never="课程 视频 总 应 要求 标准 直播时 课件 规定 目标 剩余 缺",
            scales="小时 秒",
        ),
        column(
            "day",
            "日期",
            "学习日期 观看日期 参与日期 签到日期 学习时间 时间 day date",
            parts="日期",
            never="出生 入学 填 制 报名 注册 打印 导出 截止 发证 入职",
        ),
        column("source", "方式", "参与方式 学习方式 记录方式 来源 类型 source method kind way"),
    ),
    (("number", "name"), ("lesson", "source")),
    amount="minutes",
)


def read_lesson(reader: RowReader, row: Row) -> Lesson:
    """A row of lessons; what it does not say comes from the camp's defaults."""
    replay_of = get(row, "replay_of", cells.code, "")
    return Lesson(
        code=required(row, "code", cells.code, "没有课程编号。"),
        name=required(row, "name", cells.text, "没有课程名称。"),
        hundredths=get(row, "hours", cells.hundredths, reader.rules[Hours].default_hundredths),
        length_minutes=get(row, "length", cells.minutes, reader.rules[Hours].default_length_minutes),
        kind=word(row, "kind", LESSON_KINDS, "直播重播" if replay_of else "科普视频"),
        field=word(row, "field", FIELDS, ""),
        replay_of=replay_of,
        starts_at="" if replay_of else get(row, "starts_at", cell_dates.instant, ""),
    )


def read_mark(_: RowReader, row: Row) -> PersonMark:
    """A row of marks: with a lesson a mark, else the condition its 方式 names.

    Where the sheet has a column 到场, a row counts by its tick, or by the minutes beside it; the rest was printed beforehand.
    """
    if not _came(row):
        return PersonMark(get(row, "number", cells.code, ""), get(row, "name", cells.name, ""), "", MarkRow(""), came=False)
    lesson = get(row, "lesson", cells.code, "")
    day = get(row, "day", cell_dates.day, "")
    if lesson:
        minutes = get(row, "minutes", cells.minutes, None)
        mark = MarkRow(day, lesson=lesson, minutes=minutes, source=word(row, "source", SOURCES, "import"))
    else:
        condition = word(row, "source", CONDITIONS, "")
        if not condition:
            raise RowProblem("lesson", "", "missing_value", "没有课程编号，方式也不是签到、关注或每日扫码。")
        mark = MarkRow(day, condition=condition, source="import")
    unit, name = get(row, "unit", cells.code, ""), get(row, "name", cells.name, "")
    return PersonMark(get(row, "number", cells.code, ""), name, unit, mark)


def _came(row: Row) -> bool:
    """Whether a row says that somebody came. Raises RowProblem "conflict" for minutes of somebody who did not."""
    if "came" not in row.values:
        return True
    ticked = get(row, "came", cells.came, None)
    has_minutes = not is_blank(row.values.get("minutes", ""))
    if ticked is False and has_minutes:
        raise RowProblem("came", row.values["came"], "conflict", "没有到场，却写了分钟。请改正其中一个。")
    return has_minutes if ticked is None else ticked


def _plan_lessons(to: Importing) -> LessonsPlanner:
    return LessonsPlanner(to.batch, to.actor)


def _plan_marks(to: Importing) -> MarksPlanner:
    return MarksPlanner(to.batch, to.actor, day=to.day, today=to.today, unit=to.unit, within=to.within)


SHEETS = (
    Sheet(_LESSONS, read_lesson, _plan_lessons),
    Sheet(_MARKS, read_mark, _plan_marks),
    SESSIONS,
)
