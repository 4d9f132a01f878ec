"""What is wrong with a command line, in Chinese: click tells it in English only."""

from __future__ import annotations

import re

import click

from campmgr.errors import BadInput
from campmgr.settings.terms import nearest

_HINT = "用 campmgr --help 或 campmgr 命令 --help 查看写法。"
_VALUE = re.compile(r"^'?(?P<value>.*?)'? (?:is not|does not)")
_QUOTED = re.compile(r"'(?P<name>[^']*)'|\((?P<rest>.*)\)")


def misused(problem: click.ClickException, commands: tuple[str, ...]) -> BadInput:
    """The refusal for a command line that click does not understand; `commands` for the nearest one to a mistyped."""
    return BadInput(f"命令写得不对：{_sentence(problem, commands)}", reason="wrong_usage", hint=_HINT)


def _sentence(problem: click.ClickException, commands: tuple[str, ...]) -> str:
    if isinstance(problem, click.MissingParameter):
        return f"缺少 {_name(problem.param)}。{_expected(problem.param)}"
    if isinstance(problem, click.NoSuchOption):
        close = f"是不是 {problem.possibilities[0]}？" if problem.possibilities else ""
        return f"没有选项 {problem.option_name}。{close}"
    if isinstance(problem, click.BadOptionUsage):
        return f"选项 {problem.option_name} 的写法不对：后面要写内容，开关后面不写。"
    if isinstance(problem, click.BadParameter):
        value = _VALUE.match(problem.message)
        return f"{_name(problem.param)} 不能是“{value['value'] if value else ''}”。{_expected(problem.param)}"
    return _of_words(problem.message, commands)


def _of_words(message: str, commands: tuple[str, ...]) -> str:
    """A command nobody knows, or words too many."""
    found = _QUOTED.search(message)
    if found and found["name"] is not None:
        close = nearest(found["name"], commands)
        return f"没有命令“{found['name']}”。" + (f"是不是“{close}”？" if close else "")
    return f"多写了“{found['rest']}”。" if found else "少写或多写了内容。"


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "内容"
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _expected(param: click.Parameter | None) -> str:
    """What may stand there."""
    kind = param.type if param is not None else None
    if isinstance(kind, click.Choice):
        return f"可以写：{'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.IntRange):
        return f"要写 {kind.min} 到 {kind.max} 之间的整数。"
    return "要写整数。" if kind is click.INT else ""
