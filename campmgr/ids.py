"""Identities: hashes, random ids, and the short codes people type, with check characters."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from campmgr.wording import name_key

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False)
_encode = _ENCODER.encode
_made = getattr(json.encoder, "c_make_encoder", None)
_pieces: Callable[[Any, int], tuple[str, ...]] | None = None
if _made is not None:  # what `encode` makes anew at every call, and several times for every fact: sorted, no floats that are none
    _pieces = _made(None, _ENCODER.default, json.encoder.encode_basestring, None, ":", ",", *(True, False, False))

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I L O U, nothing to mistake in print
_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def canonical(value: Any) -> str:
    """The one text form that is hashed: JSON with sorted keys, compact, unescaped. Integers only, no floats."""
    return _encode(value) if _pieces is None or isinstance(value, str) else "".join(_pieces(value, 0))


def sha256(text: str | bytes) -> str:
    """SHA-256 as 64 hex digits; text is UTF-8 (a lone surrogate keeps its bytes, so nothing that was read gets lost)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text).hexdigest()


def hash_id(*parts: Any) -> str:
    """A 128-bit id, the same on every node, from what the thing is."""
    return sha256(canonical(parts))[:32]


def random_id() -> str:
    """A 128-bit random id, 32 hex digits."""
    return secrets.token_hex(16)


def random_ids() -> Iterator[str]:
    """Such ids without end; the more are taken, the more of them the machine is asked for at once."""
    many = 1
    while True:
        drawn = secrets.token_hex(16 * many)
        yield from (drawn[at : at + 32] for at in range(0, 32 * many, 32))
        many = min(2 * many, 256)


def random_key() -> str:
    """A secret of 256 random bits, 64 hex digits."""
    return secrets.token_hex(32)


def random_token() -> str:
    """A secret for a link: 26 characters, 130 bits."""
    return "".join(secrets.choice(_BASE32) for _ in range(26))


def short_code() -> str:
    """A code to be typed where a camera fails: 7 random characters and a check character."""
    while True:
        text = "".join(secrets.choice(_BASE32) for _ in range(7))
        if (check := _check_character(text)) in _BASE32:  # nothing to mistake in the check character either
            return text + check


def is_short_code(text: str) -> bool:
    """Whether eight characters are what `short_code` gives: the check character fits."""
    return len(text) == 8 and all(each in _BASE32 for each in text) and text[-1] == _check_character(text[:-1])


@lru_cache(maxsize=2048)
def unit_id(above: str, code: str, name: str, nonce: str = "") -> str:
    """A unit's id: from the id of its parent at birth (of the root: the camp's), its code and its name as both were then.

    So two offices that import one list of divisions make the same units. Without a code, `nonce` (random) stands for it.
    Kept for a while: of a unit that comes in it is asked when its row is planned, and again when its word is read.
    """
    return hash_id("unit", above, code, name_key(name), nonce)


def person_id(unit: str, key: str, number: str, name: str) -> str:
    """The id of a person of this unit: keyed with its secret (64 hex digits), of 编号 and folded name as they were first given.

    Random where no 编号 was given, or where the data file holds no secret of the unit, "" (docs/ledger.md#ids).
    """
    if not key or not number:
        return born_in(unit, random_id())
    told = canonical(["person", number, name_key(name)]).encode()
    return born_in(unit, hmac.digest(bytes.fromhex(key), told, "sha256").hex())


def born_in(unit: str, told: str) -> str:
    """A person's id from 16 hex digits that are theirs, behind 16 that say in which unit they were first registered.

    So nobody elsewhere can claim to have registered them, whoever's id they came to know (docs/ledger.md#ids).
    """
    return hash_id("born in", unit)[:16] + told[:16]


def is_born_in(person: str, unit: str) -> bool:
    """Whether an id is that of somebody who was first registered in this unit."""
    return person[:16] == hash_id("born in", unit)[:16]


def person_code(person: str) -> str:
    """The minted code on cards: 14 digits and 2 check digits (ISO 7064 MOD 97-10), a function of the person's id."""
    digits = f"{int(sha256('code:' + person)[:24], 16) % 10**14:014d}"
    return digits + f"{98 - int(digits + '00') % 97:02d}"


def is_person_code(text: str) -> bool:
    """Whether 16 digits carry the right check digits."""
    return len(text) == 16 and text.isascii() and text.isdigit() and int(text) % 97 == 1


def roster_code() -> str:
    """A code for a sheet of paper: 8 random digits and 2 check digits (ISO 7064 MOD 97-10). Digits alone, since they come through
    a Chinese input method whole, from a scanner as from the number pad.
    """
    digits = f"{secrets.randbelow(10**8):08d}"
    return digits + f"{98 - int(digits + '00') % 97:02d}"


def is_roster_code(text: str) -> bool:
    """Whether 10 digits carry the right check digits."""
    return len(text) == 10 and text.isascii() and text.isdigit() and int(text) % 97 == 1


def certificate_number(campaign: str, person: str, edition: int) -> str:
    """A certificate's number: 15 characters and a check character, in groups of four.

    A function of camp, person and edition, so that two nodes that never met give the same number (docs/ledger.md#ids).
    """
    told: list[object] = [campaign, "certificate", person, edition]
    while True:
        number = certificate_number_of(int(sha256(canonical(told))[:20], 16))
        if number[-1] in _BASE32:  # nothing to mistake in the check character either
            return number
        told.append("again")


def certificate_number_of(value: int) -> str:
    """The number that the lowest 75 bits of a value stand for: what a signed statement carries instead of 19 characters."""
    text = "".join(_BASE32[value >> 5 * place & 31] for place in range(15))
    text += _check_character(text)
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def certificate_number_value(number: str) -> int:
    """The 75 bits of a number in its printed form. Raises ValueError for what is no number, or one we never give."""
    if [len(group) for group in number.split("-")] != [4] * 4 or not is_certificate_number(number):
        raise ValueError("not a certificate's number")
    value = 0
    for character in reversed(number.replace("-", "")[:15]):
        value = value << 5 | _BASE32.index(character)
    return value


def is_certificate_number(text: str) -> bool:
    """Whether a tidied number has the right form and check character; if not, it was mistyped."""
    bare = text.replace("-", "")
    return len(bare) == 16 and all(each in _BASE36 for each in bare) and bare[15] == _check_character(bare[:15])


def _check_character(text: str) -> str:
    """ISO 7064 MOD 37,36."""
    product = 36
    for character in text:
        product = (product + _BASE36.index(character)) % 36 or 36
        product = product * 2 % 37
    return _BASE36[(37 - product) % 36]
