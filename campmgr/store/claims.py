"""What only one process does at a time, told by a lock that ends with whoever holds it, however that ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campmgr.disk import make_folder
from campmgr.errors import Trouble


@contextmanager
def claimed(path: Path) -> Iterator[bool]:
    """Hold the lock of this file while the block runs; False where somebody else does. Raises Trouble."""
    try:
        make_folder(path.parent)
        connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as problem:
        raise Trouble(f"{path.parent} 写不进去，没有开始。", hint="请检查文件夹的权限和磁盘空间。") from problem
    mine = False
    try:
        with suppress(sqlite3.OperationalError):
            connection.execute("begin exclusive")
            mine = True
        yield mine
    finally:
        connection.close()
        if mine:
            with suppress(OSError):
                path.unlink()


def is_claimed(path: Path) -> bool:
    """Whether somebody holds the lock of this file at this moment."""
    if not path.is_file():
        return False
    with claimed(path) as mine:
        return not mine
