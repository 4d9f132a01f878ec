"""`campmgr awards`: who would get what, freezing it, checking it, taking an award back, papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.judging.actions.awards import amend_awards, drafted_awards, freeze_awards, note_fit, round_asked, set_task
from campmgr.areas.judging.files.award_papers import award_certificates, list_paper, minutes_paper
from campmgr.areas.judging.queries.award_draft import AwardsDraft, score_text
from campmgr.areas.judging.queries.award_lists import (
    STATES,
    AwardList,
    award_list,
    award_lists,
    change_words,
    tasks_of,
    verify_awards,
)
from campmgr.areas.judging.rules.award_list import REFILL, STRIKE, AwardRow
from campmgr.cli.opened import press_for, reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity
from campmgr.facts.inventory_rows import row_of
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.whole_file import whole_file
from campmgr.store.door import Reader

_FILLS = {"空缺": STRIKE, "补位": REFILL}
_HEADS = ("奖项", "名次", "作品", "分数", "单位", "说明")


@click.group()
def awards() -> None:
    """获奖名单：草拟、契合度说明、定奖、查看、核对、更正、后续、导出。"""


@awards.command("draft")
@click.argument("round_", metavar="[轮次]", default="")
@activity_option
@db_option
@json_option
def draft(round_: str, activity: str, db: str | None, as_json: bool) -> None:
    """按现在的评分和规则，谁会得什么奖；同分、评分太少、取决于谁都写明。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        drafted, body = drafted_awards(r, world, found, round_asked(r, found, round_))
    emit(_draft_data(drafted, body), as_json=as_json, text=lambda: _draft_words(drafted))


