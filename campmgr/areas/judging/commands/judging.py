"""`campmgr judging`: rounds, assignment, recusals, marks from paper, progress, opening. No mark is printed here."""

from __future__ import annotations

from dataclasses import replace

import click

from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.judging.actions.assigning import Plan, assign_judges, plan_assignment
from campmgr.areas.judging.actions.rounds import open_round, set_round
from campmgr.areas.judging.actions.scoring import Given, give_score, lift_recusal, recuse
from campmgr.areas.judging.kinds import WHYS
from campmgr.areas.judging.queries.judges import judges_in, names_of_judges
from campmgr.areas.judging.queries.rounds import round_named, rounds_of
from campmgr.areas.judging.rules.rounds import criteria_of, read_mark
from campmgr.areas.judging.rules.starting import round_from_rules
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.clock import until_instant, utc_text
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity
from campmgr.facts.inventory_rows import row_of
from campmgr.ids import random_id


@click.group()
def judging() -> None:
    """评审：轮次、分派、回避、评分、进度、开启。"""


@judging.command("set")
@click.argument("name", metavar="轮次")
@click.option("--criterion", "criteria", multiple=True, metavar="标准=权重", help="可写多次；不写的按活动的规则。")
@click.option("--class", "classes", multiple=True, metavar="类别", help="只评这些类的作品（可写多次）。")
@click.option("--entry", "entries", multiple=True, metavar="作品", help="只评这些作品，写作品编号（可写多次）。")
@click.option("--scale", type=int, default=None, help="每项满分。")
@click.option("--step", type=int, default=None, help="每档相差，以百分之一分计。")
@click.option("--per-work", type=int, default=None, help="每件几位评委。")
@click.option("--method", default="", metavar="算法", help="raw、trimmed、centred、standard 或 borda。")
@click.option("--seed", default="", help="抽签的种子。")
@click.option("--closes", default="", metavar="时间", help="收到什么时候为止，如 2024-08-31T18:00。")
@click.option("--open-names", is_flag=True, help="评委看得到单位和作者。")
@click.option("--reason", default="", help="已有评分的，写明为什么改。")
@activity_option
@db_option
@json_option
def set_(  # noqa: PLR0913 - one option each
    *, name: str, criteria: tuple[str, ...], classes: tuple[str, ...], entries: tuple[str, ...], scale: int | None,
    step: int | None, per_work: int | None, method: str, seed: str, closes: str, open_names: bool, reason: str, activity: str,
    db: str | None, as_json: bool,
) -> None:  # fmt: skip
    """设置一轮评审；没写的，新的一轮按活动的规则，已有的不变。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        known = next((each.round for each in rounds_of(w, found) if each.name == name), None)
        one = known or round_from_rules(found.id, name, found.rules)
        said = replace(
            one, criteria=criteria_of(criteria) if criteria else one.criteria, classes=classes or one.classes,
            entries=tuple(row_of(w, ENTRIES, each).id for each in entries) or one.entries, scale=scale or one.scale,
            step=step or one.step, per_work=per_work or one.per_work, method=method or one.method, seed=seed or one.seed,
            closes_at=utc_text(until_instant(closes)) if closes else one.closes_at, blind=one.blind and not open_names,
        )  # fmt: skip
        fact = set_round(w, found, said, reason=reason)
    emit({"fact": fact.chain, "round": name}, as_json=as_json, text=lambda: f"已设置：{name}。")


@judging.command("list")
@activity_option
@db_option
@json_option
def list_(activity: str, db: str | None, as_json: bool) -> None:
    """各轮评审，怎样评，是否已经开启、谁为什么开启。"""
    with reading(db) as (r, world):
        lines = rounds_of(r, chosen_activity(world, activity, "entries"))
    told = [
        {"round": each.name, "state": each.state, **each.round.told(), "digest": each.round.digest, "changes": len(each.earlier),
         "openings": [one._asdict() for one in each.openings]}
        for each in lines
    ]  # fmt: skip
    rows = [(each.name, "已开启" if each.is_opened else "未开启", each.round.per_work, each.round.method, len(each.earlier))
            for each in lines]  # fmt: skip
    emit({"rounds": told}, as_json=as_json,
         text=lambda: table(("轮次", "状态", "每件几人", "算法", "改过几次"), rows) if rows else "还没有设置评审。")  # fmt: skip


@judging.command("assign")
@click.argument("name", metavar="轮次")
@click.option("--per-work", type=int, default=None, help="每件几位评委（不写按这一轮的设置）。")
@click.option("--seed", default="", help="抽签的种子（不写按这一轮的设置）。")
@click.option("--dry-run", is_flag=True, help="只看会怎样分，不写入。")
@activity_option
@db_option
@json_option
def assign(name: str, per_work: int | None, seed: str, dry_run: bool, activity: str, db: str | None, as_json: bool) -> None:
    """把作品均匀地分给评委，该回避的不分；同样的种子分出同样的结果。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        line = round_named(r, found, name)
        plan = plan_assignment(r, world, found, line, per_work or line.round.per_work, seed or line.round.seed)
        names = names_of_judges(r, plan.assigned.loads)
    if not dry_run:
        with writing(db) as w:
            again = plan_assignment(w, worlds.load(w), found, line, per_work or line.round.per_work, seed or line.round.seed)
            assign_judges(w, found, again, random_id())
            plan = again
    told = {
        "round": name, "seed": seed or line.round.seed,
        "pairs": [{"entry": entry, "judge": judge} for entry, judge in plan.assigned.pairs],
        "load": {"least": plan.least, "most": plan.most},
        "recused": [{"entry": each.entry, "judge": each.judge, "why": each.why} for each in plan.recused],
        "short": [{"entry": entry, "has": has, "needs": needs} for entry, has, needs in plan.assigned.short],
    }  # fmt: skip
    emit(told, as_json=as_json, text=lambda: _plan_words(plan, names, dry_run=dry_run))


