"""Works, their like counts, and whether they count (F-14, F-24)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.works.queries.readings import author_registered, author_standing, scope_registered
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.clock import day_of
from campmgr.facts.review import Settling
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, scope_unit, subject, subject_key
from campmgr.store.door import Reader, Writer


class Reading(NamedTuple):
    """A like count as somebody read it: when (a stored instant), how many, plays if known, rounded by the platform or not.

    `at_least`: the platform showed a lower bound, 10万+.
    """

    read_at: str
    likes: int
    plays: int | None = None
    rounded: bool = False
    at_least: bool = False


def work_draft(campaign: str, work: Work, author: str, home: str, day: str, batch: str | None = None, actor: str = "") -> Draft:
    """What registers a work, in its author's home scope."""
    work_key = work_id(campaign, work)
    body = {"author": author, "link": work.link, "number": work.number, "title": work.title, "account": work.account,
            "field": work.field, "published_on": work.published_on}  # fmt: skip
    return Draft(home, "work_registered", subject("work", work_key), body, actor=actor, batch=batch,
                 client_id=hash_id("work", work_key, author), happened_on=work.published_on or day)  # fmt: skip


def reading_draft(place: str, work: str, reading: Reading, replaces: str = "", batch: str | None = None, actor: str = "") -> Draft:
    """What says a like count. Natural key: work and time read."""
    body = {
        "likes": reading.likes, "plays": reading.plays, "read_at": reading.read_at, "rounded": reading.rounded,
        "at_least": reading.at_least,
    }  # fmt: skip
    key = ["likes", work, reading.read_at, reading.likes, reading.plays, replaces or None]
    if reading.at_least:
        key.append("at least")
    day = day_of(reading.read_at)
    return Draft(place, "likes_read", subject("work", work), body, actor=actor, batch=batch, client_id=hash_id(*key),
                 replaces=(replaces,) if replaces else (), happened_on=day)  # fmt: skip


def judge(
    w: Writer, work: str, author: Person, *, counts: bool, reason: str, actor: str = "", client_id: str | None = None
) -> Fact:
    """Disqualify or reinstate a work, with the reason; a flag never does this, only a person (issue of the prize list)."""
    return say(w, [judged_draft(w, work, author, counts=counts, reason=reason, actor=actor)._replace(client_id=client_id)])[0].fact


def judged_draft(r: Reader, work: str, author: Person, *, counts: bool, reason: str, actor: str = "") -> Draft:
    """What takes a work out of the ranking or in again."""
    body = {"counts": counts, "reason": reason}
    return Draft(place_of_work(r, work, author), "work_judged", subject("work", work), body, actor=actor)


def place_of_work(r: Reader, work: str, author: Person) -> str:
    """Where to speak of a work: its author's home; of a merged author where it was handed in, so that a parting takes it along."""
    own = author_registered(r, work)
    if own is None or own == author.person:
        return author.home
    scope = scope_registered(r, work)
    return (scope_unit(scope) if scope else None) or author.home


def noted_of_works(w: Writer, settling: Settling) -> list[Draft]:
    """What notes the answer to rows about works."""
    rows = [row for row in settling.rows if row.subject.startswith("work:")]
    persons = {row.subject: author_standing(w, subject_key(row.subject)) for row in rows}
    authors, answer = people_by_id(w, persons.values()), settling.note or settling.answer.words
    return [
        _settled(place_of_work(w, subject_key(row.subject), author), row.subject, row.case, answer)._replace(
            actor=settling.actor, batch=settling.batch)
        for row in rows if (author := authors.get(persons[row.subject]))
    ]  # fmt: skip


def _settled(place: str, about: str, case: str, reason: str) -> Draft:
    return Draft(place, "review_settled", about, {"case": case, "answer": reason})


def settle_flags(
    w: Writer, work: str, author: Person, cases: Sequence[str], reason: str, *, counts: bool | None = None, actor: str = "",
    batch: str | None = None,
) -> None:  # fmt: skip
    """Note what was found out about flags of a work (`rules.anomalies.Flag.case`), and take it out or in again on the way.

    `counts` None leaves the work as it is: looked at, fine. Settling again with the same words changes nothing.
    """
    place, about = place_of_work(w, work, author), subject("work", work)
    drafts = [_settled(place, about, case, reason)._replace(actor=actor, batch=batch) for case in cases]
    if counts is not None:
        drafts.append(Draft(place, "work_judged", about, {"counts": counts, "reason": reason}, actor=actor, batch=batch))
    say(w, drafts)
