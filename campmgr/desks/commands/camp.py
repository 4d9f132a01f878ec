"""`campmgr open`, `rules`."""

from __future__ import annotations

from pathlib import Path

import click

from campmgr.areas.activities.actions import amend
from campmgr.areas.camp import actions as camps
from campmgr.areas.camp.queries import rules_shown
from campmgr.areas.hours.queries.amend_preview import RUN, Sort, amend_preview
from campmgr.cli.opened import catalogue_in_use, reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.clock import today_of
from campmgr.config import data_file
from campmgr.disk import new_private_file
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_activity
from campmgr.facts.recovery import new_recovery, sheet_text
from campmgr.store.data_file import close
from campmgr.wording import hours_text, list_words


class _PresetOption(click.Option):
    """Names the presets in its help, once the help is asked for: they come from the areas that the program was started with."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], f"预设：{list_words(catalogue_in_use().presets)}。  {record[1]}")


@click.command()
@click.option("--preset", required=True, metavar="名称", cls=_PresetOption)
@click.option("--code", default="", metavar="代码", help="别类活动的代码（不写为预设的名称）；训练营的固定为 camp。")
@click.option("--recovery-out", type=click.Path(path_type=Path), metavar="文件", help="恢复单写到哪里（默认：显示一次）。")
@db_option
@json_option
def open_(preset: str, code: str, recovery_out: Path | None, db: str | None, as_json: bool) -> None:
    """新开一个训练营或别类活动：新建数据文件，写入预设的规则和单位。恢复单只给这一次，请打印保管。"""
    path, recovery = data_file(db), new_recovery()
    if recovery_out:
        new_private_file(recovery_out)  # before there is a camp whose paper could be lost
    store = camps.open_camp(path, preset, catalogue_in_use(), recovery=recovery, code=code)
    with store.reading() as r:
        world, day = worlds.load(r), today_of(r.clock)
    close(store)
    sheet = sheet_text(recovery, world.campaign, world.name, day)
    if recovery_out:
        recovery_out.write_text(sheet, "utf-8")
    data = {"campaign": world.campaign, "db": str(path), "setup_link": None, "recovery": None if recovery_out else recovery.words,
            "recovery_file": str(recovery_out) if recovery_out else None}  # fmt: skip
    told = f"恢复单：{recovery_out}（打印后请删除）" if recovery_out else f"\n{sheet}"
    emit(data, as_json=as_json,
         text=lambda: f"已开营：{world.name}（{len(world.tree.units)} 个单位）\n数据文件：{path}\n{told}")  # fmt: skip


@click.group()
def rules() -> None:
    """查看和修改规则。"""


@rules.command("show")
@click.argument("keys", nargs=-1)
@activity_option
@db_option
@json_option
def show_(keys: tuple[str, ...], activity: str, db: str | None, as_json: bool) -> None:
    """全部设置：值、含义、出处；标“待定”的是通知没有写明、由组织方决定的。"""
    with reading(db) as (r, world):
        rules = find_activity(world, activity).rules if activity else rules_shown(r, world)
        for key in keys:
            rules.value_of(key)  # names the nearest setting when there is none of that name
        lines = [line for line in rules.show() if not keys or line.key in keys]
    data = [
        {"key": line.key, "value": line.value, "label": line.label, "source": line.source, "open": line.is_open, "says": line.says,
         "allowed": list(line.allowed)}
        for line in lines
    ]  # fmt: skip
    rows = [(line.key, line.value, line.label, line.source, "待定" if line.is_open else "") for line in lines]
    emit({"rules": data}, as_json=as_json, text=lambda: table(("设置", "值", "含义", "依据", ""), rows))


@rules.command("set")
@click.argument("key")
@click.argument("value")
@click.option("--reason", default="", help="修改的原因。")
@click.option("--dry-run", is_flag=True, help="只预览：谁的课时增加、减少，谁的证书受影响；什么也不写。")
@activity_option
@db_option
@json_option
def set_(key: str, value: str, reason: str, dry_run: bool, activity: str, db: str | None, as_json: bool) -> None:
    """修改一项设置；修改记入账本，对全营生效。别的活动的规则，用 --activity 或 campmgr activity amend。"""
    if dry_run:
        _try_out(key, value, activity, db, as_json=as_json)
        return
    with writing(db) as w:
        if activity:
            fact = amend(w, find_activity(worlds.load(w), activity), {key: value}, reason)
        else:
            fact = camps.amend_rule(w, key, value, reason)
    data = {"key": key, "value": value, "fact": fact.chain if fact else None}
    emit(data, as_json=as_json, text=lambda: f"{key} = {value}" if fact else f"{key} 本来就是 {value}，没有改动。")


_SORTS = (("gain", "课时增加"), ("lose", "课时减少"), ("ready_now", "新达到领证条件"), ("ready_no_more", "不再达到领证条件"),
          ("certified", "已有证书、低于要求（转入待核对，不会自动收回）"))  # fmt: skip


def _try_out(key: str, value: str, activity: str, db: str | None, *, as_json: bool) -> None:
    """Say what a change would do to the camp that is going on, and write nothing."""
    with reading(db) as (r, world):
        if activity and find_activity(world, activity).id != world.activity:
            raise BadInput(
                "这样只能预览正在进行的训练营的规则。", hint=f"请用 campmgr activity amend {activity} {key} 的 --dry-run。"
            )
        found = amend_preview(r, world, key, value, say=None if as_json else _progress)
    sorts: dict[str, Sort] = {name: getattr(found, name) for name, _ in _SORTS}
    data = {"key": key, "value": value, "dry_run": True, "people": found.everyone} | {
        name: {"count": sort.count, "hours": hours_text(sort.hundredths), "first": [
            {"person": each.person, "name": each.name, "unit": each.unit_name, "before": hours_text(each.before),
             "after": hours_text(each.after)} for each in sort.first]}
        for name, sort in sorts.items()
    }  # fmt: skip
    emit(data, as_json=as_json, text=lambda: "\n".join([f"预览 {found.everyone} 人，没有写入。", *_sort_lines(sorts)]))


def _sort_lines(sorts: dict[str, Sort]) -> list[str]:
    lines = []
    for name, words in _SORTS:
        sort = sorts[name]
        lines.append(f"{words}：{sort.count} 人" + (f"，合计 {hours_text(sort.hundredths)} 课时" if sort.hundredths else ""))
        lines += [f"  {each.name}（{each.unit_name}）{hours_text(each.before)} → {hours_text(each.after)}" for each in sort.first]
        lines += [f"  等 {sort.count} 人"] if sort.count > len(sort.first) else []
    return lines


def _progress(counted: int, everyone: int) -> None:
    if everyone > RUN:
        click.echo(f"已算过 {counted} / {everyone} 人", err=True)
