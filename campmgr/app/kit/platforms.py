"""The systems that a kit is made for, and what tells one archive of Python from another."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

from campmgr.errors import BadInput

_ELF, _PE = b"\x7fELF", b"MZ"
_ELF_MACHINES, _PE_MACHINES = {62: "x86_64", 183: "arm64", 3: "32 位"}, {0x8664: "x86_64", 0xAA64: "arm64", 0x14C: "32 位"}


@dataclass(frozen=True, slots=True)
class System:
    """A system: what the kit and the package index call it, which machine it is, its sort of script, and what it needs besides."""

    name: str
    folder: str
    tags: tuple[str, ...]
    machine: str
    script: str
    more: tuple[str, ...] = ()

    @property
    def is_windows(self) -> bool:
        """Whether it is Windows, where programs and scripts are other ones."""
        return self.name.startswith("windows")


def _linux(machine: str) -> tuple[str, ...]:
    """What runs where glibc is 2.28: 麒麟 V10, 统信 20, Debian 10."""
    return (*(f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)), f"manylinux2014_{machine}")


SYSTEMS = {
    each.name: each
    for each in (
        System("windows-x86_64", "训练营-Windows", ("win_amd64",), "x86_64", "bat", ("colorama",)),
        System("linux-x86_64", "训练营-Linux-x86_64", _linux("x86_64"), "x86_64", "sh"),
        System("linux-arm64", "训练营-Linux-arm64", _linux("aarch64"), "arm64", "sh"),
    )
}


def machine_of(program: Path) -> str:
    """Which machine a program is for: "windows x86_64", "linux arm64", "linux 32 位"; "" for what is no program."""
    with program.open("rb") as file:
        head = file.read(4096)
    if head[:4] == _ELF:
        return "linux " + _ELF_MACHINES.get(struct.unpack_from("<H", head, 18)[0], "?")
    if head[:2] == _PE:
        at = struct.unpack_from("<I", head, 60)[0]
        return "windows " + _PE_MACHINES.get(struct.unpack_from("<H", head, at + 4)[0], "?") if at + 6 <= len(head) else ""
    return ""


def check_machine(system: System, program: Path) -> None:
    """Refuse a Python of another system or machine. Raises BadInput."""
    wanted, found = f"{system.name.partition('-')[0]} {system.machine}", machine_of(program)
    if found != wanted:
        raise BadInput(
            f"给 {system.name} 的 Python 是 {found or '别的东西'}，不是 {wanted}（64 位）。",
            hint="请换一份这个系统的 Python 档案。",
        )


def newest_glibc(folder: Path) -> int:
    """The newest glibc 2.x that a Linux Python's program and libraries ask for; 0 where none is named."""
    files = [*folder.glob("bin/python3*"), *folder.glob("lib/libpython*.so*"), *folder.glob("lib/python3*/lib-dynload/*.so")]
    return max((int(each) for path in files for each in re.findall(rb"GLIBC_2\.(\d+)", path.read_bytes())), default=0)
