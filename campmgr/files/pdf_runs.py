"""One PDF out of several that were set one after another, so that ten thousand pages need little more memory than a few hundred.

It joins what our own sheets give (PDF 1.4 without tags, outlines and links: plain cross-reference tables, no packed objects),
and is no joiner for PDFs of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_STREAM = re.compile(rb"stream\r?\n")
_HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"  # four bytes beyond ASCII: what copies files sees that this is no text
_TREE, _CATALOG = 1, 2
"""The numbers of our own page tree and catalog, which are written last; the runs' objects follow them."""


@dataclass(slots=True)
class _Joined:
    """The file so far: its bytes, the offset of each object by its number, each run's page tree, and the pages in all."""

    data: bytearray = field(default_factory=lambda: bytearray(_HEADER))
    offsets: list[int] = field(default_factory=lambda: [0, 0, 0])
    trees: list[int] = field(default_factory=list)
    pages: int = 0


def joined_pdf(runs: Iterable[bytes]) -> bytes:
    """The pages of all runs in order, as one file; each run is let go once it is copied. Raises ValueError for foreign PDFs."""
    made = _Joined()
    for run in runs:
        _copy(made, run)
    kids = b" ".join(b"%d 0 R" % tree for tree in made.trees)
    _own(made, _TREE, b"<</Type/Pages/Count %d/Kids[%s]>>" % (made.pages, kids))
    _own(made, _CATALOG, b"<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)>>" % _TREE)
    _finish(made)
    return bytes(made.data)


def _copy(made: _Joined, run: bytes) -> None:
    """Append a run's objects under new numbers, all but its catalog; its page tree becomes a branch of ours."""
    offsets, end = _table(run)
    catalog = _number(rb"/Root (\d+) 0 R", run, end)
    tree = _number(rb"/Pages (\d+) 0 R", run, offsets[catalog - 1])
    made.pages += _number(rb"/Count (\d+)", run, offsets[tree - 1])
    shift = len(made.offsets) - 1
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], end], strict=True))
    for number, at in enumerate(offsets, start=1):
        made.offsets.append(len(made.data))
        body = b"null\nendobj\n" if number == catalog else run[at : ends[at]].split(b" obj", 1)[1].lstrip()
        if number == tree:
            body = body.replace(b"/Type/Pages", b"/Type/Pages/Parent 0 0 R", 1)
        made.data += b"%d 0 obj\n" % (number + shift) + _shifted(body, shift)
    made.trees.append(tree + shift)


def _shifted(body: bytes, shift: int) -> bytes:
    """An object with its references moved; 0 stands for our tree. What is in a stream is no reference, whatever it looks like."""
    stream = _STREAM.search(body)
    head = body[: stream.start()] if stream else body
    told = _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + shift if int(found[1]) else _TREE), head)
    return told + body[len(head) :]


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
    made.offsets[number] = len(made.data)
    made.data += b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _finish(made: _Joined) -> None:
    """The table of objects and what points at it."""
    start, size = len(made.data), len(made.offsets)
    made.data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    made.data += b"".join(b"%010d 00000 n \n" % offset for offset in made.offsets[1:])
    made.data += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, _CATALOG, start)
