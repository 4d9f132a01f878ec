"""What is noticed while packs come in, so that nothing is set aside in silence: it waits in the review (docs/ledger.md#review)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from campmgr.areas.nodes.local.incoming import BEHIND, FORKED, UNDONE, UNKNOWN_KIND, Noticed, drop_noticed, notice, see_noticed
from campmgr.clock import today_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.review import Settling
from campmgr.ledger.envelope import Fact, Stream, scope_unit
from campmgr.ledger.kinds import is_known
from campmgr.store import ledger
from campmgr.store.door import Writer


def notice_unknown(w: Writer, run: Iterable[Fact]) -> None:
    """Facts that are about to be appended and that a newer program wrote: kept and passed on, and read by no fold."""
    kinds = kinds_of(w)
    unknown = {fact.chain: (fact.kind, fact.v) for fact in run if not is_known(kinds, fact)}
    if unknown:
        fresh = Counter(unknown[chain] for chain in unknown.keys() - ledger.by_chain(w, unknown).keys())
        for (kind, v), many in fresh.items():
            _notice(w, UNKNOWN_KIND, f"{kind} {v}", many=many)


def notice_forks(w: Writer, streams: Iterable[Stream]) -> None:
    """Streams that go on in several ways."""
    for stream in sorted(streams):
        _notice(w, FORKED, " ".join(stream), scope_unit(stream.scope) or "")


def notice_undone(w: Writer, what: str, words: str) -> None:
    """Something this file could not do of its own after a pack; "" for words once it can."""
    if words:
        _notice(w, UNDONE, what, words=words)
    else:
        drop_noticed(w, UNDONE, what)


def notice_behind(w: Writer, brought: int, left: int) -> str:
    """Words of this very file that others hold and it did not: so many came back, so many did not; what is told of it."""
    words = (
        f"别的电脑存有这份数据文件以前写的 {brought + left} 条记录，而它自己没有：它是在没有写完时复制的，或是较早的备份。"
        f"数据包补回了 {brought} 条{f'，还有 {left} 条没有补回' if left else ''}；从没有装进数据包的仍然缺着。"
        "请找到原来那份数据文件，用它做一个装全部记录的数据包在这里接收；找不到的，请对照纸质名单补录。"
    )
    _notice(w, BEHIND, BEHIND, many=brought + left, words=words)
    return words


def _notice(w: Writer, matter: str, subject: str, unit: str = "", many: int = 1, words: str = "") -> None:
    notice(w, Noticed(matter, subject, unit, today_of(w.clock), many, words))


def look_at(settling: Settling) -> None:
    """Somebody has looked at it on this data file: it is not shown again."""
    for row in settling.rows:
        see_noticed(settling.w, row.matter, row.subject)
