"""Putting a kit together: a folder for each system, one page that says where to begin, and all of it once more as one .zip."""

from __future__ import annotations

import base64
import hashlib
import json
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from campmgr import __version__
from campmgr.app.kit import packages, pythons
from campmgr.app.kit.platforms import System, newest_glibc
from campmgr.errors import BadInput

LOOK_HERE = "先看这里.html"
START, START_OPEN = "启动", "启动-手机和别的电脑也能打开"
LONGEST_PATH = 170
"""Characters of a path inside the kit: Windows takes 259 with the folder it is copied to."""

_OWN = Path(__file__).parent
_GLIBC = 28

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Part:
    """What a kit holds for one system: folder or archive on the stick, bytes unpacked, files."""

    system: System
    path: Path
    unpacked: int
    files: int


def make(out: Path, archives: list[tuple[System, Path, str]], wheels: Path | None, say: Say, *, zipped: bool) -> list[Part]:
    """Make a kit in a folder that is not there yet. Raises BadInput, Trouble; `say` hears what is being done."""
    if out.exists():
        raise BadInput(f"{out} 已经存在，不会覆盖。", reason="data_file_exists", hint="请换一个文件夹名，或先移走它。")
    for _, archive, told in archives:
        pythons.check_sum(archive, told)
    out.mkdir(parents=True)
    parts = [_part(out, system, archive, wheels, say) for system, archive, _ in archives]
    (out / LOOK_HERE).write_text(look_here([part.system for part in parts]), "utf-8")
    if zipped:
        say("压成一个 .zip……")
        _zip(out, out.with_name(out.name + ".zip"))
    return parts


def _part(out: Path, system: System, archive: Path, wheels: Path | None, say: Say) -> Part:
    folder = out / system.folder
    folder.mkdir()
    with TemporaryDirectory(prefix="campmgr-kit-") as scratch:
        say(f"{system.name}：解开 {archive.name}")
        python = pythons.lay_out(system, archive, folder / "python", Path(scratch) / "python")
        if not system.is_windows and (asked := newest_glibc(folder / "python")) > _GLIBC:
            say(f"注意：这个 Python 要 glibc 2.{asked}，麒麟 V10、统信 20（2.{_GLIBC}）上打不开。")
        say(f"{system.name}：取 Python {python} 的包")
        fetched = packages.fetch(system, python, Path(scratch), wheels)
        packages.lay_out(fetched, folder / "app")
        (folder / "清单.json").write_text(json.dumps(_listed(archive, fetched), ensure_ascii=False, indent=1), "utf-8")
    packages.lay_out_program(folder / "app")
    if not system.is_windows:
        packages.strip(folder)
    say(f"{system.name}：压紧排版用的库")
    packages.pack(folder / "app")
    _write_starts(system, folder)
    files = [each for each in folder.rglob("*") if each.is_file()]
    if too_long := [each for each in files if len(str(each.relative_to(out))) > LONGEST_PATH]:
        raise BadInput(f"路径太长，Windows 上解不开：{too_long[0].relative_to(out)}")
    unpacked = sum(each.stat().st_size for each in files)
    return Part(system, folder if system.is_windows else _tar(folder), unpacked, len(files))


def _listed(archive: Path, wheels: list[Path]) -> dict[str, object]:
    """What a kit was made of, each with its sum, for whoever wants to check."""
    sums = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in (archive, *wheels)}
    return {"campmgr": __version__, "sha256": sums}


def _write_starts(system: System, folder: Path) -> None:
    """The scripts that are pressed, one for this computer alone and one that lets phones and other computers in.

    For Windows in GBK with CRLF, as its command window reads it; else in UTF-8 with LF.
    """
    text = (_OWN / f"start.{system.script}").read_text("utf-8").replace("@MACHINE@", system.machine)
    for name, more in ((START, ""), (START_OPEN, " --host 0.0.0.0")):
        said = text.replace("@MORE@", more)
        script = folder / f"{name}.{system.script}"
        script.write_bytes(said.replace("\n", "\r\n").encode("gbk") if system.is_windows else said.encode())
        script.chmod(0o755)


def look_here(systems: list[System]) -> str:
    """The page that says where to begin, with its pictures in it."""
    shown = {f"has_{each.name.replace('-', '_')}": "" for each in systems}
    hidden = {name: shown.get(name, " hidden") for name in ("has_windows_x86_64", "has_linux_x86_64", "has_linux_arm64")}
    pictures = {each.stem: base64.b64encode(each.read_bytes()).decode("ascii") for each in (_OWN / "pictures").glob("*.png")}
    return Template((_OWN / "look_here.html").read_text("utf-8")).substitute(hidden | pictures, version=__version__)


def _tar(folder: Path) -> Path:
    """A folder as one archive beside it, instead of it: a stick's file system keeps no right to run a program, an archive does."""
    packed = folder.with_name(folder.name + ".tar.gz")
    with tarfile.open(packed, "w:gz", compresslevel=6) as archive:
        archive.add(folder, folder.name, filter=_nobodys)
    for each in sorted(folder.rglob("*"), reverse=True):
        each.unlink() if each.is_file() else each.rmdir()
    folder.rmdir()
    return packed


def _nobodys(each: tarfile.TarInfo) -> tarfile.TarInfo:
    each.uid = each.gid = 0
    each.uname = each.gname = ""
    each.mode = 0o755 if each.isdir() or each.mode & 0o100 else 0o644
    return each


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                as_is = each.suffixes[-2:] == [".tar", ".gz"]
                packed.write(each, each.relative_to(folder.parent), zipfile.ZIP_STORED if as_is else None)
