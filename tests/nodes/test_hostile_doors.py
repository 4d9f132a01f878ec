"""Who knocks at the doors where laptops meet: a stranger, somebody who listened, a laptop that was revoked or that lies."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from campmgr.areas.nodes.exchange.message import Message, message, read_message
from campmgr.areas.nodes.exchange.pack_head import PackHead, head_line, letter_line, signature_line, signed_text
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.receipt import Content, ReceiptHead, receipt_bytes
from campmgr.areas.nodes.files.answering import Work, answer
from campmgr.areas.nodes.files.packs import hear_receipt
from campmgr.areas.nodes.local.receipts import note_made
from campmgr.errors import BadInput, NotAllowed, Trouble
from campmgr.facts.importing import nobody_watches
from campmgr.ids import canonical, random_id, sha256
from campmgr.ledger.hpke import close_for
from campmgr.ledger.seal import KeyPair, new_key, sign
from campmgr.store.ledger import own_key, own_sealing_key
from tests.kit.story import Node, machine
from tests.nodes.test_sync import calls, county, served  # noqa: F401 - a fixture

SPACE = SimpleNamespace(free=1 << 30)


class Caller:
    """A laptop, or whoever has its key, that says messages to another."""

    def __init__(self, other: Node, key: KeyPair) -> None:
        self._other = other
        self._key = key
        self._under, self._number = "", 0

    def hello(self) -> bytes:
        """The message that begins."""
        camp = self._other.world.campaign
        return message(self._key, {"do": "hello", "camp": camp, "nonce": random_id(), "seen": "", "succeeds": []})

    def hears(self, told: bytes) -> Message:
        """What the other answers to these bytes, whoever sends them."""
        with machine(self._other.state):
            return read_message(answer(self._other.store, told, _at_once))

    def begins(self) -> Caller:
        """Say hello, and go on under the number that is drawn."""
        self._under = self.hears(self.hello()).text("under")
        return self

    def says(self, rest: bytes = b"", **words: object) -> Message:
        """A further message."""
        self._number += 1
        return self.hears(message(self._key, words | {"under": self._under, "number": self._number}, rest))


def _at_once(_name: str, work: Work) -> None:
    work(nobody_watches)


def test_hellos_that_somebody_heard_and_says_again_end_nobody_s_sync(county):  # noqa: F811
    root, county = county
    caller = Caller(root, county.see(own_key))
    heard = [caller.hello() for _ in range(8)]
    caller.begins().says(do="put", file="1" * 64, size=9, at=0)
    for each in heard:
        caller.hears(each)
    assert caller.says(b"x" * 4, do="put", file="1" * 64, size=9, at=0).number("has") == 4


def test_a_revoked_laptop_is_neither_heard_nor_called(county):  # noqa: F811
    root, county = county
    caller = Caller(root, county.see(own_key)).begins()
    root.revokes(county)
    with pytest.raises(NotAllowed, match="已被撤销"):
        caller.begins()
    with served(county) as address, pytest.raises(NotAllowed, match="没有同步"):
        calls(root, address)


def test_a_laptop_that_says_a_file_is_small_fills_no_disk(county, monkeypatch):  # noqa: F811
    root, county = county
    caller = Caller(root, county.see(own_key)).begins()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SPACE)
    caller.says(do="put", file="1" * 64, size=10, at=0)
    with pytest.raises(Trouble, match="磁盘快满"):
        caller.says(b"x" * 1000, do="put", file="1" * 64, size=1 << 30, at=0)


def _receipt(node: Node, giver: KeyPair, text: str) -> Path:
    """A receipt in which this text stands."""
    head = ReceiptHead(node.world.campaign, giver.public, "2023-06-01T09:00:00+08:00", "0" * 64, 1)
    made = receipt_bytes(head, giver, [node.see(own_sealing_key).public], Content({text: 1}, "", "", {}, []))
    path = node.folder / "hostile.receipt"
    path.write_bytes(made)
    return path


def test_what_a_stranger_calls_a_receipt_is_not_even_opened(county):  # noqa: F811
    root, _ = county
    with pytest.raises(NotAllowed, match="没有授权"):
        hear_receipt(root.store, _receipt(root, new_key(), "x" * (40 << 20)))


def test_a_receipt_that_unfolds_without_end_is_no_receipt(county):  # noqa: F811
    root, county = county
    with pytest.raises(BadInput, match="已损坏"):
        hear_receipt(root.store, _receipt(root, county.see(own_key), "x" * (40 << 20)))


def test_a_pack_with_many_letters_to_one_laptop_is_no_pack(county, tmp_path):  # noqa: F811
    root, _ = county
    maker, mine = new_key(), root.see(own_sealing_key)
    head = PackHead(root.world.campaign, maker.public, (), "2023-06-01T09:00:00+08:00")
    letter = letter_line(mine.public, close_for(mine.public, b"", "another text"))
    front = b"campmgr pack 1\n" + head_line(head, 0, 50) + letter * 50
    path = tmp_path / "letters.pack"
    path.write_bytes(front + signature_line(sign(maker, signed_text(hashlib.sha256(front).hexdigest()))))
    with pytest.raises(BadInput, match="已损坏"):
        PackReader(path, [mine])


def test_a_laptop_that_makes_itself_writers_without_end_fills_nothing(county):  # noqa: F811
    root, county = county
    pack, key = PackReader(root.packed(county.id)).pack, county.see(own_key)
    for _ in range(60):
        heir = new_key()
        told = canonical(["campmgr-receipt-of-successor", root.world.campaign, heir.public, pack])
        head = ReceiptHead(root.world.campaign, heir.public, "2023-06-01T09:00:00+08:00", pack, 1, (key.public, sign(key, told)))
        root.hears(receipt_bytes(head, heir, [root.see(own_sealing_key).public], Content({}, "", sha256(""), {}, [])))
    assert root.see(lambda r: r.value("select count(*) from local_receipts")) < 60


def test_a_laptop_that_lets_packs_be_made_without_end_makes_nobody_forget_what_others_hold(county, cast):  # noqa: F811
    root, county = county
    other = cast.new("乙县")
    root.enrols(other, "350103")
    root.hands(other)
    for number in range(301):
        root.do(note_made, f"{number:064x}", "2023-06-01T09:00:00+08:00", 0, {county.id: [county.id]})
    assert not list(PackReader(root.packed(other.id)).rows())
