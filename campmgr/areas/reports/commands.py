"""`campmgr report circulars`: those that were given out, and whether each is still what its digest proves."""

from __future__ import annotations

from typing import Any

import click

from campmgr.areas.reports.queries.circulars import Circular, circulars
from campmgr.cli.opened import reading
from campmgr.cli.output import camp_option, db_option, emit, json_option, table
from campmgr.clock import local_text


def circulars_data(found: tuple[Circular, ...]) -> dict[str, Any]:
    """`report circulars`."""
    rows = [
        {"number": each.number, "unit": each.unit_name, "unit_id": each.content.unit, "title": each.content.title,
         "as_of": each.content.as_of, "at": local_text(each.at), "digest": each.digest, "whole": each.whole}
        for each in found
    ]  # fmt: skip
    return {"broken": sum(not each.whole for each in found), "rows": rows}


@click.command("circulars")
@camp_option
@db_option
@json_option
def circulars_(db: str | None, as_json: bool) -> None:
    """发布过的通报，逐份核对校验码。"""
    with reading(db) as (r, world):
        found = circulars(r, world)
    shown = [
        (each.number, each.unit_name, each.content.title, each.content.as_of, "相符" if each.whole else "不符") for each in found
    ]
    emit(circulars_data(found), as_json=as_json, text=lambda: table(("编号", "单位", "通报", "截至", "校验码"), shown))
