"""Before a newer program brings a data file up to date, a copy of it as it was: looked through, and kept beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from campmgr import __version__
from campmgr.clock import SystemClock, local_text, utc_text
from campmgr.disk import close_to_others, make_folder, put_in_place
from campmgr.errors import Trouble
from campmgr.ledger.envelope import Stream
from campmgr.store import backups
from campmgr.store.door import Reader, Store
from campmgr.store.opening import refuse_strange

FOLDER = "升级前的备份"
"""What the folder beside the data file is called in which such copies lie."""

_PROGRAM, _COPY = "program", "before_upgrade"
_KEPT = 3


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10))


def program_of(path: Path) -> str:
    """The version of the program that a data file was served by last; "" where none is named, or it cannot be read."""
    with suppress(sqlite3.Error), _opened(path) as file:
        row = file.execute("select value from meta where key = ?", (_PROGRAM,)).fetchone()
        return str(row[0]) if row else ""
    return ""


def before_upgrade(path: Path, now: datetime | None = None) -> Path | None:
    """Copy a data file that another version of the program served last; None where it was this one. Raises Trouble.

    What cannot be copied whole is not opened: an upgrade that cannot be taken back is no upgrade.
    """
    refuse_strange(path)
    before = program_of(path)
    if before == __version__ or not _is_served(path):
        return None
    stamp = "".join(each for each in local_text(utc_text(now or SystemClock().now()))[:19] if each.isdigit())
    target = path.parent / FOLDER / f"{path.stem}-{stamp[:8]}-{stamp[8:]}-{before or '以前'}{backups.PLAIN}"
    fresh = target.with_name(target.name + ".new")
    try:
        make_folder(target.parent)
        fresh.touch()
        close_to_others(fresh)
        with _opened(path) as source, closing(sqlite3.connect(fresh)) as copy:
            source.backup(copy)
        _look_through(fresh)
        put_in_place(fresh, target)
    except (OSError, sqlite3.Error) as problem:
        raise Trouble(
            f"升级前的备份写不到 {target.parent}，没有打开数据。", hint="请腾出磁盘空间再启动；急用时先用原来的程序。"
        ) from problem
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    for old in sorted(target.parent.glob(f"{path.stem}-*{backups.PLAIN}"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return target


def _look_through(copy: Path) -> None:
    try:
        backups.looked_through(copy)
    except Trouble as problem:
        hint = "请先用原来的程序做一份备份，再从备份恢复。"
        raise Trouble("数据文件读不完整，升级前的备份做不成，没有打开数据。", reason="damaged_data_file", hint=hint) from problem


def _is_served(path: Path) -> bool:
    """Whether a file is one of ours with anything in it that could be lost."""
    with suppress(sqlite3.Error), _opened(path) as file:
        return file.execute("select 1 from facts limit 1").fetchone() is not None
    return False


def note_program(store: Store, copy: Path | None) -> None:
    """Note that this version serves the data file, and where the copy of before lies."""
    with store.reading() as r:
        known = r.meta(_PROGRAM) == __version__
    if known:
        return
    with store.writing() as w:
        w.set_meta(_PROGRAM, __version__)
        if copy:
            w.set_meta(_COPY, str(copy))


def ends_in(copy: Path) -> dict[Stream, int]:
    """How far each stream goes in a copy; {} for one that cannot be read."""
    with suppress(sqlite3.Error), _opened(copy) as file:
        return {Stream(scope, writer): int(end) for scope, writer, end in file.execute(
            "select scope, writer, max(seq) from facts group by scope, writer")}  # fmt: skip
    return {}


def copy_before(r: Reader) -> Path | None:
    """The copy that was made before the last upgrade, where it is still there."""
    path = Path(r.meta(_COPY) or "/nowhere")
    return path if path.is_file() else None
