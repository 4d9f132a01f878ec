"""The log of a meeting or live: who came and went when, as platforms give it out, several rows a person."""

from __future__ import annotations

from campmgr.areas.hours.actions.import_sessions import EXPLAINED, Presence, SessionsPlanner
from campmgr.areas.hours.files.session_cells import Moment, TimeOfDay, duration, midnight_of, moment, on_day, span
from campmgr.facts.importing import RowProblem
from campmgr.files import cell_dates, cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import NAME, NUMBER, UNIT, Layout, Waiting, column
from campmgr.files.imports.row_reading import RowReader, get
from campmgr.files.imports.sheets import Importing, Sheet

_SESSIONS = Layout(
    "sessions",
    "参会记录",
    (
        column("number", "参与者编号", "编号 参与者代码", NUMBER, "personcode person"),
        column("name", "姓名", NAME, "真实姓名"),
        column("phone", "手机号", "手机号码 手机 联系电话 电话 电话号码 联系方式 绑定手机号 phone mobile telephone phonenumber"),
        column("nickname", "昵称", "用户昵称 入会昵称 参会昵称 微信昵称 账号昵称 用户名称 用户名 显示名称 显示名 参会者 参会人 与会者 成员 成员名称 观众昵称 观众",
               "nickname displayname user username participant attendee"),
        column("unit", "单位代码", *UNIT),
        column("day", "日期", "参会日期 观看日期 直播日期 会议日期 day date"),
        column("start", "加入时间", "入会时间 进入时间 首次入会时间 首次加入时间 进入会议时间 进入直播间时间 进入直播时间 上线时间 开始时间 开始观看时间 签到时间",
               "jointime join starttime start entertime enter timejoined"),
        column("end", "离开时间", "退出时间 退会时间 离会时间 最后退会时间 最后离开时间 退出会议时间 离开直播间时间 下线时间 结束时间 结束观看时间 签退时间",
               "leavetime leave endtime end exittime exit timeleft"),
        column("span", "起止时间", "参会时段 参会时间 观看时段 在线时段 时间段 时段 起止 span session period"),
        column("duration", "时长", "参会时长 入会时长 累计参会时长 在会时长 在线时长 观看时长 累计观看时长 停留时长 累计时长 时长分钟 参会分钟 分钟",
               "分钟数 duration minutes timeinsession"),
    ),
    (("number", "name", "phone", "nickname"), ("start", "span", "duration")),
    waiting=Waiting(EXPLAINED, "去指明是谁", "只有昵称、或对不上人的行，在导入后列在“待认参会者”里，在那里指明是谁。"),
)  # fmt: skip


def read_presence(_: RowReader, row: Row) -> Presence:
    """A row of a log: somebody, and either from when to when, or how long."""
    start, end = _times(row)
    seconds = get(row, "duration", duration, None) if start is None or end is None else None
    if start is not None and end is None:
        if seconds is None:
            raise RowProblem("end", "", "missing_value", "没有离开时间，也没有时长。")
        end = Moment(start + seconds) if isinstance(start, Moment) else TimeOfDay(start + seconds)
    if start is None and seconds is None:
        raise RowProblem("start", "", "missing_value", "没有加入时间，也没有时长。")
    day = get(row, "day", cell_dates.day, "")
    start, end = _on_its_day(start, end, day)
    of_day = isinstance(start, TimeOfDay)
    return Presence(
        number=get(row, "number", cells.code, ""),
        name=get(row, "name", cells.name, ""),
        phone=_phone(row),
        nickname=get(row, "nickname", cells.text, ""),
        unit=get(row, "unit", cells.code, ""),
        day=day,
        start=None if start is None else int(start),
        end=None if end is None else int(end),
        of_day=of_day,
        seconds=seconds,
    )


def _times(row: Row) -> tuple[Moment | TimeOfDay | None, Moment | TimeOfDay | None]:
    """From when to when: two columns, or one that says both. Raises RowProblem "conflict" for an end before the start."""
    for field in ("span", "start"):
        both = get(row, field, span, None)
        if both is not None:
            return both
    if "start" not in row.values and row.values.get("span"):
        raise RowProblem("span", row.values["span"], "bad_date", "看不出从几点到几点。请写成 2023-06-10 19:00-20:30 这样。")
    start, end = get(row, "start", moment, None), get(row, "end", moment, None)
    if isinstance(start, Moment) and isinstance(end, TimeOfDay):
        end = on_day(start, end)
    if start is not None and end is not None and type(start) is type(end) and end < start:
        raise RowProblem("end", row.values.get("end"), "conflict", "离开时间早于加入时间。请核对这两格。")
    return start, end


def _on_its_day(
    start: Moment | TimeOfDay | None, end: Moment | TimeOfDay | None, day: str
) -> tuple[Moment | TimeOfDay | None, Moment | TimeOfDay | None]:
    """Times of a day whose day stands in a column of its own."""
    if not day or not isinstance(start, TimeOfDay) or end is None:
        return start, end
    midnight = midnight_of(day)
    return Moment(midnight + start), Moment(midnight + end)


def _phone(row: Row) -> str:
    """A mobile number; one with stars, as platforms mask them, says nothing and is passed over."""
    return "" if "*" in str(row.values.get("phone", "")) else get(row, "phone", cells.phone, "")


def _plan(to: Importing) -> SessionsPlanner:
    return SessionsPlanner(to.batch, to.actor, lesson=to.lesson, unit=to.unit, within=to.within, day=to.day, today=to.today)


SESSIONS = Sheet(_SESSIONS, read_presence, _plan)
