"""Whoever answers or calls without good will, or garbles what goes over the wire: told, bounded, and nothing is lost."""

from __future__ import annotations

import itertools
import random
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from campmgr.areas.nodes.actions import Grant, enrol
from campmgr.areas.nodes.exchange.client import TYPE, Destination, Line, Patience
from campmgr.areas.nodes.exchange.message import LONGEST, MAGIC, message, read_message
from campmgr.areas.nodes.files.calling import sync
from campmgr.areas.nodes.files.passing import LARGEST, Passing
from campmgr.areas.nodes.queries.nodes import Request
from campmgr.areas.people.actions.people import Registration, register_drafts
from campmgr.errors import BadInput, CampError, Trouble
from campmgr.ids import born_in, hash_id, random_id, sha256
from campmgr.ledger.envelope import Draft
from campmgr.ledger.hpke import sealing_key_beside
from campmgr.ledger.seal import KeyPair, new_key
from campmgr.store.identity import WRITER
from campmgr.store.ledger import own_key
from tests.bench.made_camp import say_all
from tests.kit.pages import OWN
from tests.kit.story import Node, machine
from tests.kit.wire import Cut, answering, wired
from tests.nodes.test_sync import calls, county, served  # noqa: F401 - a fixture

SOON = Patience(silence=0.4, whole=0.8, busy=0.5)
HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: {TYPE}\r\n".encode()


def _asked(near: socket.socket) -> None:
    near.recv(1 << 16)


def _nothing(near: socket.socket) -> None:
    """Listens, and never says anything."""
    _asked(near)
    time.sleep(5)


def _a_byte_now_and_then(near: socket.socket) -> None:
    _asked(near)
    for letter in itertools.cycle(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000):
        near.sendall(bytes([letter]))
        time.sleep(0.02)


def _without_end(near: socket.socket) -> None:
    """Ten gigabytes, and sends them as fast as they are taken."""
    _asked(near)
    near.sendall(HEAD + b"Content-Length: 10000000000\r\n\r\n")
    while True:
        near.sendall(bytes(1 << 16))


def _less_than_said(near: socket.socket) -> None:
    _asked(near)
    near.sendall(HEAD + b"Content-Length: 5000\r\n\r\n" + MAGIC)


def _somebody_else_s_page(near: socket.socket) -> None:
    _asked(near)
    near.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\n<html/>")


def _no_http(near: socket.socket) -> None:
    near.sendall(b"SSH-2.0-something\r\n")


def _busy_for_ever(near: socket.socket) -> None:
    _asked(near)
    told = b'{"error": {"reason": "busy", "sentence": "x", "hint": "y"}}'
    near.sendall(b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: %d\r\n\r\n" % len(told) + told)


def _of_a_newer_version(near: socket.socket) -> None:
    _asked(near)
    told = MAGIC.replace(b"1", b"2") + b"whatever"
    near.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(told) + told)


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (_nothing, "unreachable"),
        (_a_byte_now_and_then, "unreachable"),
        (_without_end, "too_large"),
        (_less_than_said, "unreachable"),
        (_somebody_else_s_page, "not_campmgr"),
        (_no_http, "unreachable"),
        (_busy_for_ever, "busy"),
        (_of_a_newer_version, "newer_pack"),
        (socket.socket.close, "unreachable"),
    ],
)
def test_whoever_answers_badly_is_cut_short_with_a_sentence(serve, reason):
    with answering(serve) as address:
        line = Line(address, patience=SOON)
        with pytest.raises(CampError) as problem:
            line.ask(lambda: message(new_key(), {"do": "hello"}))
        line.close()
    assert problem.value.reason == reason
    assert problem.value.hint
    assert line.came <= LONGEST + 1


