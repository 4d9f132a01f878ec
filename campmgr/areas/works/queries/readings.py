"""Works and their counts as they stand, asked before anything is recorded of them."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.areas.works.rules.work import id_of_link, id_of_number
from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader

_BETWEEN = """select work, read_at, fact, likes, plays, at_least from readings
    where work in (:keys) and read_at >= :first and read_at <= :last"""


def readings_between(
    r: Reader, works: Iterable[str], first: str, last: str
) -> dict[tuple[str, str], tuple[str, int, int | None, bool]]:
    """(work, when) to the fact, likes, plays, and whether they are a lower bound; `first` and `last` are stored instants."""
    return {
        (work, read_at): (fact, likes, plays, bool(at_least))
        for work, read_at, fact, likes, plays, at_least in r.among(_BETWEEN, works, first=first, last=last)
    }


def readings_before(r: Reader, works: Iterable[str], moment: str) -> dict[str, tuple[int, int | None]]:
    """(likes, plays) of the last reading of each work before an instant."""
    sql = "select work, likes, plays, max(read_at) from readings where work in (:keys) and read_at < :moment group by work"
    return {work: (likes, plays) for work, likes, plays, _ in r.among(sql, works, moment=moment)}


def likes_by_time(r: Reader, work: str) -> dict[str, tuple[str, int]]:
    """When read, to the fact and the likes, of one work."""
    rows = r.all("select read_at, fact, likes from readings where work = :work", work=work)
    return {read_at: (fact, likes) for read_at, fact, likes in rows}


def works_meant(r: Reader, ids: Iterable[str], number: str) -> list[str]:
    """The works of these ids, and at most two of this 编号."""
    found = [row[0] for row in r.among("select work from works where work in (:keys)", ids)]
    return found + [
        row[0] for row in r.all("select work from works where number = :number and number <> '' limit 2", number=number)
    ]


def works_called(r: Reader, text: str) -> set[str]:
    """The works that a text may mean: by id, link or 编号."""
    campaign = r.meta("campaign")
    ids = [text, id_of_link(campaign, text), id_of_number(campaign, text)]
    return set(works_meant(r, ids, text))


def author_standing(r: Reader, work: str) -> str:
    """The person whom a work counts for today."""
    return str(r.value("select person from works where work = :work", work=work))


def author_registered(r: Reader, work: str) -> str | None:
    """The person whom a work was registered for, merged since or not; None for an unknown work."""
    own = r.value("select author from works where work = :work", work=work)
    return None if own is None else str(own)


def scope_registered(r: Reader, work: str) -> str | None:
    """The scope in which a work was registered first."""
    scope = r.value("select scope from facts where subject = :about and kind = 'work_registered'"
                    " order by clock, writer, seq, chain limit 1", about=subject("work", work))  # fmt: skip
    return None if scope is None else str(scope)
