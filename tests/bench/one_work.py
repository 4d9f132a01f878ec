"""One bulk work in a program of its own; prints the largest memory it took, in KiB, and seconds of the processor's time."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from campmgr.areas.certificates.files.sheet import write_certificates
from campmgr.areas.nodes.exchange.client import Destination
from campmgr.areas.nodes.files.calling import sync
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.checking import state_hash
from campmgr.facts.folding import rebuild
from campmgr.files.imports.importing import Options, import_file
from campmgr.files.list_sheet import SheetHead, write_list
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.bench.made_camp import NOW


def _work(name: str, store: Store, asked: str) -> None:
    file = Path(asked)
    if name == "sync":
        while not sync(store, Destination(asked, "")).is_even:
            pass
    elif name == "list":
        _list(store, file)
    elif name in {"marks", "units"}:
        assert not import_file(store, name, file, Options()).counts.rejected
    elif name == "pack":
        with store.reading() as r:
            make_pack(r, worlds.load(r), file, "")
    elif name == "hash":
        with store.reading() as r:
            state_hash(r)
    elif name == "accept":
        accept_pack(store, file)
    else:
        with store.writing(alone=True) as w:
            rebuild(w)


def _list(store: Store, file: Path) -> None:
    """Every mark as a row of a workbook."""
    heads = [SheetHead(words, "text") for words in ("参与者", "课程", "日期", "方式")] + [SheetHead("分钟", "number")]
    with store.reading() as r:
        many = int(str(r.value("select count(*) from marks")))
        rows = r.each("select person, lesson, day, source, minutes from marks")
        write_list(file, "听课记录", (), heads, cast("Iterator[Sequence[str | int | None]]", rows), many)


def peak() -> int:
    """The largest memory this program took so far, in KiB.

    Linux's getrusage also counts the program that started this one, up to the moment it became another.
    """
    try:
        return largest(Path("/proc/self/status"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def largest(status: Path) -> int:
    """The largest memory of the program that Linux tells of in this file, in KiB. Raises OSError."""
    return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0])


def _certificates(out: Path, count: int) -> None:
    from tests.bench.certificates import made_certificates, made_look

    with out.open("wb") as file:
        assert write_certificates(made_look(), made_certificates(count), file).printed == count


if __name__ == "__main__" and sys.argv[1] == "certificates":  # needs no data file
    _certificates(Path(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(f"{peak()} {time.process_time()}\n")
elif __name__ == "__main__":
    with data_file.opened(Path(sys.argv[2]), CATALOGUE, FixedClock(NOW)) as opened:
        _work(sys.argv[1], opened, sys.argv[-1])
    sys.stdout.write(f"{peak()} {time.process_time()}\n")
