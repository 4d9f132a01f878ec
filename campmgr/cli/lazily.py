"""Groups whose commands are loaded when they are called, so that help answers at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

from campmgr.facts.area import Command

SORT = "campmgr.sort"
"""Where the context of a command keeps of which sort of activity it is."""


class LazyGroup(click.Group):
    """A group that knows its commands by name; `known` tells them when it is used, since the context brings the catalogue."""

    def __init__(self, *args: Any, known: Callable[[click.Context], Mapping[str, Command]], **more: Any) -> None:
        super().__init__(*args, **more)
        self._known = known

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        return sorted(self._known(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        known = self._known(ctx).get(cmd_name)
        if known is None:
            return None
        ctx.meta[SORT] = known.sort
        if ctx.resilient_parsing:
            return click.Command(cmd_name, short_help=known.help)
        return load_command(known)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for help, without loading any."""
        with formatter.section("命令"):
            formatter.write_dl([(name, each.help) for name, each in sorted(self._known(ctx).items())])


def load_command(known: Command) -> click.Command:
    """The command itself."""
    module, _, name = known.where.partition(":")
    command: click.Command = getattr(import_module(module), name)
    return command
