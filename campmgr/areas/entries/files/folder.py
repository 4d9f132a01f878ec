"""The folder beside the data file in which files of works lie, each by its SHA-256; media never enter the data file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import IO

from campmgr.clock import SystemClock
from campmgr.disk import put_in_place, why
from campmgr.errors import Trouble


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


def part_path(data_file: Path, key: str, name: str) -> Path:
    """Where a file of a key that comes in parts lies until it is whole, under its own name."""
    return folder_of(data_file) / "parts" / key / name


def came(path: Path) -> int:
    """How many bytes of a file that comes in parts are here; 0 where none is."""
    return path.stat().st_size if path.is_file() else 0


def add_part(path: Path, at: int, size: int, stream: IO[bytes]) -> None:
    """Write a part of a file of `size` bytes where it belongs. One that came before is written again, so that nothing is lost by
    sending it twice; one that leaves a gap is not taken.

    Raises Trouble for a file that is too large for any folder of works, or for this disk.
    """
    folder, here = path.parent, came(path)
    try:
        if not here:
            _clear_parts(folder.parent)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if size > MOST_BYTES or shutil.disk_usage(folder).free < size + _SPARE:
                raise Trouble("磁盘空间不够，这个文件放不下。", hint="请先腾出空间，再传一次。")
            path.touch()
        if at > here:
            return
        with path.open("r+b") as file:
            file.seek(at)
            shutil.copyfileobj(stream, file, 1 << 20)
    except OSError as problem:
        raise Trouble(f"这一段存不下来：{why(problem)}。", hint="请看磁盘空间够不够，再传一次。") from problem


def drop_parts(path: Path) -> None:
    """Away with what is left of a file that came in parts."""
    shutil.rmtree(path.parent, ignore_errors=True)


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
