"""What a sync costs where nothing is new: one question, a few hundred bytes, and no look at all that is held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.nodes.exchange.client import Destination
from campmgr.areas.nodes.files.calling import sync
from campmgr.areas.whole import CATALOGUE
from campmgr.store import ledger
from campmgr.store.door import Reader, Store
from tests.browser.served import listening
from tests.kit.story import Node, machine
from tests.kit.wire import wired
from tests.nodes.test_sync import county  # noqa: F401 - a fixture


class Counted(Store):
    """A data file that counts what it is asked: queries, and steps of SQLite's machine in fifties."""

    queries = steps = 0

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """As ever, counted."""
        with super().reading() as r:
            r._connection.set_progress_handler(self._step, 50)  # noqa: SLF001 - nobody else counts them
            try:
                yield r
            finally:
                r._connection.set_progress_handler(None, 0)  # noqa: SLF001
                self.queries += r.queries

    def _step(self) -> int:
        self.steps += 1
        return 0


def _counted(node: Node) -> Counted:
    node.close()
    store = node._store = Counted(node.path, CATALOGUE, node.clock)  # noqa: SLF001 - a test's own vocabulary
    return store


def _costs(root: Node, child: Node) -> tuple[int, int, int, int]:
    """Bytes on the wire, queries and steps at both ends of a sync with nothing new, and how many streams are held."""
    above, below = _counted(root), _counted(child)
    app = create_app(above, Settings(above.path))
    with listening(app) as address, wired(address) as wire, machine(child.state):
        to = Destination(wire.address, "")
        while not sync(below, to).is_even:
            pass
        sync(below, to)
        for store in (above, below):
            store.queries = store.steps = 0
        wire.sent = wire.came = 0
        assert sync(below, to).sentence.startswith("与全营的主机同步了：没有新的内容")
    end_jobs(app)
    found = wire.sent + wire.came, above.queries + below.queries, above.steps + below.steps
    return (*found, len(child.see(ledger.streams)))


def test_nothing_new_costs_a_kilobyte_and_the_same_work_however_many_streams_there_are(county):  # noqa: F811
    root, child = county
    child.joins("350102", "张三", "001")
    few = _costs(root, child)
    for number in range(40):
        child.adds(f"S{number}", "350102", "学校")
        child.joins(f"S{number}", "李四", "002")
    many = _costs(root, child)
    assert many[3] >= few[3] + 40
    assert max(few[0], many[0]) < 4096
    assert many[1] == few[1]
    assert many[2] <= few[2] + 4
