"""A file closed by a passphrase: for a key that the passphrase makes, so that whoever closes needs its public half alone.

First a line that says what it is, then one of JSON (the lock, the letter with the content's key), then the content in chunks.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from campmgr.disk import close_to_others
from campmgr.errors import BadInput, NotFound, Trouble
from campmgr.ids import canonical, random_id, random_key
from campmgr.ledger.chunks import ChunkWriter, opened_chunks
from campmgr.ledger.hpke import SealingKey, close_for, open_with, sealing_key_from
from campmgr.wording import normal

_MAGIC = b"campmgr sealed file 1\n"
_BLOCK = 1 << 20
_LONGEST = 1 << 12
_COST = {"n": 1 << 15, "r": 8, "p": 1}
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Lock:
    """The public half of a passphrase's key, and what makes it of the passphrase."""

    public: str
    salt: str
    n: int
    r: int
    p: int


def new_lock(passphrase: str) -> Lock:
    """The lock of a passphrase. Raises BadInput "weak_password"."""
    if len(normal(passphrase).strip()) < _SHORTEST:
        raise BadInput(f"口令至少要 {_SHORTEST} 个字。", reason="weak_password", hint="请写一句只有您记得的话，并抄下来放好。")
    salt = random_id()
    lock = Lock("", salt, **_COST)
    return Lock(_key(lock, passphrase).public, salt, **_COST)


def _key(lock: Lock, passphrase: str) -> SealingKey:
    told = normal(passphrase).strip().encode()
    made = hashlib.scrypt(told, salt=bytes.fromhex(lock.salt), n=lock.n, r=lock.r, p=lock.p, maxmem=1 << 27, dklen=32)
    return sealing_key_from(made)


def is_sealed(path: Path) -> bool:
    """Whether a file is closed by a passphrase. Raises NotFound."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError as problem:
        raise NotFound(f"没有找到文件 {path.name}。", reason="no_data_file", hint="请核对文件名。") from problem


def seal(source: Path, target: Path, lock: Lock) -> bytes:
    """Write a file closed; the key of its content, for looking through it. Raises OSError."""
    key, size = bytes.fromhex(random_key()), _closed_size(source.stat().st_size)
    letter = close_for(lock.public, key, _bound(lock, size)).hex()
    with target.open("wb") as file:
        close_to_others(target)
        file.write(_MAGIC + canonical({"lock": asdict(lock), "letter": letter, "size": size}).encode() + b"\n")
        chunks = ChunkWriter(key, 0, file.write)
        with source.open("rb") as plain:
            while block := plain.read(_BLOCK):
                chunks.add(block)
        chunks.end()
        file.flush()
        os.fsync(file.fileno())
    return key


def _closed_size(size: int) -> int:
    """What `ChunkWriter` makes of so many bytes: 16 more for each chunk of 64 KiB, of which there is one at least."""
    return size + 16 * max(1, -(-size // (1 << 16)))


def sum_with(path: Path, key: bytes) -> str:
    """The SHA-256 of a closed file's content, read back from the disk. Raises Trouble for a damaged one."""
    total = hashlib.sha256()
    for chunk in _content(path, key):
        total.update(chunk)
    return total.hexdigest()


def unseal(path: Path, target: Path, passphrase: str) -> None:
    """Open a closed file into another. Raises BadInput "wrong_password", Trouble for a damaged one."""
    if not passphrase.strip():
        raise BadInput("这份备份是用口令封好的。", reason="wrong_password", hint="请填封它时用的口令。")
    lock, letter, size, _ = _head(path)
    try:
        made = _key(lock, passphrase)
    except (ValueError, TypeError, OverflowError) as problem:  # a lock that is none
        raise _damaged(path) from problem
    key = open_with(made.private, letter, _bound(lock, size))
    if key is None:
        raise BadInput("口令不对。", reason="wrong_password", hint="请核对封这份备份时用的口令；以后改过口令的，旧备份仍用旧口令。")
    with target.open("wb") as file:
        close_to_others(target)
        for chunk in _content(path, key):
            file.write(chunk)


def _bound(lock: Lock, size: int) -> str:
    return canonical(["campmgr-sealed-file", asdict(lock), size])


def _head(path: Path) -> tuple[Lock, bytes, int, int]:
    """Lock, letter, closed size, and where the content begins. Raises Trouble."""
    try:
        with path.open("rb") as file:
            file.seek(len(_MAGIC))
            told = json.loads(file.readline(_LONGEST))
            return _lock(**told["lock"]), bytes.fromhex(told["letter"]), int(told["size"]), file.tell()
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
        raise _damaged(path) from problem


def _lock(public: str, salt: str, n: int, r: int, p: int) -> Lock:
    """A lock that costs no more than ours may: what a file says must not take all memory. Raises ValueError."""
    if max(n >> 18, r >> 4, p >> 2) > 0:
        raise ValueError("a lock that is no lock of ours")
    return Lock(public, salt, n, r, p)


def _content(path: Path, key: bytes) -> Iterator[bytes]:
    _, _, size, at = _head(path)
    try:
        with path.open("rb") as file:
            file.seek(at)
            yield from opened_chunks(key, 0, size, file.read)
            if file.read(1):
                raise _damaged(path)
    except (OSError, ValueError) as problem:
        raise _damaged(path) from problem


def _damaged(path: Path) -> Trouble:
    return Trouble(f"备份 {path.name} 已损坏，打不开。", reason="damaged_data_file", hint="请换一份备份文件。")
