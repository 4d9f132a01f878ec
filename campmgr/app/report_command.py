"""`campmgr report`: each area brings its own."""

from __future__ import annotations

import click

from campmgr.cli.lazily import LazyGroup
from campmgr.cli.opened import catalogue_in_use
from campmgr.desks.area import DESKS
from campmgr.facts.area import Command


def _known(context: click.Context) -> dict[str, Command]:
    return {each.name: each for area in (DESKS, *catalogue_in_use(context).areas) for each in area.reports}


@click.command(cls=LazyGroup, known=_known)
def report() -> None:
    """报表。"""
