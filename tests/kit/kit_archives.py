"""Made-up archives of Python and wheels for kits: the right names and headers, and nothing that runs."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import tarfile
import zipfile
from pathlib import Path

from campmgr.app.kit.packages import needed

_COMPILED = ("cryptography", "pillow", "python-calamine", "typst", "zxing-cpp")
_LIBRARY = bytes(100_000)


def pe(machine: int = 0x8664) -> bytes:
    """The head of a Windows program."""
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", machine) + bytes(64)


def elf(machine: int = 62, asks: str = "GLIBC_2.17") -> bytes:
    """The head of a Linux program that asks for a glibc."""
    return b"\x7fELF" + bytes(14) + struct.pack("<H", machine) + bytes(64) + asks.encode()


def windows_python(path: Path, program: bytes = pe()) -> tuple[Path, str]:
    """An archive as Python for Windows without an installer comes, and its sum."""
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("python.exe", program)
        packed.writestr("python312.dll", pe())
        packed.writestr("python312.zip", b"PK")
        packed.writestr("python312._pth", b"python312.zip\n.\n")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def linux_python(path: Path, program: bytes = elf()) -> tuple[Path, str]:
    """An archive as Pythons for Linux come: in a folder, its program under a link, with much that nobody needs."""
    with tarfile.open(path, "w:gz") as packed:
        empty = ("lib/python3.12/os.py", "lib/python3.12/test/x.py", "lib/libpython3.12.a", "include/python3.12/Python.h")
        for name, data in {"python/bin/python3.12": program, **{f"python/{each}": b"" for each in empty}}.items():
            told = tarfile.TarInfo(name)
            told.size, told.mode = len(data), 0o755
            packed.addfile(told, io.BytesIO(data))
        link = tarfile.TarInfo("python/bin/python3")
        link.type, link.linkname = tarfile.SYMTYPE, "python3.12"
        packed.addfile(link)
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def wheels(folder: Path, tag: str, *more: str) -> Path:
    """A wheel of each package that the program asks for; compiled ones for one system."""
    folder.mkdir()
    for asked in (*needed(), *(f"{name}>=1" for name in more)):
        name, version = re.match(r"([\w.-]+).*?>=([\d.]+)", asked).groups()  # type: ignore[union-attr]  # each names its lowest
        plain = name.replace("-", "_")
        tags = f"cp312-abi3-{tag}" if name in _COMPILED else "py3-none-any"
        with zipfile.ZipFile(folder / f"{plain}-{version}-{tags}.whl", "w") as packed:
            packed.writestr(f"{plain}/__init__.py", "")
            packed.writestr(f"{plain}/tests/test_it.py", "")
            if name in _COMPILED:
                packed.writestr(f"{plain}/_{plain}.pyd", _LIBRARY)
            packed.writestr(f"{plain}-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
            packed.writestr(f"{plain}-{version}.dist-info/WHEEL", f"Wheel-Version: 1.0\nTag: {tags}\n")
            packed.writestr(f"{plain}-{version}.dist-info/licenses/LICENSE", "")
            packed.writestr(f"{plain}-{version}.dist-info/RECORD", "")
    return folder
