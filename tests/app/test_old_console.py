"""Every command on a console that thinks in GBK, with Chinese paths, spaces and files of Windows: nothing is lost or falls."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from campmgr.app.commands import commands
from campmgr.areas.whole import CATALOGUE
from tests.kit.program import REPOSITORY

RARE = "𠮷田一"
SHOWN = "<U+20BB7>田一"
_END = "\x1e"

RUN_ALL = f"""
import json, sys
from campmgr.app.commands import main
for words in json.loads(sys.stdin.read()):
    code = 0
    try:
        main(words)
    except SystemExit as done:
        code = done.code or 0
    print({_END!r} + str(code), flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    """A folder as people name it."""
    made = tmp_path / "我的 训练营（新）"
    made.mkdir()
    return made


@pytest.fixture
def console(_filled_once, folder):
    """Runs commands in one process on a console of old; (exit code, what was printed) for each."""
    shutil.copy(_filled_once, folder / "数据 文件.sqlite")

    def run(*commands: list[str]) -> list[tuple[int, str]]:
        env = os.environ | {"PYTHONIOENCODING": "cp936", "CAMPMGR_DB": str(folder / "数据 文件.sqlite")}
        ran = subprocess.run([sys.executable, "-c", RUN_ALL], input=json.dumps(commands).encode(), env=env, cwd=REPOSITORY,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True)  # fmt: skip
        *told, _last = ran.stdout.decode("cp936").split(_END)
        texts = [told[0], *(each.partition("\n")[2] for each in told[1:])]
        codes = [int(each.partition("\n")[0]) for each in ran.stdout.decode("cp936").split(_END)[1:]]
        assert len(codes) == len(commands), ran.stdout.decode("cp936")[-2000:]
        return list(zip(codes, texts, strict=True))

    return run


def _leaves(context: click.Context, command: click.Command, way: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [way]
    found = []
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below
        found += _leaves(click.Context(below, info_name=name, parent=context), below, (*way, name))
    return found


def test_the_help_of_every_command_is_shown_whole(console):
    context = click.Context(commands, info_name="campmgr", **commands.context_settings)
    context.obj = CATALOGUE
    leaves = _leaves(context, commands)
    assert len(leaves) > 40
    for (code, text), leaf in zip(console(*([*leaf, "--help"] for leaf in leaves)), leaves, strict=True):
        assert code == 0, leaf
        assert "Traceback" not in text
        assert "?" not in text, leaf
        assert any("\u4e00" <= each <= "\u9fff" for each in text), leaf


def _words_for(parameter: click.Parameter, folder: Path) -> list[str]:
    """What somebody may type for a parameter that must be there: rare characters wherever any may stand."""
    kind = parameter.type
    text = (
        next(iter(kind.choices), RARE)
        if isinstance(kind, click.Choice)
        else str(folder / RARE)
        if isinstance(kind, click.Path)
        else RARE
    )
    text = "1" if isinstance(kind, click.types.IntParamType) else text
    return [parameter.opts[0], text] if isinstance(parameter, click.Option) else [text]


def test_every_command_takes_rare_characters_and_says_what_is_wrong_with_them(console, folder):
    context = click.Context(commands, info_name="campmgr", **commands.context_settings)
    context.obj = CATALOGUE
    typed = []
    for leaf in _leaves(context, commands):
        command: click.Command = commands
        for name in leaf:
            assert isinstance(command, click.Group)
            command = command.get_command(context, name) or command
        if leaf not in {("serve",), ("demo",)}:  # they end only when they are stopped
            needed = (each for each in command.params if each.required)
            typed.append([*leaf, *(word for each in needed for word in _words_for(each, folder))])
    assert sum(RARE in " ".join(words) for words in typed) > 30
    for (code, text), words in zip(console(*typed), typed, strict=True):
        assert code in range(6), (words, text)
        assert "Traceback" not in text
        assert "程序出错了" not in text, (words, text)
        assert "?田" not in text, (words, text)


def test_names_beyond_gbk_are_told_by_their_code_point_and_files_of_windows_are_read(console, folder):
    table = f"编号,姓名,单位代码,班级\r\n101,{RARE},S1,三班\r\n102,张 三,S1,三班\r\n"
    (folder / "名单 一.csv").write_bytes(table.encode("utf-8-sig"))
    (folder / "旧 名单.csv").write_bytes("编号,姓名,单位代码\r\n103,李四,S1\r\n".encode("gb18030"))
    (folder / "错 名单.csv").write_bytes(f"编号,姓名,单位代码\r\n104,{RARE},没有\r\n".encode("utf-16"))
    out = {name: str(folder / f"出 {name}") for name in ("拒.xlsx", "备份.sqlite", "包.pack", "海报.pdf", "证书.pdf")}
    steps = [
        (["import", "people", str(folder / "名单 一.csv")], 0, "2"),
        (["import", "people", str(folder / "旧 名单.csv")], 0, "1"),
        (["import", "people", str(folder / "错 名单.csv"), "--rejects", out["拒.xlsx"]], 0, "没有"),
        (["person", "show", "101"], 0, SHOWN),
        (["mark", "--person", "101", "--lesson", "V8", "--on", "2023-06-02"], 0, "8.00"),
        (["mark", "--person", "101", "--sign-in", "--on", "2023-06-02"], 0, ""),
        (["report", "behind", "--unit", "S1"], 0, "张三"),
        (["report", "hours", "--person", "101"], 0, SHOWN),
        (["report", "units", "--by", "city"], 0, "福州"),
        (["certificates", "issue", "--dry-run"], 0, SHOWN),
        (["certificates", "issue"], 0, "已签发 1 份"),
        (["certificates", "export", "--out", out["证书.pdf"]], 0, ""),
        (["backup", "--out", out["备份.sqlite"]], 0, "备份"),
        (["pack", "make", "--out", out["包.pack"]], 0, ""),
        (["pack", "accept", out["包.pack"]], 0, ""),
        (["poster", "--unit", "S1", "--out", out["海报.pdf"]], 0, ""),
        (["verify"], 0, "相符"),
        (["doctor"], 0, "ok"),
        (["rules", "show"], 0, ""),
        (["rules", "set", "certificate.required_hundredths", "700", "--reason", RARE], 0, ""),
        (["person", "correct", "101", "--name", f"{RARE}二", "--reason", "改名"], 0, ""),
        (["person", "move", "101", "--to", "S2", "--on", "2023-06-03"], 0, ""),
        (["account", "list"], 0, ""),
        (["review", "list"], 0, ""),
        (["node", "list"], 0, ""),
        (["pack", "show", out["包.pack"]], 0, ""),
        (["report", "units", "--by", "school"], 0, "第二小学"),
        (["report", "standings"], 0, ""),
        (["rebuild"], 0, "重建"),
        (["state-hash"], 0, ""),
        (["person", "show", "101"], 0, f"{SHOWN}二"),
        (["person", "show", f"没有{RARE}"], 3, SHOWN),
        (["nonsense" + RARE], 2, SHOWN),
    ]
    for (code, text), (words, expected, says) in zip(console(*(words for words, _, _ in steps)), steps, strict=True):
        assert code == expected, (words, text)
        assert says in text, (words, text)
        assert "Traceback" not in text
        assert "?田" not in text
    for path in out.values():
        assert Path(path).stat().st_size > 1000, path


def test_json_gives_every_character_back(console, folder):
    (folder / "名单.csv").write_bytes(f"编号,姓名,单位代码\r\n101,{RARE},S1\r\n".encode())
    (imported, text), (code, shown), (missing, error) = console(
        ["import", "people", str(folder / "名单.csv"), "--json"], ["person", "show", "101", "--json"],
        ["person", "show", RARE * 2, "--json"],
    )  # fmt: skip
    assert (imported, code, missing) == (0, 0, 3)
    assert json.loads(text)["new"] == 1
    assert RARE in json.dumps(json.loads(shown), ensure_ascii=False)
    assert RARE * 2 in json.loads(error[: error.rindex("}") + 1])["error"]["sentence"]
