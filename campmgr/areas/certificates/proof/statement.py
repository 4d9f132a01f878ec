"""What a certificate's QR code says and proves with no network: a few dozen bytes and an Ed25519 signature.

    version 1 | camp 4 | issuer's key 6 | how the name stands 5 bits, number 75 bits | class-hours 3 | issuing day 2
    | unit's id, unit's name, name: each a length and bytes, of texts UTF-8 | signature 64 | check 2

Numbers are big-endian; class-hours are hundredths, days are counted from 2000-01-01. Camp and key are the beginnings of their ids;
the signature covers the whole id of the camp. The check, the first bytes of the SHA-256 of all before, tells what was cut short or
mistyped from what a stranger signed. The text is base64url without padding, and stands behind the # of an address, so that
no browser ever sends it by itself. One certificate has one text: whatever decodes encodes to the same characters.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import date, timedelta
from typing import NamedTuple

from campmgr.ids import certificate_number_of, certificate_number_value, is_certificate_number
from campmgr.ledger.seal import KeyPair, sign, signed, writer_of
from campmgr.typed_codes import certificate_number_in, tidied

VERSION = 1
MODES = ("full", "masked", "none")
"""How the holder's name stands in it: in full, masked, or not at all."""

MOST_HUNDREDTHS = 2**24 - 1

_LONGEST_NUMBER = 60
"""A typed number with its groups; anything longer can only be a statement."""

_FIRST_DAY = date(2000, 1, 1)
_HEAD, _SIGNATURE, _CHECK = 26, 64, 2
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


class NotAStatement(ValueError):
    """The text is no statement: cut short, mistyped, altered, or something else altogether."""


class Statement(NamedTuple):
    """What was signed; `credited` in hundredths of a class-hour.

    `campaign` and `key` are 8 and 12 hex digits, `unit` the 32 of its id, `signature` 128.
    """

    campaign: str
    key: str
    number: str
    mode: str
    credited: int
    issued_on: str
    unit: str
    unit_name: str
    name: str
    signature: str = ""


def sign_statement(key: KeyPair, campaign: str, unsigned: Statement) -> Statement:
    """The statement as this key says it; signing the same twice gives the same bytes (Ed25519 is deterministic)."""
    said = unsigned._replace(campaign=campaign[:8], key=writer_of(key.public)[:12])
    return said._replace(signature=sign(key, _message(campaign, said)))


def statement_holds(public: str, campaign: str, said: Statement) -> bool:
    """Whether the signature is this key's, for this very camp."""
    if not campaign.startswith(said.campaign) or not writer_of(public).startswith(said.key):
        return False
    return signed(public, _message(campaign, said), said.signature)


def encode(said: Statement) -> str:
    """The text of a statement. Raises ValueError for what does not fit the form."""
    signature = bytes.fromhex(said.signature)
    if len(signature) != _SIGNATURE:
        raise ValueError("a signature of 64 bytes is missing")
    whole = _content(said) + signature
    return to_text(whole + check_of(whole))


def decode(text: str) -> Statement:
    """The statement of a text. Raises NotAStatement for anything that `encode` would not have written."""
    data = from_text(text)
    whole, check = data[:-_CHECK], data[-_CHECK:]
    if len(data) < _HEAD + 3 + _SIGNATURE + _CHECK or data[0] != VERSION or check != check_of(whole):
        raise NotAStatement("length, version or check")
    try:
        said = _read(whole[:-_SIGNATURE], whole[-_SIGNATURE:].hex())
        if encode(said) != text:
            raise NotAStatement("another spelling of it")
    except (ValueError, IndexError) as problem:
        raise NotAStatement("its fields") from problem
    return said


def scanned(text: str) -> tuple[str, str]:
    """What somebody scanned, pasted or typed: (a number in its printed form or "", a statement's text or "").

    An address of ours holds both, `…/c/<number>#<statement>`; blanks and line breaks that came in with copying go.
    """
    bare = "".join(tidied(text).split())
    address, mark, fragment = bare.partition("#")
    _, path, number = address.partition("/c/")
    if mark or path:
        return certificate_number_in(number), fragment
    number = certificate_number_in(text)
    is_long = len(bare) > _LONGEST_NUMBER
    return ("", bare) if is_long and (_ALPHABET.issuperset(bare) or not is_certificate_number(number)) else (number, "")


def to_text(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def from_text(text: str) -> bytes:
    """The bytes of base64url without padding. Raises NotAStatement; a text with stray bits at its end is refused too."""
    if not text or not _ALPHABET.issuperset(text) or len(text) % 4 == 1:
        raise NotAStatement("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_text(data) != text:
        raise NotAStatement("stray bits")
    return data


def check_of(data: bytes) -> bytes:
    """The check at the end."""
    return hashlib.sha256(data).digest()[:_CHECK]


def day_number(day: str) -> int:
    """A calendar day as days since 2000-01-01. Raises ValueError outside 2000 … 2179."""
    count = (date.fromisoformat(day) - _FIRST_DAY).days
    if not 0 <= count < 1 << 16:
        raise ValueError("a day outside the form")
    return count


def day_of(count: int) -> str:
    """The calendar day of a number."""
    return (_FIRST_DAY + timedelta(days=count)).isoformat()


def shortened(text: str, most: int) -> str:
    """A text of at most so many bytes of UTF-8: its end, behind an ellipsis, since a unit's own name stands last."""
    if len(text.encode()) <= most:
        return text
    while len(text.encode()) > most - 3:
        text = text[1:]
    return "…" + text


def _message(campaign: str, said: Statement) -> str:
    return f"campmgr-statement {campaign} {_content(said).hex()}"


def _content(said: Statement) -> bytes:
    """Everything that is signed."""
    marked = MODES.index(said.mode) << 75 | certificate_number_value(said.number)
    head = bytes([VERSION]) + bytes.fromhex(said.campaign) + bytes.fromhex(said.key) + marked.to_bytes(10, "big")
    head += said.credited.to_bytes(3, "big") + day_number(said.issued_on).to_bytes(2, "big")
    if len(head) != _HEAD:
        raise ValueError("the beginning of a camp's or key's id has another length")
    return head + b"".join(
        bytes([len(part)]) + part for part in (bytes.fromhex(said.unit), said.unit_name.encode(), said.name.encode())
    )


def _read(content: bytes, signature: str) -> Statement:
    marked = int.from_bytes(content[11:21], "big")
    parts, at = [], _HEAD
    for _ in range(3):
        end = at + 1 + content[at]
        parts.append(content[at + 1 : end])
        at = end
    if at != len(content):
        raise NotAStatement("something more behind it")
    unit, (unit_name, name) = parts[0].hex(), (part.decode() for part in parts[1:])
    credited, day = int.from_bytes(content[21:24], "big"), day_of(int.from_bytes(content[24:26], "big"))
    return Statement(content[1:5].hex(), content[5:11].hex(), certificate_number_of(marked), MODES[marked >> 75], credited, day,
                     unit, unit_name, name, signature)  # fmt: skip
