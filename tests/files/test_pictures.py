"""Pictures of any sort, of any size: none takes much memory, one is unpacked at a time, and who waits too long is told so."""

from __future__ import annotations

import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from campmgr.errors import BadInput, Busy
from campmgr.files.pictures import unpacked
from tests.house.sources import ROOT

MEASURE = """
import pathlib, sys
from campmgr.areas.hours.files.screenshots import tidy_picture
from campmgr.errors import BadInput
from campmgr.files.qr_reading import read_qr
small = pathlib.Path(sys.argv[2]).read_bytes()
data = pathlib.Path(sys.argv[1]).read_bytes()
def read(picture):
    for each in (read_qr, lambda picture: tidy_picture(picture, 1 << 30)):
        try:
            each(picture)
            print("read", end=" ")
        except BadInput as told:
            print(told.reason, end=" ")
def peak():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
read(small)
rest = peak()
read(data)
print((peak() - rest) // 1024)
"""


def _bytes(sort: str, mode: str, size: tuple[int, int], **more) -> bytes:
    target = BytesIO()
    Image.effect_noise((size[0] // 8, size[1] // 8), 60).convert(mode).resize(size, Image.Resampling.NEAREST).save(
        target, sort, **more
    )
    return target.getvalue()


CASES = [
    ("JPEG", "RGB", (8000, 6000), {}, "read"),
    ("JPEG", "RGB", (4000, 3000), {"progressive": True, "subsampling": 0}, "read"),
    ("JPEG", "RGB", (5000, 4000), {"progressive": True, "subsampling": 0}, "too_large"),
    ("PNG", "RGBA", (4100, 3300), {"compress_level": 1}, "read"),
    ("PNG", "RGB", (1080, 12000), {"compress_level": 1}, "read"),
    ("PNG", "1", (7000, 7000), {}, "too_large"),
    ("WEBP", "RGBA", (2500, 2100), {"quality": 20, "method": 0}, "read"),
    ("WEBP", "RGB", (7000, 7000), {"quality": 1, "method": 0}, "too_large"),
]


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="asks Linux how much memory was taken")
@pytest.mark.parametrize(("sort", "mode", "size", "more", "came"), CASES, ids=str)
def test_no_picture_takes_more_than_a_hundred_and_fifty_megabytes(tmp_path, sort, mode, size, more, came):
    (tmp_path / "picture").write_bytes(_bytes(sort, mode, size, **more))
    (tmp_path / "small").write_bytes(_bytes("PNG", "RGB", (80, 80)))
    command = [sys.executable, "-c", MEASURE, tmp_path / "picture", tmp_path / "small"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    *told, megabytes = ran.stdout.split()
    assert told[-1] == came
    assert int(megabytes) <= 150


def test_one_is_unpacked_at_a_time_and_the_fourth_is_told_to_come_again():
    data, first, go = _bytes("PNG", "L", (80, 80)), threading.Event(), threading.Event()
    inside, most, told = [0], [0], []

    def look() -> None:
        try:
            with unpacked(data, ("PNG",), 100):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                first.set()
                go.wait(10)
                inside[0] -= 1
        except Busy as problem:
            told.append(problem)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for each in threads:
        each.start()
    first.wait(10)
    while len(told) < 3:
        threading.Event().wait(0.01)
    go.set()
    for each in threads:
        each.join()
    assert most == [1]
    assert [(each.status, each.reason) for each in told] == [(503, "busy")] * 3


def test_what_is_no_picture_gives_the_turn_back():
    for _ in range(9):
        with pytest.raises(BadInput), unpacked(b"GIF89a nothing", ("GIF",), 100):
            pass
