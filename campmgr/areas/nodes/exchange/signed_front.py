"""The readable front of a pack or receipt: sort and version, lines, letters, and the signature over them (docs/formats.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import BinaryIO

from campmgr.areas.nodes.exchange.pack_head import (
    LONGEST_LETTER,
    LONGEST_ROW,
    bound_text,
    read_letter,
    read_signature,
    signed_text,
)  # fmt: skip
from campmgr.errors import BadInput
from campmgr.ledger.hpke import open_with
from campmgr.ledger.seal import signed

_LONGEST_MAGIC = 64


class SignedFront:
    """Reads the front of a file in order: lines, letters, signature. What stands there counts once `check` has passed.

    Raises ValueError for another sort of file, BadInput for a newer version. `magic`: its first line, which ends in its version;
    `called`: what such a file is called.
    """

    def __init__(self, file: BinaryIO, magic: bytes, called: str) -> None:
        self._file = file
        first = file.readline(_LONGEST_MAGIC)
        if first != magic:
            if is_newer(first, magic):
                raise newer_version(called)
            raise ValueError("another sort of file")
        self._digest = hashlib.sha256(first)
        self._bound = ""
        self._letters: dict[str, bytes] = {}

    def line(self, longest: int) -> bytes:
        """The next line, at most so many bytes. Raises ValueError."""
        found = read_line(self._file, longest)
        self._digest.update(found)
        return found

    def read_letters(self, many: int, private: Mapping[str, str]) -> None:
        """The letters, so many; those for these keys (public: private) are kept. Raises ValueError, also for two to one key: each
        that is tried costs time.
        """
        self._bound = bound_text(self._digest.hexdigest())
        for _ in range(many):
            key, closed = read_letter(self.line(LONGEST_LETTER))
            if key in private and self._letters.setdefault(private[key], closed) is not closed:
                raise ValueError("two letters to one key")

    def check(self, public: str) -> str:
        """What names the file: the digest of all lines that its maker has signed. Raises ValueError when they are not so signed."""
        named = self._digest.hexdigest()
        if not signed(public, signed_text(named), read_signature(read_line(self._file, LONGEST_ROW))):
            raise ValueError("not as its maker signed it")
        return named

    def opened(self) -> bytes | None:
        """What the letter for here says; None when there is none."""
        found = (open_with(private, closed, self._bound) for private, closed in self._letters.items())
        return next((text for text in found if text is not None), None)


def is_newer(first: bytes, magic: bytes) -> bool:
    """Whether the first line of a file or message is `magic` with a later version at its end."""
    *words, version = magic.split()
    *told, newer = first[:_LONGEST_MAGIC].split() or [b""]
    return told == words and newer.isdigit() and int(newer) > int(version)


def newer_version(called: str) -> BadInput:
    """The refusal of a file that only a newer program reads, with the way to get that program from a stick."""
    return BadInput(f"这个{called}是用较新版本的程序做的，本机的程序读不懂，没有写入任何内容。", reason="newer_pack",
                    hint="请先升级本机：向对方要装有新版本的 U 盘，把里面的“训练营”文件夹拷到桌面，用里面的“启动”打开，再收一次；"
                         "本机的数据和没带走的记录都还在。",
                    at_console="请先升级本机：用较新版本的程序（U 盘上的“训练营”文件夹）打开同一个数据文件，再收一次；"
                               "本机的数据和没带走的记录都还在。")  # fmt: skip


def read_line(file: BinaryIO, longest: int) -> bytes:
    """One whole line of a file. Raises ValueError for one that is cut short, or longer."""
    line = file.readline(longest + 1)
    if not line.endswith(b"\n"):
        raise ValueError("a line that is cut short, or too long")
    return line
