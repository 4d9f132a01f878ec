"""The units and the tree they stand in: names, kinds, lines, and who stood below whom on which day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property
from typing import Any, NamedTuple

from campmgr.facts.layers import Layers
from campmgr.ids import canonical
from campmgr.ledger.envelope import subject_key
from campmgr.ledger.order import Sides
from campmgr.typed_codes import readings
from campmgr.wording import name_key

DEFAULT_LINES = {"学校": "教育", "妇联": "妇联"}
"""A school or a women's federation that names no line and inherits none stands in its own (F-10)."""

LEAST_OF_AN_ID = 8
"""So many first digits of an id are enough to name it, where no other begins so."""

_HEX = frozenset("0123456789abcdef")


class Count(NamedTuple):
    """How many people are expected in a unit (None: not said), from which day on ("": from the beginning), and who said so."""

    day: str
    number: int | None
    source: str = ""


class Story(NamedTuple):
    """What has happened to a unit since it was added: with most, nothing.

    `born`: the unit as it was added, where it or anything above it is another now. `moves`: (day, parent) in order.
    `merged_into`: the unit it is one with now, "" for one that stands by itself. `sides`: what was said of it by offices that did
    not know of each other. `counts`: how many were expected from which day on, in order. `closed_on`: the day it was closed, ""
    while it is open.
    """

    born: Unit | None = None
    moves: tuple[tuple[str, str], ...] = ()
    merged_into: str = ""
    sides: tuple[Sides, ...] = ()
    counts: tuple[Count, ...] = ()
    closed_on: str = ""


NO_STORY = Story()


class Unit(NamedTuple):
    """A unit as it stands today. `unit` is its id, `code` what people call it by, "" for none; `above`: the one it stands below;
    `takes_part`: what it says of itself.

    Its way down is read off those above it: of hundreds of thousands of units every text would weigh.
    """

    unit: str
    code: str
    name: str
    kind: str
    above: Unit | None
    own_line: str
    line: str
    expected: int | None
    takes_part: bool
    born_on: str
    is_code_shared: bool = False
    story: Story = NO_STORY

    @property
    def participating(self) -> bool:
        """Whether its people may take part: it says so, it is nobody else now, and so do those above it."""
        return self.takes_part and not self.story.merged_into and (self.above is None or self.above.participating)

    @property
    def closed_on(self) -> str:
        """The day it was closed, itself or with one above it; "" while it is open. What was recorded of it goes on counting."""
        return self.story.closed_on or (self.above.closed_on if self.above else "")

    @property
    def admits(self) -> bool:
        """Whether people can be registered in it: it takes part, and is not closed."""
        return self.participating and not self.closed_on

    @property
    def why_closed(self) -> str:
        """Why no people can be registered in it, behind its name; "" where they can."""
        if not self.participating:
            return "不参加本次活动"
        return f"已于 {self.closed_on} 关闭" if self.closed_on else ""

    def count_on(self, day: str) -> Count:
        """How many are expected in it by its own word as of a day, "" for today. The first number ever told holds before its day
        too, since nobody had said another.
        """
        counts = self.story.counts or (Count("", self.expected),)
        return counts[max(0, bisect_right(counts, day, key=lambda count: count.day) - 1) if day else -1]

    @property
    def parent(self) -> str:
        """The id of the unit it stands below, "" for the root."""
        return self.above.unit if self.above else ""

    @property
    def path(self) -> str:
        """Its way down in ids, "/…/…/"."""
        return f"{self.above.path if self.above else '/'}{self.unit}/"

    @property
    def place(self) -> str:
        """Its way down in codes, by which lists are sorted."""
        return f"{self.above.place if self.above else '/'}{self.code or self.name}/"

    @property
    def at_birth(self) -> Unit:
        """The unit as it was added, below those above it as they were added: grants hold by it (docs/ledger.md#scopes)."""
        return self.story.born or self

    @property
    def parents(self) -> tuple[tuple[str, str], ...]:
        """(Day, parent) in order, the birth first with the day ""."""
        return (("", self.at_birth.parent), *self.story.moves)

    @property
    def merged_into(self) -> str:
        """The unit it is one with now, "" for one that stands by itself."""
        return self.story.merged_into

    @property
    def sides(self) -> tuple[Sides, ...]:
        """What was said of it by offices that did not know of each other."""
        return self.story.sides

    @property
    def address(self) -> str:
        """What names it in an address, and wherever somebody types a unit: its code where that is its own, else its id."""
        return self.unit if self.is_code_shared or self.merged_into else self.code or self.unit

    @property
    def shown_code(self) -> str:
        """What stands for it in lists and files: its code; its id where it has none."""
        return self.code or self.unit

    def row(self) -> tuple[object, ...]:
        """As stored."""
        above = self.above
        if above is None:
            return self.row_below("/", "/")
        return self.row_below(above.path, above.place, takes_part=above.participating, closed_on=above.closed_on)

    def row_below(self, path: str, place: str, *, takes_part: bool = True, closed_on: str = "") -> tuple[object, ...]:
        """As stored, below a unit of this path and place that takes part or not, and is closed or not."""
        closed_on = self.story.closed_on or closed_on
        born, path = self.at_birth, f"{path}{self.unit}/"
        parents = canonical(self.parents) if self.story.moves else f'[["","{born.parent}"]]'
        return (self.unit, self.code, self.name, self.kind, self.parent, self.own_line, self.line, self.expected,
                int(takes_part and self.takes_part and not self.story.merged_into), path, f"{place}{self.code or self.name}/",
                path if born is self else born.path, born.line, parents, *self._counted(), closed_on)  # fmt: skip

    def _counted(self) -> tuple[str, str]:
        """Since when so many are expected as are now, and by whose word."""
        return (self.story.counts[-1].day, self.story.counts[-1].source) if self.story.counts else ("", "")


