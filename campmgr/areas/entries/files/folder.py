"""The folder beside the data file in which files of works lie, each by its SHA-256; media never enter the data file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from campmgr.clock import SystemClock
from campmgr.disk import put_in_place
from campmgr.errors import BadInput, Trouble


def folder_of(data_file: Path) -> Path:
    """`<data file>.files`."""
    return data_file.with_name(data_file.name + ".files")


def keep_file(data_file: Path, path: Path, digest: str) -> Path:
    """Keep a copy of a file; one that is there already is not written again. It is whole before it bears its name."""
    kept = _place(data_file, digest)
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = kept.with_name(f"{digest}.{os.getpid()}.part")
        shutil.copyfile(path, half)
        half.chmod(0o600)
        half.replace(kept)
    return kept


def kept_file(data_file: Path, digest: str) -> Path | None:
    """A file that is here; None where it is not."""
    kept = _place(data_file, digest)
    return kept if kept.is_file() else None


def _place(data_file: Path, digest: str) -> Path:
    return folder_of(data_file) / digest[:2] / digest


@contextmanager
def add_part(data_file: Path, key: str, at: int, size: int, name: str, stream: IO[bytes]) -> Iterator[Path | None]:
    """Add the next part of a file of `size` bytes that comes in parts: None until it is whole, then where it lies under its name.

    What is not moved away in the block is deleted after it. Raises BadInput where the part does not go on where the last one ended,
    Trouble for a file that is too large for any folder of works, or for this disk.
    """
    folder = folder_of(data_file) / "parts" / key
    path = folder / (Path(name.replace("\\", "/")).name or "file")
    if not at:
        _clear_parts(folder.parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if size > MOST_BYTES or shutil.disk_usage(folder).free < size + _SPARE:
            raise Trouble("磁盘空间不够，这个文件放不下。", hint="请先腾出空间，再传一次。")
        path.write_bytes(b"")
    if not path.is_file() or path.stat().st_size != at:
        raise BadInput("传到一半断了。", hint="请重新选这个文件，再传一次。")
    with path.open("ab") as file:
        shutil.copyfileobj(stream, file, 1 << 20)
    if (came := path.stat().st_size) < size:
        yield None
        return
    try:
        if came > size:
            raise BadInput("传来的比文件还长。", hint="请重新选这个文件，再传一次。")
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


MOST_BYTES = 16 * 2**30
"""Of one file of a work that comes in parts."""

_SPARE = 512 * 2**20
"""Bytes that stay free on the disk, since the data file grows on it."""

_DAY = 24 * 3600


def _clear_parts(folder: Path) -> None:
    """Away with what began to come more than a day ago and never ended."""
    now = SystemClock().now().timestamp()
    for each in folder.glob("*/*"):
        if now - each.stat().st_mtime > _DAY:
            shutil.rmtree(each.parent, ignore_errors=True)


def move_in(data_file: Path, path: Path, digest: str) -> None:
    """Keep a file that lies beside the data file already, without copying it."""
    kept = _place(data_file, digest)
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o600)
        put_in_place(path, kept)
