"""`campmgr report votes`: votes and, with experts' marks, the blend; computed from the raw rows each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campmgr.areas.entries.commands.checking import SORT
from campmgr.areas.entries.files.votes import read_scores
from campmgr.areas.entries.queries.votes import Voted, blend_of, votes_of
from campmgr.cli.opened import reading
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.facts.finding import chosen_activity


@click.command()
@click.option(
    "--scores",
    type=click.Path(path_type=Path, exists=True),
    metavar="文件",
    help="专家分（作品编号或名称、专家分），按定下的比重合成。",
)
@activity_option
@db_option
@json_option
def report(scores: Path | None, activity: str, db: str | None, as_json: bool) -> None:
    """入围作品的票数；写了 --scores 的，由原始票数和专家分重算合成分。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, SORT)
        voted = votes_of(r, world, found)
    if scores is not None:
        titles = {key: each.entry.id for each in voted for key in (each.entry.title, each.entry.id, each.entry.id[:8])}
        voted = blend_of(found, voted, read_scores(scores, titles))
    rows = [(place, each.entry.title, each.votes, each.rejected_words, "有下降" if each.fell else "", each.experts, each.score)
            for place, each in enumerate(voted, 1)]  # fmt: skip
    emit({"rows": [_data(each) for each in voted]}, as_json=as_json,
         text=lambda: table(("", "作品", "票数", "剔除", "", "专家分", "合成分"), rows) if rows else "还没有入围的作品。")  # fmt: skip


def _data(each: Voted) -> dict[str, Any]:
    entry = each.entry
    return {
        "entry": entry.id, "title": entry.title, "class": entry.kind, "unit": entry.unit_name, "votes": each.votes,
        "rejected": dict(each.rejected), "read_at": each.read_at or None, "fell": each.fell,
        "experts": None if each.experts is None else str(each.experts), "score": None if each.score is None else str(each.score),
    }  # fmt: skip
