"""The library that sets pages for printing, as `typst`. It is large, so it is imported where something is printed.

A kit for a stick carries it packed, which makes the folder to be copied a third smaller; it is unpacked here, beside itself, when
somebody prints for the first time. Importing raises Trouble where that cannot be done.
"""

from __future__ import annotations

import lzma
import os
import shutil
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from campmgr.disk import why
from campmgr.errors import Trouble

__all__ = ["typst"]

_PACKED = ".xz"


def unpack(folder: Path) -> None:
    """Unpack each packed library of a folder that does not lie beside it yet, whole or not at all. Raises Trouble."""
    for packed in folder.glob(f"_*{_PACKED}"):
        library = packed.with_suffix("")
        if library.exists():
            continue
        half = library.with_name(f"{library.name}.{os.getpid()}-{threading.get_ident()}.half")
        try:
            _unpack(packed, half)
            half.replace(library)
            _clear_halves(library)
        except (OSError, EOFError, lzma.LZMAError) as problem:
            half.unlink(missing_ok=True)
            if library.exists():  # another program of ours was quicker, and has it open
                continue
            cause = why(problem) if isinstance(problem, OSError) else "文件不完整"
            raise Trouble(
                f"打印要用的文件解不开：{cause}。没有打印。",
                hint="请把整个文件夹从 U 盘重新拷到桌面，留出 100 MB，用那里的“启动”打开，再打印一次。数据不受影响。",
            ) from problem


def _unpack(packed: Path, target: Path) -> None:
    with lzma.open(packed) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())


def _clear_halves(library: Path) -> None:
    """What programs left that were killed meanwhile; one that is still at it finds the library there, and is content."""
    for each in library.parent.glob(f"{library.name}.*.half"):
        with suppress(OSError):
            each.unlink()


def _folder() -> Path | None:
    found = find_spec("typst")
    return Path(found.origin).parent if found and found.origin else None


if (_here := _folder()) is not None:
    unpack(_here)

import typst  # noqa: E402 - unpacked just before
