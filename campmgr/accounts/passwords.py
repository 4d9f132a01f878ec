"""Passwords: hashed by werkzeug with scrypt, whose parameters stand in the hash, so that they can grow without a new password."""

from __future__ import annotations

from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

from campmgr.errors import BadInput
from campmgr.wording import normal

SHORTEST, LONGEST = 8, 200
_WORN = {"12345678", "123456789", "1234567890", "87654321", "11111111", "88888888", "00000000", "password", "qwertyui", "abc12345",
         "a1234567", "12341234", "66666666", "qwer1234", "1q2w3e4r", "iloveyou"}  # fmt: skip

USUAL = "scrypt:32768:8:3"
"""What one guess costs: 32 MB, and about a quarter of a second on an office laptop."""


def check_password(password: str, login: str) -> str:
    """A new password in the form that is hashed. Raises BadInput "weak_password"."""
    tidy = normal(password)
    if len(tidy) < SHORTEST:
        raise BadInput(f"密码至少 {SHORTEST} 个字符。", reason="weak_password", hint="可以用几个不相干的词连起来。")
    if len(tidy) > LONGEST:
        raise BadInput(f"密码最多 {LONGEST} 个字符。", reason="too_long")
    if tidy.casefold() in _WORN or tidy.casefold() == login or len(set(tidy)) < 3:
        raise BadInput("这个密码太容易猜到。", reason="weak_password", hint="请换一个，不要与登录名相同。")
    return tidy


def hash_password(password: str, cost: str = USUAL) -> str:
    """A password as stored: method with its parameters, salt, hash."""
    return generate_password_hash(_utf8(password), cost)


def password_fits(password: str, stored: str, cost: str = USUAL) -> bool:
    """Whether a typed password is the stored one; False where none is stored, after the same time."""
    typed = _utf8(normal(password)[:LONGEST])
    return check_password_hash(stored or _nobodys(cost), typed) and bool(stored)


@cache
def _nobodys(cost: str) -> str:
    return hash_password("nobody has this one", cost)


def _utf8(password: str) -> str:
    """Lone surrogates cannot be hashed; a browser sends none."""
    return password.encode("utf-8", "replace").decode()
