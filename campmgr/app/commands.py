"""The command line: finds the command, turns every failure into a sentence and an exit code (docs/commands.md#failures)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from campmgr import __version__
from campmgr.areas.register import AREAS, area_of
from campmgr.cli.lazily import LazyGroup
from campmgr.cli.output import db_option_before, fail, show_code_points, unexpected
from campmgr.cli.usage import misused
from campmgr.desks.area import CAMP_DESKS, DESKS
from campmgr.disk import keep_to_owner
from campmgr.errors import BadInput, CampError
from campmgr.facts.area import Command

if TYPE_CHECKING:
    from campmgr.facts.catalogue import Catalogue

_UPKEEP = "campmgr.app.upkeep:"

_OWN = (
    Command("backup", "在使用中也能做的完整备份", _UPKEEP + "backup"),
    Command("demo", "填好数据的示例训练营", "campmgr.app.demo:demo"),
    Command("doctor", "检查本机和数据文件", "campmgr.app.doctor:doctor"),
    Command("kit", "做一份 U 盘安装包", "campmgr.app.kit.command:kit"),
    Command("rebuild", "由账本重建全部表", _UPKEEP + "rebuild"),
    Command("report", "报表：单位、学时、未完成、排名", "campmgr.app.report_command:report"),
    Command("restore", "从备份恢复成一个新的数据文件", _UPKEEP + "restore"),
    Command("serve", "打开网页服务", "campmgr.app.serve:serve"),
    Command("state-hash", "全部表的校验值", _UPKEEP + "state_hash"),
    Command("verify", "核对账本的每条链和封签", _UPKEEP + "verify"),
)

_AREAS = (DESKS, CAMP_DESKS, *map(area_of, AREAS))

COMMANDS = {each.name: each for each in _OWN} | {name: each for area in _AREAS for name, each in area.own(area.commands).items()}
"""Every command by its name: the program's own, the desks', and each area's."""


def _known(context: click.Context) -> dict[str, Command]:
    """The commands of the catalogue that the program was started with; of help, which needs none, those of all areas."""
    areas = () if context.obj is None else context.obj.areas
    return COMMANDS | {name: each for area in areas for name, each in area.own(area.commands).items()}


@click.command(
    cls=LazyGroup, known=_known, name="campmgr",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)  # fmt: skip
@click.version_option(__version__, prog_name="campmgr")
@db_option_before
@click.pass_context
def commands(context: click.Context) -> None:
    """训练营参与统计与排名。离线可用；一个数据文件就是一个训练营。"""
    if context.obj is None:
        from campmgr.areas.whole import CATALOGUE  # help of the whole needs none of it -- slow import

        context.obj = CATALOGUE


def main(args: list[str] | None = None, catalogue: Catalogue | None = None) -> None:
    """Run the command line and leave with its exit code; with another catalogue than the whole where one is given."""
    given = sys.argv[1:] if args is None else args
    as_json = "--json" in given
    show_code_points()
    keep_to_owner()
    try:
        commands.main(args=given, prog_name="campmgr", standalone_mode=False, obj=catalogue)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as problem:
        if type(problem).__name__ == "NoArgsIsHelpError":  # a group named without its command; not in every click 8
            click.echo(problem.format_message(), err=True)
            sys.exit(2)
        sys.exit(fail(misused(problem, tuple(COMMANDS)), as_json=as_json))
    except UnicodeEncodeError:  # bytes that are no UTF-8, from a terminal or a file name of another time
        unread = BadInput("命令里有不能识别的字符。", reason="wrong_usage", hint="请改用 UTF-8 的终端，或换一个文件名。")
        sys.exit(fail(unread, as_json=as_json))
    except CampError as problem:
        sys.exit(fail(problem, as_json=as_json))
    except Exception as problem:  # noqa: BLE001 - the last door: nobody is shown a traceback
        sys.exit(fail(unexpected(problem), as_json=as_json))
