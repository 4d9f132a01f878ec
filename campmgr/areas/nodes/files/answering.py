"""What a served laptop answers to messages of others (docs/ledger.md#sync).

`hello` is cheap, and whoever replays one learns nothing; all else needs the number that this laptop has just drawn, and messages
under it are numbered, so nothing that was heard on the network can be said again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from campmgr.areas.nodes.exchange.knowing import may_speak, signer, succession
from campmgr.areas.nodes.exchange.message import Message, garbled, message, read_message
from campmgr.areas.nodes.files.passing import Passing
from campmgr.areas.nodes.files.turns import Asked, take_turn
from campmgr.areas.nodes.local.receipts import last_made, newest_mark
from campmgr.areas.nodes.local.syncing import mark
from campmgr.clock import seconds_passed
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.importing import Progress
from campmgr.facts.laptops import own_node
from campmgr.ids import random_id
from campmgr.ledger.seal import writer_of
from campmgr.store.door import Reader, Store
from campmgr.store.identity import WRITER
from campmgr.store.ledger import own_key

_CALLS = "sync calls"
_MOST_CALLS, _OF_ONE = 500, 4
"""Calls that are remembered at once, in all and of one laptop: the oldest make room, first those that nothing was said in, since
a hello can be said again by whoever heard it.
"""

_IDLE = 1800.0
"""Seconds after which a call of which nothing is heard is forgotten."""

Work = Callable[[Progress], dict[str, object]]


class Far(NamedTuple):
    """How far work is: done, and of how many."""

    done: int
    whole: int


Start = Callable[[str, Work], Far | None]
"""Sets work going under a name that is known again; None once it has ended. Raises what it failed with, and Busy."""


@dataclass(slots=True)
class Call:
    """Who has said hello: node and key, the number of its last message, when it was heard. Its messages are answered one by one."""

    node: str
    key: str
    number: int = 0
    heard: float = field(default_factory=seconds_passed)
    lock: threading.Lock = field(default_factory=threading.Lock)


def answer(store: Store, data: bytes, start: Start) -> bytes:
    """The answer to a message. Raises CampError: what the other is told instead."""
    asked = read_message(data)
    if asked.text("do") == "hello":
        return _hello(store, asked)
    call = _call_of(store, asked)
    with call.lock:
        _count(call, asked)
        return _answered(store, call, asked, start)


def _answered(store: Store, call: Call, asked: Message, start: Start) -> bytes:
    with store.reading() as r:
        passing, key = Passing(r.meta(WRITER), call.node), own_key(r)
    rest, words = b"", dict[str, object]()
    match asked.text("do"):
        case "put":
            words = {"has": passing.put(asked.text("file"), asked.number("size"), asked.number("at"), asked.rest)}
        case "get":
            rest, size = passing.piece(asked.text("file"), asked.number("at"))
            words = {"size": size}
        case "turn":
            words = _turn(store, passing, call, asked, start)
        case "end":
            passing.clear()
        case _:
            raise garbled()
    return message(key, {**words, "answers": asked.id}, rest)


def _hello(store: Store, asked: Message) -> bytes:
    with store.reading() as r:
        node, now = known_caller(r, asked), mark(r)
        under = random_id()
        _remember(_calls(store), under, Call(node, asked.by))
        world, key = worlds.load(r), own_key(r)
        words = {"answers": asked.id, "camp": world.campaign, "under": under, "mark": now, "even": 1}
        if asked.text("seen") != now:
            last = last_made(r, node)
            words |= {"even": 0, "last": last.pack if last else "", "heard": newest_mark(r, writer_of(asked.by)),
                      "succeeds": list(succession(r, world, key, asked.id))}  # fmt: skip
    return message(key, words)


def known_caller(r: Reader, asked: Message) -> str:
    """The node of whoever says hello. Raises BadInput for another camp, NotAllowed for a laptop that is not taken in, Refused."""
    world = worlds.load(r)
    if not world.root_unit:
        raise Refused("那台电脑自己还没有加入训练营。", reason="not_enrolled", hint="请先在那台电脑上加入训练营。")
    if asked.text("camp") != world.campaign:
        raise BadInput("那台电脑属于另一个训练营。", reason="wrong_campaign", hint="请核对地址。")
    told = asked.words.get("succeeds")
    succeeds = [str(each) for each in told] if isinstance(told, list) else []
    one = signer(world, asked.by, succeeds, asked.text("nonce"))
    node = one.node
    if not node:
        raise NotAllowed(
            "它还不认识这台电脑。", reason="not_granted", hint="请先由上级同意这台电脑加入；刚加入的，先用 U 盘带一次。"
        )
    if not may_speak(world, one):
        raise NotAllowed(
            "这台电脑的授权已被撤销，不再和它同步。",
            reason="not_granted",
            hint="还没送出的记录，可以用 U 盘带给上级；要再用这台电脑，请换新的密钥重新申请。",
        )
    if node == own_node(r, world):
        raise BadInput("这个地址就是这台电脑自己。", reason="wrong_usage", hint="请填上级或下级那台电脑的地址。")
    return node


def _turn(store: Store, passing: Passing, call: Call, asked: Message, start: Start) -> dict[str, object]:
    name = asked.text("name")
    if len(name) != 32 or not name.isalnum():
        raise garbled()
    known = passing.outcome(name)
    if known is not None:
        return known
    what = Asked(call.key, call.node, asked.text("pack"), asked.text("receipt"), asked.text("last"), asked.text("heard"),
                 asked.text("part"))  # fmt: skip

    def work(told: Progress) -> dict[str, object]:
        found = take_turn(store, passing, what, told)
        passing.note(name, found)
        return found

    far = start(name, work)
    return passing.outcome(name) or {"state": "working", "done": far.done if far else 0, "whole": far.whole if far else 0}


def _calls(store: Store) -> dict[str, Call]:
    calls: dict[str, Call] = store.memory.setdefault(_CALLS, {})  # type: ignore[assignment]  # ours alone
    return calls


def _remember(calls: dict[str, Call], under: str, call: Call) -> None:
    now = seconds_passed()
    mine = [each for each, one in sorted(calls.copy().items(), key=lambda one: one[1].number > 0) if one.node == call.node]
    old = [each for each, one in calls.copy().items() if now - one.heard > _IDLE]
    beyond = list(calls.copy())[: max(0, len(calls) + 1 - _MOST_CALLS)]
    for each in (*old, *mine[: max(0, len(mine) + 1 - _OF_ONE)], *beyond):
        calls.pop(each, None)
    calls[under] = call


def _call_of(store: Store, asked: Message) -> Call:
    """The call that a message belongs to. Raises NotAllowed for one that is said again, or by somebody else."""
    call = _calls(store).get(asked.text("under"))
    if call is None or call.key != asked.by:
        raise _over()
    return call


def _count(call: Call, asked: Message) -> None:
    number = asked.number("number")
    if number <= call.number:
        raise _over()
    call.number, call.heard = number, seconds_passed()


def _over() -> NotAllowed:
    return NotAllowed("这次同步已经结束，或者内容是重放的。", reason="link_ended", hint="请再同步一次，会接着来。")
