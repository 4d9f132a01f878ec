"""Logging in and out: attempts are counted before the password is looked at, and only the hash of a browser's token is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from campmgr.accounts import done_acts, local, throttle, unsaved
from campmgr.accounts.governing import tidy_login
from campmgr.accounts.local import AccountRow, DeviceRow
from campmgr.accounts.passwords import USUAL, password_fits
from campmgr.accounts.queries import UNWRITTEN_DEVICES, Account, account_of
from campmgr.accounts.throttle import Delay, Limit, named
from campmgr.clock import utc_text
from campmgr.errors import BadInput, Busy, TooMany, Trouble
from campmgr.ids import random_id, sha256
from campmgr.store.door import Store, Writer

STRANGERS = Delay(free=5, first=15, most=15 * 60)
"""Against a log-in name, in browsers where its owner has not been yet."""

PER_ADDRESS = Limit(60, timedelta(minutes=15))
"""From one address; a whole school may share one."""

KEPT, UNKEPT = timedelta(days=30), timedelta(hours=12)
"""How long a log-in lasts after the browser was last seen: on one's own machine, on a shared one."""

KNOWN = timedelta(days=180)
"""How long a browser is known in which somebody logged in."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Who is in, and what their browser gets: the token of this log-in, and the one by which it is known from now on."""

    account: Account
    token: str
    known: str


@dataclass(frozen=True, slots=True)
class From:
    """Where a log-in comes from: the address, what the browser calls itself, and the token by which it is known ("" for none)."""

    address: str
    label: str
    known: str = ""


def log_in(store: Store, login: str, password: str, where: From, *, kept: bool = False, cost: str = USUAL) -> Entered:
    """Let somebody in by name and password. Raises BadInput "wrong_password", TooMany.

    Takes the store, not a handle: the slow hash is made while nobody waits for the writing connection. A name that nobody has takes
    as long as a wrong password. A stranger's failures make strangers wait, not a browser where the owner has been.
    """
    name = tidy_login(login)
    with store.reading() as r:
        row = local.account_of_login(r, name)
        is_known = row is not None and bool(where.known) and local.is_known_browser(r, sha256(where.known), row.account)
    guessed = named("known browser", where.known + name) if is_known else named("account", name)
    shared = () if is_known else (named("address", where.address),)
    try:
        with store.writing() as w:
            throttle.count(w, guessed, STRANGERS)
            for each in shared:
                throttle.count(w, each, PER_ADDRESS)
    except Busy:
        raise
    except Trouble:
        _count_unwritten(store, guessed)
    if not password_fits(password, row.password if row else "", cost) or row is None or not row.active:
        raise BadInput("登录名或密码不对。", reason="wrong_password", hint="请检查大小写；忘记密码请联系上级组织方重设。")
    try:
        with store.writing() as w:
            throttle.succeeded(w, guessed=guessed, shared=shared)
            return enter(w, account_of(row), where, kept=kept)
    except Busy:
        raise
    except Trouble:
        return _entered_unwritten(store, account_of(row), where)


_UNWRITTEN = "failed log-ins that could not be written"
_MOST_UNWRITTEN = 20
"""Failures of a name for as long as the program runs, where the disk takes nothing: then nobody waits, and nobody goes on."""


def _count_unwritten(store: Store, guessed: str) -> None:
    """Count a failure in memory. Raises TooMany."""
    counts = cast("dict[str, int]", store.memory.setdefault(_UNWRITTEN, {}))
    counts[guessed] = counts.get(guessed, 0) + 1
    if counts[guessed] > _MOST_UNWRITTEN:
        raise TooMany("尝试次数太多。", hint="磁盘已满，登录次数记不下来；请先腾出空间，再试一次。")


def _entered_unwritten(store: Store, account: Account, where: From) -> Entered:
    """A log-in that lasts while the program runs: who must make room on a full disk has to get in."""
    token, now = random_id(), store.clock.now()
    at = utc_text(now)
    device = DeviceRow(random_id(), sha256(token), account.account, where.label, 0, at, at, utc_text(now + UNKEPT))
    cast("dict[str, DeviceRow]", store.memory.setdefault(UNWRITTEN_DEVICES, {}))[device.token_hash] = device
    return Entered(account, token, where.known or random_id())


def check_present_password(store: Store, row: AccountRow, password: str) -> bool:
    """Whether somebody who is logged in knows their password; guessed as slowly as at the log-in. Raises TooMany."""
    guessed = named("present password", row.account)
    with store.writing() as w:
        throttle.count(w, guessed, STRANGERS)
    if not password_fits(password, row.password):
        return False
    with store.writing() as w:
        throttle.succeeded(w, guessed=guessed)
    return True


def enter(w: Writer, account: Account, where: From, *, kept: bool) -> Entered:
    """Log a browser in, and know it from now on, by the token it has or a new one."""
    return Entered(account, open_device(w, account.account, where.label, kept=kept), _known(w, account.account, where.known))


def _known(w: Writer, account: str, token: str) -> str:
    known = token or random_id()
    now = w.clock.now()
    local.forget_browsers(w, account, utc_text(now - KNOWN))
    local.know_browser(w, sha256(known), account, utc_text(now))
    return known


def open_device(w: Writer, account: str, label: str, *, kept: bool) -> str:
    """Log a browser in; its token, of which only the hash is kept."""
    token, now = random_id(), w.clock.now()
    unsaved.drop_old(w)
    done_acts.drop_old(w)
    local.drop_ended(w, utc_text(now), utc_text(now - timedelta(days=2)))
    ends = utc_text(now + (KEPT if kept else UNKEPT))
    at = utc_text(now)
    local.add_device(w, DeviceRow(random_id(), sha256(token), account, label, int(kept), at, at, ends))
    local.note_log_in(w, account, at)
    return token


def touch(w: Writer, device: DeviceRow) -> None:
    """Note that a browser was here, which puts off the end of its log-in."""
    now = w.clock.now()
    local.touch_device(w, device.device, utc_text(now), utc_text(now + (KEPT if device.kept else UNKEPT)))


def close_device(w: Writer, account: str, device: str) -> int:
    """Log one browser of an account out; how many that were."""
    return local.drop_device(w, account, device)
