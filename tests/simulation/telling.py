"""A story is lines of text: who does what. Each line is done to a data file and, once acknowledged, remembered.

    学校1 登记 甲 S1            县1 移 m1 甲 S2 06-05          学校1 交 县1        县1 给 学校1
    学校1 记 m2 甲 V1 30 06-03  县1 合 甲 乙                   县1 包 p1           学校1 收 p1

A line that the program refuses is a refusal and no more; a line whose people or words are not there (any more) is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from campmgr.errors import CampError
from tests.simulation.counting import credit
from tests.simulation.machines import Machine, World, refused
from tests.simulation.rights import GRANTS, PARENTS, Given, Rights, is_above
from tests.simulation.sticks import hand_over
from tests.simulation.words import Memory, Word


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
        self.giver: dict[str, str] = dict(PARENTS)
        self.first = {name: Given(unit) for name, unit in GRANTS.items()}
        self.first["妇联"] = Given(GRANTS["妇联"], beside=frozenset({"3501"}))  # it has the city, and of its units that line
        self.rights = Rights((), self.first)
        self.fragile: set[Word] = set()
        self.uncounted: list[str] = []
        self.ids: dict[str, tuple[str, str]] = {}
        self.names: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self.office: dict[str, str] = {name: name for name in PARENTS}
        self.office_kept: dict[str, str] = {}
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
        self,
        machine: Machine,
        about: tuple[str, ...],
        value: tuple[str, ...],
        *command: object,
        label: str = "",
        told: dict[str, object] | None = None,
    ) -> Word | None:
        """Run a command that says something, and remember it; None where it said nothing new. `told`: takes what it printed."""
        before = machine.held()
        knew = self.memory.known_of(before)
        answer = machine(*command)
        if told is not None:
            told |= answer
        facts = frozenset(machine.held() - before)
        if not facts:
            return None
        places = {fact: unit for fact, unit in machine.places().items() if fact in facts}
        office, verb = self.office[machine.name], self._line.split()[1]
        word = Word(self._number, self._line, machine.name, office, verb, about, value, facts, places, knew, label=label)
        self.memory.hears(word)
        return word

    def code(self, label: str) -> str:
        """The code on somebody's card."""
        if label not in self.ids:
            raise Passed
        return self.ids[label][1]

    def above(self, machine: str) -> str:
        """To whom a machine's packs go up: whoever gave its office the first grant; "" for the root."""
        return self.giver[self.office[machine]]

    def covers(self, machine: str, unit: str) -> bool:
        """Whether a machine's grant covers a unit, by its birth path."""
        given = self.rights.now(self.office[machine])
        return given is not None and given.covers(unit) and not self.is_disputed(machine)

    def is_disputed(self, machine: str) -> bool:
        """Whether two grants stand side by side, so that nothing is asked of what it covers."""
        return self.rights.is_disputed(self.office[machine])

    # people

    def joins(self, machine: Machine, label: str, unit: str, number: str = "") -> None:
        """Somebody is registered."""
        if label in self.ids:
            raise Passed
        name = f"甲{label}甲"
        table = machine.table("编号,姓名,单位代码", number or f"N{label}", name, unit)
        self.names.setdefault(label, []).append((name, frozenset({label})))
        said = self.say(machine, (label,), (unit, name), "import", "people", table)
        if said is None:
            raise Passed
        said.value = (self.memory.meant(unit, said.knew), name)
        found = [who for who in machine.people().values() if who.name == name]
        if not found:
            raise Passed
        self.ids[label] = (found[0].person, found[0].code)

    def renames(self, machine: Machine, label: str, name: str) -> None:
        """A name was wrong."""
        command = ("person", "correct", self.code(label), "--name", f"甲{name}甲", "--reason", "写错")
        said = self.say(machine, (label,), (f"甲{name}甲",), *command)
        self.names[label].append((f"甲{name}甲", frozenset(said.spoken_of()) if said else frozenset({label})))

    def moves(self, machine: Machine, mark: str, label: str, unit: str, day: str) -> None:
        """Somebody goes to another school."""
        words = ("person", "move", self.code(label), "--to", unit, "--on", f"2023-{day}")
        said = self.say(machine, (label,), (unit,), *words, label=mark)
        if said is not None:
            said.value = (self.memory.meant(unit, said.knew),)

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

    def merges_units(self, machine: Machine, label: str, stays: str, other: str) -> None:
        """Two units are one: the other stands below the one that stays, and its code means that one."""
        self.say(machine, (), (stays, other), "units", "merge", stays, other, label=label)

    def moves_unit(self, machine: Machine, unit: str, parent: str) -> None:
        """A school stands under another county in the reports. Whose laptops get its data is as it was."""
        if self.memory.meant(unit, self.memory.known_of(machine.held())) != unit:
            raise Passed  # its code means another school by now
        kind = "社区" if unit.startswith("C") else "学校"
        table = machine.table("代码,名称,上级代码,类别", unit, f"{kind}{unit}", parent, kind)
        self.say(machine, (), (unit, parent), "import", "units", table)

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

    def certifies(self, machine: Machine) -> None:
        """Whoever has all hours and has signed in gets a certificate."""
        if self.say(machine, (), (), "certificates", "issue") is None:
            raise Passed

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

    def hands_over(self, machine: Machine, other: str, *more: object, surely: bool = False) -> list[str]:
        """A fresh stick from one to another, its receipt back; what became of its segments. `surely`: all goes well."""
        if other not in self.machines:
            raise Passed
        dice = None if surely else self.world.dice
        return hand_over(self.folder / "sticks", dice, machine, self.machines[other], *more)

    def node_of(self, name: str) -> str:
        """By what id the others call the node of a machine."""
        return self.nodes.get(self.office.get(name, ""), name)

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
        self.office_kept[path.name] = self.office[machine.name]

    def restores(self, machine: Machine, name: str) -> None:
        """The laptop broke, and the backup is all there is."""
        backup = self._stick(f"{machine.name}-{name}")
        self._overwritten(machine)
        for part in machine.folder.glob("camp.sqlite*"):
            part.unlink()
        self.office[machine.name] = self.office_kept[backup.name]
        machine("restore", backup)
        machine.older = True

    def keeps_image(self, machine: Machine, name: str) -> None:
        """The restore card is told to keep today's disk."""
        machine.image(self.folder / "sticks" / f"{machine.name}-{name}")
        self.office_kept[f"{machine.name}-{name}"] = self.office[machine.name]

    def put_back(self, machine: Machine, name: str, marker: str) -> None:
        """The restore card does its work overnight."""
        image = self._stick(f"{machine.name}-{name}")
        self._overwritten(machine)
        self.office[machine.name] = self.office_kept[image.name]
        machine.put_back(image, {"旧": "old", "无": "none", "新": "now"}[marker])

    def _overwritten(self, machine: Machine) -> None:
        """A disk is about to go: what stands on no other may be gone with it."""
        elsewhere = set().union(*(other.held() for other in self.machines.values() if other is not machine))
        self.fragile |= {word for word in self.memory.words if not word.facts <= elsewhere}

    def settle(self) -> None:
        """What went with a disk and came back from no stick was never said; rights are counted, and what counts by them."""
        lost: set[Word] = set()
        for _ in range(3):  # a revocation may have gone too
            self.rights = Rights([word for word in self.memory.words if word not in lost], self.first)
            held = set().union(*(self.machines[name].held() for name in self.taking_part()))
            lost |= {word for word in self.fragile if not word.facts & held}
            for word in self.memory.words:
                if word in self.fragile and word not in lost:  # said in several units at once: what was on other disks stands
                    word.facts &= held
                word.counts = word not in lost and self.rights.counts(word)

    def taking_part(self) -> list[str]:
        """The machines whose office has rights."""
        return [name for name, office in self.office.items() if self.rights.now(office)]

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
        self.office[name] = self.office[machine.name]

    def sets_clock(self, machine: Machine, days: str) -> None:
        """Somebody sets the clock, rightly or wrongly."""
        machine.ahead = int(days)

    # grants

    def revokes(self, machine: Machine, other: str) -> None:
        """The other's rights end at what is known here."""
        if other not in self.machines:
            raise Passed
        held = frozenset(machine.held())
        office = self.office[other]
        said = self.say(machine, (), (office,), "node", "revoke", self.node_of(other), "--reason", "离职")
        if said is not None:
            said.cut = held

    def grants_otherwise(self, machine: Machine, other: str, unit: str, hand: str = "") -> None:
        """The other's grant becomes another: `unit` without those after each `!`. It hears of it by a pack, or at once."""
        if other not in self.machines:
            raise Passed
        answer = self._enrols(machine, other, unit, self.office[other])
        if hand:
            self.machines[other]("node", "accept", answer)

    def enrols_anew(self, machine: Machine, other: str, unit: str) -> None:
        """The other asks with a new key, and is another office from then on, named after what it was."""
        if other not in self.machines or other == "省":
            raise Passed
        self._overwritten(self.machines[other])  # until it is enrolled, it hands nothing on
        office = self.office[other] = f"{self.office[other]}′{self._number}"
        answer = self._enrols(machine, other, unit, office, "--new-key")
        self.machines[other]("node", "accept", answer)

    def _enrols(self, machine: Machine, other: str, unit: str, office: str, *how: str) -> Path:
        request, answer = self.folder / "sticks" / "a.request", self.folder / "sticks" / "a.grant"
        answer.unlink(missing_ok=True)
        request.unlink(missing_ok=True)
        self.machines[other]("node", "request", *how, "--out", request)
        held = frozenset(machine.held())
        granted, *without = unit.split("!")
        told: dict[str, object] = {}
        words = ("enrol", request, "--unit", granted, *(part for each in without for part in ("--except", each)), "--out", answer)
        said = self.say(machine, (), (office, unit), "node", *words, told=told)
        if said is None:
            raise Passed
        said.cut = held
        said.value = (office, "!".join(self.memory.meant(each, said.knew) for each in unit.split("!")))
        self.nodes[office] = str(told["node"])
        giver = next((name for name in PARENTS if self.office[name] == self.office[machine.name]), machine.name)
        first = self.giver.setdefault(office, giver)
        if is_above(giver, first) and not Rights(self.memory.words, self.first).knew_any(office, said):
            self.giver[office] = giver  # two gave it a first grant: the one nearer to the root is its parent
        return answer


VERBS: dict[str, Callable[..., None]] = {
    "登记": Telling.joins, "改名": Telling.renames, "移": Telling.moves, "兼": Telling.members, "合": Telling.merges,
    "拆": Telling.parts, "并": Telling.merges_units, "迁": Telling.moves_unit, "删": Telling.erases, "记": Telling.marks,
    "签": Telling.signs_in, "发证": Telling.certifies, "改": Telling.corrects, "撤": Telling.withdraws,
    "交": Telling.sends, "给": Telling.gives, "包": Telling.packs, "收": Telling.takes,
    "截收": Telling.takes_cut, "坏收": Telling.takes_altered, "备份": Telling.backs_up, "恢复": Telling.restores,
    "存盘": Telling.keeps_image, "还原": Telling.put_back, "拷贝": Telling.copies, "镜像": Telling.images,
    "时钟": Telling.sets_clock, "撤权": Telling.revokes, "改授": Telling.grants_otherwise,
    "新授": Telling.enrols_anew,
}  # fmt: skip
"""Every verb that a line may hold."""
