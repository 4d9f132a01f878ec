"""What commands print: tables for people, JSON for programs, failures as sentences (docs/commands.md#failures)."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from campmgr.errors import CampError, Trouble
from campmgr.wording import text_width

_LINE = 60
"""How wide the line of progress is; written over with spaces, since old consoles of Windows know no other way."""

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """`--json` on every command that prints a table."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON。")(command)


NAMED_BEFORE = "campmgr data file named before the command"
"""Where the context keeps what `--db` in front of the command named, until the command itself is read."""


def db_option(command: F) -> F:
    """`--db`: the data file, else CAMPMGR_DB, else the user's data folder."""
    return data_file_option("数据文件（也可用环境变量 CAMPMGR_DB）。")(command)


def data_file_option(words: str) -> Callable[[F], F]:
    """`--db` behind a command, in the words of its help; where it is not there, the one in front of the command."""

    def named(context: click.Context, _option: click.Parameter, behind: str | None) -> str | None:
        return behind or context.meta.get(NAMED_BEFORE)

    return click.option("--db", metavar="文件", help=words, callback=named)


def db_option_before(group: F) -> F:
    """`--db` in front of the command, kept for it."""

    def keep(context: click.Context, _option: click.Parameter, before: str | None) -> None:
        context.meta[NAMED_BEFORE] = before

    words = "数据文件，也可写在命令后面。"
    return click.option("--db", metavar="文件", help=words, expose_value=False, callback=keep)(group)


def activity_option(command: F) -> F:
    """`--activity` on every command that belongs to an activity; needed only where several fit."""
    return click.option("--activity", default="", metavar="代码", help="哪个活动；只有一个这类活动在进行时不用写。")(command)


ASKED, ASKED_NOW = "campmgr camp asked for", "campmgr camp asked for now"
"""Where a command keeps the camp that `--activity` names, for whoever opens the data file: one to be told of, one to work in."""


def camp_option(command: F) -> F:
    """`--activity` on reports and lists of camps: an earlier camp's are told from tables of its own (`cli/opened.reading`)."""
    return _camp_named(command, ASKED, "往届训练营的代码，第一届是 camp（不写为正在进行的）。")


def present_camp_option(command: F) -> F:
    """`--activity` on what works in the camp that is going on: whoever names another is refused (`cli/opened.opened`)."""
    return _camp_named(command, ASKED_NOW, "哪个活动；训练营只能是正在进行的一届，不写就是它。")


def _camp_named(command: F, where: str, words: str) -> F:
    def keep(context: click.Context, _option: click.Parameter, code: str) -> None:
        context.meta[where] = code

    return click.option("--activity", default="", metavar="代码", help=words, expose_value=False, callback=keep)(command)


def emit(data: Any, *, as_json: bool, text: Callable[[], str]) -> None:
    """Print data as JSON, or as the text made for people."""
    click.echo(_json(data, indent=2) if as_json else text())


def _json(data: Any, indent: int | None = None) -> str:
    """JSON as the terminal can show it: escaped where it cannot show all, so that whoever reads it gets every character back."""
    told = json.dumps(data, ensure_ascii=False, indent=indent)
    try:
        told.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(data, indent=indent)
    return told


def fail(problem: CampError, *, as_json: bool) -> int:
    """Say a failure: the sentence on standard error, and under --json an object on standard output; the exit code."""
    if as_json:
        error = {"reason": problem.reason, "sentence": problem.sentence, "hint": problem.at_console}
        click.echo(_json({"error": error}))
    click.echo(problem.sentence, err=True)
    if problem.at_console:
        click.echo(problem.at_console, err=True)
    return problem.exit_code


def unexpected(problem: Exception) -> CampError:
    """What a person is told of a fault of ours: a short code; the traceback goes to a local log."""
    from campmgr.store.fault_log import remember  # -- slow import

    code, log = remember(problem)
    where = f"详情已记入 {log}。" if log else "详情没能写入日志。"
    where += "反复出现的，请用 campmgr verify 检查数据文件。"
    return Trouble(f"程序出错了（代号 {code}），没有写入任何内容。", hint=where)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table for a terminal; Chinese characters are two columns wide."""
    texts = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = [max([text_width(heading), *(text_width(row[place]) for row in texts)]) for place, heading in enumerate(headings)]
    right = [all(_is_number(row[place]) for row in texts) and bool(texts) for place in range(len(headings))]
    lines = [_line(headings, widths, right), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths, right) for row in texts]
    return "\n".join(line.rstrip() for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, width, to_right in zip(cells, widths, right, strict=True):
        gap = " " * (width - text_width(cell))
        padded.append(gap + cell if to_right else cell + gap)
    return "  ".join(padded)


def _is_number(text: str) -> bool:
    return not text or text.replace(".", "", 1).replace("-", "", 1).isdigit()


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that says how far long work is, where that is a terminal; it is wiped away at the end."""
    if not sys.stderr.isatty():
        yield lambda done, whole: None  # noqa: ARG005 - nobody looks
        return

    def tell(done: int, whole: int) -> None:
        far = f"{done:,} / {whole:,}" if whole else f"{done:,}"
        click.echo(f"\r正在处理 {far}".ljust(_LINE), err=True, nl=False)

    try:
        yield tell
    finally:
        click.echo("\r" + " " * _LINE + "\r", err=True, nl=False)


def show_code_points() -> None:
    """Windows consoles of old think in GBK: what cannot be shown there is told by its code point (<U+20BB7>), never by "?"."""
    codecs.register_error("code point", _code_points)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="code point")


def _code_points(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return "".join(f"<U+{ord(each):04X}>" for each in problem.object[problem.start : problem.end]), problem.end
