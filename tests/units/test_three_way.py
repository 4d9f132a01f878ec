"""A sheet that comes back: field by field what was sent, what came back and what stands, row by row which stands for which."""

from __future__ import annotations

import random
from itertools import product

import pytest

from campmgr.areas.units.rules.three_way import FIELDS, CameBack, circles, key_of, matched, place_of, trip_in, way_of, ways_of

# sent, back, now -> what became of it: every way in which three values can be equal or not
_TABLE = {
    ("甲", "甲", "甲"): "same",
    ("甲", "乙", "甲"): "here",
    ("甲", "甲", "乙"): "there",
    ("甲", "乙", "乙"): "agreed",
    ("甲", "乙", "丙"): "both",
    ("", "", ""): "same",
    ("", "乙", ""): "here",
    ("甲", "", "甲"): "here",
    ("甲", "甲", ""): "there",
    ("", "", "乙"): "there",
    ("甲", "", ""): "agreed",
    ("甲", "", "乙"): "both",
    ("", "乙", "丙"): "both",
}


@pytest.mark.parametrize(("values", "way"), _TABLE.items())
def test_what_becomes_of_a_field(values, way):
    assert way_of(*values) == way


def test_width_and_blanks_are_no_change_and_letters_are():
    assert way_of("鼓楼小学（东）", "鼓楼小学 (东)", "鼓楼小学（东）") == "same"
    assert way_of(("12", "2023-05-01", "市局"), ("12", "2023-05-01", "市局"), ("13", "2023-06-01", "校")) == "there"
    assert way_of("X1", "x1", "X1") == "here"


def _merged(sent: str, back: str, now: str) -> tuple[str, bool]:
    """What stands afterwards where nothing is decided, and whether somebody must decide: as a merge of lines has it."""
    if back == sent:
        return now, False
    if now == sent:
        return back, False
    return now, back != now


def test_every_combination_of_all_fields_comes_to_what_a_merge_of_lines_does():
    dice = random.Random(7)
    combinations = list(product("甲乙丙", repeat=3))
    for _ in range(400):
        drawn = {field: dice.choice(combinations) for field in FIELDS}
        sent, back, now = ({field: values[at] for field, values in drawn.items()} for at in range(3))
        for field, way in ways_of(sent, back, now).items():
            stands, asks = _merged(*drawn[field])
            assert (back[field] if way == "here" else now[field], way == "both") == (stands, asks), drawn[field]
        gone = {field: value for field, value in back.items() if dice.random() < 0.5}
        assert all(ways_of(sent, gone, now)[field] in {"same", "there"} for field in FIELDS if field not in gone)


def _row(number: int, key: str, name: str, code: str = "") -> CameBack:
    return CameBack(number, key, {"name": name, "code": code or name})


SENT = [{"name": name, "code": name} for name in "甲乙丙丁"]
KEYS = [key_of("TABC", place) for place in range(4)]


def test_a_key_that_was_edited_is_told():
    assert [place_of("TABC", key) for key in KEYS] == [0, 1, 2, 3]
    for key in KEYS:
        for at in range(len(key)):
            for letter in "0123456789AZ-":
                other = key[:at] + letter + key[at + 1 :]
                assert place_of("TABC", other) in ({0, 1, 2, 3} if other in KEYS else {None})
    assert place_of("TXYZ", KEYS[0]) is None
    assert place_of("TABC", KEYS[0].lower()) == 0
    assert trip_in([*KEYS, "", "甲", key_of("TXYZ", 1)]) == "TABC"


def test_rows_are_matched_in_any_order_and_none_is_lost():
    rows = [_row(5, KEYS[2], "丙"), _row(6, KEYS[0], "新甲", "甲"), _row(7, "", "戊")]
    found = matched("TABC", SENT, rows)
    assert {place: row.number for place, row in found.known.items()} == {2: 5, 0: 6}
    assert ([row.number for row in found.new], list(found.missing), list(found.odd)) == ([7], [1, 3], [])


def test_doubled_edited_and_slipped_keys_stand_for_nothing():
    rows = [
        _row(2, KEYS[0], "甲"), _row(3, KEYS[0], "甲"), _row(4, KEYS[1] + "0", "乙"), _row(5, KEYS[3], "丙"), _row(6, KEYS[2], "丁"),
    ]  # fmt: skip
    found = matched("TABC", SENT, rows)
    assert [(row.number, why) for row, why in found.odd] == [
        (2, "doubled"), (3, "doubled"), (4, "key"), (5, "swapped"), (6, "swapped")
    ]  # fmt: skip
    assert not found.known
    assert list(found.missing) == [1]


def test_every_row_and_every_place_is_accounted_for_in_drawn_sheets():
    dice = random.Random(11)
    for _ in range(300):
        keys = [dice.choice([*KEYS, "", "X", key_of("TABC", 9)]) for _ in range(dice.randrange(9))]
        rows = [_row(number, key, f"名{number}") for number, key in enumerate(keys, 2)]
        found = matched("TABC", SENT, rows)
        numbers = [row.number for row in (*found.known.values(), *found.new, *(row for row, _ in found.odd))]
        assert sorted(numbers) == [row.number for row in rows]
        seen = {KEYS.index(key) for key in keys if key in KEYS}
        assert set(found.missing) == set(range(4)) - seen
        assert all(keys.count(KEYS[place]) == 1 for place in found.known)


def test_units_that_would_stand_below_themselves():
    parents = {"a": "r", "b": "a", "c": "b", "r": ""}
    assert circles(parents, ["b"]) == set()
    assert circles(parents | {"a": "c"}, ["a"]) == {"a"}
    assert circles(parents | {"a": "c", "b": "r"}, ["a", "b"]) == set()
    assert circles({"x": "x"}, ["x"]) == {"x"}
