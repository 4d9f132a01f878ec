"""Pictures go with what they were shown for: once a declaration no longer waits, or its owner is erased, the bytes are gone."""

from __future__ import annotations

from collections.abc import Collection

from campmgr.store.door import Writer

_OVER = """
    select p.person, p.digest from local_screenshots p left join aliases a on a.person = p.person
    where p.person in (:keys) and not exists (
        select 1 from declarations d join people o on o.person = d.person
        where d.person = coalesce(a.stands_for, p.person) and d.evidence = p.digest and d.state = 'waiting' and o.erased = 0)"""


def forget_pictures(w: Writer, people: Collection[str]) -> None:
    """Drop the pictures of these people that no waiting declaration shows any more.

    Runs in every fold of a person, so that it does not matter by what way the answer came: here, by a pack, by an erasure.
    """
    over = list(w.among(_OVER, people))
    if over:
        w.many("delete from local_screenshots where person = ? and digest = ?", over)
