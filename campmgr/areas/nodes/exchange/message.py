"""What two laptops say to each other over a network: words signed by whoever says them, and bytes behind (docs/formats.md#sync).

Plain http proves nothing and hides nothing, so a message proves itself: every word and byte of it is under the signature of the
key it names. Whatever is secret is closed already, as packs and receipts are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from campmgr.areas.nodes.exchange.signed_front import is_newer
from campmgr.clock import LARGEST
from campmgr.errors import BadInput
from campmgr.ids import canonical, sha256
from campmgr.ledger.seal import KeyPair, sign, signed

MAGIC = b"campmgr sync 1\n"
CHUNK = 240 * 1024
"""Bytes of a file that one message carries at most."""

LONGEST = 256 * 1024
"""Bytes of a message."""

_LONGEST_WORDS = 8 * 1024
_LONGEST_TOLD = 200


class Message(NamedTuple):
    """A message that is as its sender signed it: by which key, what it says, the bytes behind; `id` names it."""

    by: str
    words: Mapping[str, Any]
    rest: bytes
    id: str

    def text(self, name: str) -> str:
        """A word. Raises BadInput."""
        return str(self._told(name, str, ""))

    def number(self, name: str) -> int:
        """A number from 0. Raises BadInput."""
        found: int = self._told(name, int, -1)
        if not 0 <= found <= LARGEST:
            raise garbled()
        return found

    def file(self, name: str) -> tuple[str, int] | None:
        """A file that is told of: SHA-256 and size; None for none. Raises BadInput."""
        told = self._told(name, list, None)
        if not told:
            return None
        if [type(part) for part in told] != [str, int] or not 0 <= told[1] <= LARGEST:
            raise garbled()
        return told[0], told[1]

    def counted(self, name: str) -> list[tuple[int, str]]:
        """Numbers with words. Raises BadInput."""
        told = self._told(name, list, [])
        if not all(isinstance(each, list) and [type(part) for part in each] == [int, str] for each in told):
            raise garbled()
        return [(count, words[:_LONGEST_TOLD]) for count, words in told]

    def _told(self, name: str, sort: type, missing: object) -> Any:
        found = self.words.get(name, missing)
        if type(found) is not sort:
            raise garbled()
        return found


def message(key: KeyPair, words: Mapping[str, object], rest: bytes = b"") -> bytes:
    """A message of whoever holds this key."""
    line = canonical({**words, "by": key.public})
    return MAGIC + f"{line}\n{sign(key, _signed_text(line, rest))}\n".encode() + rest


def read_message(data: bytes) -> Message:
    """A message, once its signature was looked at. Raises BadInput for what is none, newer, or not as it was signed."""
    if not data.startswith(MAGIC):
        if is_newer(data.partition(b"\n")[0], MAGIC):
            raise BadInput("对方的程序版本比较新。", reason="newer_pack", hint="请升级 campmgr；升级之前照常用 U 盘。")
        raise garbled()
    line, _, more = data[len(MAGIC) :].partition(b"\n")
    signature, _, rest = more.partition(b"\n")
    try:
        told = json.loads(line.decode()) if len(line) <= _LONGEST_WORDS else None
        words: dict[str, Any] = told if isinstance(told, dict) else {}
        by = words.get("by")
        its = bytes.fromhex(signature.decode()).hex()
        if its.encode() != signature or not isinstance(by, str) or not signed(by, _signed_text(line.decode(), rest), its):
            raise garbled()  # in other letters it would be another message that says the same
    except (ValueError, RecursionError) as problem:
        raise garbled() from problem
    return Message(by, words, rest, hashlib.sha256(data).hexdigest())


def garbled() -> BadInput:
    """What is told of a message that no program of ours has sent, or that was altered on its way."""
    return BadInput("发来的内容不是本程序的，或在路上被改动了，没有理会。", reason="damaged_pack", hint="请再试一次。")


def _signed_text(line: str, rest: bytes) -> str:
    return canonical(["campmgr-sync", sha256(line), sha256(rest)])
