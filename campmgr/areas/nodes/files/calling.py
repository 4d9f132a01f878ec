"""`campmgr sync`: this file calls another laptop, and both hand over what the other lacks (docs/ledger.md#sync)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from campmgr.areas.nodes.exchange.client import Destination, Line
from campmgr.areas.nodes.exchange.knowing import may_speak, signer, succession
from campmgr.areas.nodes.exchange.message import CHUNK, Message, garbled, message
from campmgr.areas.nodes.exchange.outcome import SetAside, outcome_of
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.exchange.trusted import trust
from campmgr.areas.nodes.files.packs import accept_pack, give_receipt, hear_receipt
from campmgr.areas.nodes.files.passing import LARGEST, Passing
from campmgr.areas.nodes.files.turns import File, pack_for, standing_with
from campmgr.areas.nodes.local.receipts import last_made, newest_mark
from campmgr.areas.nodes.local.syncing import Peer, keep_peer, mark, note_sync, peer_at
from campmgr.areas.nodes.queries.neighbours import arrivals
from campmgr.clock import seconds_passed
from campmgr.errors import BadInput, Busy, CampError, NotAllowed, Refused, Trouble
from campmgr.facts import world as worlds
from campmgr.facts.importing import Progress, nobody_watches
from campmgr.facts.laptops import laptop, own_node
from campmgr.ids import random_id, sha256
from campmgr.ledger.seal import writer_of
from campmgr.store.claims import claimed
from campmgr.store.door import Store
from campmgr.store.identity import WRITER
from campmgr.store.ledger import own_key

_MOST_TURNS = 6
"""Turns of one sync: what is recorded meanwhile goes with a further one, and the rest with the next sync."""

_WAIT, _STILL = 0.7, 600.0
"""Seconds between two looks at a turn that the other works at, and after which one that does not get on is given up."""

_SLOWEST = 4096
"""Bytes that each second of a file must bring, beside a minute for all of it."""


@dataclass(slots=True)
class Synced:
    """What a sync came to: with whom; facts that were new there and here; what was set aside here, and there (facts, why);
    up to whom all of this file's own records have come; whether nothing is left either way; `notes` in sentences; bytes.
    """

    node: str
    name: str
    sent: int = 0
    received: int = 0
    arrived: str = ""
    is_even: bool = False
    aside: list[SetAside] = field(default_factory=list)
    aside_there: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bytes_sent: int = 0
    bytes_came: int = 0

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        went = f"送出 {self.sent:,} 条，收到 {self.received:,} 条" if self.sent or self.received else "没有新的内容"
        words = [f"与{self.name}同步了：{went}"]
        words += [f"其中 {each.facts:,} 条{each.why}" for each in self.aside]
        words += [f"对方把 {facts:,} 条搁置：{why}" for facts, why in self.aside_there]
        words += [f"本机记的都到了{self.arrived}"] if self.arrived else []
        words += [] if self.is_even else ["还有没送完的，下次同步接着送"]
        return "；".join(words) + "。"


def sync(store: Store, to: Destination, told: Progress = nobody_watches) -> Synced:
    """Exchange with a laptop that is served somewhere what either lacks, by packs and receipts; how it went is noted.

    `told` hears how far it is; what it raises ends it between two messages. Nothing is lost then: the next sync goes on.
    Raises Trouble where nobody answers, BadInput, NotAllowed, Refused, Busy where one is going on already.
    """
    with store.reading() as r:
        if not r.meta("campaign"):
            raise Refused("这份数据文件还没有被训练营接纳。", reason="not_enrolled", hint="请先接收上级给的授权文件。")
        lock = Passing(r.meta(WRITER), "calls").folder.with_suffix(".lock")
    with claimed(lock) as mine:
        if not mine:
            raise Busy("这台电脑正在同步。", hint="请等它完成。")
        line = Line(to.address, told, trusts=partial(trust, store.path))
        try:
            found = _Sync(store, line, to.node, told).run()
        except CampError as problem:
            with store.writing() as w:
                note_sync(w, to.address, problem.sentence, has_failed=True)
            raise
        finally:
            line.close()
        with store.writing() as w:
            note_sync(w, to.address, found.sentence, has_failed=False)
        return found


class _Sync:
    """One call."""

    def __init__(self, store: Store, line: Line, wanted: str, told: Progress) -> None:
        self._store = store
        self._wanted = wanted
        self._line = line
        self._told = told
        self._under, self._number, self._key = "", 0, ""

    def run(self) -> Synced:
        hello, known = self._hello()
        if hello.number("even") and known and known.key == hello.by and self._wanted in {"", known.node}:
            return self._counted(Synced(known.node, known.name, arrived=known.arrived, is_even=True))
        node, name = self._who(hello)
        self._passing = Passing(self._writer, node)
        found = Synced(node, name)
        try:
            self._turns(found, self._first_receipt(hello))
        except (BadInput, NotAllowed, Refused) as problem:
            if problem.reason != "link_ended":  # else the other has begun anew, and the same goes on with the next call
                self._passing.clear()
            raise
        return self._counted(found)

    def _hello(self) -> tuple[Message, Peer | None]:
        """What the other says first, and what is remembered of it."""
        with self._store.reading() as r:
            known, own, self._own = peer_at(r, self._line.address), mark(r), own_key(r)
            self._writer, camp, nonce = r.meta(WRITER), r.meta("campaign"), random_id()
            seen = known.theirs if known and known.own == own else ""
            succeeds = [] if seen else list(succession(r, worlds.load(r), self._own, nonce))
        words = {"do": "hello", "camp": camp, "nonce": nonce, "seen": seen, "succeeds": succeeds}
        hello = self._line.ask(lambda: self._message(words))
        if hello.text("answers") != self._last:
            raise garbled()
        self._key, self._under = hello.by, hello.text("under")
        if hello.text("camp") != camp:
            raise BadInput("那台电脑属于另一个训练营。", reason="wrong_campaign", hint="请核对地址。")
        return hello, known

    def _who(self, hello: Message) -> tuple[str, str]:
        """The node that answers, and what it is called. Raises NotAllowed for one that this file does not know."""
        told = hello.words.get("succeeds")
        with self._store.reading() as r:
            world = worlds.load(r)
            succeeds = [str(each) for each in told] if isinstance(told, list) else []
            one = signer(world, hello.by, succeeds, self._last)
            node = one.node
            if not may_speak(world, one):
                raise NotAllowed("那台电脑自称是本营的，但本机没有见过给它的授权，或授权已被撤销，没有同步。", reason="not_granted",
                                 hint="请核对地址；如果没有错，先用 U 盘从上级带一次数据包。")  # fmt: skip
            if self._wanted not in {"", node}:
                raise NotAllowed(f"这个地址上的是{laptop(world, node)}，不是二维码上的那台电脑。", reason="not_granted",
                                 hint="请对着对方“接力包”页上现在的二维码再来一次。")  # fmt: skip
            if node == own_node(r, world):
                raise BadInput("这个地址就是这台电脑自己。", reason="wrong_usage", hint="请填上级或下级那台电脑的地址。")
            return node, laptop(world, node)

    def _first_receipt(self, hello: Message) -> bytes:
        """What this file holds, for one who has no receipt of it and has made a pack for it, as when it took it in; else b""."""
        if not hello.text("last") or hello.text("heard"):
            return b""
        return give_receipt(self._store, hello.text("last"), hello.by, (), Accepted())

    def _turns(self, found: Synced, receipt: bytes) -> None:
        before, mark_there = None, ""
        for turn in range(_MOST_TURNS):
            stands = standing_with(self._store, found.node)
            pack = self._pack(found.node, empty=not (turn or stands.is_answered)) if stands.lacks and stands != before else None
            if turn and not pack and not receipt:
                break
            before = stands
            theirs = self._turn(pack, receipt, found)
            receipt = self._take(theirs, found)
            self._passing.let_go()
            found.is_even, mark_there = bool(theirs.number("even")) and not receipt, theirs.text("mark")
        self._end(found, mark_there)

    def _pack(self, node: str, *, empty: bool) -> File:
        """The pack that a sync before was cut off with, else a new one."""
        if digest := self._passing.going():
            return digest, self._passing.goes(digest).stat().st_size
        return pack_for(self._store, self._passing, node, empty=empty)

    def _turn(self, pack: File | None, receipt: bytes, found: Synced) -> Message:
        """Send what is to go, and wait for what comes of it."""
        if pack:
            self._put(*pack)
        if receipt:
            self._put_bytes(receipt)
        with self._store.reading() as r:
            last = last_made(r, found.node)
            heard = newest_mark(r, writer_of(self._key))
        words = {"do": "turn", "name": random_id(), "pack": pack[0] if pack else "", "receipt": sha256(receipt) if receipt else "",
                 "last": last.pack if last else "", "heard": heard, "part": self._passing.coming()}  # fmt: skip
        moved, far = seconds_passed(), (-1, -1)
        while (answer := self._say(words)).text("state") != "done":
            now = (answer.number("done"), answer.number("whole"))
            if now != far:
                moved, far = seconds_passed(), now
            elif seconds_passed() - moved > _STILL:
                raise Trouble("对方的电脑收下了内容，但一直没有处理完。", reason="unreachable", hint="请过一会儿再同步，会接着来。")
            self._told(*now)
            self._line.wait(_WAIT)
        return answer

    def _take(self, theirs: Message, found: Synced) -> bytes:
        """Take in what the other has for this file; the receipt that goes back, b"" for none."""
        if theirs.text("refused"):
            found.notes.append(f"对方没有收下回执：{theirs.text('refused')[:200]}")
        found.sent += theirs.number("new")
        found.aside_there += theirs.counted("aside")
        if (file := theirs.file("receipt")) is not None:
            path = self._got(*file)
            try:
                hear_receipt(self._store, path)
            except CampError as problem:
                found.notes.append(problem.sentence)
            self._passing.drop(file[0])
        if (file := theirs.file("pack")) is None:
            return b""
        taken = accept_pack(self._store, self._got(*file), self._told, f"{found.name}的数据包")
        self._passing.drop(file[0])
        found.received += taken.new
        found.aside += outcome_of(taken).aside
        found.notes += taken.notes
        return taken.receipt

    def _end(self, found: Synced, mark_there: str) -> None:
        """Note how it stands now, and let the other clear away what lay ready."""
        with self._store.reading() as r:
            world = worlds.load(r)
            found.arrived = "、".join(each.name for each in arrivals(r, world) if each.total and each.is_whole)
        now = standing_with(self._store, found.node)
        found.is_even = found.is_even and not now.lacks
        own, theirs = (now.mark, mark_there) if found.is_even else ("", "")
        with self._store.writing() as w:
            keep_peer(w, Peer(self._line.address, found.node, self._key, found.name, own, theirs, found.arrived))
        self._passing.clear()
        with suppress(CampError):
            self._say({"do": "end"})

    def _put(self, digest: str, size: int) -> None:
        path = self._passing.goes(digest)
        has = self._say({"do": "put", "file": digest, "size": size, "at": 0}).number("has")
        with path.open("rb") as file:
            while has < size:
                self._told(has, size)
                file.seek(has)
                has = self._further({"do": "put", "file": digest, "size": size, "at": has}, file.read(CHUNK), has)

    def _put_bytes(self, data: bytes) -> None:
        digest, has = sha256(data), 0
        while has < len(data):
            words = {"do": "put", "file": digest, "size": len(data), "at": has}
            has = self._further(words, data[has : has + CHUNK], has)

    def _further(self, words: Mapping[str, object], data: bytes, before: int) -> int:
        has = self._say(words, data).number("has")
        if has <= before:
            raise garbled()
        return has

    def _got(self, digest: str, size: int) -> Path:
        """Fetch a file, from where it was cut off before. Raises Trouble for one that comes too slowly, BadInput."""
        if not 0 < size <= LARGEST:
            raise BadInput("对方要送来的内容太多，没有收。", reason="too_large", hint="请改用 U 盘。")
        began, first = seconds_passed(), self._passing.has(digest)
        has = self._passing.put(digest, size, 0, b"")
        while has < size:
            self._told(has, size)
            piece = self._say({"do": "get", "file": digest, "at": has}).rest
            if not piece:
                raise garbled()
            has = self._passing.put(digest, size, has, piece)
            if seconds_passed() - began > 60 + (has - first) / _SLOWEST:
                raise Trouble("对方的内容来得太慢。", reason="unreachable", hint="请换一个网络，或用 U 盘；再同步会接着来。")
        return self._passing.came(digest)

    def _say(self, words: Mapping[str, object], rest: bytes = b"") -> Message:
        """A message under this call, and its answer, proven to be the same laptop's to this very message."""

        def made() -> bytes:
            self._number += 1
            return self._message({**words, "under": self._under, "number": self._number}, rest)

        answer = self._line.ask(made)
        if answer.by != self._key or answer.text("answers") != self._last:
            raise garbled()
        return answer

    def _message(self, words: Mapping[str, object], rest: bytes = b"") -> bytes:
        made = message(self._own, words, rest)
        self._last = sha256(made)
        return made

    def _counted(self, found: Synced) -> Synced:
        found.bytes_sent, found.bytes_came = self._line.sent, self._line.came
        return found
