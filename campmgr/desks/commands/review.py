"""`campmgr review`: everything that was set aside, each with a sentence and what to do (docs/ledger.md#review)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from campmgr.cli.opened import camp_of, opened, reading
from campmgr.cli.output import db_option, emit, json_option, progress, table
from campmgr.desks.actions import settling
from campmgr.desks.queries.review import Asked, ReviewCase, Span, in_words, review_part, rows_of_id
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.store.door import Reader


@click.group()
def review() -> None:
    """待核对：被放在一边、等人决定的一切。"""


@review.command("list")
@click.option("--unit", default="", metavar="单位", help="只看一个单位及其下级的。")
@click.option("--matter", default="", metavar="类别", help="只看一类，例如 same_number。")
@db_option
@json_option
def list_(unit: str, matter: str, db: str | None, as_json: bool) -> None:
    """列出所有待核对的，先放下的在前。"""
    with reading(db) as (r, world):
        span = Span(find_unit(world, unit).unit if unit else world.root_unit)
        found = list(_every_case(r, world, span, matter))
    data = {"rows": [_case_data(case) for case in found], "count": len(found)}
    emit(data, as_json=as_json, text=lambda: _list_text(found))


@review.command("show")
@click.argument("row")
@db_option
@json_option
def show_(row: str, db: str | None, as_json: bool) -> None:
    """看一条：各方说法，以及可以怎样回答。"""
    with reading(db) as (r, world):
        case = _case(r, world, row)
    emit(_case_data(case) | {"sides": [_side_data(case, at) for at in range(len(case.sides))], "words": {
        each.name: each.words for each in case.answers}}, as_json=as_json, text=lambda: _case_text(case))  # fmt: skip


@review.command("settle")
@click.argument("row")
@click.argument("answer")
@click.option("--note", default="", metavar="说明", help="怎么知道的；本人也能看到。")
@db_option
@json_option
def settle_(row: str, answer: str, note: str, db: str | None, as_json: bool) -> None:
    """回答一条；能撤回的，给出撤回时要用的批次。"""
    with opened(db) as store, progress() as told:
        with store.reading() as r:
            world = camp_of(r)
            rows = rows_of_id(r, world, Span(world.root_unit), row)
        batch = settling.settle_in_runs(store, rows, answer, note, "", told)
    undo = f"要撤回：campmgr withdraw {batch} --reason 原因" if batch else ""
    data = {"row": row, "answer": answer, "settled": len(rows), "batch": batch or None}
    emit(data, as_json=as_json, text=lambda: "\n".join(filter(None, [f"已核对 {len(rows)} 条。", undo])))


def _every_case(r: Reader, world: World, span: Span, matter: str) -> Iterator[ReviewCase]:
    after = ""
    while True:
        part = review_part(r, world, span, Asked(matter=matter, after=after))
        yield from part.cases
        if not (after := part.next):
            return


def _case(r: Reader, world: World, row: str) -> ReviewCase:
    rows = rows_of_id(r, world, Span(world.root_unit), row)
    return in_words(r, world, [rows[0]._replace(many=len(rows))])[0]


def _case_data(case: ReviewCase) -> dict[str, Any]:
    """A row of `review list`."""
    row = case.row
    return {"row": row.id, "matter": row.matter, "subject": row.subject, "unit": case.unit_code, "unit_id": row.unit,
            "sentence": case.sentence, "what_to_do": case.what_to_do, "answers": [each.name for each in case.answers],
            "since": row.since, "count": row.many}  # fmt: skip


def _side_data(case: ReviewCase, at: int) -> dict[str, Any]:
    side = case.sides[at]
    return {"value": side.value, "who": side.who, "unit": side.unit, "at": side.at, "counts": side.counts, "answer": side.answer}


def _list_text(found: list[ReviewCase]) -> str:
    if not found:
        return "没有待核对的。"
    return table(("编号", "类别", "是谁", "单位", "怎么回事", "自"), [
        (case.row.id, case.title, case.about, case.unit_name, case.sentence, case.row.since) for case in found])  # fmt: skip


def _case_text(case: ReviewCase) -> str:
    lines = [f"{case.title}：{case.about} {case.unit_name}".rstrip(), case.sentence, case.what_to_do]
    lines += [
        f"  {each.answer or '·'} {each.value} {each.who} {each.unit} {each.at}{' ← 现在' if each.counts else ''}"
        for each in case.sides
    ]
    lines += [f"  回答 {each.name}：{each.words}" for each in case.answers]
    return "\n".join(lines)
