"""Nothing of ours is there for nothing: what no page, command, template or other code uses goes, and its tests along."""

from __future__ import annotations

import pytest

from tests.house.dead_code import dead_names, kept_names, python_texts

pytest.importorskip("vulture", reason="vulture is not installed: pip install -e '.[test]'")


PROGRAM = ("campmgr", "hatch_build.py")


def _unexpected(dead):
    return [f"{each.place}: {each.what} {each.name}" for each in dead if each.name not in kept_names()]


@pytest.fixture(scope="module")
def dead_in_tests():
    found = dead_names(python_texts(*PROGRAM, "tests"))
    return [each for each in found if each.place.startswith("tests/") and not each.name.startswith(("test_", "Test", "pytest_"))]


@pytest.fixture(scope="module")
def dead():
    return dead_names(python_texts(*PROGRAM))


def test_the_program_defines_nothing_that_it_does_not_use(dead):
    assert _unexpected(dead) == []


def test_tests_define_nothing_that_nothing_uses(dead_in_tests):
    assert _unexpected(dead_in_tests) == []


def test_nothing_is_kept_that_need_not_be(dead, dead_in_tests):
    assert sorted(set(kept_names()) - {each.name for each in dead + dead_in_tests}) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def never_called(): pass", [("function", "never_called")]),
        ("class Idle:\n    def unasked(self): pass\nIdle()", [("method", "unasked")]),
        ("WEIGHT_OF_NOTHING = 3", [("variable", "WEIGHT_OF_NOTHING")]),
        ("def called_once(): pass\ncalled_once()", []),
        ("@area.get('/x')\ndef shown(): pass", []),
        ("weight_of_all: int = setting('重', 'F-01')", []),
        ('def weighed(): pass\nprint("campmgr.areas.x:weighed")', []),
        ('def weighed(): pass\nprint("weighed")', [("function", "weighed")]),
    ],
)
def test_made_up_code_is_told_apart(code, found):
    assert [(each.what, each.name) for each in dead_names({"made_up.py": code})] == found
