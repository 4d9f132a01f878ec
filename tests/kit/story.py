"""A small vocabulary for telling tests: data files on machines of their own, enrolled by packs, saying things by name."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from campmgr.areas.camp import actions as camp
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import Marked, MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.exchange.accept import take_in
from campmgr.areas.nodes.exchange.hearing_receipts import Heard
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files.packs import accept_pack, hear_receipt, recover_root, send_pack
from campmgr.areas.nodes.queries.nodes import Request, asking
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.desks.actions import withdrawing
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.checking import state_hash, verify_ledger
from campmgr.facts.folding import rebuild
from campmgr.facts.recovery import Recovery
from campmgr.facts.saying import carry
from campmgr.facts.world import World
from campmgr.ids import person_code
from campmgr.store import data_file, identity, ledger
from campmgr.store.door import Reader, Store
from campmgr.store.ledger import own_sealing_keys
from tests.kit.called import unit_called
from tests.kit.packs import pack_by

OPENED = "2023-06-01T09:00"
LESSONS = (
    Lesson("V1", "家庭用电安全", 100, 60, "科普视频", "家庭"),
    Lesson("V2", "溺水自救互救", 700, 315, "科普视频", "学校"),
    Lesson("V3", "火场逃生", 99, 45, "科普视频", "家庭"),
    Lesson("Z1", "高楼火灾逃生直播", 200, 90, "专家直播", "家庭"),
    Lesson("Z1R", "高楼火灾逃生重播", 150, 80, "直播重播", "家庭", "Z1"),
)


@contextmanager
def machine(state: Path) -> Iterator[None]:
    """What is outside the data file, and does not travel with it, is this machine's own."""
    before = os.environ.get("CAMPMGR_STATE")
    os.environ["CAMPMGR_STATE"] = str(state)
    try:
        yield
    finally:
        os.environ.pop("CAMPMGR_STATE") if before is None else os.environ.update(CAMPMGR_STATE=before)


