"""Every command of the program with its arguments and options, as a page of docs/."""

from __future__ import annotations

from collections.abc import Iterator

import click

from campmgr.app.commands import commands
from campmgr.areas.whole import CATALOGUE

_HEAD = """# Every command

Drawn from the program by `python -m tests.house.draw`. A walk through them, exit codes and JSON: [commands](commands.md).
Commands that work on a data file take `--db FILE`; those marked *json* take `--json`.
"""


def command_list() -> str:
    """The page."""
    whole = click.Context(commands, info_name="campmgr", obj=CATALOGUE, **commands.context_settings)
    return _HEAD + "".join(f"\n{line}" for line in _lines(commands, whole)) + "\n"


def _lines(command: click.Command, context: click.Context) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below, name
            if context.parent is None:
                yield f"## {name}\n"
            yield from _lines(below, click.Context(below, info_name=name, parent=context))
        return
    own = [each for each in command.params if each.name not in {"db", "as_json", "help"}]
    takes_json = any(each.name == "as_json" for each in command.params)
    arguments = "".join(f" {_argument(each, context)}" for each in own if isinstance(each, click.Argument))
    yield f"`{context.command_path}{arguments}`{' *json*' if takes_json else ''}: {_one_line(command.help)}\n"
    options = [each for each in own if isinstance(each, click.Option)]
    yield from (f"- `{_spelled(each, context)}`{_remark(each)}" for each in options)
    if options:
        yield ""


def _spelled(option: click.Option, context: click.Context) -> str:
    takes_value = not option.is_flag and not option.count
    return " / ".join(option.opts) + (f" {_value(option, context)}" if takes_value else "")


def _argument(each: click.Argument, context: click.Context) -> str:
    value = _value(each, context) + "…" * (each.nargs == -1)
    return value if each.required else f"[{value}]"


def _value(each: click.Parameter, context: click.Context) -> str:
    """What stands for a value, in one form for every version of click."""
    if each.metavar or not isinstance(each.type, click.Choice):
        return each.metavar or (each.name or "").upper()
    return each.make_metavar(context).strip("[]{}|")


def _remark(option: click.Option) -> str:
    words = _one_line(option.help)
    must = "（必填）" if option.required else ""
    return f": {words}{must}" if words or must else ""


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
