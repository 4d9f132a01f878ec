"""Every command line that README and docs/ show is one that the program understands; whatever a sentence names is there."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from campmgr.app.commands import commands
from campmgr.areas.whole import CATALOGUE
from tests.house.sources import ROOT, relative, text_files
from tests.kit.program import HAN

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


NAMED = [
    (relative(path), told)
    for path in (*text_files("campmgr"), *text_files("templates"), *text_files("docs"), ROOT / "README.md")
    for line in path.read_text("utf-8").splitlines()
    if HAN.search(line)
    for told in re.findall(r"campmgr((?: --db [^ ]+)?(?: (?:[a-z][a-z-]+\b|--[a-z-]+)(?![./]))+)", line)
]
"""Commands named in what people read, with the options that follow."""


@pytest.mark.parametrize(("where", "told"), NAMED)
def test_a_command_that_a_sentence_names_is_there(where, told):
    command: click.Command = commands
    context = click.Context(commands, info_name="campmgr", obj=CATALOGUE)
    words = told.split()
    if words[0] == "--db":
        words = words[2:]
        assert options_of(commands) >= {"--db"}
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found, f"{where}: no command {words[0]} in campmgr{told}"
        command, words = found, words[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    assert {each for each in words if each.startswith("--")} <= options_of(command), f"{where}: campmgr{told}"


def options_of(command: click.Command) -> set[str]:
    return {name for option in command.params for name in option.opts} | {"--help"}


def test_there_are_some():
    assert len(SHOWN) > 30
    assert len(NAMED) > 30
