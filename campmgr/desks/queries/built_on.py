"""Whether others have built on an act: then it is not taken back in one press, and the line says on what."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.accounts.done_acts import DoneRow
from campmgr.store.door import Reader

_MANY = 2000
"""Facts of an act that are looked at; a larger import is taken back from its own page, which says what it was."""

_OF_ACT = """
    with act as (
        select * from (select batch as said, chain, subject, clock from facts where batch in (:keys) limit 2001)
        union select * from (select chain, chain, subject, clock from facts where chain in (:keys) limit 2001))"""

_SAID = {"withdraw", "answer", "unname", "unmatch", "entrants"}
"""The ways back that take facts back; other words that they need are the ids of no fact."""

_SIZE = """ select count(*) from act"""

_REPLACED = """ select a.said, count(distinct f.chain) from act a join facts f on f.subject = a.subject
    where f.replaces <> '' and instr(f.replaces, a.chain)
      and not exists (select 1 from act o where o.chain = f.chain and (:together or o.said = a.said)) group by a.said"""

_CERTIFIED = """ select a.said, count(distinct c.subject) from act a join facts c on c.subject = a.subject
    where c.kind = 'certificate_issued' and c.clock > a.clock group by a.said"""

_ANSWERED = """ select a.said, count(*) from act a join summaries s on s.fact = a.chain where s.judged_on <> '' group by a.said"""

_ASKED = """ select a.said, count(*) from act a join requests q on q.fact = a.chain where q.state <> 'open' group by a.said"""

_LISTED = """ select a.said, count(distinct f.subject) from (
        select said, min(clock) as clock from act where subject like 'work:%' group by said) a
    join facts f on f.kind = 'prizes_frozen' and f.subject in (select 'list:' || number from prize_lists) and f.clock > a.clock
    group by a.said"""


def built_on(r: Reader, row: DoneRow) -> str:
    """Why an act cannot be taken back in one press any more: a sentence with what to do; "" while it can."""
    return built_on_batches(r, row.what.split()) if row.way in _SAID else ""


def built_on_batches(r: Reader, acts: Sequence[str]) -> str:
    """The same of batches or facts by their ids."""
    if sum(found[0] for found in r.among(_OF_ACT + _SIZE, acts)) > _MANY:
        return ""
    return next(iter(built_on_each(r, acts, together=True).values()), "")


def built_on_each(r: Reader, acts: Sequence[str], *, together: bool = False) -> dict[str, str]:
    """Why each of several batches or facts cannot be taken back, of those that cannot: all of them asked at once.

    `together`: they are one act, none of which builds on another.
    """
    found: dict[str, str] = {}
    for sql, sentence in (
        (_CERTIFIED, "其中 {n} 人之后发了证书，不能一按就撤；要撤的，请先到证书页处理。"),
        (_REPLACED, "之后有人在这上面改过 {n} 次，不能一按就撤；要改的，请到各自的页面更正。"),
        (_ANSWERED, "上级已经看过并答复了这份总结，不能一按就撤；要改的，请上级先退回。"),
        (_ASKED, "上级已经答复了，不能一按就撤；有变化的，请另提一件。"),
        (_LISTED, "之后定过 {n} 次榜，不能一按就撤；要改的，请更正名单。"),
    ):
        for said, n in r.among(_OF_ACT + sql, acts, together=int(together)):
            found.setdefault(said, sentence.format(n=n))
    return found
