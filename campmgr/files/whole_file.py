"""A file that is whole or absent: written beside its place, flushed to the disk, then put there in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from campmgr.disk import put_in_place
from campmgr.errors import Trouble


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write to a file that gets its name when the block ends well, and leaves nothing behind when it does not.

    Raises Trouble where the disk, or a program that has the file open, says no.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        put_in_place(part, path)
    except OSError as problem:
        raise Trouble(
            f"{path} 写不进去。", hint="请检查文件夹是否存在、磁盘是否已满，或这个文件是否正在别的程序里打开。"
        ) from problem
    finally:
        part.unlink(missing_ok=True)
