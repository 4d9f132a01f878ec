"""The list of certificates that no longer hold, signed, in parts that each fit a QR code and prove themselves.

    version 2 | camp 4 | signer's key 6 | as of 4 | part 2 | of parts 2 | entries | signature 64 | check 2

An entry is a number in 75 bits under 5 bits of state, and for a superseded one the number that stands instead behind it. `as of` is
minutes since 2000-01-01 UTC. Text, check and what the signature covers are those of `areas/certificates/proof/statement`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from campmgr.areas.certificates.proof.statement import NotAStatement, check_of, from_text, to_text
from campmgr.clock import parse_instant, utc_text
from campmgr.ids import certificate_number_of, certificate_number_value
from campmgr.ledger.seal import KeyPair, sign, signed, writer_of

VERSION = 2
STATES = ("revoked", "superseded", "stands")
"""`stands`: issued by a device that was revoked later, and known to be from before."""

MOST_BYTES = 360
"""Of one part, signature and all: 480 characters, a code of 85 modules that a phone reads from 60 mm of paper."""

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_HEAD, _SIGNATURE, _CHECK, _NUMBER = 19, 64, 2, 10


class RevokedEntry(NamedTuple):
    """A number, its state, and the number that stands instead; ""."""

    number: str
    state: str
    instead: str = ""


class SignedPart(NamedTuple):
    """One part of a list. `campaign` and `key` are the beginnings of their ids, `as_of` an instant in its stored form."""

    campaign: str
    key: str
    as_of: str
    part: int
    parts: int
    entries: tuple[RevokedEntry, ...]
    signature: str = ""


def list_texts(key: KeyPair, campaign: str, as_of: str, entries: Iterable[RevokedEntry]) -> list[str]:
    """The list in as few parts as hold it, an empty one in one; the same list at the same minute gives the same texts."""
    runs = list(_runs(sorted(entries)))
    made = []
    for place, run in enumerate(runs, 1):
        said = SignedPart(campaign[:8], writer_of(key.public)[:12], as_of, place, len(runs), tuple(run))
        whole = _content(said) + bytes.fromhex(sign(key, _message(campaign, said)))
        made.append(to_text(whole + check_of(whole)))
    return made


def decode_part(text: str) -> SignedPart:
    """The part of a text. Raises NotAStatement for anything that `list_texts` would not have written."""
    data = from_text(text)
    whole, check = data[:-_CHECK], data[-_CHECK:]
    if len(data) < _HEAD + _SIGNATURE + _CHECK or data[0] != VERSION or check != check_of(whole):
        raise NotAStatement("length, version or check")
    content = whole[:-_SIGNATURE]
    try:
        said = _read(content, whole[-_SIGNATURE:].hex())
        if _content(said) != content or not 1 <= said.part <= said.parts:
            raise NotAStatement("another spelling of it")
    except (ValueError, IndexError, OverflowError) as problem:
        raise NotAStatement("its entries") from problem
    return said


def part_holds(public: str, campaign: str, said: SignedPart) -> bool:
    """Whether the signature is this key's, for this very camp."""
    if not campaign.startswith(said.campaign) or not writer_of(public).startswith(said.key):
        return False
    return signed(public, _message(campaign, said), said.signature)


def _runs(entries: list[RevokedEntry]) -> Iterator[list[RevokedEntry]]:
    run: list[RevokedEntry] = []
    room = MOST_BYTES - _HEAD - _SIGNATURE - _CHECK
    for entry in entries:
        size = len(_entry_bytes(entry))
        if size > room:
            yield run
            run, room = [], MOST_BYTES - _HEAD - _SIGNATURE - _CHECK
        run.append(entry)
        room -= size
    yield run


def _entry_bytes(entry: RevokedEntry) -> bytes:
    marked = STATES.index(entry.state) << 75 | certificate_number_value(entry.number)
    instead = certificate_number_value(entry.instead).to_bytes(_NUMBER, "big") if entry.state == "superseded" else b""
    return marked.to_bytes(_NUMBER, "big") + instead


def _content(said: SignedPart) -> bytes:
    minutes = int((parse_instant(said.as_of) - _FIRST).total_seconds()) // 60
    head = bytes([VERSION]) + bytes.fromhex(said.campaign) + bytes.fromhex(said.key) + minutes.to_bytes(4, "big")
    head += said.part.to_bytes(2, "big") + said.parts.to_bytes(2, "big")
    return head + b"".join(map(_entry_bytes, said.entries))


def _message(campaign: str, said: SignedPart) -> str:
    return f"campmgr-revocations {campaign} {_content(said).hex()}"


def _read(content: bytes, signature: str) -> SignedPart:
    as_of = utc_text(_FIRST + timedelta(minutes=int.from_bytes(content[11:15], "big")))
    entries, at = [], _HEAD
    while at < len(content):
        marked, at = int.from_bytes(content[at : at + _NUMBER], "big"), at + _NUMBER
        state, instead = STATES[marked >> 75], ""
        if state == "superseded":
            instead, at = certificate_number_of(int.from_bytes(content[at : at + _NUMBER], "big")), at + _NUMBER
        entries.append(RevokedEntry(certificate_number_of(marked), state, instead))
    return SignedPart(content[1:5].hex(), content[5:11].hex(), as_of, int.from_bytes(content[15:17], "big"),
                    int.from_bytes(content[17:19], "big"), tuple(entries), signature)  # fmt: skip
