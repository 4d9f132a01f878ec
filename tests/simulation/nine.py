"""The nine offices of the stories: who stands above whom, with which grants and clocks, enrolled and told of units and lessons."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.simulation.machines import Machine, World, move_markers
from tests.simulation.rights import GRANTS, KINDS, PARENTS, UNITS
from tests.simulation.telling import Telling
from tests.simulation.words import LESSONS

CLOCKS = {"市1": -365, "学校1": 365}
"""Whose clock is a year off from the beginning."""


def make_template(folder: Path) -> None:
    """Nine data files that have been enrolled and told of units and lessons, to be copied for every story."""
    world = World()
    machines = {name: Machine(world, folder, name) for name in PARENTS}
    world.begins("开营")
    root = machines["省"]
    root("open", "--preset", "escape-drill-2023")
    for unit, parent in UNITS.items():
        if kind := KINDS.get(unit[0]):
            root("import", "units", root.table("代码,名称,上级代码,类别", unit, f"{kind}{unit}", parent, kind))
    for lesson, (hundredths, minutes) in LESSONS.items():
        root(
            "import",
            "lessons",
            root.table("编号,名称,课时,时长,领域", lesson, f"课{lesson}", f"{hundredths / 100}", str(minutes), "家庭"),
        )
    nodes = {name: _enrol(machines[parent], machines[name]) for name, parent in PARENTS.items() if parent}
    (folder / "nodes.json").write_text(json.dumps(nodes), "utf-8")
    for name in reversed(PARENTS):
        if PARENTS[name]:
            _hand(machines[name], machines[PARENTS[name]])
    for name, parent in PARENTS.items():
        if parent:
            _hand(machines[parent], machines[name], "--for", nodes[name])


def _enrol(parent: Machine, child: Machine) -> str:
    request, answer = parent.drawer / f"{child.name}.request", parent.drawer / f"{child.name}.grant"
    child.world.begins(f"{child.name} 申请")
    child("node", "request", "--out", request)
    unit, line = ("3501", ("--line", "妇联")) if child.name == "妇联" else (GRANTS[child.name], ())
    node = parent("node", "enrol", request, "--unit", unit, *line, "--out", answer)["node"]
    child("node", "accept", answer)
    return str(node)


def _hand(giver: Machine, taker: Machine, *more: object) -> None:
    stick = giver.drawer / f"{giver.name}-{taker.name}.first"
    giver("pack", "make", *more, "--out", stick)
    taker("pack", "accept", stick)


def begin(template: Path, folder: Path) -> Telling:
    """A story's own copies of the nine."""
    story = Telling(folder, json.loads((template / "nodes.json").read_text("utf-8")))
    for name in PARENTS:
        shutil.copytree(template / name, folder / name)
        machine = Machine(story.world, folder, name, CLOCKS.get(name, 0))
        move_markers(machine.state, str(template / name), str(machine.folder))
        story.machines[name] = machine
    return story
