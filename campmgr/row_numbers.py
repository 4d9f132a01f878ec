"""Row numbers as people type them from paper: "1-12, 15、18" means rows 1 to 12, 15 and 18."""

from __future__ import annotations

import re

from campmgr.wording import normal

_DASHES = re.compile(r"(?<!\s)\s*(?:[-–—―−~～至到]|\.\.+)\s*")
_GAPS = re.compile(r"[\s,，、;；。]+")
_PART = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")


class WrongRows(ValueError):
    """A text that names no rows; its sentence says which part and why."""


def read_rows(text: str, first: int, last: int) -> tuple[int, ...]:
    """The rows a text names, in order; each must lie from `first` to `last`, both included. Raises WrongRows.

    A row named twice is refused rather than counted once: one of the two is a slip, and only the paper knows which.
    """
    found: set[int] = set()
    for part in filter(None, _GAPS.split(_DASHES.sub("-", normal(text)))):
        rows = _range(part, first, last)
        if twice := sorted(found.intersection(rows)):
            raise WrongRows(f"第 {twice[0]} 行写了两次，请核对“{part}”。")
        found.update(rows)
    return tuple(sorted(found))


def _range(part: str, first: int, last: int) -> range:
    read = _PART.fullmatch(part)
    if read is None:
        raise WrongRows(f"“{part[:20]}”不是行号，请写成 1-12，15，18 这样。")
    start, end = int(read[1]), int(read[2] or read[1])
    if start > end:
        raise WrongRows(f"“{part}”前后写反了，请写成 {end}-{start}。")
    if start < first or end > last:
        raise WrongRows(f"“{part}”超出了这一页，这一页是第 {first} 行到第 {last} 行。")
    return range(start, end + 1)
