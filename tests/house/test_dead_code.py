"""Nothing of ours is there for nothing: what no page, command, template or other code uses goes, and its tests along."""

from __future__ import annotations

import pytest

from tests.house.dead_code import dead_names, kept_names, python_texts

pytest.importorskip("vulture", reason="vulture is not installed: pip install -e '.[test]'")


@pytest.fixture(scope="module")
def dead():
    return dead_names(python_texts("campmgr", "hatch_build.py"))


def test_nothing_is_defined_that_nothing_uses(dead):
    assert [f"{each.place}: {each.what} {each.name}" for each in dead if each.name not in kept_names()] == []


def test_nothing_is_kept_that_need_not_be(dead):
    assert sorted(set(kept_names()) - {each.name for each in dead}) == []


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
