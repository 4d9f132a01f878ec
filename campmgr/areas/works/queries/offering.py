"""The works that what somebody types may mean, to be offered beside the field."""

from __future__ import annotations

from campmgr.accounts.queries import Account
from campmgr.areas.people.queries.finding import Person, masked_name, people_by_id
from campmgr.areas.people.queries.theirs import is_home_theirs
from campmgr.areas.works.queries.readings import works_called
from campmgr.facts.finding import MOST_OFFERED, Offer, Offering
from campmgr.facts.world import World
from campmgr.store.door import Reader

_LIKE = """
    select work, author, title, number, likes from works
    where title <> '' and title like :pattern order by likes desc, work limit :most"""
_THESE = "select work, author, title, number, likes from works where work in (:keys)"


def works_offered(r: Reader, world: World, account: Account) -> Offering:
    """Finds works by id, link or 编号, else by a part of the title, the most liked first. Works stand on the public board, so all may
    be found; as there, authors of other units bear masked names.
    """

    def find(text: str) -> list[Offer]:
        pattern = f"%{text.replace('%', '').replace('_', '')}%" if text.strip("%_ ") else ""
        rows = list(r.among(_THESE, works_called(r, text))) or r.all(_LIKE, pattern=pattern, most=MOST_OFFERED)
        authors = people_by_id(r, {row[1] for row in rows})
        return [
            Offer(work, title or number or "（无标题）", " · ".join(filter(None, (
                _named(world, account, authors.get(author)), number if title else "", f"{likes:,} 赞"))))
            for work, author, title, number, likes in rows
        ]  # fmt: skip

    return find


def _named(world: World, account: Account, author: Person | None) -> str:
    if author is None:
        return ""
    return author.shown_name if is_home_theirs(world, account, author) else masked_name(author.shown_name)
