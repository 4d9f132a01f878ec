"""What costs much is made by one at a time, not after every write, and whoever comes meanwhile gets the last one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from campmgr.web.remade import Remade

NOON = datetime(2023, 6, 10, 12, tzinfo=UTC)
ONE: Remade[str] = Remade("one", seconds=60)


def _later(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_a_new_version_is_made_only_after_a_while():
    memory: dict[str, object] = {}
    assert ONE.get(memory, 1, NOON, lambda: "first") == "first"
    assert ONE.get(memory, 2, _later(59), lambda: "second") == "first"
    assert ONE.get(memory, 2, _later(61), lambda: "second") == "second"
    assert ONE.get(memory, 2, _later(9999), lambda: "third") == "second"


def test_a_clock_that_was_set_back_keeps_nothing_for_ever():
    memory: dict[str, object] = {}
    ONE.get(memory, 1, _later(10**8), lambda: "from the future")
    assert ONE.get(memory, 2, NOON, lambda: "today") == "today"


def test_a_class_that_asks_at_once_has_it_made_once():
    memory: dict[str, object] = {}
    made, ready = [], threading.Barrier(8)

    def make() -> str:
        made.append(1)
        threading.Event().wait(0.2)
        return "page"

    def ask(_number: int) -> str:
        ready.wait()
        return ONE.get(memory, 1, NOON, make)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {"page"}
    assert len(made) == 1


def test_who_asks_while_it_is_made_anew_gets_the_last_one_and_one_that_fails_is_tried_again():
    memory: dict[str, object] = {}
    ONE.get(memory, 1, NOON, lambda: "old")
    inside, go_on = threading.Event(), threading.Event()

    def make() -> str:
        inside.set()
        assert go_on.wait(10)
        raise OSError

    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(ONE.get, memory, 2, _later(99), make)
        assert inside.wait(10)
        assert ONE.get(memory, 2, _later(99), lambda: "new") == "old"
        go_on.set()
        assert isinstance(slow.exception(), OSError)
    assert ONE.get(memory, 2, _later(99), lambda: "new") == "new"
