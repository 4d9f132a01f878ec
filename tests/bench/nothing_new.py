"""Nothing new, or one mark, between two laptops that hold many facts: a pack and its receipt, and a sync."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.exchange.client import Destination
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files.calling import sync
from campmgr.areas.nodes.files.packs import accept_pack, give_receipt, hear_receipt, send_pack
from campmgr.areas.nodes.queries.nodes import asking
from campmgr.areas.people.actions.people import Registration, register_drafts
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.ids import born_in, hash_id
from campmgr.ledger.envelope import Draft
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.store.ledger import own_sealing_keys
from tests.bench.figures import Figure, Stopwatch, of_limit, within
from tests.bench.made_camp import NOW, PEOPLE_PER_SCHOOL, open_made, say_all, schools, units_by_code
from tests.browser.served import listening

_MOST_MS, _MOST_BYTES = 1000, 4096


def nothing_new(folder: Path, streams: int, people: int = 1) -> Iterator[Figure]:
    """Making such a pack and its receipt beside a second, a sync beside another, and their sizes; `people` in each stream."""
    with ExitStack() as stack:
        root = open_made(folder / "many.sqlite", streams * PEOPLE_PER_SCHOOL)
        stack.callback(data_file.close, root)
        with root.writing(alone=True) as w:
            say_all(w, _some_in_each(units_by_code(w), streams, people))
        child = data_file.create(folder / "many-child.sqlite", CATALOGUE, FixedClock(NOW))
        stack.callback(data_file.close, child)
        with child.reading() as r:
            asked = asking(r)
        with root.writing(alone=True) as w:
            node = nodes.enrol(w, asked, nodes.Grant("35"))
        pack, watch = folder / "many.pack", Stopwatch()
        send_pack(root, pack, node)
        _hears(root, pack, accept_pack(child, pack))
        for _ in range(2):
            with watch("make"):
                packed = send_pack(child, pack)
            taken = accept_pack(root, pack)
            with root.reading() as r:
                worlds.load(r)
                reader = PackReader(pack, own_sealing_keys(r))
            with watch("receipt"):
                give_receipt(root, reader.pack, reader.head.made_by, reader.heard(), taken)
            _hears(child, pack, taken)
        took = watch.took["make"] + watch.took["receipt"]
        yield within(f"pack and receipt, nothing new, {streams:,} streams", took, _MOST_MS)
        yield of_limit("its pack", packed.bytes, _MOST_BYTES, "bytes")
        yield of_limit("its receipt", len(taken.receipt), _MOST_BYTES, "bytes")
        yield from _syncing(root, child)


def _syncing(root: Store, child: Store) -> Iterator[Figure]:
    """The root listens in this process, so that the processor's time is that of both."""
    with listening(create_app(root, Settings(root.path))) as address:
        to, watch = Destination(address, ""), Stopwatch()
        while not sync(child, to).is_even:
            pass
        with watch("sync"):
            last = sync(child, to)
        with root.reading() as r:
            (facts,) = r.one("select count(*) from facts") or (0,)
        yield within(f"sync, nothing new, {facts:,} facts", watch.took["sync"], _MOST_MS)
        yield of_limit("its messages", last.bytes_sent + last.bytes_came, _MOST_BYTES, "bytes")


def _some_in_each(units: dict[str, str], streams: int, people: int) -> Iterator[Draft]:
    for number, row in enumerate(schools(streams * PEOPLE_PER_SCHOOL)):
        home = units[row.code]
        for each in range(people):
            person = born_in(home, hash_id("one", number, each))
            yield from register_drafts(person, Registration(home, f"人{number}", kind="学校师生"))


def _hears(store: Store, pack: Path, taken: Accepted) -> None:
    pack.write_bytes(taken.receipt)
    hear_receipt(store, pack)
