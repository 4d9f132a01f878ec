"""A story by chance: a seed gives the same lines always, whatever the program does with them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.simulation.rights import PARENTS
from tests.simulation.words import LESSONS

PLACES = {
    "省": ["S1", "S2", "S3", "C1", "350102", "350203"], "市1": ["S1", "S2", "C1", "350102"], "市2": ["S3", "350203"],
    "县1": ["S1", "S2", "C1"], "学校1": ["S1"], "学校2": ["S2"], "学校3": ["S3"], "社区": ["C1"], "妇联": ["3501-FL"],
}  # fmt: skip
"""Where the people of a node's doing are at home."""

OTHER_GRANTS = {
    "学校1": ["S1", "S2", "350102!S2", "350102!S2!C1"], "学校2": ["S2", "S1", "350102!C1"], "社区": ["C1", "S2", "350102!S1"],
    "学校3": ["S3", "350203"],
}  # fmt: skip
"""What the lowest may be given some day: what they have, something else, more, and more with something left out."""

GRANTED = {
    "350102!S2": ["S1", "C1", "350102"], "350102!S2!C1": ["S1", "350102"], "350102!C1": ["S1", "S2", "350102"],
    "350102!S1": ["S2", "C1", "350102"], "350203": ["S3", "350203"],
}  # fmt: skip
"""Where people are at home under such a grant; under any other in the granted unit itself."""

UNIT_MOVES = [("省", "S2", "350103"), ("市1", "S2", "350103"), ("市1", "S2", "350102"), ("市1", "C1", "350103"), ("省", "S3", "350102"),
              ("省", "C1", "350203"), ("市1", "S1", "350103"), ("省", "S1", "350203")]  # fmt: skip
"""Who moves which unit in the tree of the reports, and below which."""


