"""A story is lines of text: who does what. Each line is done to a data file and, once acknowledged, remembered.

    学校1 登记 甲 S1            县1 移 m1 甲 S2 06-05          学校1 交 县1        县1 给 学校1
    学校1 记 m2 甲 V1 30 06-03  县1 合 甲 乙                   县1 包 p1           学校1 收 p1

A line that the program refuses is a refusal and no more; a line whose people or words are not there (any more) is passed over.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from campmgr.errors import CampError
from tests.simulation.counting import credit
from tests.simulation.machines import Machine, World, move_markers, refused
from tests.simulation.words import LESSONS, Memory, Word

PARENTS = {
    "省": "",
    "市1": "省",
    "市2": "省",
    "县1": "市1",
    "妇联": "市1",
    "学校1": "县1",
    "学校2": "县1",
    "社区": "县1",
    "学校3": "市2",
}
"""Nine nodes and who stands above whom."""

GRANTS = {"省": "35", "市1": "3501", "市2": "3502", "县1": "350102", "妇联": "3501-FL", "学校1": "S1", "学校2": "S2",
          "社区": "C1", "学校3": "S3"}  # fmt: skip

UNITS = {"S1": "350102", "S2": "350102", "C1": "350102", "S3": "350203", "350102": "3501", "350103": "3501", "350203": "3502",
         "3501-FL": "3501", "3501": "35", "3502": "35", "35": ""}  # fmt: skip
"""Where the units of the stories stood at birth: what a grant covers."""

CLOCKS = {"市1": -365, "学校1": 365}
"""Whose clock is a year off from the beginning."""


class Passed(Exception):
    """A line has nothing to speak of."""


class Telling:
    """A story as far as it has been told."""

    def __init__(self, folder: Path, nodes: dict[str, str]) -> None:
        self.folder = folder
        self.nodes = nodes
        self.world = World()
        self.memory = Memory()
        self.machines: dict[str, Machine] = {}
        self.above: dict[str, str] = dict(PARENTS)
        self.grants: dict[str, set[str]] = {name: {unit} for name, unit in GRANTS.items()}
        self.revoked: set[str] = set()
        self.fragile: set[Word] = set()
        self.uncounted: list[str] = []
        self.ids: dict[str, tuple[str, str]] = {}
        self.names: dict[str, list[tuple[str, str]]] = {}
        self.lineage: dict[str, str] = {name: name for name in PARENTS}
        self.done: dict[str, int] = {}
        self.refusals: dict[str, int] = {}
        self._line = ""
        self._number = 0

    # told

    def tell(self, lines: Iterable[str]) -> None:
        """Do what the lines say."""
        for line in lines:
            self._number += 1
            self._line = line
            self.world.begins(line)
            name, verb, *words = line.split()
            if name not in self.machines or verb not in VERBS:
                continue
            try:
                VERBS[verb](self, self.machines[name], *words)
                self.done[verb] = self.done.get(verb, 0) + 1
            except Passed:
                continue
            except CampError as problem:
                self.refusals[f"{verb} {refused(problem)}"] = self.refusals.get(f"{verb} {refused(problem)}", 0) + 1

    def say(
        self, machine: Machine, about: tuple[str, ...], value: tuple[str, ...], *command: object, label: str = ""
    ) -> Word | None:
        """Run a command that says something, and remember it; None where it said nothing new."""
        before = machine.held()
        knew = self.memory.known_of(before)
        machine(*command)
        facts = frozenset(machine.held() - before)
        if not facts:
            return None
        word = Word(self._number, self._line, machine.name, self._line.split()[1], about, value, facts, knew, label=label)
        self.memory.hears(word)
        return word

    def code(self, label: str) -> str:
        """The code on somebody's card."""
        if label not in self.ids:
            raise Passed
        return self.ids[label][1]

    def covers(self, machine: str, unit: str) -> bool:
        """Whether a machine's grants cover a unit, by its birth path."""
        while unit:
            if unit in self.grants[machine]:
                return True
            unit = UNITS.get(unit, "")
        return False

    # people

    def joins(self, machine: Machine, label: str, unit: str, number: str = "") -> None:
        """Somebody is registered."""
        if label in self.ids:
            raise Passed
        name = f"甲{label}甲"
        table = machine.table("编号,姓名,单位代码", number or f"N{label}", name, unit)
        self.names.setdefault(label, []).append((name, unit))
        if self.say(machine, (label,), (unit, name), "import", "people", table) is None:
            raise Passed
        found = [who for who in machine.people().values() if who.name == name]
        if not found:
            raise Passed
        self.ids[label] = (found[0].person, found[0].code)

    def renames(self, machine: Machine, label: str, name: str) -> None:
        """A name was wrong."""
        code = self.code(label)
        who = machine.people().get(self.ids[label][0])
        self.names[label].append((f"甲{name}甲", who.home if who else ""))
        self.say(machine, (label,), (f"甲{name}甲",), "person", "correct", code, "--name", f"甲{name}甲", "--reason", "写错")

    def moves(self, machine: Machine, mark: str, label: str, unit: str, day: str) -> None:
        """Somebody goes to another school."""
        self.say(machine, (label,), (unit,), "person", "move", self.code(label), "--to", unit, "--on", f"2023-{day}", label=mark)

    def members(self, machine: Machine, label: str, unit: str) -> None:
        """Somebody counts for a second unit too."""
        self.say(machine, (label,), (unit,), "person", "join", self.code(label), "--unit", unit)

    def merges(self, machine: Machine, one: str, other: str) -> None:
        """Two are one."""
        self.say(machine, (one, other), (), "person", "merge", self.code(one), self.code(other))

    def parts(self, machine: Machine, label: str) -> None:
        """They are not."""
        self.say(machine, (label,), (), "person", "part", self.code(label))

    def erases(self, machine: Machine, label: str) -> None:
        """Somebody asked to be forgotten."""
        self.say(machine, (label,), (), "person", "erase", self.code(label), "--reason", "本人要求")

    # what they did

    def marks(self, machine: Machine, mark: str, label: str, lesson: str, minutes: str, day: str) -> None:
        """Somebody watched a lesson."""
        words = ("mark", "--person", self.code(label), "--lesson", lesson, "--minutes", minutes, "--on", f"2023-{day}")
        if self.say(machine, (label,), (lesson, minutes, day), *words, label=mark) is None:
            told = machine(*words)  # nothing new was written, so it must be known, and counting or waiting
            waits = told["person"].startswith("code:")
            if not waits and int(told["credited"].replace(".", "")) < credit([(lesson, day, int(minutes))]):
                self.uncounted.append(f"{self._line}: {told['state']}, {told['credited']}")

    def signs_in(self, machine: Machine, mark: str, label: str, day: str) -> None:
        """Somebody signed in."""
        self.say(machine, (label,), (day,), "mark", "--person", self.code(label), "--sign-in", "--on", f"2023-{day}", label=mark)

    def corrects(self, machine: Machine, label: str, mark: str, minutes: str) -> None:
        """The minutes of a mark were others."""
        said = self._said(mark)
        self.say(machine, said.about, (mark, minutes), "person", "correct", self.code(said.about[0]), "--fact", min(said.facts),
                 "--minutes", minutes, "--reason", "看错", label=label)  # fmt: skip

    def withdraws(self, machine: Machine, mark: str) -> None:
        """It was wrong altogether."""
        said = self._said(mark)
        self.say(machine, said.about, (mark,), "withdraw", min(said.facts), "--reason", "录错")

    def _said(self, mark: str) -> Word:
        if mark not in self.memory.labels:
            raise Passed
        return self.memory.labels[mark]

    # sticks

    def _stick(self, name: str) -> Path:
        path = self.folder / "sticks" / name
        if not path.exists():
            raise Passed
        return path

    def sends(self, machine: Machine, other: str) -> None:
        """Everything goes up, or to whoever takes it."""
        self.hands_over(machine, other)

    def gives(self, machine: Machine, other: str) -> None:
        """What the other may have goes down."""
        self.hands_over(machine, other, "--for", self.node_of(other))

    def hands_over(self, machine: Machine, other: str, *more: object) -> list[str]:
        """A fresh stick from one to another; what became of its segments."""
        if other not in self.machines:
            raise Passed
        stick = self.folder / "sticks" / "hand.pack"
        stick.unlink(missing_ok=True)
        machine("pack", "make", *more, "--out", stick)
        return [segment["result"] for segment in self.machines[other]("pack", "accept", stick)["segments"]]

    def node_of(self, name: str) -> str:
        """By what id the others call the node of a machine."""
        return self.nodes.get(self.lineage.get(name, ""), name)

    def packs(self, machine: Machine, name: str, other: str = "") -> None:
        """A stick is filled, and lies about."""
        stick = self.folder / "sticks" / name
        stick.unlink(missing_ok=True)
        machine("pack", "make", *(("--for", self.node_of(other)) if other else ()), "--out", stick)

    def takes(self, machine: Machine, name: str) -> None:
        """Any stick, however old, for whomever it was."""
        machine("pack", "accept", self._stick(name))

    def takes_cut(self, machine: Machine, name: str, place: str) -> None:
        """A stick that was pulled out too early."""
        self._takes_spoilt(machine, name, lambda content: content[: len(content) * int(place) // 1000])

    def takes_altered(self, machine: Machine, name: str, place: str) -> None:
        """A stick with a wrong byte."""

        def spoil(content: bytes) -> bytes:
            at = len(content) * int(place) // 1000
            return content[:at] + bytes([content[at] ^ 32]) + content[at + 1 :]

        self._takes_spoilt(machine, name, spoil)

    def _takes_spoilt(self, machine: Machine, name: str, spoil: Callable[[bytes], bytes]) -> None:
        spoilt = self.folder / "sticks" / "spoilt.pack"
        spoilt.write_bytes(spoil(self._stick(name).read_bytes()))
        before = machine.held()
        try:
            machine("pack", "accept", spoilt)
        except CampError:
            assert machine.held() == before, "a refused pack has written something"
            raise

    # disks

    def backs_up(self, machine: Machine, name: str) -> None:
        """A backup is put into the drawer."""
        path = self.folder / "sticks" / f"{machine.name}-{name}"
        path.unlink(missing_ok=True)
        machine("backup", "--out", path)

    def restores(self, machine: Machine, name: str) -> None:
        """The laptop broke, and the backup is all there is."""
        backup = self._stick(f"{machine.name}-{name}")
        self._overwritten(machine)
        for part in machine.folder.glob("camp.sqlite*"):
            part.unlink()
        machine("restore", backup)

    def keeps_image(self, machine: Machine, name: str) -> None:
        """The restore card is told to keep today's disk."""
        machine.image(self.folder / "sticks" / f"{machine.name}-{name}")

    def put_back(self, machine: Machine, name: str, marker: str) -> None:
        """The restore card does its work overnight."""
        image = self._stick(f"{machine.name}-{name}")
        self._overwritten(machine)
        machine.put_back(image, {"旧": "old", "无": "none", "新": "now"}[marker])

    def _overwritten(self, machine: Machine) -> None:
        """A disk is about to go: what stands on no other may be gone with it."""
        elsewhere = set().union(*(other.held() for other in self.machines.values() if other is not machine))
        self.fragile |= {word for word in self.memory.words if not word.facts <= elsewhere}

    def settle(self) -> None:
        """What went with a disk and came back from no stick was never said; what lies beyond a revocation's cut does not count."""
        for _ in range(2):  # a revocation may have gone too
            self.revoked = self._revoked_now()
            held = set().union(*(machine.held() for name, machine in self.machines.items() if name not in self.revoked))
            for word in self.fragile:  # of what was said in several units at once, the part on other disks stands
                word.facts &= held
                word.counts &= bool(word.facts)
        self.revoked = self._revoked_now()
        for end in self._ends():
            for word in self.memory.words:
                if self.lineage[word.machine] == end.value[0] and not word.facts <= end.cut:
                    word.counts = False

    def _ends(self) -> list[Word]:
        return [word for word in self.memory.words if word.verb == "撤权" and word.counts]

    def _revoked_now(self) -> set[str]:
        ended = {word.value[0] for word in self._ends()}
        return {name for name, node in self.lineage.items() if node in ended}

    def copies(self, machine: Machine, name: str) -> None:
        """The data file is copied to another laptop."""
        self._twin(machine, name, marker=False)

    def images(self, machine: Machine, name: str) -> None:
        """The whole disk is copied to another laptop, and both go on."""
        self._twin(machine, name, marker=True)

    def _twin(self, machine: Machine, name: str, *, marker: bool) -> None:
        if name in self.machines:
            raise Passed
        self.machines[name] = machine.twin(name, marker=marker)
        self.above[name] = self.above[machine.name]
        self.grants[name] = self.grants[machine.name]
        self.lineage[name] = self.lineage[machine.name]

    def sets_clock(self, machine: Machine, days: str) -> None:
        """Somebody sets the clock, rightly or wrongly."""
        machine.ahead = int(days)

    # grants

    def revokes(self, machine: Machine, other: str) -> None:
        """The other's rights end at what is known here."""
        if other not in PARENTS:
            raise Passed
        held = frozenset(machine.held())
        said = self.say(machine, (), (other,), "node", "revoke", self.node_of(other), "--reason", "离职")
        if said is not None:
            said.cut = held


VERBS: dict[str, Callable[..., None]] = {
    "登记": Telling.joins, "改名": Telling.renames, "移": Telling.moves, "兼": Telling.members, "合": Telling.merges,
    "拆": Telling.parts, "删": Telling.erases, "记": Telling.marks, "签": Telling.signs_in, "改": Telling.corrects,
    "撤": Telling.withdraws, "交": Telling.sends, "给": Telling.gives, "包": Telling.packs, "收": Telling.takes,
    "截收": Telling.takes_cut, "坏收": Telling.takes_altered, "备份": Telling.backs_up, "恢复": Telling.restores,
    "存盘": Telling.keeps_image, "还原": Telling.put_back, "拷贝": Telling.copies, "镜像": Telling.images,
    "时钟": Telling.sets_clock, "撤权": Telling.revokes,
}  # fmt: skip
"""Every verb that a line may hold."""


def make_template(folder: Path) -> None:
    """Nine data files that have been enrolled and told of units and lessons, to be copied for every story."""
    world = World()
    machines = {name: Machine(world, folder, name) for name in PARENTS}
    world.begins("开营")
    root = machines["省"]
    root("open", "--preset", "escape-drill-2023")
    rows = [("S1", "350102", "学校"), ("S2", "350102", "学校"), ("C1", "350102", "社区"), ("S3", "350203", "学校")]
    for unit, parent, kind in rows:
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