class Caller:
    """Somebody who calls the pages of a laptop with a key, and says what they like."""

    def __init__(self, pages, key: KeyPair) -> None:
        self.pages = pages
        self.key = key
        self.under, self.number = "", 0
        with pages.store.reading() as r:
            self.camp = r.meta("campaign")

    def post(self, data: bytes):
        """The answer to bytes."""
        return self.pages.browser("nobody").post("/exchange/", data=data, headers=OWN, content_type=TYPE)

    def hello(self, **more: object):
        """The answer to a hello; the call goes on under it."""
        words = {"do": "hello", "camp": self.camp, "nonce": random_id(), "seen": ""} | more
        answer = self.post(message(self.key, words))
        if answer.status_code == 200:
            self.under = read_message(answer.data).text("under")
        return answer

    def made(self, rest: bytes = b"", **words: object) -> bytes:
        """The next message of the call."""
        self.number += 1
        return message(self.key, {"under": self.under, "number": self.number} | words, rest)

    def say(self, rest: bytes = b"", **words: object):
        """The answer to it."""
        return self.post(self.made(rest, **words))


@pytest.fixture
def caller(pages, tmp_path):
    """A laptop that the camp has taken in."""
    key = new_key()
    with pages.store.writing() as w:
        enrol(w, Request(key.public, sealing_key_beside(key.private).public), Grant("350102"))
    found = Caller(pages, key)
    assert found.hello().status_code == 200
    return found


def _refused(answer) -> str:
    assert 400 <= answer.status_code < 500, answer.data
    error = answer.json["error"]
    assert error["sentence"]
    return str(error["reason"])


def _folder(caller: Caller) -> Passing:
    with caller.pages.store.reading() as r:
        return Passing(r.meta(WRITER), caller.key.writer)


def test_strangers_learn_nothing(caller):
    stranger = Caller(caller.pages, new_key())
    assert _refused(stranger.hello()) == "not_granted"
    stranger.under = caller.under
    assert _refused(stranger.say(do="end")) == "link_ended"
    assert _refused(caller.hello(camp="0" * 32)) == "wrong_campaign"
    assert _refused(caller.post(b"")) == "damaged_pack"
    for version in (b"2", b"12"):
        assert _refused(caller.post(MAGIC.replace(b"1", version) + b"x")) == "newer_pack"
    with caller.pages.store.reading() as r:
        itself = Caller(caller.pages, own_key(r))
    assert _refused(itself.hello()) == "wrong_usage"


def test_nothing_that_was_heard_can_be_said_again(caller):
    heard = [caller.made(do="put", file=sha256(b"x"), size=1, at=0), caller.made(do="end")]
    assert [caller.post(each).status_code for each in heard] == [200, 200]
    assert [_refused(caller.post(each)) for each in heard] == ["link_ended", "link_ended"]
    assert caller.hello().status_code == 200
    assert [_refused(caller.post(each)) for each in heard] == ["link_ended", "link_ended"]


def test_no_byte_of_a_message_can_be_another(caller):
    draw, whole = random.Random(7), caller.made(b"piece", do="put", file=sha256(b"piece"), size=5, at=0)
    for at in sorted(draw.sample(range(len(whole)), 60)):
        altered = bytearray(whole)
        altered[at] ^= 1 << draw.randrange(8)
        with pytest.raises(BadInput):
            read_message(bytes(altered))
    assert _folder(caller).has(sha256(b"piece")) == 0
    assert caller.post(whole).status_code == 200
    assert _folder(caller).has(sha256(b"piece")) == 5


@pytest.mark.parametrize(
    ("said", "rest", "reason"),
    [
        ({"file": sha256(b"abc"), "size": LARGEST + 1, "at": 0}, b"abc", "too_large"),
        ({"file": sha256(b"abc"), "size": 2, "at": 0}, b"abc", "damaged_pack"),
        ({"file": sha256(b"abd"), "size": 3, "at": 0}, b"abc", "damaged_pack"),
        ({"file": "../../camp.sqlite", "size": 3, "at": 0}, b"abc", "damaged_pack"),
        ({"file": sha256(b"abc"), "size": -3, "at": 0}, b"abc", "damaged_pack"),
        ({"file": sha256(b"abc"), "size": 3}, b"abc", "damaged_pack"),
        ({"file": 5, "size": 3, "at": 0}, b"abc", "damaged_pack"),
    ],
)
def test_of_a_file_that_is_not_what_it_was_said_to_be_nothing_is_kept(caller, said, rest, reason):
    assert _refused(caller.say(rest, do="put", **said)) == reason
    assert not list(_folder(caller).folder.glob("in-*"))


