"""What stands in front of a pack, readable to whoever finds it: head, table, letters, signature (docs/formats.md#packs).

Every line is one JSON list or object in canonical form. The head is signed by whoever made the pack: one altered byte of it, and
nothing of the pack can be trusted.
"""

from __future__ import annotations

import hmac
import json
from typing import Any, NamedTuple

from campmgr.clock import LARGEST
from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream

MAGIC = b"campmgr pack 1\n"
LONGEST_HEAD = 1 << 20
LONGEST_ROW = 1 << 10
LONGEST_LETTER = 1 << 23
"""Bytes of a line; what is longer is not read."""

_HEAD = {"answers": (str, type(None)), "at": str, "by": str, "campaign": str, "for": list, "letters": int, "segments": int}


EVERY_SCOPE, SECRET_OF, HEARD = "*", "secret/", "heard/"
"""What a line of a letter is for, beside the key of a scope: the key of all scopes, the secret of a unit (facts/secret.py), and the
mark of a receipt of the receiver's that is here, the newest first.
"""


class PackHead(NamedTuple):
    """Whose camp, made by whom (public key), for which nodes, when; which pack it answers (None: none)."""

    campaign: str
    made_by: str
    made_for: tuple[str, ...]
    made_at: str
    answers: str | None = None


class PackRow(NamedTuple):
    """One segment in the table: its stream, first and last number, and size and SHA-256 of its closed bytes."""

    stream: Stream
    start: int
    end: int
    size: int
    digest: str

    @property
    def length(self) -> int:
        """How many facts it has."""
        return self.end - self.start + 1


def head_line(head: PackHead, segments: int, letters: int) -> bytes:
    """The head, with how many rows and letters follow."""
    told = {"answers": head.answers, "at": head.made_at, "by": head.made_by, "campaign": head.campaign, "for": list(head.made_for),
            "letters": letters, "segments": segments}  # fmt: skip
    return _line(told)


def row_line(row: PackRow) -> bytes:
    """A row of the table."""
    return _line([*row.stream, *row[1:]])


def letter_line(sealing_key: str, closed: bytes) -> bytes:
    """Keys of segments, closed for one receiver."""
    return _line([sealing_key, closed.hex()])


def signature_line(signature: str) -> bytes:
    """The maker's signature over everything before it."""
    return _line([signature])


def read_head(line: bytes) -> tuple[PackHead, int, int]:
    """The head, how many rows and how many letters. Raises ValueError."""
    told = _told(line)
    if not isinstance(told, dict) or told.keys() != _HEAD.keys():
        raise ValueError("not a head")
    if any(type(told[name]) not in (sort if isinstance(sort, tuple) else (sort,)) for name, sort in _HEAD.items()):
        raise ValueError("a field of another type")
    if not all(isinstance(node, str) for node in told["for"]):
        raise ValueError("not a node")
    head = PackHead(told["campaign"], told["by"], tuple(told["for"]), told["at"], told["answers"])
    return head, told["segments"], told["letters"]


def read_row(line: bytes) -> PackRow:
    """A row of the table. Raises ValueError."""
    told = _told(line)
    if not isinstance(told, list) or [type(part) for part in told] != [str, str, int, int, int, str]:
        raise ValueError("not a row")
    scope, writer, start, end, size, digest = told
    if not (1 <= start <= end <= LARGEST and 0 <= size <= LARGEST):
        raise ValueError("a number that cannot be")
    return PackRow(Stream(scope, writer), start, end, size, digest)


def read_letter(line: bytes) -> tuple[str, bytes]:
    """For which key, and what is closed. Raises ValueError."""
    told = _told(line)
    if not isinstance(told, list) or [type(part) for part in told] != [str, str]:
        raise ValueError("not a letter")
    return told[0], bytes.fromhex(told[1])


def read_signature(line: bytes) -> str:
    """The signature, as it was written: it is the one line that nothing else proves. Raises ValueError."""
    told = _told(line)
    if not isinstance(told, list) or [type(part) for part in told] != [str]:
        raise ValueError("not a signature")
    signature = bytes.fromhex(told[0]).hex()
    if signature_line(signature) != line:
        raise ValueError("a signature in other letters")
    return signature


def signed_text(digest: str) -> str:
    """What the maker signs: the SHA-256 of all lines before the signature."""
    return canonical(["campmgr-pack", digest])


def bound_text(digest: str) -> str:
    """What letters are bound to: the SHA-256 of head and table."""
    return canonical(["campmgr-pack-letter", digest])


def scope_key(content_key: bytes, scope: str) -> bytes:
    """The key of a scope's segments: whoever has the content key has all, others are given those they may read."""
    return hmac.digest(content_key, scope.encode(), "sha256")


def _line(value: object) -> bytes:
    return canonical(value).encode() + b"\n"


def _told(line: bytes) -> Any:
    """A line's value, of texts that could be stored. Raises ValueError."""
    try:
        told = json.loads(line.decode())
    except RecursionError as problem:
        raise ValueError("too deep") from problem
    canonical(told).encode()
    return told
