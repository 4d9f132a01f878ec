"""Every command line that README and docs/ show is one that the program understands."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from campmgr.app.commands import commands
from campmgr.areas.whole import CATALOGUE
from tests.house.sources import ROOT, relative, text_files

SHOWN = [
    (relative(path), line)
    for path in [*text_files("docs"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    if path.suffix == ".md"
    for block in re.findall(r"^```sh\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("campmgr ")
]


@pytest.mark.parametrize(("page", "line"), SHOWN)
def test_a_shown_command_is_understood(page, line):
    command: click.Command = commands
    context = click.Context(commands, info_name="campmgr", obj=CATALOGUE, **commands.context_settings)
    words = shlex.split(line, comments=True)[1:]
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found, f"{page}: no command {words[0]}"
        command, words = found, words[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    command.parse_args(context, words)


def test_there_are_some():
    assert len(SHOWN) > 30
