"""Nothing of ours is there for nothing: what no page, command, template or other code uses goes, and its tests along."""

from __future__ import annotations

import pytest

from tests.house.dead_code import Names, kept_names, python_texts

pytest.importorskip("vulture", reason="vulture is not installed: pip install -e '.[test]'")


PROGRAM = ("campmgr", "hatch_build.py")


def _unexpected(dead):
    return [f"{each.place}: {each.what} {each.name}" for each in dead if each.name not in kept_names()]


@pytest.fixture(scope="module")
def read():
    """What is dead in the program, and what in its tests; a name is dead in the tests only if the program does not use it too."""
    names = Names()
    return names.read(python_texts(*PROGRAM)), names.read(python_texts("tests"))


@pytest.fixture(scope="module")
def dead(read):
    return read[0]


@pytest.fixture(scope="module")
def dead_in_tests(read):
    return [each for each in read[1] if each.place.startswith("tests/") and not each.name.startswith(("test_", "Test", "pytest_"))]


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
    assert [(each.what, each.name) for each in Names().read({"made_up.py": code})] == found
