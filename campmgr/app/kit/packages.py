"""The packages that the program needs, laid out for a system: fetched as wheels, unpacked, what nobody needs left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from fnmatch import fnmatch
from importlib.metadata import requires
from pathlib import Path

from campmgr import config
from campmgr.app.kit.platforms import System
from campmgr.errors import Trouble

_NOT_NEEDED = ("pip", "setuptools", "pycparser", "tzdata")
"""Asked for by others, and never imported when the program runs."""

_LEFT_OUT = (
    "*.pyi", "*.pyc", "*/tests/*", "*/test/*", "*.dist-info/RECORD", "*.dist-info/sboms/*", "*.dist-info/INSTALLER",
    "*.dist-info/*.txt",
    "*.data/*",
    "pypinyin/phrases_dict*", "pypinyin/tools/*",  # config.leave_phrases_out: never loaded
    "PIL/_avif*", "pillow.libs/libavif*", "PIL/_imagingft*", "PIL/_imagingtk*", "PIL/_imagingcms*", "pillow.libs/liblcms2*",
    "pillow.libs/libfreetype*", "pillow.libs/libharfbuzz*", "pillow.libs/libpng16*", "pillow.libs/libbrotli*", "PIL/_imagingmorph*",
)  # fmt: skip
"""What the program never asks for: hints for editors, tests, phrases, how pictures of other sorts are read and text is drawn."""

_KEPT = ("*.dist-info/licenses/*", "*.dist-info/METADATA", "*.dist-info/WHEEL", "*.dist-info/entry_points.txt")


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
    return sorted(each for each in target.glob("*.whl") if each.name.split("-")[0].lower() not in _NOT_NEEDED)


def lay_out(wheels: Iterable[Path], target: Path) -> None:
    """Unpack wheels into one folder."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            for each in packed.infolist():
                if not each.is_dir() and not _is_left_out(each.filename):
                    packed.extract(each, target)


def _is_left_out(name: str) -> bool:
    return any(fnmatch(name, each) for each in _LEFT_OUT) and not any(fnmatch(name, each) for each in _KEPT)


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


def _libraries(folder: Path) -> Iterable[Path]:
    """Libraries that the wheels brought; those under pillow.libs and their like were relinked by hand, and are left as they are."""
    found = [*folder.rglob("*.so"), *folder.rglob("libpython3*.so.1.0")]
    return (each for each in found if not each.parent.name.endswith(".libs"))
