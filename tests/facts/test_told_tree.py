"""The tree that has grown word by word is the tree that is read anew, whatever was said and in whatever runs."""

from __future__ import annotations

from random import Random

import pytest

from campmgr.areas.units.actions.import_units import UnitsPlanner
from campmgr.areas.units.actions.units import UnitRow, add_unit, close_unit, describe_unit, merge_units, move_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import CampError
from campmgr.facts import world as worlds
from campmgr.facts.folding import rebuild
from campmgr.facts.importing import ReadRow
from campmgr.facts.streaming import DoneRows, say_rows
from campmgr.facts.units import Count
from campmgr.facts.world import World
from campmgr.store.door import Reader, Store, Writer
from tests.kit.small_camp import Camp


def _said_again(store: Store) -> World:
    """The world as whoever opens the file now tells it."""
    other = Store(store.path, CATALOGUE, store.clock)
    with other.reading() as r:
        world = worlds.load(r)
    other.close()
    return world


def _told(world: World) -> list[object]:
    """All that can be seen of the units, in order, and of who may speak of them."""
    tree, trust = world.tree, world.trust
    units = [tree.units[each] for each in tree.units]
    births = [trust.births.of(each.unit) for each in units]
    return [
        *((*each.row(), each.address, each.sides, each.closed_on, each.story.counts) for each in units),
        *(tree.path_on(each.unit, "9999") for each in units),
        *((born.path, born.line, born.born_on) for born in births if born),
        {code: [each.unit for each in tree.by_code[code]] for code in sorted(tree.by_code)},
        [[each.unit for each in tree.called(unit.name)] for unit in units],
        [[each.unit for each in tree.called(unit.unit[:9])] for unit in units],
        tree.move_days,
        tree.count_days,
    ]


def _rows(r: Reader) -> list[tuple[object, ...]]:
    return r.all("select * from units order by unit") + r.all("select subject, matter, id from review order by subject, matter")


def _agrees(store: Store) -> None:
    with store.reading() as r:
        grown, rows = worlds.load(r), _rows(r)
    assert _told(grown) == _told(_said_again(store))
    with store.writing() as w:
        rebuild(w)
        assert _rows(w) == rows
        assert _told(worlds.load(w)) == _told(grown)


@pytest.mark.drawn(whole=60, usual=3)
def test_a_tree_grows_into_what_is_read_anew(camp: Camp, seed: int) -> None:
    dice, codes = Random(seed), ["35", "3501", "350102", "S1"]
    for turn in range(12):
        with camp.store.writing() as w:
            for _ in range(dice.randint(1, 4)):
                _say_something(w, dice, codes, turn)
        if dice.random() < 0.2:
            _agrees(camp.store)
    _agrees(camp.store)


def _say_something(w: Writer, dice: Random, codes: list[str], turn: int) -> None:
    some, other = dice.choice(codes), dice.choice(codes)
    code = f"T{len(codes)}" if dice.random() < 0.8 else dice.choice(codes)
    name = dice.choice(("某小学", f"单位{turn}", "某妇联"))
    row = UnitRow(code, name, some, dice.choice(("学校", "妇联", "其他")), dice.choice(("", "", "教育")), dice.choice((None, 7)))
    try:
        if (what := dice.random()) < 0.6:
            add_unit(w, row)
            codes.append(code)
        elif what < 0.85:
            describe_unit(w, some, UnitRow("", dice.choice(("", name)), kind=row.kind, line=row.line, expected=turn,
                                           participating=dice.random() < 0.8))  # fmt: skip
        elif what < 0.9:
            count = Count(dice.choice(("", "2023-05-01", "2023-06-01")), turn, name)
            describe_unit(w, some, UnitRow("", "", kind=row.kind, line=row.line, expected=turn), count=count)
        elif what < 0.95:
            move_unit(w, some, other)
        elif what < 0.98:
            merge_units(w, some, other)
        else:
            close_unit(w, some)
    except CampError:
        pass


class _Twin:
    """Two programs with one data file."""

    def __init__(self, store: Store) -> None:
        self.other = Store(store.path, CATALOGUE, store.clock)

    def see(self) -> World:
        with self.other.reading() as r:
            return worlds.load(r)


def test_another_program_sees_what_was_added_and_reads_only_that(camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = _Twin(camp.store)
    before = twin.see()
    monkeypatch.setattr("campmgr.facts.world._told", None)  # nobody reads the whole tree again
    for number in range(5):
        with camp.store.writing() as w:
            add_unit(w, UnitRow(f"N{number}", f"新{number}", "350102" if not number else f"N{number - 1}", "村"))
        now = twin.see()
        assert now.tree.by_code[f"N{number}"][0].path.count("/") == 5 + number
    assert "N0" not in before.tree.by_code  # whoever read before sees what there was
    monkeypatch.undo()
    _agrees(camp.store)
    twin.other.close()


def test_what_is_added_in_a_transaction_that_is_taken_back_was_never_there(camp: Camp) -> None:
    def adds_and_fails() -> None:
        with camp.store.writing() as w:
            add_unit(w, UnitRow("N1", "新一", "350102", "村"))
            assert "N1" in worlds.load(w).tree.by_code
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        adds_and_fails()
    with camp.store.reading() as r:
        assert "N1" not in worlds.load(r).tree.by_code
    with camp.store.writing() as w:
        add_unit(w, UnitRow("N2", "新二", "350102", "村"))
    _agrees(camp.store)


def _imported(store: Store, *rows: UnitRow, batch: str = "b", most: int = 500) -> tuple[int, int, int, int]:
    numbered: list[ReadRow[UnitRow]] = [*enumerate(rows, 2)]
    planner = UnitsPlanner(batch, "")
    planner.first_run = planner.fewest = most
    with store.reading() as r:
        gathered = planner.gather(r, numbered, [])
    counts = say_rows(store, planner, gathered, lambda *_: None, DoneRows())
    return counts.new, counts.changed, counts.unchanged, counts.rejected


@pytest.mark.parametrize("most", [1, 3, 500])
def test_a_file_may_stand_upside_down_and_come_in_in_any_runs(camp: Camp, most: int) -> None:
    rows = [UnitRow(f"U{n}", f"第{n}级", f"U{n - 1}" if n else "350102", "村") for n in range(9)]
    assert _imported(camp.store, *rows[::-1], most=most) == (9, 0, 0, 0)
    with camp.store.reading() as r:
        tree = worlds.load(r).tree
    assert [unit.code for unit in map(tree.units.__getitem__, tree.path_on(tree.by_code["U8"][0].unit, "9999"))][:9] == [
        f"U{n}" for n in range(8, -1, -1)
    ]
    _agrees(camp.store)
    renamed = [UnitRow(row.code, row.name + "改", row.parent, expected=n) for n, row in enumerate(rows)]
    assert _imported(camp.store, *renamed, batch="c", most=most) == (0, 9, 0, 0)
    assert _imported(camp.store, *renamed, batch="d", most=most) == (0, 0, 9, 0)
    _agrees(camp.store)


def test_a_circle_takes_nobody_along_but_those_in_it(camp: Camp) -> None:
    rows = [
        UnitRow("A", "甲", "B"),
        UnitRow("B", "乙", "A"),
        UnitRow("C", "丙", "B"),
        UnitRow("D", "丁", "350102"),
        UnitRow("E", "戊", "E"),
    ]
    assert _imported(camp.store, *rows) == (1, 0, 0, 4)
    _agrees(camp.store)
