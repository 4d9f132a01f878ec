"""`campmgr demo`: a filled camp, served with a link for each sort of user; nothing to type."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from campmgr.app.demo_reports import print_demo_reports
from campmgr.app.serve import serve_camp
from campmgr.areas.whole import CATALOGUE
from campmgr.cli.output import data_file_option, json_option
from campmgr.demo.called_works import add_call, call_guests
from campmgr.demo.camp import build_demo
from campmgr.demo.cast import guests, show_out
from campmgr.demo.judged_works import add_judging, judging_guests
from campmgr.demo.reported_items import add_points, points_guests
from campmgr.facts import world as worlds
from campmgr.ids import short_code
from campmgr.store import data_file


@click.command()
@click.option("--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="端口；0 由系统挑一个。")
@click.option("--no-serve", is_flag=True, help="只填充数据并打印报表，不打开网页。")
@data_file_option("保存到这个文件（默认用临时文件，结束即删除）。")
@json_option
def demo(port: int, no_serve: bool, db: str | None, as_json: bool) -> None:
    """填好数据的示例训练营（人物、单位均为虚构）：打开网页，打印参与者、联络员、组织方各自的入口链接。"""
    with tempfile.TemporaryDirectory(prefix="campmgr-demo-", ignore_cleanup_errors=True) as folder:
        path = Path(db) if db else Path(folder) / "demo.sqlite"
        if no_serve or as_json:
            print_demo_reports(path, build_demo(path), as_json=as_json)
            return
        click.echo("正在填充示例数据，约需十秒……")
        _serve(path, port, is_kept=bool(db))
        click.echo(
            f"已停止，上面的登录链接不再有效。再看：campmgr serve --db {db}，用登录名和密码登录。"
            if db
            else "已停止，示例数据已删除。"
        )


def _serve(path: Path, port: int, *, is_kept: bool) -> None:
    """Build the camp, let its cast in, serve until Ctrl-C; the file is closed then, and the log-in links to one that stays end."""
    built, password = build_demo(path), short_code()
    add_call(path, built)
    add_judging(path)
    add_points(path)
    store = data_file.open_file(path, CATALOGUE)
    with store.writing() as w:
        cast = (*guests(w, worlds.load(w), built, password), *call_guests(w, built, password), *judging_guests(w, password),
                *points_guests(w, password))  # fmt: skip
        people = [(guest.words, guest.path) for guest in cast]
    click.echo("联络员和组织方的链接点开后按一下“登录”，退出以后可以再用，到停止为止。")
    click.echo(f"也可以用登录名登录，密码都是 {password}。")
    try:
        serve_camp(store, port, people)
    finally:
        if is_kept:
            with data_file.opened(path, CATALOGUE) as kept, kept.writing() as w:
                show_out(w)