class Chance:
    """Lines, one after another."""

    def __init__(self, seed: int, without: frozenset[str] = frozenset()) -> None:
        self.dice = Random(seed)
        self.without = without
        self.names = list(PARENTS)
        self.node_of = {name: name for name in PARENTS}
        self.people: dict[str, str] = {}
        self.marks: list[tuple[str, str]] = []
        self.unions: list[tuple[str, str]] = []
        self.sticks: list[tuple[str, list[str]]] = []
        self.kept: list[tuple[str, str, str]] = []
        self.merged: list[str] = []
        self.revoked: list[str] = []
        self.places = dict(PLACES)
        self.count = 0
        self.beside = Random(f"beside {seed}")

    def lines(self, many: int) -> list[str]:
        """So many lines."""
        told: list[str] = []
        verbs = {verb: weight for verb, weight in self._verbs().items() if verb.__name__.strip("_") not in self.without}
        told += [self._join() for _ in range(4)]
        while len(told) < many:
            self.count += 1
            (verb,) = self.dice.choices(list(verbs), list(verbs.values()))
            line = verb()
            told += [line] if line else []
            if line and self.dice.random() < 0.35:
                told += self._upwards(line.split()[0])
        return self._with_certificates(self._with_moved_units(told))

    def _with_moved_units(self, told: list[str]) -> list[str]:
        """The same lines, and among them some schools that come under another county."""
        for _ in range(self.beside.choice((0, 1, 1, 2, 3))):
            name, unit, parent = self.beside.choice(UNIT_MOVES)
            told.insert(self.beside.randrange(len(told)), f"{name} 迁 {unit} {parent}")
        return told

    def _with_certificates(self, told: list[str]) -> list[str]:
        """The same lines, and some of those who join see everything, sign in and get their certificates, some of them twice."""
        for at, line in reversed(list(enumerate(told))):
            name, verb, *words = line.split()
            if verb == "登记" and self.beside.random() < 0.2:
                who, above = words[0], PARENTS[self.node_of[name]] or name
                earned = [
                    f"{name} 记 {who}v1 {who} V1 60 06-02",
                    f"{name} 记 {who}v2 {who} V2 315 06-03",
                    f"{name} 签 {who}q {who} 06-03",
                ]
                told[at + 1 : at + 1] = [*earned, f"{name} 发证"] if self.beside.random() < 0.5 else [*earned, f"{name} 交 {above}"]
                told.insert(self.beside.randrange(at, len(told)), f"{self.beside.choice((name, above))} 发证")
        return told

    def _verbs(self) -> dict[Callable[[], str], int]:
        return {
            self._join: 8, self._mark: 22, self._sign_in: 4, self._move: 7, self._correct: 5, self._withdraw: 4, self._rename: 5,
            self._merge: 2, self._part: 2, self._member: 2, self._erase: 1, self._hand: 24, self._pack: 6, self._take: 10,
            self._spoil: 2, self._backup: 2, self._restore: 1, self._image: 2, self._put_back: 2, self._twin: 2, self._clock: 2,
            self._revoke: 1, self._grant: 3, self._enrol: 2, self._merge_units: 1,
        }  # fmt: skip

    def _upwards(self, name: str) -> list[str]:
        """What was said goes up at once, a step or several."""
        told: list[str] = []
        while (above := PARENTS[self.node_of[name]]) and (not told or self.dice.random() < 0.4):
            told.append(f"{name} 交 {above}")
            name = above
        return told

    # choices

    def _day(self) -> str:
        return f"06-{self.dice.randint(1, 12):02d}"

    def _name(self) -> str:
        return self.dice.choice(self.names)

    def _someone(self) -> str:
        return self.dice.choice(list(self.people))

    def _near(self, person: str) -> str:
        """Mostly a machine that has this person's unit, sometimes any."""
        if self.dice.random() < 0.15:
            return self._name()
        unit = self.people[person]
        return self.dice.choice([name for name in self.names if unit in self.places[name]] or self.names)

    def _label(self) -> str:
        self.count += 1
        return f"w{self.count}"

    # words

    def _join(self) -> str:
        name = self._name()
        unit = self.dice.choice(self.places[name])
        self.count += 1
        person = f"p{self.count}"
        self.people[person] = unit
        return f"{name} 登记 {person} {unit}"

    def _mark(self) -> str:
        person, label = self._someone(), self._label()
        lesson = self.dice.choice(list(LESSONS))
        name = self._near(person) if self.dice.random() < 0.85 else self._name()
        self.marks.append((label, name))
        return f"{name} 记 {label} {person} {lesson} {self.dice.choice((10, 25, 40, 60, 200))} {self._day()}"

    def _sign_in(self) -> str:
        person, label = self._someone(), self._label()
        return f"{self._near(person)} 签 {label} {person} {self._day()}"

    def _move(self) -> str:
        person = self._someone()
        name = self._at_or_above(self._near(person))
        unit = self.dice.choice(self.places[name])
        label = self._label()
        line = f"{name} 移 {label} {person} {unit} {self._day()}"
        self.people[person] = unit
        return line

    def _correct(self) -> str:
        if not self.marks:
            return ""
        label = self._label()
        mark, name = self.dice.choice(self.marks[-8:])
        name = self._at_or_above(name)
        line = f"{name} 改 {label} {mark} {self.dice.choice((5, 30, 55, 120))}"
        self.marks.append((label, name))
        return line

    def _at_or_above(self, name: str) -> str:
        """Whoever said something, an office above, or anybody."""
        if self.dice.random() < 0.1:
            return self._name()
        while PARENTS[self.node_of[name]] and self.dice.random() < 0.3:
            name = PARENTS[self.node_of[name]]
        return name

    def _withdraw(self) -> str:
        if not self.marks:
            return ""
        mark, name = self.dice.choice([*self.marks[-12:], *self.unions])
        return f"{self._at_or_above(name)} 撤 {mark}"

    def _rename(self) -> str:
        person = self._someone()
        self.count += 1
        return f"{self._near(person)} 改名 {person} {person}r{self.count}"

    def _merge(self) -> str:
        one, other = self._someone(), self._someone()
        if one == other:
            return ""
        self.merged += [one, other]
        both = [name for name in self.names if {self.people[one], self.people[other]} <= set(self.places[name])]
        return f"{self.dice.choice(both or ['省'])} 合 {one} {other}"

    def _part(self) -> str:
        if not self.merged:
            return ""
        one = self.dice.choice(self.merged)
        return f"{self._near(one)} 拆 {one}"

    def _member(self) -> str:
        person = self._someone()
        return f"{self._near(person)} 兼 {person} 3501-FL"

    def _erase(self) -> str:
        person = self._someone()
        return f"{self._near(person)} 删 {person}"

    def _merge_units(self) -> str:
        """A school turns out to be another one; the one that stays is always the same, so that no two words cross."""
        label = self._label()
        other = self.dice.choice(("S2", "C1", "S3"))
        self.unions.append((label, "县1"))
        return f"{self.dice.choice(('县1', '市1', '省'))} 并 {label} S1 {other}"

    # sticks

    def _hand(self) -> str:
        """A stick up or down, as it is done every week."""
        name = self._name()
        above = PARENTS[self.node_of[name]]
        if not above:
            return ""
        return f"{name} 交 {above}" if self.dice.random() < 0.55 else f"{above} 给 {name}"

    def _pack(self) -> str:
        """A stick for somebody below, or for whoever is next."""
        self.count += 1
        name, stick = self._name(), f"k{self.count}"
        down = [child for child in self.names if PARENTS[self.node_of[child]] == self.node_of[name]]
        if down and self.dice.random() < 0.6:
            child = self.dice.choice(down)
            self.sticks.append((stick, [each for each in self.names if self.node_of[each] == self.node_of[child]]))
            return f"{name} 包 {stick} {child}"
        self.sticks.append((stick, [*down, PARENTS[self.node_of[name]] or self._name()]))
        return f"{name} 包 {stick}"

    def _stick(self) -> tuple[str, str]:
        """Who takes which stick: mostly one it was made for, sometimes an old one, sometimes anybody."""
        stick, takers = self.dice.choice(self.sticks[-4:] if self.dice.random() < 0.6 else self.sticks)
        return (self.dice.choice(takers) if self.dice.random() < 0.9 else self._name()), stick

    def _take(self) -> str:
        if not self.sticks:
            return ""
        name, stick = self._stick()
        return f"{name} 收 {stick}"

    def _spoil(self) -> str:
        if not self.sticks:
            return ""
        name, stick = self._stick()
        return f"{name} {self.dice.choice(('截收', '坏收'))} {stick} {self.dice.randint(1, 999)}"

    # disks

    def _backup(self) -> str:
        return self._keep("备份")

    def _image(self) -> str:
        return self._keep("存盘")

    def _keep(self, verb: str) -> str:
        name = self._name()
        self.count += 1
        self.kept.append((verb, name, f"b{self.count}"))
        return f"{name} {verb} b{self.count}"

    def _restore(self) -> str:
        some = [(name, label) for verb, name, label in self.kept if verb == "备份"]
        if not some:
            return ""
        name, label = self.dice.choice(some)
        return f"{name} 恢复 {label}"

    def _put_back(self) -> str:
        some = [(name, label) for verb, name, label in self.kept if verb == "存盘"]
        if not some:
            return ""
        name, label = self.dice.choice(some)
        return f"{name} 还原 {label} {self.dice.choice('旧无新')}"

    def _twin(self) -> str:
        name = self._name()
        self.count += 1
        twin = f"{name}t{self.count}"
        if len(self.names) > len(PARENTS) + 2 or not PARENTS[self.node_of[name]]:
            return ""
        self.names.append(twin)
        self.node_of[twin] = self.node_of[name]
        self.places[twin] = self.places[name]
        return f"{name} {self.dice.choice(('拷贝', '镜像'))} {twin}"

    def _clock(self) -> str:
        name = self._name()
        return f"{name} 时钟 {self.dice.choice((0, 0, -365, 365, -2, 40))}"

    # grants

    def _revoke(self) -> str:
        child = self.dice.choice(list(OTHER_GRANTS))
        self.revoked.append(child)
        return f"{PARENTS[child]} 撤权 {child}"

    def _grant(self) -> str:
        """Another grant; whoever loses by it hears of it at once, or by the next stick."""
        child = self.dice.choice([name for name in self.names if self.node_of[name] in OTHER_GRANTS])
        return f"{self._giver(child)} 改授 {child} {self._given(child)}{self.dice.choice(('', ' 当面'))}"

    def _enrol(self) -> str:
        """Somebody whose rights ended asks with a new key, or, rarely, somebody who has them still."""
        if not self.revoked and self.dice.random() < 0.8:
            return ""
        child = self.dice.choice(self.revoked or list(OTHER_GRANTS))
        return f"{self._giver(child)} 新授 {child} {self._given(child)}"

    def _giver(self, child: str) -> str:
        above = PARENTS[self.node_of[child]]
        return PARENTS[above] if PARENTS[above] and self.dice.random() < 0.1 else above

    def _given(self, child: str) -> str:
        unit = self.dice.choice(OTHER_GRANTS[self.node_of[child]])
        self.places[child] = GRANTED.get(unit, [unit])
        return unit
