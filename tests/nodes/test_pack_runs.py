"""A long pack goes in run by run: others write in between, and what was cut off goes on (docs/decisions.md#runs)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from campmgr.areas.nodes.exchange.segments import LEAST
from campmgr.areas.nodes.files.packs import accept_pack
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.errors import Busy
from campmgr.facts.checking import verify_ledger
from campmgr.facts.saying import say
from campmgr.facts.under_way import all_under_way
from campmgr.ids import born_in, random_id
from campmgr.store.door import Writer
from tests.kit.story import Cast, Node

_EACH = 70
"""People of each school: two facts for each, so that two schools are more than a first run has."""


def _long_pack(cast: Cast) -> tuple[Node, Node, Path]:
    """A root with four schools, somebody with the same rights, and what the root hands over."""
    root, taker = cast.root(), cast.new("同权")
    root.enrols(taker, "35")
    for school in ("S1", "S2", "S3", "S4"):
        root.adds(school, "350102", "学校")
        for number in range(_EACH):
            root.joins(school, f"生{school}{number}", f"{school}-{number}")
    return root, taker, root.packed()


def _holds_all(taker: Node, root: Node, *, more: int = 0) -> None:
    assert taker.see(verify_ledger).problems == ()
    assert not taker.see(all_under_way)
    assert taker.see(lambda r: r.value("select count(*) from people")) == 4 * _EACH + more
    assert taker.hash == taker.rebuilt()
    assert more or taker.hash == root.hash


def test_others_write_between_two_runs(cast):
    root, taker, pack = _long_pack(cast)
    heard: list[tuple[int, int]] = []

    def told(done: int, whole: int) -> None:
        heard.append((done, whole))
        with taker.store.writing(patience=1) as w:
            people.register(w, Registration(taker.unit("350102"), f"来{len(heard)}"))

    taken = accept_pack(taker.store, pack, told)
    assert taken.new == 4 * (2 * _EACH + 1)
    assert len(heard) > 1
    assert sorted(heard) == heard
    _holds_all(taker, root, more=len(heard))


class _Stopped(Exception):
    pass


def test_what_was_stopped_between_two_runs_is_named_and_goes_on(cast):
    root, taker, pack = _long_pack(cast)

    def told(done: int, whole: int) -> None:
        if done > 2 * _EACH:
            raise _Stopped

    with pytest.raises(_Stopped):
        accept_pack(taker.store, pack, told)
    (stopped,) = taker.see(all_under_way)
    assert (stopped.kind, stopped.file, stopped.is_going_on) == ("pack", pack.name, False)
    assert 2 * _EACH < stopped.row < stopped.whole
    assert taker.see(verify_ledger).problems == ()
    assert taker.hash == taker.rebuilt()
    again = accept_pack(taker.store, pack)
    assert (again.new > 0, again.known > 0) == (True, True)
    _holds_all(taker, root)


def test_a_later_pack_of_the_same_laptop_makes_good_for_one_that_was_cut_off(cast):
    root, taker, pack = _long_pack(cast)

    def told(done: int, whole: int) -> None:
        raise _Stopped

    with pytest.raises(_Stopped):
        accept_pack(taker.store, pack, told)
    taker.takes(root.packed())
    _holds_all(taker, root)


_KILLED = """
import os, signal, sys
from pathlib import Path
from campmgr.areas.nodes.files.packs import accept_pack
from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file
def told(done, whole):
    if done > int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
accept_pack(data_file.open_file(Path(sys.argv[1]), CATALOGUE), Path(sys.argv[2]), told)
"""


def test_killed_between_two_runs_the_same_pack_goes_on(cast):
    root, taker, pack = _long_pack(cast)
    taker.close()
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "CAMPMGR_STATE": str(taker.state)}
    command = [sys.executable, "-c", _KILLED, str(taker.path), str(pack), str(2 * _EACH)]
    assert subprocess.run(command, env=environment, check=False).returncode != 0
    (cut_off,) = taker.see(all_under_way)
    assert 0 < cut_off.row < cut_off.whole
    assert taker.see(verify_ledger).problems == ()
    taker.takes(pack)
    _holds_all(taker, root)


def test_two_packs_of_one_laptop_are_not_taken_in_at_once(cast, monkeypatch):
    _, taker, pack = _long_pack(cast)
    monkeypatch.setenv("CAMPMGR_STATE", str(taker.state))

    def told(done: int, whole: int) -> None:
        with pytest.raises(Busy):
            accept_pack(taker.store, pack)
        raise _Stopped

    with pytest.raises(_Stopped):
        accept_pack(taker.store, pack, told)


def _roster(w: Writer, unit: str, count: int) -> None:
    say(w, [draft for each in range(count) for draft in people.register_drafts(
        born_in(unit, random_id()), Registration(unit, f"人{each}"))])  # fmt: skip


def test_a_long_stream_is_cut_at_its_seals(cast):
    root, taker = cast.root(), cast.new("同权")
    root.enrols(taker, "35")
    for _ in range(3):
        root.do(_roster, root.unit("350102"), LEAST // 4)
    taken = taker.takes(root.packed())
    long = [each for each in taken.segments if each.stream.scope.startswith("people/")]
    assert [each.result for each in long] == ["new", "new"]
    assert long[0].end + 1 == long[1].start
    assert taker.hash == root.hash
