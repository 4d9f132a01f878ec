"""The tables of an earlier camp stand in a file of their own, equal to those of its last day, and go when they are true no more."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.units.queries.reports import report_units
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from campmgr.facts.checking import table_hash
from campmgr.facts.fold_registry import folds_of
from campmgr.store.door import Reader
from tests.kit.story import Cast, Node

PRESET = "escape-drill-2023"


@pytest.fixture
def year(cast: Cast) -> tuple[Node, str, str, tuple[int, ...]]:
    """A root after one camp, with the next one open: a pupil, the state hash of the last day, and the totals of it."""
    root = cast.root()
    root.adds("S1", "350102", "学校")
    pupil = root.joins("S1", "张三", "05")
    root.marks(pupil, "V2")
    root.marks(pupil, "V1")
    root.marks(pupil, condition="sign_in")
    root.do(issue)
    before = _total(root)
    root.do(open_activity, PRESET, "2024")
    return root, pupil, root.hash, before


def _total(node: Node) -> tuple[int, ...]:
    return node.see(lambda r: report_units(r, worlds.load(r), "city").total.amounts)


def _in_earlier(node: Node, question: Callable[..., Any], activity: str = "") -> Any:
    if not earlier.is_ready(node.store, activity):
        earlier.make(node.store, activity)
    with earlier.opened(node.store, activity) as copy, copy.reading() as r:
        return question(r)


def _total_then(node: Node, activity: str = "") -> tuple[int, ...]:
    return tuple(_in_earlier(node, lambda r: report_units(r, worlds.load(r), "city").total.amounts, activity))


def _files(node: Node) -> list[Path]:
    folder = earlier.folder_of(node.path)
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_the_report_of_the_first_camp_is_that_of_its_last_day(year):
    root, _pupil, now, before = year
    assert before[:5] == (1, 1, 1, 1, 1)
    assert _total(root)[:5] == (0, 0, 0, 0, 0)
    assert _total_then(root) == before
    assert root.hash == now


def test_who_was_registered_for_the_new_camp_is_not_in_the_first(year):
    root, _pupil, _now, before = year
    root.do(register, Registration(root.unit("S1"), "新生", "09"))
    assert _total_then(root) == before


def test_the_copy_holds_no_keys_and_is_its_owners_alone(year):
    root, *_ = year
    _total_then(root)
    (path,) = _files(root)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert _in_earlier(root, lambda r: r.value("select count(*) from local_keys")) == 0


def test_marks_of_this_year_leave_it_and_late_ones_of_last_year_renew_it(year, cast: Cast):
    root, pupil, *_ = year
    _total_then(root)
    root.marks(pupil, condition="follow")
    assert earlier.is_ready(root.store, "")
    root.do(register, Registration(root.unit("S1"), "新生", "09"))
    assert not earlier.is_ready(root.store, "")


def test_an_erasure_takes_it_away_at_once(year):
    root, pupil, *_ = year
    _total_then(root)
    root.erases(pupil)
    earlier.drop_stale(root.store)
    assert _files(root) == []


def test_what_is_stopped_leaves_nothing(year):
    root, *_ = year

    def stop(done: int, whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        earlier.make(root.store, "", stop)
    assert _files(root) == []


def test_every_table_is_what_it_was_before_the_next_camp_was_opened(cast: Cast):
    root = cast.root()
    root.adds("S1", "350102", "学校")
    for at in range(5):
        pupil = root.joins("S1", f"学生{at}", f"0{at}")
        root.marks(pupil, "V2")
        root.marks(pupil, condition="sign_in")
    root.do(issue)

    def hashes(r: Reader) -> dict[str, str]:
        return {table.name: table_hash(r, table) for table in folds_of(r).tables if table.name != "activities"}

    before = root.see(hashes)
    root.do(open_activity, PRESET, "2024")
    root.marks(pupil, condition="follow")
    assert root.see(hashes) != before
    assert _in_earlier(root, hashes) == before
