"""Opening a data file: is it one of ours, and is it up to date; what is wrong with it in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from campmgr.disk import close_to_others, make_folder
from campmgr.errors import BadInput, NotFound, Trouble
from campmgr.store.door import connect, failures_told
from campmgr.store.schemas import Schema

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

APPLICATION = 0x43414D50  # "CAMP": what `file` and we recognise a data file by
FORMAT = 1
"""Raised when an older program could misread the file."""

_OWN = Schema("store 1", "campmgr.store")


def create(path: Path, schemas: Sequence[Schema]) -> None:
    """Make an empty data file with every table. Raises BadInput when something is there already."""
    if path.exists():
        raise BadInput(f"{path.name} 已经存在，不会覆盖。", reason="data_file_exists", hint="请换一个文件名，或先移走它。")
    try:
        make_folder(path.parent)
        path.touch(exist_ok=False)
        close_to_others(path)  # before anything is in it; SQLite gives its log the same rights
    except OSError as problem:
        raise Trouble(f"{path} 建不了。", hint="请换一个位置，或检查权限和磁盘。") from problem
    try:
        _mark(path)
        migrate(path, schemas)
    except BaseException:
        remove(path)
        raise


def _mark(path: Path) -> None:
    connection = connect(path)
    try:
        connection.execute(f"pragma application_id = {APPLICATION}")
        connection.execute(f"pragma user_version = {FORMAT}")
    finally:
        connection.close()


def remove(path: Path) -> None:
    """Take away a data file that did not come to be, with its log."""
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def check(path: Path, schemas: Sequence[Schema]) -> None:
    """Refuse what is not a data file of this version or an older one, and bring an older one up to date."""
    refuse_strange(path)
    migrate(path, schemas)


def refuse_strange(path: Path) -> None:
    """Refuse what is not a data file of this version or an older one, without touching it. Raises NotFound, Trouble."""
    if not path.is_file():
        raise NotFound(f"没有找到数据文件 {path.name}。", reason="no_data_file", hint="请先运行 campmgr open，或用 --db 指明文件。")
    application, version = _marks(path)
    if application != APPLICATION:
        raise Trouble(f"{path.name} 不是本程序的数据文件。", reason="damaged_data_file", hint="请检查 --db 指明的文件。")
    if version > FORMAT:
        raise Trouble(f"{path.name} 由更新版本的程序写成，本版本不能打开。", reason="newer_data_file", hint="请升级 campmgr。")


def _marks(path: Path) -> tuple[int, int]:
    """Application and format of a file, read without touching it: somebody else's database is not to be turned into WAL."""
    with failures_told(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
        try:
            return (
                connection.execute("pragma application_id").fetchone()[0],
                connection.execute("pragma user_version").fetchone()[0],
            )
        finally:
            connection.close()


def migrate(path: Path, schemas: Sequence[Schema]) -> None:
    """Apply the schemas that this data file has not seen yet, each in one transaction. Raises Trouble for a damaged file."""
    every = (_OWN, *schemas)
    with failures_told(path):
        connection = connect(path)
        try:
            if not _seen(connection).issuperset(schema.name for schema in every):
                _apply(connection, every)
        finally:
            connection.close()


_SET = "campmgr"
"""What our schemas are called among those of whoever else keeps tables in the file."""


def _seen(connection: sqlite3.Connection) -> set[str]:
    """The schemas a data file has, asked here: what applies them takes long to load, and there is seldom anything to apply."""
    if connection.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone() is None:
        return set()
    return {row[0] for row in connection.execute("select name from _sqlite_migrations where migration_set = ?", (_SET,))}


def _apply(connection: sqlite3.Connection, schemas: Sequence[Schema]) -> None:
    from sqlite_utils import Database  # 45 ms -- slow import
    from sqlite_utils.migrations import Migrations  # -- slow import

    migrations = Migrations(_SET)
    for schema in schemas:
        _add(migrations, schema)
    migrations.apply(Database(connection))


def _add(migrations: Migrations, schema: Schema) -> None:
    def step(database: Database) -> None:
        for statement in _statements(schema.sql):
            database.execute(statement)

    migrations(name=schema.name)(step)


def _statements(script: str) -> list[str]:
    """The statements of a script, whole: a semicolon inside a comment ends nothing."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found
