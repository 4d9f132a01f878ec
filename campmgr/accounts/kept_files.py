"""Files that people sent, and that were made for them: in the state folder, each account's apart, for a day at most.

They hold names, so they go by the clock, with their account, and whenever somebody's personal details are erased: no file says
whose names stand in it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from campmgr.clock import SystemClock
from campmgr.config import state_folder

KEPT_SECONDS = 24 * 3600

_SORTS = ("uploads", "jobs", "passing")


def uploads_of(account: str) -> Path:
    """Where lists wait between preview and import."""
    return state_folder() / "uploads" / account


def jobs_of(account: str) -> Path:
    """Where notes of long work stand, and the files it made."""
    return state_folder() / "jobs" / account


def passing_of(writer: str, node: str) -> Path:
    """Where files lie that are on their way between a data file (by its writer) and another laptop, over the network."""
    return state_folder() / "passing" / f"{writer}-{node}"


def sweep() -> None:
    """Delete what is older than a day by this machine; also what a clock that was wrong dates a day ahead."""
    now = SystemClock().now()
    for each in _all():
        with suppress(OSError):
            if abs(now.timestamp() - each.stat().st_mtime) > KEPT_SECONDS:
                _delete(each)


def forget_account(account: str) -> None:
    """Delete all that was kept for an account."""
    for sort in _SORTS:
        shutil.rmtree(state_folder() / sort / account, ignore_errors=True)


def forget_all() -> None:
    """Delete all of every account: somebody's details were erased, and their name may stand in any of it."""
    for each in _all():
        _delete(each)


def _all() -> Iterator[Path]:
    for sort in _SORTS:
        yield from (state_folder() / sort).glob("*/*")


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