def days_of_counts(units: Iterable[Unit]) -> list[str]:
    """The days from which on any of these units expects another number, in order."""
    return sorted({count.day for unit in units for count in unit.story.counts})


def line_of(own: str, inherited: str, kind: str) -> str:
    """A unit's line: its own, else the one above, else its kind's; "" for none."""
    return own or inherited or DEFAULT_LINES.get(kind, "")


def units_of_word(kind: str, subject: str, body: Mapping[str, Any]) -> list[str]:
    """The units a word about the tree needs the right to; none for a withdrawal, which reaches only what its writer has said."""
    unit = subject_key(subject)
    if kind == "unit_added":
        return [body["parent"]] if body["parent"] else []
    further = {"unit_moved": "parent", "units_merged": "other"}
    return [unit, body[further[kind]]] if kind in further else [unit] if kind in _ABOUT_ITSELF else []


_ABOUT_ITSELF = frozenset({"unit_changed", "unit_counted", "unit_closed"})


def stored_rows(units: Iterable[Unit]) -> list[tuple[object, ...]]:
    """Units as stored; those beside each other ask those above them once."""
    found, known = [], dict[str, tuple[str, str, bool, str]]()
    for unit in units:
        above = unit.above
        if above is None:
            found.append(unit.row())
            continue
        if above.unit not in known:
            known[above.unit] = (above.path, above.place, above.participating, above.closed_on)
        path, place, takes_part, closed_on = known[above.unit]
        found.append(unit.row_below(path, place, takes_part=takes_part, closed_on=closed_on))
    return found


class Units(Layers[Unit]):
    """Units by their ids, gone through in the order of their places."""

    def __iter__(self) -> Iterator[str]:
        return (unit.unit for unit in self.in_order)

    def __len__(self) -> int:
        return len(self.in_order)

    def values(self) -> ValuesView[Unit]:
        """The units, in the order of their places."""
        return _InOrder(self)

    @cached_property
    def in_order(self) -> list[Unit]:
        """The units in the order of their places: worked out when somebody asks, which no import does."""
        return sorted(self.unordered(), key=lambda unit: (unit.place, unit.unit))


class _InOrder(ValuesView[Unit]):
    def __init__(self, units: Units) -> None:
        super().__init__(units)
        self._units = units

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.in_order)


