"""What can be done to several works, and to several flags, at once from their lists (F-14, F-24)."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.accounts.list_acts import ActLine, Done, ListAct, Looked, Press
from campmgr.accounts.lists import ListAsked
from campmgr.accounts.queries import Account
from campmgr.areas.works.actions.works import judged_draft, settle_flags
from campmgr.areas.works.queries.flags import flags_under
from campmgr.areas.works.queries.works import authored
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer

_ELSEWHERE = "作者不在本机，不能在这里处理"


def _look(counts: bool) -> Looked:  # noqa: FBT001 - which of two acts it is
    def look(r: Reader, world: World, account: Account, asked: ListAsked, keys: Sequence[str]) -> list[ActLine]:
        del world, account, asked
        found = []
        for (work, _, title, number, now), author in authored(r, keys):
            why = _ELSEWHERE if author is None else ("已参加排名" if now else "已取消资格") if bool(now) is counts else ""
            found.append(ActLine(work, title or number, author.shown_name if author else "", why))
        return found

    return look


def _judge(counts: bool) -> Done:  # noqa: FBT001 - which of two acts it is
    def do(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
        del world
        drafts = [
            judged_draft(w, work, author, counts=counts, reason=press.typed, actor=press.account.actor)
            for (work, *_), author in authored(w, keys)
            if author
        ]
        say(w, [draft._replace(batch=press.batch) for draft in drafts])
        return press.batch

    return do


def _flags(r: Reader, world: World, account: Account, asked: ListAsked, keys: Sequence[str]) -> list[ActLine]:
    del account, asked
    wanted = set(keys)
    rows = [row for row in flags_under(r, world, "all", "", listed=False) if flag_key(row.work, row.case) in wanted]
    here = {row[0]: author for row, author in authored(r, list(dict.fromkeys(row.work for row in rows)))}
    return [ActLine(flag_key(row.work, row.case), row.title, f"{row.words}：{row.sentence}",
                    "已处理过" if row.decided else "" if here.get(row.work) else _ELSEWHERE) for row in rows]  # fmt: skip


def flag_key(work: str, case: str) -> str:
    """What a flag is ticked by."""
    return f"{work} {case}"


def _settle(counts: bool | None) -> Done:  # noqa: FBT001 - whether the works are taken out as well
    def do(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
        del world
        told: dict[str, list[str]] = {}
        for work, _, case in (key.partition(" ") for key in keys):
            told.setdefault(work, []).append(case)
        for (work, *_), author in authored(w, list(told)):
            if author:
                settle_flags(w, work, author, told[work], press.typed, counts=counts, actor=press.account.actor,
                             batch=press.batch)  # fmt: skip
        return press.batch

    return do


_WHY, _HINT = "原因", "写入每一件的处理记录。不写人名。"

ACTS = (
    ListAct("works", "out", "取消资格", _look(counts=False), _judge(counts=False),
            ("它们不再参加排名；已经定下的名单不变，要改请到名单里更正。",), asks=_WHY, hint=_HINT),
    ListAct("works", "in", "恢复资格", _look(counts=True), _judge(counts=True), ("它们又参加排名。",), asks=_WHY, hint=_HINT),
    ListAct("flags", "fine", "没有问题", _flags, _settle(None), ("这些标记记为看过、没有问题；作品照常参加排名。",), asks=_WHY, hint=_HINT),
    ListAct("flags", "out", "取消资格", _flags, _settle(counts=False),
            ("这些作品不再参加排名，勾选的标记记为处理过；已经定下的名单不变，要改请到名单里更正。",), asks=_WHY, hint=_HINT),
)  # fmt: skip
