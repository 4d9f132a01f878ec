"""`campmgr prizes publish | take-down | objections | object | answer | calendar`: what becomes of a frozen list."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from campmgr.areas.holidays.actions import tell_calendar
from campmgr.areas.holidays.files import calendar_days
from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.prizes.actions import publicity as actions
from campmgr.areas.prizes.queries.prizes import prize_list
from campmgr.areas.prizes.queries.publicity import PHASES, ListPublicity, Posting, publicity
from campmgr.areas.prizes.settings import COUNTED, LONGEST
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import camp_option, db_option, emit, json_option, present_camp_option, table
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.periods.published import published, published_days
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader

_number = click.argument("number", type=click.IntRange(1, 1_000_000))


@click.command()
@_number
@click.option("--from", "starts_on", default="", metavar="日期", help="从哪天起（默认今天；本机日期不可信时必须写）。")
@click.option("--days", type=click.IntRange(1, LONGEST), help="公示几天（默认按规则）。")
@click.option("--counted", type=click.Choice(tuple(COUNTED)), help="working 工作日、calendar 自然日（默认按规则）。")
@present_camp_option
@db_option
@json_option
def publish(number: int, starts_on: str, days: int | None, counted: str | None, db: str | None, *, as_json: bool) -> None:
    """公示一份名单；截止日当时算定，期满自动撤下。"""
    with writing(db) as w:
        posting = actions.post(w, number, starts_on, days=days or 0, counted=counted or "")
        unknown = calendar_of(worlds.load(w)).unknown_years(posting.starts_on, posting.ends_on)
    note = (
        f"\n还没有 {'、'.join(map(str, unknown))} 年的放假安排，工作日按周一至周五算（prizes calendar 可导入）。" if unknown else ""
    )
    emit(asdict(posting), as_json=as_json, text=lambda: _posting_text(posting) + note)


@click.command("take-down")
@_number
@click.option("--reason", required=True, metavar="原因", help="为什么提前撤下。")
@present_camp_option
@db_option
def take_down(number: int, reason: str, db: str | None) -> None:
    """提前撤下公示。"""
    with writing(db) as w:
        actions.take_down(w, number, reason)
    click.echo(f"第 {number} 号名单已撤下。")


@click.command()
@_number
@camp_option
@db_option
@json_option
def objections(number: int, db: str | None, *, as_json: bool) -> None:
    """一份名单的公示情况和全部异议。"""
    with reading(db) as (r, world):
        prize_list(r, world, number)
        found, today = publicity(r, number), today_of(r.clock)
    emit(_data(number, found, today), as_json=as_json, text=lambda: _text(found, today))


@click.command("object")
@_number
@click.option("--matter", required=True, metavar="内容", help="只写名次、作品和理由；不写提出人的姓名、电话。")
@click.option("--work", default="", metavar="作品", help="关于哪件作品（prizes show --json 里的 work）。")
@click.option("--way", default="", metavar="方式", help="来信、电话、当面……")
@click.option("--on", default="", metavar="日期", help="收到的日期（默认今天）。")
@present_camp_option
@db_option
@json_option
def object_(number: int, matter: str, work: str, way: str, on: str, db: str | None, *, as_json: bool) -> None:
    """登记一条异议。"""
    with writing(db) as w:
        fact = actions.object_to(w, number, matter, work=work, way=way, on=on).chain
    emit({"number": number, "objection": fact}, as_json=as_json, text=lambda: f"已登记，编号 {fact[:12]}。")


@click.command()
@_number
@click.argument("objection", metavar="异议编号")
@click.option("--upheld/--rejected", required=True, help="异议成立，或不成立。")
@click.option("--words", required=True, metavar="答复", help="核实的情况和处理。")
@present_camp_option
@db_option
def answer(number: int, objection: str, words: str, db: str | None, *, upheld: bool) -> None:
    """答复一条异议；再答复一次，以最后一次为准。"""
    with writing(db) as w:
        actions.answer(w, number, _find(w, number, objection), upheld=upheld, words=words)
    click.echo("已答复。名单的改动请用 campmgr prizes amend。" if upheld else "已答复。")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[文件]")
@click.option("--known", type=int, metavar="年份", help="采用程序带来的这一年的安排。")
@db_option
@json_option
def calendar(file: Path | None, known: int | None, db: str | None, *, as_json: bool) -> None:
    """导入一年的放假和调休上班日（日期、类型两列，类型填休或班）；不给文件则列出已有的。"""
    if known is not None:
        _take_known(known, db)
    if file is not None:
        if not file.is_file():
            raise NotFound(f"没有找到文件 {file.name}。", reason="unreadable_file", hint="请核对文件名。")
        with writing(db) as w:
            days = calendar_days(file, max_bytes=worlds.load(w).rules[Limits].import_bytes)
            tell_calendar(w, days, file.name)
    with reading(db) as (_r, world):
        years = calendar_of(world).years
    data = [
        {"year": year, "off": sorted(each.off), "work": sorted(each.work), "source": each.source} for year, each in years.items()
    ]
    rows = [(year, len(each.off), len(each.work), each.source) for year, each in years.items()]
    emit(data, as_json=as_json, text=lambda: table(("年份", "放假天数", "上班天数", "来源"), rows))


def _take_known(year: int, db: str | None) -> None:
    """Tell a year as the program brings it. Raises NotFound for one that it does not know."""
    brought = published().years
    if year not in brought:
        raise NotFound(f"程序里没有 {year} 年的放假安排。", reason="unknown_fact",
                       hint=f"程序带来 {min(brought)} 到 {max(brought)} 年；别的年份请导入文件。")  # fmt: skip
    with writing(db) as w:
        tell_calendar(w, published_days(year), brought[year].source)


def _find(r: Reader, number: int, text: str) -> str:
    """The objection of an id, or of the first eight or more characters of one. Raises NotFound, BadInput."""
    found = [each.fact for each in publicity(r, number).objections if len(text) >= 8 and each.fact.startswith(text.lower())]
    if len(found) > 1:
        raise BadInput(f"以“{text}”开头的异议不止一条。", reason="unknown_fact", hint="请多写几位。")
    if not found:
        raise NotFound(f"没有编号以“{text}”开头的异议。", reason="unknown_fact", hint="编号见 campmgr prizes objections。")
    return found[0]


def _data(number: int, found: ListPublicity, today: str) -> dict[str, object]:
    return {"number": number, "phase": found.phase(today), "posting": found.posting and asdict(found.posting),
            "taken_down_on": found.taken_down_on or None, "taken_down_for": found.taken_down_for or None,
            "objections": [asdict(each) for each in found.objections]}  # fmt: skip


def _text(found: ListPublicity, today: str) -> str:
    said = [PHASES[found.phase(today)], *([_posting_text(found.posting)] if found.posting else [])]
    if found.taken_down_on:
        said.append(f"{found.taken_down_on} 提前撤下：{found.taken_down_for}")
    rows = [
        (each.fact[:12], each.raised_on, each.way, each.title, each.matter, each.words, each.answer) for each in found.objections
    ]
    return "\n".join([*said, table(("编号", "收到", "方式", "作品", "内容", "处理", "答复"), rows)])


def _posting_text(posting: Posting) -> str:
    return f"第 {posting.number} 号名单公示 {posting.starts_on} 至 {posting.ends_on}（{posting.counted}），展示到 {posting.shown_until}。"
