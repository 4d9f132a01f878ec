"""Either program is killed at any moment of a sync: what was acknowledged is there, and the next sync brings the rest."""

from __future__ import annotations

import subprocess
from random import Random

import pytest

from campmgr.areas.nodes.exchange.message import LONGEST
from tests.bench.made_camp import say_all
from tests.kit.program import started
from tests.kit.server_process import serving
from tests.kit.story import Node, machine
from tests.kit.wire import Wire, wired
from tests.nodes.test_sync import calls, county, served  # noqa: F401 - a fixture
from tests.nodes.test_sync_hostile import drafts_of_many, left_over

EACH = 800
"""People who join between two syncs: their pack has two pieces."""

SIZE = 300_000
"""Bytes of such a sync, from the first word on until all of it is being taken in."""


def _joins_many(child: Node, so_far: int) -> int:
    child.do(say_all, drafts_of_many(child.unit("350102"), EACH, so_far))
    child.close()
    return so_far + EACH


def _is_whole(node: Node) -> None:
    assert node.problems == ()
    assert node.see(lambda r: r.value("pragma integrity_check")) == "ok"
    assert left_over(node) - _under_way(node) < 1 << 20


def _under_way(node: Node) -> int:
    """Bytes of the one file each way that the next sync goes on with: after many killed ones it holds what all of them lacked."""
    folder = node.state / "passing"
    return sum(max((each.stat().st_size for each in folder.rglob(f"{way}-*")), default=0) for way in ("in", "out"))


def _kill_after(wire: Wire, many: int, process: subprocess.Popen) -> None:
    left = [many]

    def kill(data: bytes) -> bytes:
        left[0] -= min(len(data), LONGEST)
        if left[0] < 0:
            process.kill()
        return data

    wire.there = kill


def _ends_well(root: Node, child: Node, joined: int) -> None:
    with served(root) as address:
        assert calls(child, address).is_even
    assert root.total("joined") == joined
    for node in (root, child):
        _is_whole(node)
        assert left_over(node) == 0


@pytest.mark.drawn(whole=100, usual=3)
def test_the_caller_is_killed(county, draws):  # noqa: F811
    root, child = county
    dice, joined = Random(1), 0
    for _ in range(draws):
        joined = _joins_many(child, joined)
        with served(root) as address, wired(address) as wire, machine(child.state):
            caller = started(child.path, "sync", wire.address)
            _kill_after(wire, dice.randrange(200, SIZE), caller)
            caller.communicate()
        _is_whole(child)
    _ends_well(root, child, joined)


@pytest.mark.drawn(whole=100, usual=3)
def test_the_served_program_is_killed(county, draws):  # noqa: F811
    root, child = county
    dice, joined = Random(2), 0
    for _ in range(draws):
        joined = _joins_many(child, joined)
        root.close()
        with machine(root.state), serving(root.path) as server, wired(server.address) as wire, machine(child.state):
            _kill_after(wire, dice.randrange(200, SIZE), server.process)
            caller = started(child.path, "sync", wire.address)
            _, told = caller.communicate()
            assert b"Traceback" not in told
        _is_whole(root)
    _ends_well(root, child, joined)
