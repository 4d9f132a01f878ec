"""What a kit carries packed is unpacked once, whole or not at all, and what prevents it is told."""

from __future__ import annotations

import lzma
from threading import Thread

import pytest

from campmgr.errors import Trouble
from campmgr.files.typesetting import unpack

CONTENT = bytes(range(256)) * 5000


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "_set.so.xz").write_bytes(lzma.compress(CONTENT))
    return tmp_path


def _names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_it_is_unpacked_once(folder):
    unpack(folder)
    unpacked = folder / "_set.so"
    assert unpacked.read_bytes() == CONTENT
    written = unpacked.stat().st_mtime_ns
    unpack(folder)
    assert unpacked.stat().st_mtime_ns == written
    assert _names(folder) == ["_set.so", "_set.so.xz"]


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-40], lambda data: data[:400] + bytes(20) + data[420:], lambda _: b"", bytes.hex]
)
def test_a_damaged_one_leaves_nothing(folder, spoil):
    """A stick that was pulled out while the folder was copied."""
    packed = folder / "_set.so.xz"
    found = spoil(packed.read_bytes())
    packed.write_bytes(found.encode() if isinstance(found, str) else found)
    with pytest.raises(Trouble, match="打印要用的文件解不开：文件不完整") as told:
        unpack(folder)
    assert "重新拷到桌面" in (told.value.hint or "")
    assert _names(folder) == ["_set.so.xz"]


def test_a_folder_that_cannot_be_written_is_told(folder):
    (folder / "_set.so.xz").unlink()
    (folder / "_set.so.xz").mkdir()
    with pytest.raises(Trouble, match="打印要用的文件解不开"):
        unpack(folder)


def test_half_of_it_from_a_killed_program_is_no_library(folder):
    (folder / "_set.so.4711-1.half").write_bytes(CONTENT[:100])
    unpack(folder)
    assert (folder / "_set.so").read_bytes() == CONTENT
    assert _names(folder) == ["_set.so", "_set.so.xz"]


def test_several_at_once_come_to_one(folder):
    threads = [Thread(target=unpack, args=(folder,)) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (folder / "_set.so").read_bytes() == CONTENT