@awards.command("fit")
@click.argument("entry", metavar="作品")
@click.option("--award", required=True, metavar="奖项", help="哪个奖。")
@click.option("--reason", required=True, help="契合度说明：为什么这个奖先给它，会写进名单。")
@activity_option
@db_option
@json_option
def fit(entry: str, award: str, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """写一件作品对一个奖项的契合度说明：它先于分数更高的作品得这个奖。"""
    with writing(db) as w:
        fact = note_fit(w, chosen_activity(worlds.load(w), activity, "entries"), row_of(w, ENTRIES, entry).id, award, reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已记下。")


@awards.command("freeze")
@click.argument("round_", metavar="[轮次]", default="")
@click.option("--remark", default="", help="有作品评分太少的，写明为什么照样定。")
@activity_option
@db_option
@json_option
def freeze(round_: str, remark: str, activity: str, db: str | None, as_json: bool) -> None:
    """定奖：名单编号、冻结，校验码公布给所有电脑。"""
    with writing(db) as w:
        found = chosen_activity(worlds.load(w), activity, "entries")
        number = freeze_awards(w, found, round_, remark=remark)
        listed = award_list(w, worlds.load(w), found, number)
    emit(_data(listed), as_json=as_json, text=lambda: f"已定奖，第 {number} 号名单，{len(listed.now.rows)} 个奖。")


@awards.command("list")
@activity_option
@db_option
@json_option
def list_(activity: str, db: str | None, as_json: bool) -> None:
    """全部获奖名单。"""
    with reading(db) as (r, world):
        every = award_lists(r, world, chosen_activity(world, activity, "entries"))
    rows = [(each.number, each.frozen_at, each.round, len(each.now.rows), len(each.amendments)) for each in every]
    emit({"lists": [_data(each) for each in every]}, as_json=as_json,
         text=lambda: table(("编号", "定奖", "轮次", "奖", "更正"), rows) if rows else "还没有获奖名单。")  # fmt: skip


@awards.command("show")
@click.argument("number", type=int)
@activity_option
@db_option
@json_option
def show(number: int, activity: str, db: str | None, as_json: bool) -> None:
    """一份获奖名单，更正都已算上，后续办到哪里。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        listed = award_list(r, world, found, number)
        tasks = tasks_of(r, found, listed)
    data = _data(listed) | {"tasks": [{"line": each.line, "title": each.title, "award": each.award, "task": each.task,
                                       "state": each.state,
                                       "note": each.note, "on": each.on or None} for each in tasks]}  # fmt: skip
    lines = [(each.award, each.title, each.task, each.state, each.note) for each in tasks]
    emit(data, as_json=as_json,
         text=lambda: "\n".join((table(_HEADS, _lines(listed)), table(("奖项", "作品", "后续", "状态", "说明"), lines))))  # fmt: skip


@awards.command("verify")
@click.argument("number", type=int)
@activity_option
@db_option
@json_option
def verify(number: int, activity: str, db: str | None, as_json: bool) -> None:
    """核对一份名单：按评分重算一遍，逐次更正都比；摘要对不对，公布没有。"""
    with reading(db) as (r, world):
        verdict = verify_awards(r, world, chosen_activity(world, activity, "entries"), number)
    data = {"number": number, "equal": verdict.equal, "differences": list(verdict.differences)}
    emit(
        data,
        as_json=as_json,
        text=lambda: f"第 {number} 号名单：" + ("一致。" if verdict.equal else "\n".join(("不一致。", *verdict.differences))),
    )


@awards.command("amend")
@click.argument("number", type=int)
@click.option("--strike", default="", metavar="作品", help="撤销哪件作品、哪个人或单位的奖；不写则按现在的评分重排。")
@click.option("--refill", type=click.Choice(tuple(_FILLS)), default=None, help="撤销以后的名额。")
@click.option("--reason", required=True, help="更正的原因。")
@activity_option
@db_option
@json_option
def amend(number: int, strike: str, refill: str | None, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """更正一份名单：撤销一个奖（空缺或补位），或按更正后的评分重排；原来的照样看得到。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "entries")
        line = _line_of(w, award_list(w, world, found, number), strike) if strike else ""
        amendment = amend_awards(w, found, number, reason, strike=line, refill=_FILLS.get(refill or "", ""))
        listed = award_list(w, worlds.load(w), found, number)
    emit(_data(listed), as_json=as_json, text=lambda: f"第 {number} 号名单的第 {amendment} 次更正已发出。")


@awards.command("task")
@click.argument("number", type=int)
@click.option("--entry", required=True, metavar="作品", help="谁的奖：作品，或名单上的个人、团队、单位。")
@click.option("--task", required=True, metavar="后续", help="证书、奖杯、标识授权、邀请、召回证书、召回奖杯、追回权益、复核。")
@click.option("--state", type=click.Choice(STATES), required=True, help="办到哪里。")
@click.option("--note", default="", help="说明。")
@activity_option
@db_option
@json_option
def task_(number: int, entry: str, task: str, state: str, note: str, activity: str, db: str | None, as_json: bool) -> None:
    """记下一项后续办到哪里。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "entries")
        fact = set_task(w, found, number, _line_of(w, award_list(w, world, found, number), entry), task, state, note)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已记下。")


@awards.command("export")
@click.argument("number", type=int, required=False)
@click.option("--what", type=click.Choice(("list", "minutes", "certificates")), default="list", help="名单、纪要，还是证书。")
@click.option("--round", "round_", default="", metavar="轮次", help="还没有定奖的，看哪一轮的纪要草稿。")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".pdf；名单和纪要也可以是 .xlsx。")
@activity_option
@db_option
@json_option
def export(number: int | None, what: str, round_: str, out: Path, activity: str, db: str | None, as_json: bool) -> None:
    """导出名单、定奖纪要或证书；没有写编号的纪要是草稿，每页都印着“草稿”。"""
    if number is None and what != "minutes":
        raise BadInput("请写明是第几号名单。", reason="missing_value", hint="只有纪要可以在定奖以前看草稿。")
    if what == "certificates" and out.suffix != ".pdf":
        raise BadInput("证书只能导出为 .pdf。", reason="wrong_usage")
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        listed = award_list(r, world, found, number) if number is not None else None
        if what == "certificates" and listed is not None:
            made = award_certificates(r, found, world, listed, press_for(db))
            paper = None
        elif what == "list" and listed is not None:
            paper = list_paper(found, listed)
        else:
            name = listed.round if listed else round_asked(r, found, round_)
            paper = minutes_paper(r, world, found, name, listed)
    if paper is not None and out.suffix == ".xlsx":
        write_paper(out, paper)
    else:
        with whole_file(out) as target:
            target.write(made if paper is None else paper_pdf(press_for(db), paper))
    emit({"number": number, "what": what, "file": str(out)}, as_json=as_json, text=lambda: f"已写入 {out}。")


def _line_of(r: Reader, listed: AwardList, typed: str) -> str:
    """The line that is meant: a person, team or unit of the list by name or id, else a work. Raises NotFound, BadInput."""
    others = [row.line for row in (*listed.frozen_rows, *listed.now.rows) if not row.entry]
    named = {line for line in others if typed in {line, listed.title(line)}}
    return named.pop() if len(named) == 1 else row_of(r, ENTRIES, typed).id


def _row(listed: AwardList, row: AwardRow) -> dict[str, Any]:
    return {"award": row.award, "place": row.place or None, "entry": row.entry or None, "title": listed.title(row.line),
            "score": score_text(row.score) or None, "unit": listed.names.get(row.unit, ""),
            "fit": listed.fits.get((row.award, row.line), "") or None, "line": row.line}  # fmt: skip


def _data(listed: AwardList) -> dict[str, Any]:
    return {
        "number": listed.number, "at": listed.at, "round": listed.round, "rule": listed.content["rule_text"],
        "method": listed.content["method"], "digest": listed.digest, "rows": [_row(listed, row) for row in listed.now.rows],
        "vacant": [row.award for row in listed.now.vacant],
        "amendments": [
            {"amendment": each.step.amendment, "on": each.on, "reason": each.step.reason, "strike": each.step.strike or None,
             "refill": each.step.refill, "digest": each.step.digest,
             "changes": [{"before": _row(listed, one.before) if one.before else None,
                          "after": _row(listed, one.after) if one.after else None,
                          "words": " → ".join(change_words(listed, one))} for one in each.step.changes]}
            for each in listed.amendments
        ],
    }  # fmt: skip


def _lines(listed: AwardList) -> Sequence[tuple[object, ...]]:
    return [_line(listed, row, is_vacant=is_vacant) for row, is_vacant in listed.now.slots]


def _line(listed: AwardList, row: AwardRow, *, is_vacant: bool) -> tuple[object, ...]:
    if is_vacant:
        return row.award, "", "（空缺）", "", "", ""
    award, place, _, title, score, unit, note, _ = _row(listed, row).values()
    return award, place, title, score, unit, note or ""


def _draft_data(drafted: AwardsDraft, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "round": drafted.judged.round.name, "method": drafted.method, "rule": body["rule_text"],
        "rows": [{"award": each.given.award, "place": each.given.place, "entry": each.row.entry or None, "title": each.title,
                  "score": each.score or None, "unit": each.unit_name, "fit": each.given.fit or None,
                  "tied": each.given.tied, "line": each.row.line,
                  "few": each.few or None} for each in drafted.rows],
        "ties": [{"award": cut.award, "slots": cut.left, "entries": list(cut.entries), "got": list(cut.got), "drawn": cut.drawn}
                 for cut in drafted.cuts],
        "undecided": list(drafted.undecided), "empty": drafted.empty, "leaning": dict(drafted.leaning),
        "passed_over": {entry: list(names) for entry, names in drafted.skipped.items()},
        "left_out": [{"entry": entry, "title": drafted.titles.get(entry, ""), "why": why} for entry, why in drafted.left_out],
    }  # fmt: skip


def _draft_words(drafted: AwardsDraft) -> str:
    rows = [(each.given.award, each.given.place, each.title, each.score, each.unit_name, each.remark) for each in drafted.rows]
    parts = [table(_HEADS, rows) if rows else "还没有作品得奖。"]
    parts += [f"{cut.award}：{len(cut.entries)} 件同分，剩 {cut.left} 个名额。" for cut in drafted.cuts]
    parts += [f"{words}。" for words in drafted.leaning.values()]
    parts += [f"还没有写名额：{'、'.join(drafted.undecided)}。"] if drafted.undecided else []
    return "\n".join(parts)
