"""Which files a list was made from: every import of like counts that were read by its time, with the sums of its bytes."""

from __future__ import annotations

from campmgr.store.door import Reader

_SOURCES = """
    select i.sha256, i.file, i.read_at, i.recorded_at from imports i
    where i.kind = 'likes' and (i.read_at = '' or i.read_at <= :moment)
      and not exists (select 1 from withdrawn d where d.batch = i.batch)
    order by i.read_at, i.clock, i.batch, i.fact"""


def sources_by(r: Reader, moment: str) -> list[list[str]]:
    """[SHA-256, file name, read-at, recorded-at] of the imports whose counts were read by `moment`, in order of time.

    An import that did not say when its counts were read is named too: its rows bear times of their own.
    """
    return [list(row) for row in r.all(_SOURCES, moment=moment)]
