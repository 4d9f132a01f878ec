"""`campmgr report`: each area brings its own."""

from __future__ import annotations

import click

from campmgr.cli.lazily import LazyGroup
from campmgr.cli.opened import catalogue_in_use
from campmgr.desks.area import CAMP_DESKS, DESKS
from campmgr.facts.area import Command


def _known(context: click.Context) -> dict[str, Command]:
    found: dict[str, Command] = {}
    for area in (DESKS, CAMP_DESKS, *catalogue_in_use(context).areas):
        found |= area.own(area.reports)
    return found


@click.command(cls=LazyGroup, known=_known)
def report() -> None:
    """报表。"""
