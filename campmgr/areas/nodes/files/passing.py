"""Files on their way over the network, each named by what it is to be, so that it goes on where it was cut off.

`in-<SHA-256>` is what comes, `out-<SHA-256>` what goes. They lie in the state folder, each neighbour's apart, for a day at most;
packs and receipts are closed, so nothing in them can be read.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import suppress
from pathlib import Path

from campmgr.accounts.kept_files import passing_of
from campmgr.areas.nodes.exchange.message import CHUNK
from campmgr.disk import make_folder, put_in_place, why
from campmgr.errors import BadInput, Trouble

LARGEST = 1 << 30
"""Bytes of a file that is taken over the network; what is larger goes on a stick."""

_AT_ONCE = 2
"""Files that come from one neighbour at a time: a pack and a receipt."""

_SPARE = 256 << 20
"""Bytes that stay free on the disk, beside twice what a file will have: taking it in needs room, too."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_OUTCOME = "outcome.json"


class Passing:
    """The files that are on their way between a data file and one neighbour."""

    def __init__(self, writer: str, node: str) -> None:
        self.folder = passing_of(writer, node)

    def came(self, digest: str) -> Path:
        """Where a file that comes is put together."""
        return self.folder / f"in-{_checked(digest)}"

    def goes(self, digest: str) -> Path:
        """Where a file that goes stands. Raises BadInput once it was let go."""
        path = self.folder / f"out-{_checked(digest)}"
        if not path.is_file():
            raise BadInput("这个文件已经不在了。", reason="unknown_fact", hint="请再同步一次，会重新送。")
        return path

    def has(self, digest: str) -> int:
        """How many bytes of a file that comes are here."""
        path = self.came(digest)
        return path.stat().st_size if path.is_file() else 0

    def put(self, digest: str, size: int, at: int, data: bytes) -> int:
        """Put bytes behind those that are here; how many there are now. Bytes for another place are passed over.

        Raises BadInput for a file that is too large, longer than it was said to be, or another than it was said to be: of that
        nothing is kept. Trouble where the disk is full.
        """
        path = self.came(digest)
        if size > LARGEST:
            raise BadInput("要送来的内容太多，没有收。", reason="too_large", hint="请改用 U 盘。")
        try:
            if not path.is_file():
                self._make_room(size)
                path.touch(mode=0o600)
            has = path.stat().st_size
            if at == has and data:
                if has + len(data) > size:
                    path.unlink()
                    raise _other()
                self._check_space(size - has)
                with path.open("ab") as file:
                    file.write(data)
                has += len(data)
                if has == size and digest_of(path) != digest:
                    path.unlink()
                    raise _other()
        except OSError as problem:
            raise Trouble(f"收到的内容存不下来：{why(problem)}。", hint="请检查磁盘是否已满，再试一次。") from problem
        return has

    def send(self, path: Path) -> tuple[str, int]:
        """Let a file go: SHA-256 and size. It is moved to where it is fetched from."""
        digest = digest_of(path)
        put_in_place(path, self.folder / f"out-{digest}")
        return digest, self.goes(digest).stat().st_size

    def fresh(self) -> Path:
        """Where a file is made that is to go."""
        make_folder(self.folder)
        return self.folder / "making"

    def piece(self, digest: str, at: int) -> tuple[bytes, int]:
        """A piece of a file that goes, from a place on, and how large the whole is. Raises BadInput."""
        path = self.goes(digest)
        with path.open("rb") as file:
            file.seek(at)
            return file.read(CHUNK), path.stat().st_size

    def going(self) -> str:
        """The SHA-256 of the newest file that goes and was not let go; "" for none."""
        found = sorted(self.folder.glob("out-*"), key=lambda each: each.stat().st_mtime)
        return found[-1].name.removeprefix("out-") if found else ""

    def coming(self) -> str:
        """The SHA-256 of the newest file that comes; "" for none."""
        found = sorted(self.folder.glob("in-*"), key=lambda each: each.stat().st_mtime)
        return found[-1].name.removeprefix("in-") if found else ""

    def let_go(self, but: str = "") -> None:
        """Delete what goes, but for one file."""
        for each in self.folder.glob("out-*"):
            if each.name != f"out-{but}":
                each.unlink(missing_ok=True)

    def drop(self, digest: str) -> None:
        """Delete a file that came."""
        self.came(digest).unlink(missing_ok=True)

    def note(self, name: str, told: dict[str, object]) -> None:
        """Keep what a turn came to, for whoever asks again."""
        part = self.fresh().with_name("outcome.part")
        part.write_text(json.dumps([name, told]), "utf-8")
        put_in_place(part, self.folder / _OUTCOME)

    def outcome(self, name: str) -> dict[str, object] | None:
        """What a turn came to; None while it has not ended."""
        with suppress(OSError, ValueError):
            noted, told = json.loads((self.folder / _OUTCOME).read_text("utf-8"))
            return dict(told) if noted == name else None
        return None

    def clear(self) -> None:
        """Everything has arrived: keep nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_room(self, size: int) -> None:
        make_folder(self.folder)
        others = sorted(self.folder.glob("in-*"), key=lambda each: each.stat().st_mtime)
        for each in others[: max(0, len(others) + 1 - _AT_ONCE)]:
            each.unlink(missing_ok=True)
        self._check_space(2 * size)

    def _check_space(self, needed: int) -> None:
        if shutil.disk_usage(self.folder).free < needed + _SPARE:
            raise Trouble("磁盘快满了，收不下对方送来的内容。", hint="请腾出空间后再同步。")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise _other()
    return digest


def _other() -> BadInput:
    return BadInput("送来的内容和说好的不一样，没有收。", reason="damaged_pack", hint="请再同步一次。")