def _plan_words(plan: Plan, names: dict[str, str], *, dry_run: bool) -> str:
    rows = [(names.get(judge, judge), load) for judge, load in plan.assigned.loads.items()]
    told = f"{'会分出' if dry_run else '已分出'} {len(plan.assigned.pairs)} 份，每人 {plan.least} 到 {plan.most} 件。"
    parts = [told, table(("评委", "件数"), rows)]
    parts += [f"回避：{names.get(each.judge, each.judge)} — {each.entry[:8]}，{each.words}" for each in plan.recused]
    parts += [f"评委不够：{entry[:8]} 只有 {has} 位，要 {needs} 位" for entry, has, needs in plan.assigned.short]
    parts += [f"没有单位、不能分派：{each.name}" for each in plan.unplaced]
    return "\n".join(parts)


@judging.command("score")
@click.argument("entry", metavar="作品")
@click.option("--round", "name", required=True, metavar="轮次", help="哪一轮。")
@click.option("--judge", required=True, metavar="编码", help="哪位评委。")
@click.option("--marks", default="", metavar="分数", help="按标准的顺序，空格隔开，如 9 8 7 8 6 10。")
@click.option("--abstain", is_flag=True, help="弃权，不打分。")
@click.option("--note", default="", help="评语。")
@click.option("--reason", default="", help="开启以后更正的，写明原因。")
@activity_option
@db_option
@json_option
def score(
    entry: str, name: str, judge: str, marks: str, abstain: bool, note: str, reason: str, activity: str, db: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """照纸质评分表录入一件；再录一次就是更正，两份都留着。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        line, who, work = round_named(w, found, name), find_person(w, judge), row_of(w, ENTRIES, entry)
        typed = marks.split()
        if not abstain and len(typed) != len(line.round.names):
            raise BadInput(f"要 {len(line.round.names)} 个分数：{'、'.join(line.round.names)}。", reason="missing_value")
        read = None if abstain else {
            each: read_mark(line.round, each, text) for each, text in zip(line.round.names, typed, strict=True)
        }  # fmt: skip
        fact = give_score(w, found, line, work.id, who.person, Given(read, note, "paper", reason))
    emit({"fact": fact.chain if fact else None, "entry": work.id}, as_json=as_json,
         text=lambda: "已记下。" if fact else "和原来的一样，没有改动。")  # fmt: skip


@judging.command("recuse")
@click.argument("entry", metavar="作品")
@click.option("--round", "name", required=True, metavar="轮次", help="哪一轮。")
@click.option("--judge", required=True, metavar="编码", help="哪位评委。")
@click.option("--note", default="", help="说明。")
@click.option("--ruled", is_flag=True, help="由主办单位决定（不写为本人申请）。")
@click.option("--lift", is_flag=True, help="解除回避，说明写在 --note。")
@activity_option
@db_option
@json_option
def recuse_(
    entry: str, name: str, judge: str, note: str, ruled: bool, lift: bool, activity: str, db: str | None, as_json: bool
) -> None:
    """登记或解除回避；同单位、同市、本人作品的回避由程序自己查出，不用登记。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        line, who, work = round_named(w, found, name), find_person(w, judge), row_of(w, ENTRIES, entry)
        if lift:
            fact = lift_recusal(w, found, line, work.id, who.person, note)
        else:
            fact = recuse(w, found, line, work.id, who.person, note, ruled=ruled)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已解除回避。" if lift else "已登记回避。")


@judging.command("progress")
@click.argument("name", metavar="轮次")
@activity_option
@db_option
@json_option
def progress(name: str, activity: str, db: str | None, as_json: bool) -> None:
    """谁还差几件；只有件数，没有分数。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        line = round_named(r, found, name)
        judges, seats = judges_in(r, world, found, line)
    aside = sorted(pair for pair in seats.said if pair in seats.recusals.of)
    told = {
        "round": name, "state": line.state, "judges": [{"person": each.person, "left": each.left} for each in judges],
        "set_aside": [{"entry": pair[0], "judge": pair[1], "why": seats.recusals.of[pair].why} for pair in aside],
    }  # fmt: skip
    names = {each.person: each.name for each in judges}
    rows = [(each.name, each.assigned, each.scored, each.abstained, each.left) for each in judges]
    lines = [f"回避，评分不计：{names.get(judge, judge)} — {entry[:8]}，{WHYS[seats.recusals.of[entry, judge].why]}"
             for entry, judge in aside]  # fmt: skip
    emit(told, as_json=as_json,
         text=lambda: "\n".join([table(("评委", "分到", "已评", "弃权", "还差"), rows), *lines]) if rows else "还没有评委。")  # fmt: skip


@judging.command("open")
@click.argument("name", metavar="轮次")
@click.option("--reason", required=True, help="为什么现在开启，会记入评审记录。")
@activity_option
@db_option
@json_option
def open_(name: str, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """开启一轮评审：从此看得到分数，不能再关上。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        open_round(w, found, name, reason)
        judges, _ = judges_in(w, worlds.load(w), found, round_named(w, found, name))
    told = {"round": name, "state": "opened", "judges": [{"person": each.person, "left": each.left} for each in judges]}
    emit(told, as_json=as_json, text=lambda: f"“{name}”已开启，现在可以看结果。")
