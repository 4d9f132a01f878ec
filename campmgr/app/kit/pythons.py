"""A Python for a kit, out of an archive that the maker names with its sum: checked, unpacked, what nobody needs left out."""

from __future__ import annotations

import hashlib
import re
import shutil
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from campmgr.app.kit import left_out
from campmgr.app.kit.platforms import System, check_machine
from campmgr.errors import BadInput


def check_sum(archive: Path, told: str) -> None:
    """Refuse an archive that is not the one its sum names. Raises BadInput."""
    try:
        with archive.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise BadInput(f"读不了 {archive}：{problem.strerror}。", reason="unreadable_file", hint="请核对路径。") from problem
    if found != told.strip().lower():
        raise BadInput(
            f"{archive.name} 的 SHA-256 是 {found}，不是 {told}。", reason="unreadable_file", hint="请重新下载，或核对校验值。"
        )


def lay_out(system: System, archive: Path, target: Path, scratch: Path) -> str:
    """Put the Python of an archive into a folder; its version as the package index wants it: "3.12". Raises BadInput."""
    _unpack(archive, scratch)
    home, program = _home(system, scratch)
    check_machine(system, program)
    shutil.copytree(home, target, ignore=_left_out, symlinks=False)
    if not system.is_windows:
        _keep_one_program(target)
    version = _version(target)
    if version < (3, 11):
        raise BadInput(f"{archive.name} 是 Python {version[0]}.{version[1]}，至少要 3.11。", hint="请换一份新的。")
    for settings in target.glob("python3*._pth"):  # a Windows Python without installer looks nowhere else
        settings.write_bytes(f"{settings.stem}.zip\r\n.\r\n..\\app\r\n".encode())
    return f"{version[0]}.{version[1]}"


def _unpack(archive: Path, target: Path) -> None:
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(target)  # noqa: S202 - leads nowhere outside by itself
        else:
            with tarfile.open(archive) as packed:
                packed.extractall(target, filter="data")
    except (OSError, tarfile.TarError, zipfile.BadZipFile) as problem:
        raise BadInput(
            f"{archive.name} 解不开。", reason="unreadable_file", hint="请给 .zip 或 .tar.gz 的 Python 档案。"
        ) from problem


def _home(system: System, folder: Path) -> tuple[Path, Path]:
    """Where Python's own folder begins inside an archive, and its program. Raises BadInput."""
    names = ("python.exe",) if system.is_windows else ("bin/python3",)
    for name in names:
        found = sorted(folder.rglob(name), key=lambda each: len(each.parts))
        if found:
            return (found[0].parent if system.is_windows else found[0].parent.parent), found[0]
    raise BadInput(f"给 {system.name} 的档案里没有 {names[0]}。", hint="请换一份这个系统的 Python 档案。")


def _left_out(folder: str, names: list[str]) -> set[str]:
    del folder
    return {name for name in names if left_out.of_python(name)}


def _keep_one_program(target: Path) -> None:
    """Of bin/ the program alone, under one name: sticks know no links."""
    program = target / "bin" / "python3"
    for each in (target / "bin").iterdir():
        if each != program:
            each.unlink()
    program.chmod(0o755)
    _drop_doubles(target.glob("lib/libpython*.so*"))


def _drop_doubles(libraries: Iterable[Path]) -> None:
    """A library that was there under several names, as links, is kept under the one that programs ask for."""
    found = sorted(libraries, key=lambda each: len(each.name))
    asked = [each for each in found if re.fullmatch(r"libpython3\.\d+\.so\.1\.0", each.name)]
    for each in found:
        if asked and each not in asked:
            each.unlink()


def _version(home: Path) -> tuple[int, int]:
    named = [*home.glob("python3*.dll"), *home.glob("python3*.zip"), *home.glob("lib/python3.*")]
    found = [match for each in named if (match := re.match(r"python3\.?(\d\d)", each.name))]
    return (3, int(found[0][1])) if found else (3, 0)
