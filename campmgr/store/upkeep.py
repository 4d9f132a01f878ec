"""Backups, and whether a data file is whole."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from campmgr.disk import close_to_others, make_folder, put_in_place
from campmgr.errors import BadInput, NotFound, Trouble
from campmgr.store import opening
from campmgr.store.door import Plan, Store
from campmgr.store.identity import become_successor


def backup(store: Store, target: Path) -> None:
    """Copy the whole data file, consistently, while others may write. Raises BadInput when something is there, Trouble."""
    if target.exists():
        raise BadInput(f"{target.name} 已经存在，不会覆盖。", reason="data_file_exists", hint="请换一个文件名。")
    fresh = target.with_name(target.name + ".new")
    try:
        fresh.touch()
        close_to_others(fresh)  # before anything is in it
        store.copy_to(fresh)
        put_in_place(fresh, target)
    except (OSError, Trouble) as problem:
        fresh.unlink(missing_ok=True)
        raise Trouble(f"备份写不到 {target}。", hint="请检查磁盘空间和写保护。") from problem


def restore(source: Path, target: Path, plan: Plan) -> None:
    """Put a backup in place as a data file, under a new writer: the old one may have gone on (docs/ledger.md#writers).

    Raises NotFound, Trouble when it is not a whole one.
    """
    if not source.is_file():
        raise NotFound(f"没有找到备份文件 {source.name}。", reason="no_data_file", hint="请核对文件名。")
    fresh = target.with_name(target.name + ".new")
    try:
        make_folder(target.parent)
        fresh.touch()
        close_to_others(fresh)
        shutil.copyfile(source, fresh)
        _check(fresh, source, plan)
        store = Store(fresh, plan)
        try:
            with store.writing(begins=False) as w:
                become_successor(w)
            store.empty_log()
        finally:
            store.close()
        for log in (f"{target}-wal", f"{target}-shm"):  # left by the file that was there: replayed into this one it would ruin it
            Path(log).unlink(missing_ok=True)
        put_in_place(fresh, target)
    except OSError as problem:
        raise Trouble(f"恢复写不到 {target}。", hint="请检查磁盘空间和写保护。") from problem
    finally:
        for left in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
            left.unlink(missing_ok=True)


def is_data_file(path: Path) -> bool:
    """Whether a file is an SQLite file, by its first bytes. Raises NotFound."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError as problem:
        raise NotFound(f"没有找到文件 {path.name}。", reason="no_data_file", hint="请核对文件名。") from problem


def _check(fresh: Path, source: Path, plan: Plan) -> None:
    """What is wrong with the copy is wrong with the backup, and people know only the backup's name."""
    try:
        opening.check(fresh, plan.schemas)
    except Trouble as problem:
        sentence = problem.sentence.replace(fresh.name, source.name)
        raise Trouble(sentence, reason=problem.reason, hint="请换一份备份文件。") from problem


def integrity(store: Store) -> str:
    """What SQLite says of the file: "ok", or what is broken."""
    with store.reading() as r:
        return str(r.value("pragma integrity_check"))


def sqlite_version() -> str:
    """The version of SQLite in use."""
    return sqlite3.sqlite_version
