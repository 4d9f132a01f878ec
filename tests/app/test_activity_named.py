"""`--activity` on every command of the program: of each camp, of the camp that is going on, or of the whole file."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from campmgr.app.commands import COMMANDS, commands
from campmgr.areas.whole import CATALOGUE
from campmgr.facts.catalogue import CAMP
from tests.kit.program import Program

OF_ALL_CAMPS = {"certificates badge", "certificates checker", "certificates list", "certificates reissue", "certificates revoke",
                "certificates template", "certificates verify"}  # fmt: skip
"""A certificate's number says of which camp it is; what proves certificates proves those of every year."""

OF_THE_FILE = {"account", "activity", "backup", "calendar", "demo", "doctor", "kit", "node", "open", "pack", "prizes calendar",
               "rebuild", "restore", "review", "serve", "state-hash", "sync", "unit", "units", "verify", "withdraw",
               "person copy", "person erase", "person expire", "person join", "person leave", "person merge", "person move",
               "person part", "person receipt"}  # fmt: skip
"""One file, tree, calendar and set of people for all that goes on; `activity` itself names the activity by its argument."""

_INVENTORIES = [each.name.replace("_", "-") for _, some in CATALOGUE.named("inventories") for each in some]
OF_A_ROW = {f"{name} {verb}" for name in _INVENTORIES for verb in ("show", "drop")} | {
    f"entry {verb}" for verb in ("agree", "attach", "detach", "stage", "revoke")
} | {"judging receipt"}  # fmt: skip
"""A row of an inventory says of which activity it is, and so does what a judge gave back."""

OF_ANY_ACTIVITY = {"duty end", "duty give", "duty list", "rules set", "rules show"}

TOLD_OF_EVERY_CAMP = {"certificates export", "person show", "prizes export", "prizes objections", "prizes show", "prizes verify",
                      "report behind", "report circulars", "report fields", "report hours", "report standings", "report units",
                      "work list"}  # fmt: skip

_MORE = {"person correct": ["--name", "张三丰"], "mark": ["--sign-in"], "person carry-over": ["--all"]}
"""What a command asks for before it looks into the data file."""


def _every() -> Iterator[tuple[str, click.Command]]:
    whole = click.Context(commands, info_name="campmgr", obj=CATALOGUE, **commands.context_settings)
    yield from _below(commands, whole, "")


def _below(group: click.Group, context: click.Context, before: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from _below(command, click.Context(command, info_name=name, parent=context), f"{before}{name} ")
        else:
            yield f"{before}{name}", command


EVERY = dict(_every())
TAKES = {name for name, command in EVERY.items() if any("--activity" in each.opts for each in command.params)}
_SORTS = {name: each.sort for name, each in COMMANDS.items()} | {
    f"report {name}": area.sort for area in CATALOGUE.areas for name in area.own(area.reports)
}
OF_ANOTHER_SORT = {name for name in TAKES if {_SORTS.get(name), _SORTS.get(name.split()[0])} - {None, "", CAMP}}
"""Which of several activities is meant is asked where several fit (`activity_option`)."""

WORKS_IN_ONE = sorted(TAKES - OF_ANY_ACTIVITY - TOLD_OF_EVERY_CAMP - OF_ANOTHER_SORT)


def _typed(command: click.Command) -> list[str]:
    """The least that a command can be called with."""
    words = list[str]()
    for each in command.params:
        if each.required:
            value = "1" if isinstance(each.type, click.IntRange) else "marks" if each.name == "kind" else "x.pdf"
            named = [each.opts[-1]] if isinstance(each, click.Option) else []
            words += named if isinstance(each, click.Option) and each.is_flag else [*named, value]
    return words


def test_every_command_says_of_which_activity_it_is():
    of_none = {name for name in EVERY if name in OF_ALL_CAMPS | OF_THE_FILE | OF_A_ROW or name.split()[0] in OF_THE_FILE}
    assert set(EVERY) - TAKES == of_none


@pytest.fixture
def two_camps(program: Program) -> Program:
    """A file whose second camp goes on."""
    program.json("activity", "open", "--preset", "escape-drill-2023", "--code", "2024")
    return program


@pytest.mark.parametrize("name", WORKS_IN_ONE)
def test_what_works_in_a_camp_refuses_another_than_the_present_one(two_camps: Program, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = [*name.split(), *_typed(EVERY[name]), *_MORE.get(name, [])]
    before = two_camps.state()
    earlier = two_camps(*words, "--activity", "camp")
    assert earlier.code == 5, earlier.out + earlier.err
    assert "往届" in earlier.err
    assert "代码 2024" in earlier.err
    unknown = two_camps(*words, "--activity", "2025")
    assert "没有代码为“2025”的活动" in unknown.err
    assert two_camps.state() == before
    present = two_camps(*words, "--activity", "2024")
    assert not [word for word in ("往届", "没有代码为") if word in present.err], present.err


def test_a_camp_that_was_closed_takes_nothing_new(program: Program):
    program.json("activity", "close", "camp", "--reason", "到期")
    mark = ["mark", "--person", "001", "--sign-in", "--on", "2023-06-10", "--activity", "camp"]
    assert "撤回“结束”" in program.fails(5, "activity_closed", *mark)["hint"]


def test_a_duty_is_given_in_the_camp_that_goes_on(two_camps: Program):
    two_camps.json("duty", "give", "--person", "001", "--duty", "专家")
    assert len(two_camps.json("duty", "list")["rows"]) == 1
    assert len(two_camps.json("duty", "list", "--activity", "2024")["rows"]) == 1
    assert two_camps.json("duty", "list", "--activity", "camp")["rows"] == []
