"""What the file system of a machine needs: files that nobody else may read, and putting a file in place while a scanner holds it.

On Unix a mask keeps whatever this program makes to its owner. On Windows, where nearly everybody sits, that is said by access
lists: folders inherit theirs, and outside the user's own folder everybody may read.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from campmgr.config import windows_user
from campmgr.errors import BadInput, Trouble

Run = Callable[[Sequence[str]], object]
"""Runs a program of the system. Raises OSError or CalledProcessError."""

_PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between tries: a virus scanner holds a new file for a moment."""

_OWN_RIGHTS = ("*S-1-5-18:{}F", "*S-1-5-32-544:{}F")
"""Besides the user: the system and administrators, who could take it anyway; by number, since their names are translated."""

_STRANGERS = {"WD": "所有人", "BU": "本机所有用户", "AU": "所有登录用户", "IU": "所有登录用户", "BG": "来宾", "AN": "匿名用户",
              "DU": "域内所有用户"}  # fmt: skip
_ALLOWED = re.compile(r"\((?:A|OA);([^;]*);([^;]*);[^;]*;[^;]*;(\w+)\)")


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ESTALE}


def why(problem: OSError) -> str:
    """Why a file cannot be read or written, in words for people: systems say it in English."""
    if problem.errno in _FULL:
        return "空间不够了"
    if problem.errno in _CLOSED:
        return "写保护，或没有权限"
    if problem.errno in _GONE:
        return "读写中断，U 盘可能被拔出了，或者文件夹不在了"
    return problem.strerror or "系统没有说原因"


def keep_to_owner() -> None:
    """From now on files that this process makes are its user's alone, folders too (Unix)."""
    os.umask(0o077)


def run(command: Sequence[str]) -> None:
    """Run a program of the system, silently. Raises OSError, CalledProcessError."""
    subprocess.run(command, check=True, capture_output=True, timeout=30)  # noqa: S603 - our own words


def close_to_others(path: Path, *, system: str = os.name, run: Run = run) -> None:
    """Leave a file or folder to its owner alone. What a stick's file system cannot do is passed over: `doctor` tells."""
    try:
        if system != "nt":
            path.chmod(0o700 if path.is_dir() else 0o600)
            return
        inherited = "(OI)(CI)" if path.is_dir() else ""
        rights = [each.format(inherited) for each in (windows_user() + ":{}F", *_OWN_RIGHTS)]
        run(["icacls", str(path), "/inheritance:r", "/grant:r", *rights])
    except (OSError, subprocess.SubprocessError):
        return


def new_private_file(path: Path) -> None:
    """Make an empty file that its owner alone may read. Raises BadInput when something is there, Trouble."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError as problem:
        raise BadInput(f"{path.name} 已经存在，不会覆盖。", reason="data_file_exists", hint="请换一个文件名。") from problem
    except OSError as problem:
        raise Trouble(f"{path.name} 写不了：{why(problem)}。", hint="请检查文件夹、磁盘空间和写保护。") from problem
    close_to_others(path)


def open_to(path: Path, *, system: str = os.name, run: Run = run) -> str:
    """Who else may read a file or folder, in words; "" for nobody, or where that cannot be told."""
    try:
        if system != "nt":
            mode = stat.S_IMODE(path.stat().st_mode)
            return "本机所有用户" if mode & 0o007 else "同组用户" if mode & 0o070 else ""
        with tempfile.TemporaryDirectory() as folder:
            saved = Path(folder) / "rights"
            run(["icacls", str(path), "/save", str(saved)])
            return strangers(saved.read_text("utf-16"))
    except (OSError, subprocess.SubprocessError, ValueError):
        return ""


def strangers(rights: str) -> str:
    """Who beyond owner, system and administrators is let in by an access list as Windows writes it (SDDL)."""
    found = [
        _STRANGERS[who] for flags, granted, who in _ALLOWED.findall(rights) if who in _STRANGERS and "IO" not in flags and granted
    ]
    return "、".join(dict.fromkeys(found))


def make_folder(path: Path) -> None:
    """A folder of ours, with those above it; what is made is its owner's alone. Raises OSError."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    close_to_others(path)


def drives(*, system: str = os.name) -> list[Path]:
    """The disks and sticks of this machine besides the one the system is on, as far as they can be told."""
    try:
        if system == "nt":
            return [place for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if (place := Path(f"{letter}:\\")).is_dir()]
        return [each for above in ("/media", "/run/media", "/mnt") for each in _mounted(Path(above))]
    except OSError:
        return []


def _mounted(above: Path) -> list[Path]:
    """What is mounted below a folder, at most two levels down: /media/stick, /run/media/somebody/stick."""
    found = [*above.glob("*"), *above.glob("*/*")]
    return sorted(each for each in found if each.is_mount())


def put_in_place(
    source: Path, target: Path, *, system: str = os.name, replace: Callable[[Path, Path], object] = os.replace,
    wait: Callable[[float], object] = time.sleep,
) -> None:  # fmt: skip
    """Replace a file by another in one step; on Windows again while a scanner or viewer holds either. Raises OSError at the end."""
    for seconds in _PATIENCE if system == "nt" else ():
        try:
            replace(source, target)
        except PermissionError:
            wait(seconds)
        else:
            return
    replace(source, target)


def sync_folder(folder: Path) -> None:
    """That a file stands in a folder is on the disk too (Unix; Windows does it by itself, and some sticks cannot)."""
    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def check_written(path: Path, digest: str) -> None:
    """Read from the disk what was written, not from memory where that can be told: cheap sticks forget. Raises Trouble."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while block := file.read(1 << 18):
                found.update(block)
    except OSError:
        found = hashlib.sha256()
    if found.hexdigest() != digest:
        raise Trouble(f"写到 {path.name} 的内容读回来不一样，这个文件不能用。",
                      hint="U 盘可能坏了，或被提前拔出：请换一个 U 盘，再做一次。")  # fmt: skip


class StickFile:
    """A file on its way to a stick; what was written is remembered by its digest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """More bytes. Raises OSError."""
        self._file.write(data)
        self.digest.update(data)
        self.size += len(data)


@contextmanager
def stick_file(path: Path, called: str) -> Iterator[StickFile]:
    """A file for a stick: written beside its place, flushed, read back, put there in one step. What stood there stays till then.

    `called`: what it is, for sentences. Raises Trouble where the stick is full, closed, gone, or forgets what was written.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            writing = StickFile(file)
            yield writing
            file.flush()
            os.fsync(file.fileno())
        close_to_others(part)
        check_written(part, writing.digest.hexdigest())
        put_in_place(part, path)
        sync_folder(path.parent)
    except OSError as problem:
        raise Trouble(f"{called}写不到 {path.name}：{why(problem)}。",
                      hint="请检查 U 盘是否插好、空间够不够、有没有写保护，再做一次；原来的文件没有动。") from problem  # fmt: skip
    finally:
        with suppress(OSError):  # the stick may be gone
            part.unlink(missing_ok=True)
