"""The works that what somebody types may mean, to be offered beside the field."""

from __future__ import annotations

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.finding import MOST_OFFERED, Offer, Offering
from campmgr.store.door import Reader

_LIKE = """
    select work, author, title, number, likes from works
    where work = :text or link = :text or number = :text or (title <> '' and title like :pattern)
    order by work = :text desc, link = :text desc, number = :text desc, likes desc limit :most"""


def works_offered(r: Reader) -> Offering:
    """Finds works by id, link or 编号, else by a part of the title, the most liked first."""

    def find(text: str) -> list[Offer]:
        pattern = f"%{text.replace('%', '').replace('_', '')}%" if text.strip("%_ ") else ""
        rows = r.all(_LIKE, text=text, pattern=pattern, most=MOST_OFFERED)
        authors = people_by_id(r, {row[1] for row in rows})
        return [
            Offer(work, title or number or "（无标题）", " · ".join(filter(None, (
                authors[author].shown_name if author in authors else "", number if title else "", f"{likes:,} 赞"))))
            for work, author, title, number, likes in rows
        ]  # fmt: skip

    return find