class Node:
    """A data file on a machine of its own, with a clock of its own."""

    def __init__(self, folder: Path, name: str, at: str = OPENED, plan: Catalogue | None = None) -> None:
        self.name = name
        self._plan = plan
        self.folder = folder / name
        self.folder.mkdir(parents=True)
        self.path = self.folder / "camp.sqlite"
        self.clock = FixedClock(at)
        self.packs = 0
        self._store: Store | None = None

    @property
    def plan(self) -> Catalogue:
        """What its program knows today: a test may bring it up to date."""
        return self._plan or CATALOGUE

    @property
    def state(self) -> Path:
        """What this machine remembers outside the file."""
        return self.folder / "state"

    @property
    def store(self) -> Store:
        """The open data file."""
        if self._store is None:
            with machine(self.state):
                self._store = data_file.open_file(self.path, self.plan, self.clock)
        return self._store

    def close(self) -> None:
        """Close, as a program does when it ends; the next look opens again."""
        if self._store is not None:
            with machine(self.state):
                data_file.close(self._store)
            self._store = None

    def do(self, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """A verb in a transaction of its own."""
        with self.store.writing() as w:
            return verb(w, *args, **named)

    def see(self, question: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """A question, answered from one view."""
        with self.store.reading() as r:
            return question(r, *args, **named)

    @property
    def writer(self) -> str:
        """Who writes in this file today."""
        return str(self.see(lambda r: r.meta(identity.WRITER)))

    @property
    def world(self) -> World:
        """Rules, lessons, tree, trust."""
        world: World = self.see(worlds.load)
        return world

    @property
    def id(self) -> str:
        """The node this file is of, by its first writer."""
        known = self.see(lambda r: r.meta(identity.PREDECESSOR)) or self.writer
        return self.world.trust.node_of(known) or known

    def asked(self) -> Request:
        """What it asks to be enrolled with."""
        asked: Request = self.see(asking)
        return asked

    def enrols(self, child: Node, unit: str, line: str = "", *, excluding: tuple[str, ...] = ()) -> None:
        """Give a child its grant, and everything that belongs to it."""
        node = self.do(nodes.enrol, child.asked(), nodes.Grant(unit, line, excluding))
        child.takes(self.packed(node))

    def packed(self, node: str = "", *, whole: bool = False) -> Path:
        """A pack on a stick: what a node lacks by its receipts, what the neighbours lack, or all that they are to have."""
        self.do(carry)
        self.packs += 1
        path = self.folder / f"{self.packs}.pack"
        send_pack(self.store, path, node, whole=whole)
        return path

    def hears(self, receipt: bytes) -> Heard:
        """Take in a receipt that came back on a stick."""
        path = self.folder / "back.receipt"
        path.write_bytes(receipt)
        return hear_receipt(self.store, path)

    def hands(self, other: Node, *, whole: bool = False) -> Accepted:
        """A stick to another and back: a pack for it, and its receipt."""
        taken = other.takes(self.packed(other.id, whole=whole))
        self.hears(taken.receipt)
        return taken

    def takes(self, pack: Path) -> Accepted:
        """Take in a pack and carry what has become due."""
        return accept_pack(self.store, pack)

    def takes_quietly(self, pack: Path) -> Accepted:
        """Take in a pack and say nothing to it."""
        return take_in(partial(self.store.writing, alone=True), PackReader(pack, self.see(own_sealing_keys)))

    def gives(self, other: Node) -> Accepted:
        """Hand over what the other may have."""
        return other.takes(self.packed(other.id))

    def sends(self, other: Node) -> Accepted:
        """Hand over all there is that the other receives, as upwards; not yet known here, it takes what is for the neighbours."""
        return other.takes(self.packed(other.id if other.id in self.world.trust.nodes() else ""))

    def joins(self, unit: str, name: str, number: str = "", kind: str = "社会公众") -> str:
        """Somebody joins; the person's id."""
        return str(self.do(people.register, Registration(unit, name, number, kind=kind)))

    def marks(self, person: str, lesson: str = "", day: str = "", minutes: int | None = None, condition: str = "") -> Marked:
        """Somebody was seen, by their code."""
        marked: Marked = self.do(mark, person_code(person), MarkRow(day, lesson, condition, minutes, "station"))
        return marked

    def unit(self, code: str) -> str:
        """The id of a unit, as known here."""
        return unit_called(self.world, code)

    def person(self, person: str) -> Person:
        """Who somebody is here."""
        found: Person = self.see(people_by_id, [person])[person]
        return found

    def moves(self, person: str, unit: str, day: str = "") -> None:
        """Somebody moves."""
        self.do(lambda w: people.move(w, people_by_id(w, [person])[person], unit, day))

    def erases(self, person: str) -> None:
        """Somebody asked to be forgotten."""
        self.do(lambda w: people.erase(w, people_by_id(w, [person])[person], "本人要求"))
        self.store.empty_log()

    def revokes(self, other: Node, at: str = "") -> None:
        """The other's rights end, at what is known here or at a seal."""
        self.do(nodes.revoke, other.id, at)

    def withdraws(self, what: str) -> None:
        """A batch or a fact was wrong."""
        self.do(withdrawing.withdraw, what, "录错")

    def adds(self, unit: str, parent: str, kind: str, line: str = "", name: str = "") -> None:
        """A unit below another."""
        self.do(add_unit, UnitRow(unit, name or f"{kind}{unit}", parent, kind, line))

    @property
    def hash(self) -> str:
        """One hash over all tables."""
        return str(self.see(state_hash))

    @property
    def problems(self) -> tuple[str, ...]:
        """What a check of the whole ledger finds."""
        found: tuple[str, ...] = self.see(verify_ledger).problems
        return found

    def rebuilt(self) -> str:
        """The hash after every table was made again from the ledger."""
        self.do(rebuild)
        return self.hash

    def total(self, name: str, unit: str = "35", line: str = "") -> int:
        """One number of one row."""
        sql = f"select {name} from unit_totals where unit = :unit and line = :line"  # noqa: S608 - a column's name
        found = self.see(lambda r: r.value(sql, unit=unit_called(r, unit), line=line))
        return int(found or 0)

    def hours(self, person: str) -> int:
        """What a person has earned, in hundredths."""
        return int(self.see(lambda r: r.value("select credited from people where person = :person", person=person)) or 0)

    def facts(self) -> set[str]:
        """The ids of everything held, carried or not."""
        return {row[0] for row in self.see(lambda r: r.all("select chain from facts"))}

    def bytes_on_disk(self) -> bytes:
        """Everything of this file that somebody who finds the disk could read."""
        return b"".join(part.read_bytes() for part in sorted(self.folder.glob("camp.sqlite*")))

    def twin(self, name: str) -> Node:
        """The same bytes on another machine that has the same marker: a fork nobody notices (restore card, disk image)."""
        self.close()
        copy = Node(self.folder.parent, name)
        copy.clock = FixedClock(self.clock.now().isoformat())
        shutil.copyfile(self.path, copy.path)
        shutil.copytree(self.state, copy.state)
        for marker in copy.state.glob("writers/*.json"):
            told = json.loads(marker.read_text("utf-8"))
            marker.write_text(json.dumps(told | {"path": str(copy.path.resolve())}), "utf-8")
        return copy

    def copied(self, name: str) -> Node:
        """The same bytes on another machine that knows nothing."""
        self.close()
        copy = Node(self.folder.parent, name)
        copy.clock = FixedClock(self.clock.now().isoformat())
        shutil.copyfile(self.path, copy.path)
        return copy


class Cast:
    """The nodes of one test, closed at its end."""

    def __init__(self, folder: Path, plan: Catalogue | None = None) -> None:
        self.folder = folder
        self._plan = plan
        self.nodes: list[Node] = []

    @property
    def plan(self) -> Catalogue:
        """What data files are opened with, as asked for when one is."""
        return self._plan or CATALOGUE

    def root(
        self, name: str = "省", at: str = OPENED, lessons: Iterable[Lesson] = LESSONS, recovery: Recovery | None = None
    ) -> Node:
        """Whoever opens the camp."""
        node = Node(self.folder, name, at, self._plan)
        with machine(node.state):
            data_file.close(camp.open_camp(node.path, "escape-drill-2023", self.plan, node.clock, recovery))
        self.nodes.append(node)
        for lesson in lessons:
            node.do(describe_lesson, lesson)
        return node

    def new(self, name: str, at: str = OPENED) -> Node:
        """A data file nobody has enrolled yet."""
        node = Node(self.folder, name, at, self._plan)
        with machine(node.state):
            data_file.close(data_file.create(node.path, self.plan, node.clock))
        self.nodes.append(node)
        return node

    def add(self, node: Node) -> Node:
        """Close this one too."""
        self.nodes.append(node)
        return node

    def close(self) -> None:
        """End every program."""
        for node in self.nodes:
            node.close()


def recovered(cast: Cast, paper: Recovery, backup: Path, name: str = "新省") -> Node:
    """A new machine that takes the root's place."""
    node = Node(cast.folder, name)
    with machine(node.state):
        recover_root(node.path, backup, paper, CATALOGUE, node.clock)
    return cast.add(node)


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    """The nodes of a test."""
    made = Cast(tmp_path)
    yield made
    made.close()


def pack_of(r: Reader, path: Path, segments: Iterable[Outgoing], *to: Node) -> Path:
    """A pack of just these segments, for these nodes, who may read all of it."""
    sealing_keys = [each.see(ledger.own_sealing_key).public for each in to]
    return pack_by(ledger.own_key(r), r.meta("campaign"), path, segments, *sealing_keys, keys=ledger.public_keys(r),
                   to=[each.writer for each in to])  # fmt: skip