def test_a_pack_that_is_none_is_refused_and_let_go(caller):
    junk = b"campmgr pack 1\nnot a pack"
    asked = {"receipt": "", "last": "", "heard": "", "part": ""}
    assert caller.say(junk, do="put", file=sha256(junk), size=len(junk), at=0).status_code == 200
    assert _refused(caller.say(do="turn", name=random_id(), pack=sha256(junk), **asked)) == "damaged_pack"
    assert not list(_folder(caller).folder.glob("in-*"))
    assert _refused(caller.say(do="get", file=sha256(junk), at=0)) == "unknown_fact"
    assert _refused(caller.say(do="turn", name="../x", pack="", **asked)) == "damaged_pack"
    assert _refused(caller.say(do="whatever")) == "damaged_pack"


def test_who_goes_on_with_nonsense_is_told_to_wait_and_pages_are_answered(caller):
    statuses = {caller.post(b"nonsense").status_code for _ in range(70)}
    assert statuses == {422, 429}
    assert caller.pages.browser("root").get("/office/packs/").status_code == 200


def test_more_than_a_message_may_have_is_not_taken(caller):
    assert caller.post(bytes(LONGEST + 1)).status_code in {413, 422}


@pytest.mark.parametrize("way", ["there", "back"])
def test_what_is_altered_on_the_wire_is_noticed_and_the_next_sync_brings_all(county, way):  # noqa: F811
    root, child = county
    pupil = child.joins("350102", "张三", "001")
    draw = random.Random(way)
    with served(root) as address, wired(address) as wire:
        for _ in range(6):
            left = [draw.randrange(300, 4000)]

            def alter(data: bytes, left=left) -> bytes:
                at, left[0] = left[0], left[0] - len(data)
                return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :] if 0 <= at < len(data) else data

            setattr(wire, way, alter)
            with suppress(CampError), machine(child.state):
                sync(child.store, Destination(wire.address, ""))
        assert calls(child, address).is_even
    assert root.person(pupil).name == "张三"
    assert root.facts() == child.facts()
    assert root.problems == child.problems == ()


def test_a_wire_that_is_cut_again_and_again_brings_all_of_it_piece_by_piece(county):  # noqa: F811
    """A pack of several pieces: each sync goes on where the last was cut off, and no piece goes twice."""
    root, child = county
    child.do(say_all, drafts_of_many(child.unit("350102"), 3000))
    size = child.packed(root.id).stat().st_size
    with served(root) as address, wired(address) as wire:
        cuts = 0
        while True:
            left = [380_000]

            def cut(data: bytes, left=left) -> bytes:
                left[0] -= len(data)
                if left[0] < 0:
                    raise Cut
                return data

            wire.there = cut
            try:
                with machine(child.state):
                    told = sync(child.store, Destination(wire.address, ""))
                break
            except Trouble:
                cuts += 1
        assert (cuts >= 1, told.is_even, told.sent) == (True, True, 6000)
        assert wire.sent < size + (cuts + 2) * LONGEST
    assert root.total("joined") == 3000
    for node in (root, child):
        assert left_over(node) == 0


def left_over(node: Node) -> int:
    """Bytes of files on their way that were not cleared away."""
    return sum(each.stat().st_size for each in (node.state / "passing").rglob("*") if each.is_file())


def drafts_of_many(unit: str, many: int, first: int = 0) -> Iterator[Draft]:
    """So many people of a unit, numbered from a first."""
    for number in range(first, first + many):
        yield from register_drafts(born_in(unit, hash_id("one", number)), Registration(unit, f"人{number}"))
