"""The packages that the program needs, laid out for a system: fetched as wheels, unpacked, what nobody needs left out."""

from __future__ import annotations

import lzma
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from importlib.metadata import requires
from pathlib import Path

from campmgr import config
from campmgr.app.kit import left_out
from campmgr.app.kit.platforms import System
from campmgr.errors import Trouble


def needed() -> list[str]:
    """What the program asks for, as its own description says. Raises Trouble where it is not installed."""
    told = requires("campmgr")
    if told is None:
        raise Trouble("程序没有装好，不知道它要哪些包。", hint="请先 pip install 本程序。")
    return [each for each in told if "extra ==" not in each]


def fetch(system: System, python: str, target: Path, wheels: Path | None) -> list[Path]:
    """The wheels for a system and a version of Python, from the index, or from a folder of wheels. Raises Trouble."""
    abi = "cp" + python.replace(".", "")
    more = ["--no-index", "--find-links", str(wheels)] if wheels else []
    tags = [word for tag in system.tags for word in ("--platform", tag)]
    abis = [word for each in (abi, "abi3", "none") for word in ("--abi", each)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:",
               "--dest", str(target), "--python-version", python, "--implementation", "cp", *tags, *abis, *more, *needed(),
               *system.more]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own words
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        raise Trouble(
            f"取不到 {system.name} 的包：{last[0] if last else ''}", hint="请连上网，或用 --wheels 指明放着轮子的文件夹。"
        )
    return sorted(each for each in target.glob("*.whl") if each.name.split("-")[0].lower() not in left_out.NOT_FETCHED)


def lay_out(wheels: Iterable[Path], target: Path) -> None:
    """Unpack wheels into one folder."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            for each in packed.infolist():
                if not each.is_dir() and not left_out.of_packages(each.filename):
                    packed.extract(each, target)


def lay_out_program(target: Path) -> None:
    """The running program itself, with its templates and static files."""
    package = Path(config.__file__).parent
    shutil.copytree(package, target / "campmgr", ignore=shutil.ignore_patterns("__pycache__", "templates", "static"))
    for name in ("templates", "static"):
        shutil.copytree(config.package_folder(name), target / "campmgr" / name)


def strip(folder: Path) -> None:
    """Take names for debuggers out of libraries, where this machine's own tool can: a fifth of the largest."""
    tool = shutil.which("strip")
    for library in _libraries(folder) if tool else ():
        subprocess.run([str(tool), "--strip-unneeded", str(library)], capture_output=True, check=False)  # noqa: S603 - as above


def pack(app: Path) -> None:
    """Pack what few people need every day, with the libraries' names for debuggers gone: a third of it remains."""
    for each in [found for pattern in left_out.PACKED for found in app.glob(pattern)]:
        each.with_name(each.name + ".xz").write_bytes(lzma.compress(each.read_bytes(), preset=6))
        each.unlink()


def _libraries(folder: Path) -> Iterable[Path]:
    """Libraries that the wheels brought; those under pillow.libs and their like were relinked by hand, and are left as they are."""
    found = [*folder.rglob("*.so"), *folder.rglob("libpython3*.so.1.0")]
    return (each for each in found if not each.parent.name.endswith(".libs"))
