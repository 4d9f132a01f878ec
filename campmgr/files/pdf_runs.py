"""One PDF out of several that were set one after another, so that ten thousand pages need little more memory than a few hundred.

It joins what our own sheets give (PDF 1.4 without tags, outlines and links: plain cross-reference tables, no packed objects),
and is no joiner for PDFs of others. What several runs have in common (the frame, the seal) is written once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_STREAM = re.compile(rb"stream\r?\n")
_HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"  # four bytes beyond ASCII: what copies files sees that this is no text
_TREE, _CATALOG = 1, 2
"""The numbers of our own page tree and catalog, which are written last; the runs' objects follow them."""


@dataclass(slots=True)
class _Joined:
    """The file so far: how long it is, the offset of each object by its number, each run's page tree, the pages in all, and
    the numbers of objects by the sums of what they hold.
    """

    out: IO[bytes]
    length: int = 0
    offsets: list[int] = field(default_factory=lambda: [0, 0, 0])
    trees: list[int] = field(default_factory=list)
    pages: int = 0
    known: dict[bytes, int] = field(default_factory=dict)

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.length += len(data)

    def begin(self, number: int) -> None:
        self.offsets[number] = self.length
        self.write(b"%d 0 obj\n" % number)

    def new_number(self) -> int:
        self.offsets.append(0)
        return len(self.offsets) - 1


def join_pdf(runs: Iterable[bytes], out: IO[bytes]) -> int:
    """Write the pages of all runs in order, as one file; each run is let go once it is written. How many pages there are.

    Raises ValueError for foreign PDFs; what was written by then is no whole file.
    """
    made = _Joined(out)
    made.write(_HEADER)
    for run in runs:
        _copy(made, run)
    kids = b" ".join(b"%d 0 R" % tree for tree in made.trees)
    _own(made, _TREE, b"<</Type/Pages/Count %d/Kids[%s]>>" % (made.pages, kids))
    _own(made, _CATALOG, b"<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)>>" % _TREE)
    _finish(made)
    return made.pages


def joined_pdf(runs: Iterable[bytes]) -> bytes:
    """A few runs as one file in memory. Raises as `join_pdf` does."""
    made = BytesIO()
    join_pdf(runs, made)
    return made.getvalue()


def _copy(made: _Joined, run: bytes) -> None:
    """Write a run's objects under new numbers, all but its catalog; its page tree becomes a branch of ours."""
    offsets, end = _table(run)
    catalog = _number(rb"/Root (\d+) 0 R", run, end)
    tree = _number(rb"/Pages (\d+) 0 R", run, offsets[catalog - 1])
    made.pages += _number(rb"/Count (\d+)", run, offsets[tree - 1])
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], end], strict=True))
    bodies = {
        number: run[at : ends[at]].split(b" obj", 1)[1].lstrip() for number, at in enumerate(offsets, start=1) if number != catalog
    }
    bodies[tree] = bodies[tree].replace(b"/Type/Pages", b"/Type/Pages/Parent 0 0 R", 1)
    numbers = {0: _TREE, catalog: _CATALOG}
    _share(made, bodies, numbers)
    for number in bodies:
        numbers[number] = made.new_number()
    for number, body in bodies.items():
        made.begin(numbers[number])
        made.write(_renumbered(body, numbers))
    made.trees.append(numbers[tree])


def _share(made: _Joined, bodies: dict[int, bytes], numbers: dict[int, int]) -> None:
    """Take out every object that refers only to objects taken out before, and write it unless an equal one was written.

    Left are pages and their tree, which refer to each other.
    """
    waiting = {number: {int(each) for each in _REFERENCE.findall(_head(body))} for number, body in bodies.items()}
    while ready := [number for number, needs in waiting.items() if needs <= numbers.keys() and 0 not in needs]:
        for number in ready:
            del waiting[number]
            body = _renumbered(bodies.pop(number), numbers)
            key = hashlib.blake2b(body, digest_size=16).digest()
            if key not in made.known:
                made.known[key] = made.new_number()
                made.begin(made.known[key])
                made.write(body)
            numbers[number] = made.known[key]


def _head(body: bytes) -> bytes:
    """What stands before a stream: what is in it is no reference, whatever it looks like."""
    stream = _STREAM.search(body)
    return body[: stream.start()] if stream else body


def _renumbered(body: bytes, numbers: dict[int, int]) -> bytes:
    """An object with its references renamed; 0 stands for our tree."""
    head = _head(body)
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], head) + body[len(head) :]


def _table(run: bytes) -> tuple[list[int], int]:
    """The offsets of objects 1, 2, …, and where the table begins, from the end of a file."""
    start = int(run[run.rindex(b"startxref") :].split()[1])
    words = run[start : run.index(b"trailer", start)].split()
    if words[:2] != [b"xref", b"0"] or b"f" in words[6::3]:
        raise ValueError("not a PDF of ours: no plain table of all its objects")
    return [int(offset) for offset in words[6::3]], start


def _number(pattern: bytes, run: bytes, start: int) -> int:
    found = re.compile(pattern).search(run, start)
    if found is None:
        raise ValueError(f"not a PDF of ours: no {pattern!r}")
    return int(found[1])


def _own(made: _Joined, number: int, body: bytes) -> None:
    made.begin(number)
    made.write(body + b"\nendobj\n")


def _finish(made: _Joined) -> None:
    """The table of objects and what points at it."""
    start, size = made.length, len(made.offsets)
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for offset in made.offsets[1:]:
        made.write(b"%010d 00000 n \n" % offset)
    made.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, _CATALOG, start))
