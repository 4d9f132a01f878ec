"""`campmgr sync`."""

from __future__ import annotations

import click

from campmgr.areas.nodes.exchange.client import destination_of
from campmgr.areas.nodes.files.calling import sync as sync_with
from campmgr.cli.opened import opened
from campmgr.cli.output import db_option, emit, json_option, progress


@click.command()
@click.argument("url", metavar="地址")
@db_option
@json_option
def sync(url: str, db: str | None, as_json: bool) -> None:
    """与联得上的上级或下级电脑同步：各送对方还没有的，收下并互给回执。

    地址照对方“接力包”页上的写，例如 192.168.1.5:8000。中途断开的，再同步一次就接着来；什么也不会重复、不会丢。
    """
    to = destination_of(url)
    with opened(db) as store, progress() as told:
        found = sync_with(store, to, told)
    data = {"node": found.node, "name": found.name, "address": to.address, "sent": found.sent, "received": found.received,
            "arrived": found.arrived or None, "even": found.is_even, "set_aside": [each._asdict() for each in found.aside],
            "set_aside_there": [{"facts": facts, "why": why} for facts, why in found.aside_there], "notes": found.notes,
            "bytes_sent": found.bytes_sent, "bytes_received": found.bytes_came}  # fmt: skip
    emit(data, as_json=as_json, text=lambda: found.sentence)
    for note in found.notes:
        click.echo(note, err=True)
