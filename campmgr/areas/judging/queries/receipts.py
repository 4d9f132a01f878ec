"""What came of a score sheet that was handed back: asked for by the SHA-256 of the file, which only who has the file knows."""

from __future__ import annotations

from typing import NamedTuple

from campmgr.clock import minute_text
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.store.door import Reader


class Receipt(NamedTuple):
    """A file by its SHA-256, when it was taken in, how many works of it were taken, how many rows were not; no mark, no name."""

    sha256: str
    received_at: str
    works: int
    rejected: int

    @property
    def words(self) -> str:
        """The slip in one sentence."""
        told = f"，{self.rejected} 行没有收（见退回的表）" if self.rejected else ""
        return f"已于 {self.received_at} 收下评分表：{self.works} 件作品{told}。文件校验码（SHA-256）：{self.sha256}"


def receipt_of(r: Reader, sha256: str) -> Receipt:
    """The receipt of a file, as it was first taken in. Raises NotFound, also for anything shorter than the whole of the sum."""
    row = r.one("select recorded_at, new_rows + changed_rows + unchanged_rows, rejected_rows from imports"
                " where kind = 'scores' and sha256 = :sha256"
                " and not exists (select 1 from withdrawn w where w.batch = imports.batch)"
                " order by clock limit 1", sha256=sha256.strip().lower())  # fmt: skip
    if row is None:
        raise NotFound("没有收到过这个文件。", reason="unknown_fact", hint="请核对校验码；还没有交回的，请交给主办单位导入。")
    return Receipt(sha256.strip().lower(), minute_text(row[0]), row[1], row[2])


def receipts_in(r: Reader, activity: Activity, most: int = 50) -> tuple[Receipt, ...]:
    """The score sheets of an activity that came back last, the newest first."""
    rows = r.all("select sha256, recorded_at, new_rows + changed_rows + unchanged_rows, rejected_rows from imports"
                 " where kind = 'scores' and not exists (select 1 from withdrawn w where w.batch = imports.batch)"
                 " and exists (select 1 from facts f where f.batch = imports.batch and f.scope = :scope"
                 " and json_extract(f.body, '$.activity') = :activity)"
                 " order by clock desc limit :most", scope=f"people/{activity.host}", activity=activity.id, most=most)  # fmt: skip
    return tuple(Receipt(digest, minute_text(at), works, rejected) for digest, at, works, rejected in rows)
