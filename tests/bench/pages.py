"""Every page on two filled files: the slowest, and how what a page takes for each row it shows grows with the file."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.every_page import LIMIT_MS, Timed, every_page
from tests.bench.figures import Figure, Took, times_as_long, within
from tests.bench.ground import kept

_SLOWEST, _GROWING = 10, 3
_WORTH_MS = 10
"""Below so many milliseconds a page is what every page is, and what it shows decides nothing."""


def pages(large: int, small: int) -> Iterator[Figure]:
    """The slowest ten pages of all on the large file, those above the limit in number, and the three that grow most a row."""
    little, much = ({each.named: each for each in every_page(kept(count))[0]} for count in (small, large))
    for each in list(much.values())[:_SLOWEST]:
        yield within(f"{each.named}: {large:,} people", _took(each), LIMIT_MS)
    above = sum(each.ms > LIMIT_MS for each in much.values())
    yield Figure(f"of {len(much)} pages above {LIMIT_MS} ms: {large:,} people", f"{above} pages", "none", above, None, 0, "≤")
    both = [(much[name], little[name]) for name in much if name in little and much[name].ms > _WORTH_MS]
    both.sort(key=lambda pair: (pair[1].ms / pair[1].rows) / (pair[0].ms / pair[0].rows))
    for now, then in both[:_GROWING]:
        yield times_as_long(f"{now.named}, a row: {large:,} people / {small:,}", _took(now) / now.rows, _took(then) / then.rows, 2)


def _took(page: Timed) -> Took:
    return Took(page.ms / 1000, page.wall_ms / 1000)
