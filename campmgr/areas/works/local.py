"""Rows of like counts that fit no work, or more than one, until somebody says which: of this data file alone, they hold names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from campmgr.facts.area import Forgotten
from campmgr.store.door import Reader, Writer


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What a row says, as it was read."""

    link: str
    number: str
    title: str
    author: str
    person_number: str
    unit: str
    account: str
    published_on: str
    likes: int
    plays: int | None
    rounded: bool
    at_least: bool


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A row that waits: its key (`areas.works.rules.work.row_key`), when it was read, from which batch, and why it waits."""

    key: str
    read_at: str
    batch: str
    row_number: int
    said: SaidRow
    reason: str
    sentence: str
    put_aside: bool = False


_KEEP = """insert into waiting_likes (key, read_at, batch, row_number, said, reason, sentence, put_aside)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, exists (select 1 from waiting_likes where key = ?1 and put_aside = 1))
    on conflict (key, read_at) do update set batch = excluded.batch, row_number = excluded.row_number, said = excluded.said,
        reason = excluded.reason, sentence = excluded.sentence, put_aside = put_aside % 2"""

_ANSWERED = 2
"""In `put_aside`: somebody said what it means."""

# a file that was taken back waits for nothing
_STANDING = "not exists (select 1 from withdrawn d where d.batch = w.batch)"
_KEYS = f"""select key from waiting_likes w where put_aside = :aside and {_STANDING} group by key
    order by max(read_at) desc, min(row_number), key limit :many offset :skip"""  # noqa: S608 - our own words
_COUNT = f"select count(distinct key) from waiting_likes w where put_aside = :aside and {_STANDING}"  # noqa: S608
_MOST = f"""select max(json_extract(said, '$.likes')) from waiting_likes w
    where put_aside = 0 and read_at <= :moment and {_STANDING} group by key"""  # noqa: S608
_OF = f"""select key, read_at, batch, row_number, said, reason, sentence, put_aside from waiting_likes w
    where key in (:keys) and put_aside < 2 and {_STANDING} order by read_at"""  # noqa: S608


def keep_waiting(w: Writer, rows: Iterable[WaitingRow]) -> None:
    """Remember rows; what was put aside stays aside, a row of the same time is read anew."""
    w.many(_KEEP, ((row.key, row.read_at, row.batch, row.row_number, json.dumps(asdict(row.said), ensure_ascii=False), row.reason,
                    row.sentence) for row in rows))  # fmt: skip


def waiting_keys(r: Reader, many: int, skip: int, *, aside: bool) -> list[str]:
    """Keys of rows that wait, or were put aside; the latest file first, in the order of its rows."""
    return [row[0] for row in r.all(_KEYS, aside=int(aside), many=many, skip=skip)]


def count_waiting(r: Reader, *, aside: bool = False) -> int:
    """How many wait, or were put aside."""
    return int(r.value(_COUNT, aside=int(aside)) or 0)


def counts_waiting(r: Reader, moment: str) -> list[int]:
    """The most likes of each work that waits, as read until a stored instant."""
    return [int(row[0]) for row in r.all(_MOST, moment=moment)]


def waiting_of(r: Reader, keys: Iterable[str]) -> Iterator[WaitingRow]:
    """Everything that waits under these keys, in order of time."""
    for key, read_at, batch, row_number, said, reason, sentence, aside in r.among(_OF, keys):
        yield WaitingRow(key, read_at, batch, row_number, SaidRow(**json.loads(said)), reason, sentence, bool(aside))


def drop_waiting(w: Writer, key: str) -> None:
    """What waited under a key waits no more. It is forgotten at the next such step; until then the step can be taken back."""
    w.run("delete from waiting_likes where put_aside = :answered", answered=_ANSWERED)
    w.run("update waiting_likes set put_aside = :answered where key = :key", answered=_ANSWERED, key=key)


def restore_waiting(w: Writer, key: str) -> bool:
    """What waited under a key waits again; False where it was forgotten."""
    return (
        w.run("update waiting_likes set put_aside = 0 where key = :key and put_aside = :answered", answered=_ANSWERED, key=key) > 0
    )


def put_aside(w: Writer, key: str, *, aside: bool) -> None:
    """Leave a row out for good, or take it up again."""
    w.run("update waiting_likes set put_aside = :aside where key = :key", key=key, aside=int(aside))


def forget_author(w: Writer, who: Forgotten) -> None:
    """Forget the rows of somebody whose details are erased."""
    rows = w.all("select key, read_at, said from waiting_likes")
    w.many("delete from waiting_likes where key = ? and read_at = ?",
           [(key, read_at) for key, read_at, said in rows if json.loads(said)["author"] == who.name])  # fmt: skip
