"""Passwords: kept as scrypt hashes with their parameters, so that these can grow without anybody choosing a new one."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from unicodedata import normalize

from campmgr.errors import BadInput
from campmgr.ids import random_id

SHORTEST, LONGEST = 8, 200
_WORN = {"12345678", "123456789", "1234567890", "87654321", "11111111", "88888888", "00000000", "password", "qwertyui", "abc12345",
         "a1234567", "12341234", "66666666", "qwer1234", "1q2w3e4r", "iloveyou"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: 128 · n · r bytes of memory, p times over."""

    n: int = 2**15
    r: int = 8
    p: int = 3


USUAL = Cost()
"""32 MB, and about a quarter of a second on an office laptop."""


def check_password(password: str, login: str) -> str:
    """A new password in the form that is hashed. Raises BadInput "weak_password"."""
    tidy = normalize("NFKC", password)
    if len(tidy) < SHORTEST:
        raise BadInput(f"密码至少 {SHORTEST} 个字符。", reason="weak_password", hint="可以用几个不相干的词连起来。")
    if len(tidy) > LONGEST:
        raise BadInput(f"密码最多 {LONGEST} 个字符。", reason="too_long")
    if tidy.casefold() in _WORN or tidy.casefold() == login or len(set(tidy)) < 3:
        raise BadInput("这个密码太容易猜到。", reason="weak_password", hint="请换一个，不要与登录名相同。")
    return tidy


def hash_password(password: str, cost: Cost = USUAL) -> str:
    """A password as stored: scrypt$n$r$p$salt$hash."""
    salt = random_id()
    return f"scrypt${cost.n}${cost.r}${cost.p}${salt}${_scrypt(password, salt, cost)}"


def password_fits(password: str, stored: str) -> bool:
    """Whether a typed password is the stored one; False where none was chosen yet."""
    parts = stored.split("$")
    if len(parts) != 6 or parts[0] != "scrypt":
        return False
    cost = Cost(*map(int, parts[1:4]))
    return hmac.compare_digest(_scrypt(normalize("NFKC", password)[:LONGEST], parts[4], cost), parts[5])


def _scrypt(password: str, salt: str, cost: Cost) -> str:
    memory = 128 * cost.r * (cost.n + cost.p + 2) + 1024 * 1024
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=bytes.fromhex(salt), n=cost.n, r=cost.r, p=cost.p,
                          maxmem=memory).hex()  # fmt: skip
