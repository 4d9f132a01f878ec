"""A receipt as a file: what a laptop holds after it took a pack in, signed by it, closed for whoever made the pack.

Head, letters and signature are in front and readable, as with a pack; what is held stands behind them, closed (docs/formats.md).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from campmgr.areas.nodes.exchange.pack_head import LONGEST_HEAD, bound_text, letter_line, signature_line, signed_text
from campmgr.areas.nodes.exchange.signed_front import SignedFront
from campmgr.areas.nodes.local.receipts import NOTHING_TOLD, HeldAbove, HeldLines, lines_text, read_lines, read_points
from campmgr.clock import LARGEST
from campmgr.errors import BadInput
from campmgr.ids import canonical, random_key, sha256
from campmgr.ledger.chunks import ChunkWriter, opened_chunks
from campmgr.ledger.envelope import Stream
from campmgr.ledger.hpke import SealingKey, close_for
from campmgr.ledger.seal import KeyPair, sign

MAGIC = b"campmgr receipt 1\n"
SUFFIX = ".receipt"
_MOST_TEXT = 8 << 20
"""Bytes of what is held, unpacked: 20,000 streams take some 4 MB, and what is read takes ten times as much memory. One who lies
may fill all of it with streams that do not exist, and each takes time to keep."""

_LARGEST_FILE = 16 << 20
"""Bytes of the closed part."""

_HEAD = {"answers": str, "at": str, "by": str, "campaign": str, "digest": str, "letters": int, "number": int, "size": int,
         "succeeds": list}  # fmt: skip


class ReceiptHead(NamedTuple):
    """Whose camp, given by whom (public key), when, for which pack, as its giver's how manieth.

    `succeeds`: [the key of an earlier writer of the same file, its signature], for a giver that nobody may have heard of; else [].
    """

    campaign: str
    given_by: str
    given_at: str
    answers: str
    number: int
    succeeds: tuple[str, ...] = ()


class Content(NamedTuple):
    """What is closed: what became of the pack, what its giver holds, and what laptops above have signed.

    `since`: the mark of the receipt that it goes on from; then a stream has a line where something is told otherwise, an empty one
    where nothing is told any more. "": of every stream there is a line. `state`: the SHA-256 of all lines that are told by now.
    """

    told: dict[str, int]
    since: str
    state: str
    lines: HeldLines
    above: Sequence[HeldAbove]

    def whole(self, before: HeldLines) -> HeldLines | None:
        """All that is told by now, where that was told before; None where it does not come to that."""
        lines = {stream: line for stream, line in {**before, **self.lines}.items() if line != NOTHING_TOLD}
        return lines if sha256(lines_text(lines)) == self.state else None


def held_text(campaign: str, key: str, number: int, stream: Stream, points: Iterable[tuple[int, str]]) -> str:
    """What a laptop signs of one stream, so that others can pass it on."""
    return canonical(["campmgr-held", campaign, key, number, *stream, list(points)])


def receipt_bytes(head: ReceiptHead, giver: KeyPair, sealing_keys: Sequence[str], content: Content) -> bytes:
    """A receipt, closed for these keys."""
    content_key, closed = bytes.fromhex(random_key()), bytearray()
    closing = ChunkWriter(content_key, 0, closed.extend)
    closing.add(zlib.compress(_content_text(content).encode(), 9))
    closing.end()
    told = {"answers": head.answers, "at": head.given_at, "by": head.given_by, "campaign": head.campaign,
            "digest": hashlib.sha256(closed).hexdigest(), "letters": len(sealing_keys), "number": head.number, "size": len(closed),
            "succeeds": list(head.succeeds)}  # fmt: skip
    front = MAGIC + canonical(told).encode() + b"\n"
    bound = bound_text(hashlib.sha256(front).hexdigest())
    letters = b"".join(letter_line(key, close_for(key, content_key, bound)) for key in sealing_keys)
    signature = sign(giver, signed_text(hashlib.sha256(front + letters).hexdigest()))
    return front + letters + signature_line(signature) + bytes(closed)


def _content_text(content: Content) -> str:
    above = [[*each.stream, each.key, each.number, each.points, each.signature] for each in content.above]
    return canonical([content.told, content.since, content.state, above]) + "\n" + lines_text(content.lines)


class Receipt(NamedTuple):
    """A receipt that is as its giver signed it. `content` is None where it is closed for others; `id` names it."""

    id: str
    head: ReceiptHead
    content: Content | None


def is_receipt(path: Path) -> bool:
    """Whether a file says it is a receipt, of whatever version."""
    try:
        with path.open("rb") as file:
            return file.read(16) == MAGIC[:16]
    except OSError:
        return False


def read_receipt(
    path: Path, sealing_keys: Iterable[SealingKey], name: str = "", check: Callable[[ReceiptHead], object] = lambda _head: None
) -> Receipt:
    """Read a receipt. Raises BadInput when it is none, newer, or not as its giver signed it.

    `check` is asked before anything is opened: a key to sign with anybody can make, and what unfolds may be large.
    """
    name = name or path.name
    try:
        with path.open("rb") as file:
            return _read(file, {key.public: key.private for key in sealing_keys}, check)
    except OSError as problem:
        raise BadInput(f"打不开回执 {name}。", reason="unreadable_file", hint="请检查路径和 U 盘。") from problem
    except (ValueError, TypeError, RecursionError, zlib.error) as problem:
        raise BadInput(f"回执 {name} 已损坏或被改动，没有理会；已经发出的数据都还在。", reason="damaged_pack",
                       hint="请重新拷贝；拷不到的，照常再做一个数据包即可。") from problem  # fmt: skip


def _read(file: BinaryIO, private: dict[str, str], check: Callable[[ReceiptHead], object]) -> Receipt:
    front = SignedFront(file, MAGIC, "回执")
    head, letters, size, told_digest = _read_head(front.line(LONGEST_HEAD))
    front.read_letters(letters, private)
    named = front.check(head.given_by)
    check(head)
    closed = file.read(size + 1)
    if len(closed) != size or hashlib.sha256(closed).hexdigest() != told_digest:
        raise ValueError("what is held is not as its giver signed it")
    key = front.opened()
    return Receipt(named, head, None if key is None else _opened(key, closed))


def _read_head(line: bytes) -> tuple[ReceiptHead, int, int, str]:
    told = json.loads(line.decode())
    if not isinstance(told, dict) or {name: type(value) for name, value in told.items()} != _HEAD:
        raise ValueError("not a head")
    if (
        not 0 < told["number"] <= LARGEST
        or not 0 <= told["size"] <= _LARGEST_FILE
        or len(told["succeeds"]) not in {0, 2}
        or not all(isinstance(part, str) for part in told["succeeds"])
    ):
        raise ValueError("a number that cannot be, or no succession")
    head = ReceiptHead(told["campaign"], told["by"], told["at"], told["answers"], told["number"], tuple(told["succeeds"]))
    return head, told["letters"], told["size"], told["digest"]


def _opened(key: bytes, closed: bytes) -> Content:
    """What is held. Raises ValueError, TypeError, zlib.error for what no program of ours has written."""
    loosen = zlib.decompressobj()
    text = loosen.decompress(b"".join(opened_chunks(key, 0, len(closed), BytesIO(closed).read)), _MOST_TEXT)
    if not loosen.eof:
        raise ValueError("too long, or cut short")
    first, _, lines = text.decode().partition("\n")
    told, since, state, above = json.loads(first)
    counts = {str(name): int(count) for name, count in dict(told).items()}
    return Content(counts, str(since), str(state), read_lines(lines), [_above(each) for each in above])


def _above(told: Any) -> HeldAbove:
    scope, writer, key, number, points, signature = told
    if not 0 < int(number) <= LARGEST:
        raise ValueError("a number that cannot be")
    return HeldAbove(Stream(str(scope), str(writer)), "", str(key), int(number), read_points(points), str(signature))
