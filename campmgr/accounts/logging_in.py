"""Logging in and out: attempts are counted before the password is looked at, and only the hash of a browser's token is kept."""

from __future__ import annotations

from datetime import timedelta

from campmgr.accounts import local
from campmgr.accounts.governing import tidy_login
from campmgr.accounts.local import DeviceRow
from campmgr.accounts.passwords import USUAL, Cost, hash_password, password_fits
from campmgr.accounts.queries import Account, account_of
from campmgr.clock import utc_text
from campmgr.errors import BadInput, TooMany
from campmgr.ids import random_id, sha256
from campmgr.store.door import Store, Writer

PER_ACCOUNT, PER_ADDRESS = 8, 60
"""Failed attempts within the window: for one log-in name, and from one address (a whole school may share one)."""

WINDOW = timedelta(minutes=15)
KEPT, UNKEPT = timedelta(days=30), timedelta(hours=12)
"""How long a log-in lasts after the browser was last seen: on one's own machine, on a shared one."""


def log_in(
    store: Store, login: str, password: str, *, address: str, label: str, kept: bool = False, cost: Cost = USUAL
) -> tuple[Account, str]:
    """The account and the new browser's token. Raises BadInput "wrong_password", TooMany.

    Takes the store, not a handle: the slow hash is made while nobody waits for the writing connection.
    """
    name = tidy_login(login)
    sources = (sha256(f"account:{name}"), sha256(f"address:{address}"))
    with store.writing() as w:
        _count(w, sources)
        row = local.account_of_login(w, name)
    stored = row.password if row and row.password else hash_password("nobody", cost)
    if not password_fits(password, stored) or row is None or not row.active:
        raise BadInput("登录名或密码不对。", reason="wrong_password", hint="请检查大小写；忘记密码请联系上级组织方重设。")
    with store.writing() as w:
        local.drop_attempts(w, sources[0])
        local.forgive_attempt(w, sources[1])
        return account_of(row), open_device(w, row.account, label, kept=kept)


def _count(w: Writer, sources: tuple[str, str]) -> None:
    """Count an attempt against the log-in name and the address. Raises TooMany, and then nothing is counted."""
    now = w.clock.now()
    since = utc_text(now - WINDOW)
    for source, limit in zip(sources, (PER_ACCOUNT, PER_ADDRESS), strict=True):
        if local.add_attempt(w, source, since, utc_text(now)) > limit:
            raise TooMany(
                "登录尝试太多，请稍后再试。", hint=f"请等 {int(WINDOW.total_seconds()) // 60} 分钟，或请上级组织方重设密码。"
            )


def open_device(w: Writer, account: str, label: str, *, kept: bool) -> str:
    """Log a browser in; its token, of which only the hash is kept."""
    token, now = random_id(), w.clock.now()
    local.drop_ended(w, utc_text(now), utc_text(now - WINDOW))
    ends = utc_text(now + (KEPT if kept else UNKEPT))
    at = utc_text(now)
    local.add_device(w, DeviceRow(random_id(), sha256(token), account, label, int(kept), at, at, ends))
    return token


def touch(w: Writer, device: DeviceRow) -> None:
    """Note that a browser was here, which puts off the end of its log-in."""
    now = w.clock.now()
    local.touch_device(w, device.device, utc_text(now), utc_text(now + (KEPT if device.kept else UNKEPT)))


def close_device(w: Writer, account: str, device: str) -> int:
    """Log one browser of an account out; how many that were."""
    return local.drop_device(w, account, device)
