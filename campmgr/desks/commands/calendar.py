"""`campmgr calendar`: weeks, deadlines, windows and nodes by the tables that come with the program; no data file is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import click

from campmgr.cli.output import emit, json_option, table
from campmgr.clock import SystemClock, local_day, local_text, parse_day, parse_instant, today_of, typed_instant, utc_text, week_day
from campmgr.errors import BadInput
from campmgr.periods.deadlines import days_late, deadline, deadline_after, minutes_before, told_in_time
from campmgr.periods.festivals import nodes
from campmgr.periods.published import published
from campmgr.periods.quotas import STANDING_WORDS, Owed, first_owed, owed, standing
from campmgr.periods.settings import SECTIONS, Deadlines, HandIns, Meetings, Nodes, Quotas, Timeliness
from campmgr.periods.spans import SpanKind, counted, named, owner, span_at
from campmgr.periods.windows import Placed, placed, windows
from campmgr.settings.complaints import Complaint, refusal
from campmgr.settings.reading import read_text
from campmgr.settings.sections import Sections

R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])

_KNOWN = Sections(SECTIONS)


def _set_option(command: F) -> F:
    told = "通知没有写明的读法，如 quotas.week_of=thursday，可写多次。"
    return click.option("--set", "chosen", multiple=True, metavar="键=值", help=told)(command)


@click.group()
def calendar() -> None:
    """周、月、季度、截止时间、报送窗口和节点（不需要数据文件）。"""


@calendar.command()
@click.argument("moment", metavar="时间")
@_set_option
@json_option
def when(moment: str, chosen: tuple[str, ...], *, as_json: bool) -> None:
    """一个时间按北京时间属于哪一天、哪一周、哪个月、哪个季度。"""
    at, week_of = _moment(moment), _chosen(chosen, Quotas).week_of
    week, day = span_at("week", at), local_day(at)
    months = {kind: owner(week, kind, week_of).name for kind in ("month", "quarter", "year")}
    spans = {kind: span_at(kind, at).name for kind in ("month", "quarter", "year")}
    data = {"day": day, "weekday": week_day(day), "working": published().is_working(day), "moved": published().is_moved(day),
            "week": week.name, **spans, "week_belongs_to": months, "unknown_holidays": _unknown(day, day)}  # fmt: skip
    words = [f"{day} {week_day(day)}，{'上班' if data['working'] else '休息'}{'（调休）' if data['moved'] else ''}",
             f"{week.words}，算在 {months['month']}", span_at("quarter", at).words]  # fmt: skip
    emit(data, as_json=as_json, text=lambda: "\n".join([*words, *_warned(data)]))


@calendar.command()
@click.argument("text", metavar="截止时间")
@click.option("--after", is_flag=True, help="截止时间是事情发生的日期，再按 timeliness.days 和 timeliness.counted 往后数。")
@click.option("--at", metavar="时间", help="看这个时间是不是按时（默认现在）。")
@_set_option
@json_option
def due(text: str, at: str | None, chosen: tuple[str, ...], *, after: bool, as_json: bool) -> None:
    """通知里写的截止时间（如“2024年5月29日下班前”）到底是哪一刻，还有几天。"""
    last, within = deadline(text, _chosen(chosen, Deadlines)), _chosen(chosen, Timeliness)
    event = last.day
    if after:
        last = deadline_after(event, within.days, within.counted, published())
    moment = _moment(at) if at else SystemClock().now()
    data = {"last": local_text(utc_text(last.last)), "day": last.day, "weekday": week_day(last.day), "in_time": last.holds(moment),
            "days_late": days_late(last.day, local_day(moment)), "unknown_holidays": _unknown(event, last.day)}  # fmt: skip
    says = [f"{last.words}，{week_day(last.day)}", last.left_words(moment)]
    emit(data, as_json=as_json, text=lambda: "\n".join([*says, *_warned(data)]))


@calendar.command("owed")
@click.argument("kind", type=click.Choice(["week", "month", "quarter"]), metavar="week|month|quarter")
@click.argument("within", metavar="时段")
@click.option("--done", multiple=True, metavar="时间", help="完成的时间，可写多次。")
@click.option("--needed", default=1, type=click.IntRange(1, 99), metavar="次数", help="每个周期要几次。")
@click.option("--issued", metavar="日期", help="通知印发的日期；从按 meetings.first_due 算出的周期起考核。")
@click.option("--on", "on", metavar="日期", help="按哪一天看（默认今天）。")
@_set_option
@json_option
def owed_(
    kind: SpanKind, within: str, done: tuple[str, ...], needed: int, issued: str | None, on: str | None, chosen: tuple[str, ...],
    *, as_json: bool,
) -> None:  # fmt: skip
    """一个年、季度或月里，每周、每月、每季度的任务各是什么状态。"""
    quotas, meetings, today = _chosen(chosen, Quotas), _chosen(chosen, Meetings), _day(on) if on else today_of(SystemClock())
    found = owed(kind, named(within), quotas, published())
    if issued:
        first = first_owed(kind, _day(issued), meetings.first_due).first
        found = tuple(each for each in found if each.span.first >= first)
    held = counted(kind, map(_moment, done))
    rows = [_owed_row(each, held.get(each.span.name, 0), needed, today, meetings.warn_days) for each in found]
    lines = [(row["period"], row["first"], row["last"], STANDING_WORDS[row["state"]], row["done"], row["because"]) for row in rows]
    emit({"rows": rows}, as_json=as_json, text=lambda: table(("周期", "从", "到", "状态", "完成", "说明"), lines))


@calendar.command("windows")
@click.option("--at", metavar="时间", help="这个时间报来的，算哪个窗口。")
@click.option("--for", "meant", default="", metavar="季度", help="报送人写明是哪个季度的。")
@_set_option
@json_option
def windows_(at: str | None, meant: str, chosen: tuple[str, ...], *, as_json: bool) -> None:
    """按季度集中报送的窗口；需要 --set handins.collects_from=… 和 handins.collects_to=…。"""
    handins = _chosen(chosen, HandIns)
    if not handins.collects_from or not handins.collects_to:
        hint = "请加 --set handins.collects_from=2023-04-01 --set handins.collects_to=2023-12-31。"
        raise BadInput("没有写从哪天收到哪天。", reason="missing_value", hint=hint)
    known = windows(handins)
    found = placed(_moment(at), known, handins, named(meant).name if meant else "") if at else None
    rows = [{"period": each.span.name, "opens": each.opens, "closes": each.closes} for each in known]
    lines = [(each.span.words, each.opens, each.closes) for each in known]
    data = {"rows": rows} | ({"placed": _placed_data(found)} if found else {})
    said = [found.sentence or f"算在{found.window.span.words}。" if found.window else found.sentence] if found else []
    emit(data, as_json=as_json, text=lambda: "\n".join([table(("季度", "打开", "关闭"), lines), *said]))


@calendar.command()
@click.argument("told", metavar="告知时间")
@click.argument("happens", metavar="发布时间")
@click.option("--least", default=0, type=click.IntRange(0, 100_000), metavar="分钟", help="至少提前几分钟。")
@json_option
def notice(told: str, happens: str, least: int, *, as_json: bool) -> None:
    """是不是提前告知，提前了几分钟；同一时刻不算提前。"""
    first, second = _moment(told), _moment(happens)
    minutes, in_time = minutes_before(first, second), told_in_time(first, second, least)
    says = f"{'提前' if in_time else '没有提前够：提前'} {minutes} 分钟"
    emit({"lead_minutes": minutes, "in_time": in_time}, as_json=as_json, text=lambda: says)


@calendar.command("nodes")
@click.option("--year", required=True, type=int, metavar="年份", help="1950 到 2099。")
@_set_option
@json_option
def nodes_(year: int, chosen: tuple[str, ...], *, as_json: bool) -> None:
    """一年的宣传节点：春节、元宵、清明、5·12、安全生产月、119周。"""
    known = published()
    found = nodes(year, _chosen(chosen, Nodes))
    rows = [{"name": each.name, "from": each.first, "to": each.last, "weekday": week_day(each.first),
             "working": known.is_working(each.first), "moved": known.is_moved(each.first)} for each in found]  # fmt: skip
    data = {"year": year, "nodes": rows, "unknown_holidays": _unknown(f"{year}-01-01", f"{year}-12-31")}
    lines = [(row["name"], row["from"], row["to"], row["weekday"], "上班" if row["working"] else "休息") for row in rows]
    emit(data, as_json=as_json, text=lambda: "\n".join([table(("节点", "从", "到", "星期", "第一天"), lines), *_warned(data)]))


def _owed_row(one: Owed, done: int, needed: int, today: str, warn_days: int) -> dict[str, Any]:
    state = standing(one, today, done, needed, warn_days)
    return {"period": one.span.name, "first": one.span.first, "last": one.span.last, "state": state, "done": done,
            "due": needed, "because": one.excused}  # fmt: skip


def _placed_data(found: Placed) -> dict[str, object]:
    return {"period": found.window.span.name if found.window else None, "missed": found.missed.span.name if found.missed else None,
            "sentence": found.sentence}  # fmt: skip


def _unknown(first: str, last: str) -> bool:
    return bool(published().unknown_years(first, last))


def _warned(data: Mapping[str, object]) -> list[str]:
    return ["这一年的放假安排不在程序里，按周一至周五上班算。"] if data["unknown_holidays"] else []


def _moment(text: str) -> datetime:
    """An instant; a day alone is its first second. Raises BadInput."""
    try:
        return typed_instant(text) if len(text.strip()) > 10 else parse_instant(parse_day(text))
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"“{text[:40]}”不是时间。", reason="bad_date", hint="请写成 2022-03-06 23:30。") from problem


def _day(text: str) -> str:
    return local_day(_moment(text))


def _chosen(given: Iterable[str], section: type[R]) -> R:
    """A section of settings as given. Raises BadInput for a key that nobody declares, or a value it cannot have."""
    values: dict[str, object] = {}
    complaints: list[Complaint] = []
    for each in given:
        key, mark, typed = each.partition("=")
        if not mark:
            raise BadInput(f"“{each}”看不懂。", reason="wrong_usage", hint="请写成 键=值，如 quotas.week_of=thursday。")
        about = _KNOWN.known(key.strip())
        value = read_text(about, typed)
        if isinstance(value, Complaint):
            complaints.append(value)
        elif about.section is section:
            values[about.name] = value
    if complaints:
        raise refusal(complaints)
    return section(**values)
