"""A stick that is pulled out, full, closed or forgetful: what stood there stays, nothing is half taken, and it is said."""

from __future__ import annotations

import errno
import io
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any, Self

import pytest

from campmgr.areas.nodes.files.packs import hear_receipt, look_at_pack, send_pack, write_receipt
from campmgr.disk import why
from campmgr.errors import BadInput, CampError, Trouble
from campmgr.facts.under_way import all_under_way
from tests.app.test_faults import obey_rights
from tests.kit.program import HAN, started
from tests.kit.story import Cast, Node


class Stick:
    """A folder that is a stick: at its so-manieth reading or writing it is pulled out, and from then on nothing of it is there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        folder.mkdir()
        self.touched = 0
        self._last: int | None = None
        self._gone = False
        opens, unlinks, syncs = io.open, os.unlink, os.fsync

        def opened(path: Any, *args: Any, **named: Any) -> Any:
            if not self._is_here(path):
                return opens(path, *args, **named)
            self.touch()
            return _OnStick(opens(path, *args, **named), self)

        def unlinked(path: Any, *args: Any, **named: Any) -> None:
            if self._is_here(path) and self._gone:
                raise OSError(errno.EIO, "Input/output error")
            unlinks(path, *args, **named)

        def synced(number: int) -> None:
            self.touch()
            syncs(number)

        monkeypatch.setattr(io, "open", opened)
        monkeypatch.setattr(os, "unlink", unlinked)
        monkeypatch.setattr(os, "fsync", synced)

    def _is_here(self, path: Any) -> bool:
        return isinstance(path, str | Path) and Path(path).is_relative_to(self.folder)

    def touch(self) -> None:
        """Something is read or written."""
        if self._gone or self.touched == self._last:
            self._gone = True
            raise OSError(errno.EIO, "Input/output error")
        self.touched += 1

    @contextmanager
    def pulled_after(self, last: int) -> Iterator[None]:
        """Pulled out then; put in again at the end."""
        self.touched, self._last = 0, last
        try:
            yield
        finally:
            self._last, self._gone = None, False

    def touches(self, work: Callable[[], object]) -> int:
        """How often some work touches it."""
        before = self.touched
        work()
        return self.touched - before


class _OnStick:
    """A file that lies on a stick."""

    def __init__(self, file: Any, stick: Stick) -> None:
        self._file, self._stick = file, stick

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._file.close()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._file, name)
        if name not in {"read", "readline", "write", "flush"}:
            return found

        def touched(*args: Any) -> Any:
            self._stick.touch()
            return found(*args)

        return touched


@pytest.fixture
def pair(cast: Cast) -> tuple[Node, Node]:
    """A root, and a county that has something to say."""
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    for number in range(6):
        county.adds(f"S{number}", "350102", "学校")
        county.joins(f"S{number}", f"第{number}人", f"{number}")
    return root, county


def _packed(county: Node, path: Path, root: Node) -> Path:
    path.write_bytes(county.packed(root.id).read_bytes())
    return path


@pytest.mark.drawn(whole=400, usual=12)
def test_pulled_out_while_a_pack_or_receipt_is_written_the_old_one_stays(pair, tmp_path, monkeypatch, draws):
    root, county = pair
    stick, dice = Stick(tmp_path / "U盘", monkeypatch), Random(1)
    pack, receipt = stick.folder / "up.pack", stick.folder / "up.pack.receipt"
    told = root.takes(_packed(county, pack, root)).receipt
    receipt.write_bytes(told)
    works: list[tuple[Path, Callable[[], object]]] = [
        (pack, lambda: _made(county, pack, root)), (receipt, lambda: write_receipt(receipt, told))
    ]  # fmt: skip
    whole = [stick.touches(work) - 1 for _, work in works]  # when the folder is told last, the new one is in place already
    for drawn in range(draws):
        path, work = works[drawn % 2]
        before, made = path.read_bytes(), _packs_made(county)
        with stick.pulled_after(dice.randrange(whole[drawn % 2])), pytest.raises(Trouble) as trouble:
            work()
        assert HAN.search(trouble.value.sentence)
        assert "U 盘" in trouble.value.hint
        assert (path.read_bytes(), _packs_made(county)) == (before, made)
    for path, work in works:
        work()
        assert [each.name for each in stick.folder.glob(f"{path.name}.part")] == []
    assert root.takes(pack).known > 0


def _made(county: Node, path: Path, root: Node) -> object:
    return send_pack(county.store, path, root.id, whole=True)


def _packs_made(node: Node) -> int:
    return int(node.see(lambda r: r.value("select count(*) from local_packs_made")))


@pytest.mark.drawn(whole=300, usual=12)
def test_pulled_out_while_a_pack_is_read_nothing_is_half_taken_and_the_same_again_goes_on(cast, tmp_path, monkeypatch, draws):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    stick, dice, pack = Stick(tmp_path / "U盘", monkeypatch), Random(2), tmp_path / "U盘" / "up.pack"
    for drawn in range(draws):
        county.adds(f"S{drawn}", "350102", "学校")
        county.joins(f"S{drawn}", f"第{drawn}人", f"{drawn}")
        _packed(county, pack, root)
        whole = stick.touches(lambda: look_at_pack(root.store, pack))
        with stick.pulled_after(dice.randrange(whole)), pytest.raises((Trouble, BadInput)) as trouble:
            root.takes(pack)
        assert HAN.search(trouble.value.sentence)
        assert "U 盘" in trouble.value.hint
        assert not root.problems
        back = root.takes(pack)
        assert not root.see(all_under_way)
        assert county.facts() <= root.facts()
        county.hears(back.receipt)
    assert root.hash == root.rebuilt()


@pytest.mark.drawn(whole=60, usual=6)
def test_pulled_out_while_a_receipt_is_read_it_is_told(pair, tmp_path, monkeypatch, draws):
    root, county = pair
    stick, path, dice = Stick(tmp_path / "U盘", monkeypatch), tmp_path / "U盘" / "up.receipt", Random(3)
    path.write_bytes(root.takes(county.packed(root.id)).receipt)
    for _ in range(draws):
        with stick.pulled_after(dice.randrange(5)), pytest.raises(BadInput) as trouble:
            hear_receipt(county.store, path)
        assert "U 盘" in trouble.value.hint
    assert hear_receipt(county.store, path).result == "new"


def test_a_stick_that_forgets_what_was_written_is_found_out_and_the_old_pack_stays(pair, tmp_path, monkeypatch):
    root, county = pair
    pack = _packed(county, tmp_path / "up.pack", root)
    before, opens = pack.read_bytes(), io.open

    def forgets(path: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
        file: Any = opens(path, mode, *args, **named)
        if "w" in mode and str(path).endswith(".part"):
            writes = file.write
            file = _Forgets(file, lambda data: writes(data[:-1] + b"\0"))
        return file

    class _Forgets(_OnStick):
        def __init__(self, file: Any, write: Callable[[bytes], object]) -> None:
            self._file, self.write = file, write

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

    monkeypatch.setattr(io, "open", forgets)
    with pytest.raises(Trouble) as trouble:
        _made(county, pack, root)
    assert "读回来不一样" in trouble.value.sentence
    assert "换一个 U 盘" in trouble.value.hint
    assert (pack.read_bytes(), [*tmp_path.glob("*.part")]) == (before, [])


def test_on_a_full_stick_it_is_said_and_the_old_pack_stays(pair, tmp_path):
    root, county = pair
    pack = _packed(county, tmp_path / "up.pack", root)
    before, (_, most) = pack.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, most))
    try:
        with pytest.raises(Trouble) as trouble:
            _made(county, pack, root)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert "空间不够" in trouble.value.sentence
    assert "U 盘" in trouble.value.hint
    assert (pack.read_bytes(), [*tmp_path.glob("*.part")]) == (before, [])


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities of Linux")
def test_on_a_closed_stick_the_command_says_so_and_the_old_pack_stays(pair, tmp_path):
    root, county = pair
    stick = tmp_path / "U盘"
    stick.mkdir()
    before = _packed(county, stick / "up.pack", root).read_bytes()
    county.close()
    stick.chmod(0o500)
    words = ("pack", "make", "--all", "--out", stick / "up.pack")
    ran = started(county.path, *words, env={"CAMPMGR_STATE": str(county.state)}, preexec_fn=obey_rights)
    told = b"".join(ran.communicate()).decode()
    stick.chmod(0o700)
    assert (ran.returncode, "Traceback" in told) == (1, False)
    assert "写保护" in told
    assert "U 盘" in told
    assert [(each.name, each.read_bytes()) for each in stick.iterdir()] == [("up.pack", before)]


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities of Linux")
def test_what_came_in_stays_where_the_receipt_cannot_be_written(pair, tmp_path):
    root, county = pair
    stick = tmp_path / "U盘"
    stick.mkdir()
    pack = _packed(county, stick / "up.pack", root)
    root.close()
    stick.chmod(0o500)
    ran = started(root.path, "pack", "accept", pack, env={"CAMPMGR_STATE": str(root.state)}, preexec_fn=obey_rights)
    out, err = (each.decode() for each in ran.communicate())
    stick.chmod(0o700)
    assert (ran.returncode, "收下" in out, "回执写不到" in err, "--receipt" in err) == (0, True, True, True)
    assert county.facts() <= root.facts()


def test_whatever_the_system_says_is_told_in_words(tmp_path):
    said = [why(OSError(number, os.strerror(number))) for number in (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EFBIG)]
    assert all(HAN.search(each) for each in said)
    with pytest.raises(CampError) as trouble:
        write_receipt(tmp_path / "不在" / "x.receipt", b"")
    assert "拔出" in trouble.value.sentence
