"""What everyone who works here must be told on every page: a clock that is wrong, a file that is not whole, names not gone yet."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.areas.nodes.local.incoming import behind_words
from campmgr.areas.people.queries.guessing import guesses_alarm
from campmgr.facts.wall import clock_doubt
from campmgr.store.backups import late_words
from campmgr.store.door import Reader, Store
from campmgr.store.identity import lacking

_SOON = 2.0
"""Seconds after a write within which it comes to stand in the file itself."""


def staff_warnings(store: Store, r: Reader) -> Iterator[str]:
    """Sentences, each with what to do."""
    if doubt := clock_doubt(r):
        yield doubt + "录入的日期会跟着错：请先校准这台电脑的日期；日期没有错的，不用管这句话。"
    if guesses := guesses_alarm(r):
        yield f"今天有 {guesses} 次自助找回个人页面没有成功，可能有人在猜别人的手机号；到 200 次会停用到明天，请参与者找联络员。"
    if store.settling.since > _SOON:
        yield "刚才的记录还没有全部写进数据文件，请勿复制它；要带走数据，请用备份（campmgr backup）。"
    if store.settling.is_clearing:
        yield "已删除的个人信息正在从磁盘上清除，还没有清完；请不要关机或复制数据文件。"
    if late := late_words(r):
        yield f"{late}请插好放备份的盘，在“备份”里按“现在备份”。"
    if behind := behind_words(r):
        yield f"{behind}看过以后，请在“待核对”里点“知道了”。"
    count, path = lacking(r)
    if count:
        yield (
            f"这份数据文件比它原来的位置（{path}）少 {count} 条记录：它是在没有写完时复制的，或是较早的备份。"
            "请改用原来那份，或接收原来那份发出的数据包。"
        )
