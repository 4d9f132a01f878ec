"""A pack with one new mark after many facts, beside that mark alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.files.packs import accept_pack, hear_receipt, send_pack
from campmgr.areas.nodes.queries.nodes import asking
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.ids import canonical
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.bench.appending import LargeLedger
from tests.bench.figures import Figure, Stopwatch, of_limit, within
from tests.bench.made_camp import JOINED_ON, LESSONS, NOW

_MOST_MS, _MOST_BYTES = 200, 4096


def one_new_mark(ledger: LargeLedger) -> Iterator[Figure]:
    """Marked by a laptop that has taken in all and answered, then packed for above; and how much larger that is than its facts."""
    with ExitStack() as stack:
        child = data_file.create(ledger.folder / "marking.sqlite", CATALOGUE, FixedClock(NOW))
        stack.callback(data_file.close, child)
        with child.reading() as r:
            asked = asking(r)
        _ = ledger.append_took
        root = stack.enter_context(data_file.opened(ledger.path, CATALOGUE, FixedClock(NOW)))
        with root.writing(alone=True) as w:
            node = nodes.enrol(w, asked, nodes.Grant("35"))
        pack, watch = ledger.folder / "one.pack", Stopwatch()
        send_pack(root, pack, node)
        _answers(root, pack, accept_pack(child, pack).receipt)
        _sends(child, root, pack)
        before = _facts(child)
        with child.writing() as w:
            mark(
                w, str(w.value("select person from people limit 1")), MarkRow(JOINED_ON, lesson=LESSONS[-1].code, source="station")
            )
        said = _facts(child) - before
        assert said == 1
        with watch("pack"):
            packed = send_pack(child, pack)
        what = f"a pack with one new mark after {before:,} facts"
        yield within(what, watch.took["pack"], _MOST_MS)
        yield of_limit(f"{what}: beyond the fact", packed.bytes - _bytes(child, said), _MOST_BYTES, "bytes")


def _sends(child: Store, root: Store, pack: Path) -> None:
    """What the laptop has said of itself goes up, and is answered."""
    send_pack(child, pack)
    _answers(child, pack, accept_pack(root, pack).receipt)


def _answers(store: Store, pack: Path, receipt: bytes) -> None:
    pack.write_bytes(receipt)
    hear_receipt(store, pack)


def _facts(store: Store) -> int:
    with store.reading() as r:
        return int(str(r.value("select count(*) from facts")))


def _bytes(store: Store, said: int) -> int:
    """What the latest facts are, as text."""
    with store.reading() as r:
        return sum(len(canonical(row).encode()) for row in r.all("select * from facts order by clock desc limit :said", said=said))
