"""What may be wrong with the tables of an earlier camp: torn, left behind, of another program, overtaken by an erasure."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.errors import Trouble
from campmgr.facts import earlier
from tests.kit.story import Cast, Node


@pytest.fixture
def year(cast: Cast) -> tuple[Node, str]:
    """A root after one camp with a pupil, with the next one open and the tables of the first made."""
    root = cast.root()
    root.adds("S1", "350102", "学校")
    pupil = root.joins("S1", "张三", "05")
    root.do(open_activity, "escape-drill-2023", "2024")
    earlier.make(root.store, "")
    return root, pupil


def _file(node: Node) -> Path:
    return earlier.folder_of(node.path) / "first.sqlite"


def _people(node: Node) -> list[str]:
    with earlier.opened(node.store, "") as copy, copy.reading() as r:
        return [row[0] for row in r.all("select name from people")]


@pytest.mark.parametrize("torn", [b"", b"SQLite format 3\0", b"not a data file" * 500])
def test_torn_tables_count_as_none_and_are_made_anew(year, torn):
    root, _ = year
    _file(root).write_bytes(torn)
    assert not earlier.is_ready(root.store, "")
    earlier.drop_stale(root.store)
    assert not _file(root).exists(), "an erasure takes them away, too"
    _file(root).parent.mkdir()
    _file(root).write_bytes(torn)
    earlier.make(root.store, "")
    assert _people(root) == ["张三"]


def test_half_of_the_tables_count_as_none(year):
    root, _ = year
    whole = _file(root).read_bytes()
    _file(root).write_bytes(whole[: len(whole) // 2])
    assert not earlier.is_ready(root.store, "")
    earlier.drop_stale(root.store)
    assert not _file(root).exists()


def test_what_a_killed_program_has_left_goes_at_the_next_making(year):
    root, _ = year
    left = _file(root).with_name("first.sqlite.deadbeef.part")
    left.write_bytes(b"names of people")
    other = _file(root).with_name("0123456789abcdef.sqlite")
    other.write_bytes(_file(root).read_bytes())
    earlier.make(root.store, "")
    assert sorted(each.name for each in _file(root).parent.iterdir()) == [other.name, "first.sqlite"], "another camp's stay"


def test_who_is_erased_while_tables_are_made_is_not_in_them(year):
    root, pupil = year
    asked: list[str] = []

    def erase(_done: int, _whole: int) -> None:
        if not asked:
            asked.append(pupil)
            root.erases(pupil)
            earlier.drop_stale(root.store)

    earlier.make(root.store, "", erase)
    assert asked == [pupil]
    assert "张三" not in _people(root)
    assert "张三".encode() not in _file(root).read_bytes()


def test_tables_of_another_program_are_made_anew(year):
    root, _ = year
    with earlier.opened(root.store, "") as copy, copy.writing(begins=False) as w:
        w.set_meta("made_with", "an earlier one")
    assert not earlier.is_ready(root.store, "")


def test_a_full_disk_is_said_and_leaves_nothing(year):
    root, _ = year
    _file(root).unlink()
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    try:
        with pytest.raises(Trouble):
            earlier.make(root.store, "")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert list(_file(root).parent.iterdir()) == []
