"""`python -m tests.bench.walk`: what one request passes, file by file: the files of the package and how often they call a function.

Each way is walked once unseen, so that imports and templates are warm, and once more with somebody else under a profiler.
A file counts as passed when a function of it runs; a function counts each time it is called or taken up again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

import campmgr
from tests.bench.figures import say
from tests.bench.tiny_camp import Way, tiny_camp, ways

_ROOT = str(Path(campmgr.__file__).parent) + "/"


@dataclass(slots=True)
class Walk:
    """What was passed: calls by (file below the package, function), in the order of the first touch."""

    calls: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def files(self) -> dict[str, int]:
        """Calls by file, in the order of the first touch."""
        found: dict[str, int] = {}
        for (file, _), calls in self.calls.items():
            found[file] = found.get(file, 0) + calls
        return found

    def functions(self, file: str) -> list[str]:
        """The functions of a file that ran, in the order of the first touch."""
        return [name for at, name in self.calls if at == file]


@contextmanager
def walking() -> Iterator[Walk]:
    """Note what of our package is called in this block by this thread, in which the test client runs the whole application too."""
    walk = Walk()
    names: dict[CodeType, tuple[str, str] | None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call":
            return
        if code not in names:
            inside = code.co_filename.startswith(_ROOT)
            names[code] = (code.co_filename.removeprefix(_ROOT), code.co_qualname) if inside else None
        if place := names[code]:
            walk.calls[place] += 1

    sys.setprofile(note)
    try:
        yield walk
    finally:
        sys.setprofile(None)


def walked(way: Way) -> Walk:
    """The second of two walks along one way."""
    way.go(way.prepare())
    key = way.prepare()
    with walking() as walk:
        way.go(key)
    return walk


_WORDS = {
    "scan": "station scan, saved",
    "page": "own page",
    "join": "joining by QR code",
    "issue": "certificates issued",
    "check": "/c/ of a certificate",
    "report": "report by county",
    "pack": "pack accepted, nothing new",
}


def main() -> None:
    """Print the table, and the files of the ways that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.walk", description=__doc__)
    parser.add_argument("--files", choices=list(_WORDS), nargs="+", default=[], help="list the files of these ways")
    parser.add_argument("--functions", action="store_true", help="and the functions that ran in each")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="campmgr-walk-") as folder, tiny_camp(Path(folder)) as camp:
        walks = {name: walked(way) for name, way in ways(camp).items()}
    say(f"{'way':<8} {'':<28} {'files':>5} {'calls':>6}")
    for name, walk in walks.items():
        say(f"{name:<8} {_WORDS[name]:<28} {len(walk.files):>5} {walk.calls.total():>6}")
    for name in asked.files:
        say(f"\n{name}: {_WORDS[name]}")
        for file, calls in walks[name].files.items():
            say(f"{calls:>6}  {file}" + (f"  {', '.join(walks[name].functions(file))}" if asked.functions else ""))


if __name__ == "__main__":
    main()
