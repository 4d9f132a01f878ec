"""The command line: finds the command, turns every failure into a sentence and an exit code (docs/commands.md#failures)."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from campmgr import __version__
from campmgr.cli.output import fail, unexpected, use_utf8
from campmgr.cli.usage import misused
from campmgr.errors import BadInput, CampError

_COMMANDS = {
    "backup": ("campmgr.app.upkeep", "在使用中也能做的完整备份"),
    "certificates": ("campmgr.areas.certificates.commands.trust", "结业证书：签发、打印、查验、撤销、换发"),
    "demo": ("campmgr.app.demo", "填好数据的示例训练营"),
    "doctor": ("campmgr.app.upkeep", "检查本机和数据文件"),
    "import": ("campmgr.desks.commands.imports", "从表格导入单位、人员、课程、学习记录、点赞数"),
    "mark": ("campmgr.desks.commands.people", "登记一次学习、签到、扫码或关注"),
    "node": ("campmgr.areas.nodes.commands.nodes", "节点：申请、授权、接收、列表、撤销"),
    "open": ("campmgr.desks.commands.camp", "按预设新开一个训练营"),
    "pack": ("campmgr.areas.nodes.commands.packs", "数据包：制作、查看、接收"),
    "person": ("campmgr.desks.commands.people", "人员：查看、移动、合并、拆分、更正、删除个人信息"),
    "poster": ("campmgr.desks.commands.poster", "单位的招募海报（PDF）"),
    "prizes": ("campmgr.areas.prizes.commands.prizes", "获奖名单：定榜、查看、导出、核对、公示、异议、更正"),
    "rebuild": ("campmgr.app.upkeep", "由账本重建全部表"),
    "report": ("campmgr.desks.commands.reports", "报表：单位、学时、未完成、排名"),
    "restore": ("campmgr.app.upkeep", "从备份恢复成一个新的数据文件"),
    "rules": ("campmgr.desks.commands.camp", "查看和修改规则"),
    "serve": ("campmgr.app.serve", "打开网页服务"),
    "state-hash": ("campmgr.app.upkeep", "全部表的校验值"),
    "unit": ("campmgr.areas.units.commands", "单位：移动"),
    "verify": ("campmgr.app.upkeep", "核对账本的每条链和封签"),
    "withdraw": ("campmgr.desks.commands.people", "撤回一批或一条记录"),
}


class _Commands(click.Group):
    """Loads a command's file only when it is called, so that help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        known = _COMMANDS.get(cmd_name)
        if known is None:
            return None
        if ctx.resilient_parsing:
            return click.Command(cmd_name, short_help=known[1])
        if ctx.obj is None:
            from campmgr.areas.register import CATALOGUE  # help need not wait for every area -- slow import

            ctx.obj = CATALOGUE
        module = import_module(known[0])
        command: click.Command = getattr(module, cmd_name.replace("-", "_").replace("import", "import_").replace("open", "open_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for help, without loading any."""
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, text) in sorted(_COMMANDS.items())])


@click.command(cls=_Commands, name="campmgr", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="campmgr")
def commands() -> None:
    """训练营参与统计与排名。离线可用；一个数据文件就是一个训练营。"""


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    given = sys.argv[1:] if args is None else args
    as_json = "--json" in given
    use_utf8()
    try:
        commands.main(args=given, prog_name="campmgr", standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as problem:
        if type(problem).__name__ == "NoArgsIsHelpError":  # a group named without its command; not in every click 8
            click.echo(problem.format_message(), err=True)
            sys.exit(2)
        sys.exit(fail(misused(problem, tuple(_COMMANDS)), as_json=as_json))
    except UnicodeEncodeError:  # bytes that are no UTF-8, from a terminal or a file name of another time
        unread = BadInput("命令里有不能识别的字符。", reason="wrong_usage", hint="请改用 UTF-8 的终端，或换一个文件名。")
        sys.exit(fail(unread, as_json=as_json))
    except CampError as problem:
        sys.exit(fail(problem, as_json=as_json))
    except Exception as problem:  # noqa: BLE001 - the last door: nobody is shown a traceback
        sys.exit(fail(unexpected(problem), as_json=as_json))