class Called:
    """The ids of the units that something is called by: mostly one. What a unit is called now is looked at when it is asked."""

    def __init__(self, one: Layers[str] | None = None, more: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.one = one or Layers[str]()
        self.more = more or {}

    def with_more(self, said: Iterable[tuple[str, str]]) -> Called:
        """With further (what it is called, id)."""
        fresh: dict[str, str] = {}
        more = dict(self.more)
        for text, unit in said:
            first = fresh.get(text) or self.one.get(text)
            if first is None:
                fresh[text] = unit
            elif unit not in {first, *more.get(text, ())}:
                more[text] = (*more.get(text, ()), unit)
        return Called(self.one.with_more(fresh), more)

    def ids(self, text: str) -> tuple[str, ...]:
        """Whoever may be called so."""
        first = self.one.get(text)
        return () if first is None else (first, *self.more.get(text, ()))


class Tree:
    """The units in the order of their places, how they are called, and the paths they stood on.

    `move_days`: the days on which any was moved, `count_days` those from which on any expects another number, both in order.
    `waited_for`: ids of units that nobody has added with effect, though others were added below them.
    """

    def __init__(
        self,
        units: Units,
        codes: Called,
        move_days: Sequence[str] = (),
        waited_for: frozenset[str] = frozenset(),
        count_days: Sequence[str] = (),
    ) -> None:
        self.units = units
        self.move_days = move_days
        self.count_days = count_days
        self.waited_for = waited_for
        self._codes = codes
        self._names: Called | None = None

    def with_more(self, fresh: Mapping[str, Unit]) -> Tree:
        """The tree with units that were added, or are described otherwise and stand where they stood, under the same code."""
        new = [unit for unit in fresh.values() if unit.unit not in self.units]
        codes = self._codes.with_more((unit.code, unit.unit) for unit in new if unit.code)
        shared = {each for unit in new for each in codes.ids(unit.code) if unit.code and unit.code in codes.more}
        units, days = self.units.with_more(fresh), self.count_days
        if any(unit.story.counts or ((known := self.units.get(key)) and known.story.counts) for key, unit in fresh.items()):
            days = days_of_counts(units.unordered())
        tree = Tree(units, codes, self.move_days, self.waited_for, days)
        if shared:
            tree.units = tree.units.with_more(tree.told_apart(shared))
        if self._names is not None:
            tree._names = self._names.with_more((_name_key(unit), unit.unit) for unit in fresh.values())
        return tree

    def told_apart(self, some: Iterable[str]) -> dict[str, Unit]:
        """Of these units, those of which it has to be noted that they share their code with others, or no longer do."""
        found = {}
        for unit in (self.units[each] for each in some):
            bearers = [each for each in map(self.units.__getitem__, self._codes.ids(unit.code)) if not each.merged_into]
            if (is_shared := len(bearers) > 1 and not unit.merged_into) != unit.is_code_shared:
                found[unit.unit] = unit._replace(is_code_shared=is_shared)
        return found

    def path_on(self, unit: str, day: str) -> tuple[str, ...]:
        """A unit and everything above it on a day, the unit first; () for an unknown unit."""
        found: list[str] = []
        while unit not in found and (known := self.units.get(unit)):
            found.append(unit)
            moves = known.story.moves
            step = bisect_right(moves, (day, "\uffff")) - 1 if moves else -1
            unit = moves[step][1] if step >= 0 else known.at_birth.parent
        return tuple(found)

    def called(self, text: str) -> Sequence[Unit]:
        """The units that somebody may mean: the one of an id, else those of a code, of a name, of the beginning of an id."""
        return self._called(text) or next(filter(None, map(self._called, readings(text)[1:])), [])

    def _called(self, text: str) -> Sequence[Unit]:
        unit = self.units.get(text)
        if unit is not None:
            return [unit]
        return self.by_code.get(text) or self.by_code.get(text.upper()) or self._of_name(name_key(text)) or self._beginning(text)

    @cached_property
    def by_code(self) -> Bearers:
        """The units of each code: mostly one. The code of a merged unit means the one it was merged into."""
        return Bearers(self, self._codes)

    def standing(self, unit: Unit) -> Unit:
        """The unit that one stands for: itself, or what it was merged into."""
        while unit.merged_into in self.units:
            unit = self.units[unit.merged_into]
        return unit

    def standing_of(self, ids: Iterable[str]) -> list[Unit]:
        """The units that these stand for, each once, in the order of their places."""
        found = [self.units[each] for each in ids]
        if len(found) > 1:
            found.sort(key=lambda unit: (unit.place, unit.unit))
        return list({unit.unit: unit for unit in map(self.standing, found)}.values())

    def of_name(self, name: str) -> list[Unit]:
        """The units that bear a name, as names are compared; that of a merged unit means the one it was merged into."""
        return self._of_name(name_key(name))

    def _of_name(self, key: str) -> list[Unit]:
        if self._names is None:
            self._names = Called().with_more((_name_key(unit), unit.unit) for unit in self.units.unordered())
        return self.standing_of(each for each in self._names.ids(key) if name_key(self.units[each].name) == key)

    def _beginning(self, text: str) -> list[Unit]:
        if len(text) < LEAST_OF_AN_ID or not _HEX.issuperset(text):
            return []
        first = bisect_left(self._sorted_ids, text)
        last = bisect_left(self._sorted_ids, text + "g")
        return sorted((self.units[each] for each in self._sorted_ids[first:last]), key=lambda unit: (unit.place, unit.unit))

    @cached_property
    def uppers(self) -> frozenset[str]:
        """The ids of the units that have others below them."""
        return frozenset(unit.parent for unit in self.units.unordered())

    @cached_property
    def _sorted_ids(self) -> list[str]:
        return sorted(unit.unit for unit in self.units.unordered())

    def of_code(self, code: str) -> Unit | None:
        """The unit that a rule of the camp means by a code: of several the one nearest the root, which no office below can take."""
        bearers = self.by_code.get(code, ())
        return min(bearers, key=lambda unit: (unit.path.count("/"), unit.unit), default=None)


class Bearers(Mapping[str, Sequence[Unit]]):
    """The units of a tree by their codes."""

    def __init__(self, tree: Tree, codes: Called) -> None:
        self._tree, self._codes = tree, codes

    def __getitem__(self, code: str) -> Sequence[Unit]:
        ids = self._codes.ids(code)
        if not ids:
            raise KeyError(code)
        return self._tree.standing_of(ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes.one)

    def __len__(self) -> int:
        return len(self._codes.one)


def _name_key(unit: Unit) -> str:
    """A name as names are compared; the very text where it is the same, since texts weigh."""
    key = name_key(unit.name)
    return unit.name if key == unit.name else key
