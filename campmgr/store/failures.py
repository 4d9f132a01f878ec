"""What SQLite complains of, in words: a full disk, a damaged file, another program that holds the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campmgr.errors import Trouble

_DAMAGED = ("{} 已损坏，或者不是本程序的数据文件。", "damaged_data_file", "请检查 --db 指明的文件；如确已损坏，请用备份恢复。")
_WORDS: dict[int, tuple[str, str, str]] = {
    sqlite3.SQLITE_BUSY: ("{} 正被另一个程序写入。", "trouble", "请稍后再试，或先关闭那个程序。"),
    sqlite3.SQLITE_LOCKED: ("{} 正被另一个程序写入。", "trouble", "请稍后再试，或先关闭那个程序。"),
    sqlite3.SQLITE_FULL: ("磁盘已满，{} 写不进去，没有写入任何内容。", "trouble", "请腾出空间后再试。"),
    sqlite3.SQLITE_IOERR: ("{} 读写失败，没有写入任何内容。", "trouble", "请检查磁盘或 U 盘是否还在、是否已满。"),
    sqlite3.SQLITE_READONLY: ("{} 不能写入。", "trouble", "请检查文件是否只读、U 盘是否写保护。"),
    sqlite3.SQLITE_PERM: ("没有读写 {} 的权限。", "trouble", "请检查文件权限。"),
    sqlite3.SQLITE_CANTOPEN: ("{} 打不开。", "trouble", "请检查文件夹是否存在、是否有权限。"),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


@contextmanager
def failures_told(path: Path) -> Iterator[None]:
    """Turn what the machine or another program causes into Trouble; a mistake of ours stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as problem:
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the extended codes keep the primary one in their last byte
        if code not in _WORDS:
            raise
        sentence, reason, hint = _WORDS[code]
        raise Trouble(sentence.format(path.name), reason=reason, hint=hint) from problem
