"""What waits for an office today, and the steps by which a new camp begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from campmgr.accounts.queries import ROLE_WORDS, Account, accounts_for, holds_all
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.local import count_join_codes
from campmgr.areas.prizes.queries.publicity import objections_waiting
from campmgr.areas.reports.queries.reporting import reporting
from campmgr.areas.requests.queries import WAITING as REQUESTS
from campmgr.areas.summaries.queries import summaries_for
from campmgr.desks.pages.today import Task, own_tasks
from campmgr.desks.queries.review import Span, count_found, review_count
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web.i18n import _


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a new camp: how many there are already, of what, and where they are made."""

    count: int
    what: str
    address: str


def office_tasks(r: Reader, world: World, account: Account) -> tuple[Task, ...]:
    """What waits for an office, nothing that is 0."""
    return tuple(each for each in _tasks(r, world, account) if each.count)


def _tasks(r: Reader, world: World, account: Account) -> Iterator[Task]:
    """What units ask for, which stands in the review too; what was set aside; objections without an answer, for whoever organizes
    the whole camp; summaries that nobody has read; units in which nobody has joined.
    """
    yield from own_tasks(r, world, account)
    span = Span(account.unit, account.line)
    asked = count_found(r, world, span, REQUESTS)
    yield Task(asked, _("件下级请办，等您答复"), _("答复"), url_for("office_review.page", sort=REQUESTS), due=True)
    yield Task(review_count(r, world, span), _("件待核对"), _("去看"), url_for("office_review.page"), due=True)
    for number, count in objections_waiting(r) if holds_all(world, account) else ():
        words = _("条异议待答复（第 %(n)s 号名单）") % {"n": number}
        yield Task(count, words, _("答复"), url_for("office_publicity.shown", number=number), due=True)
    unread = sum(1 for each in summaries_for(r, world, account) if each.state == "handed_in")
    yield Task(unread, _("份总结待审"), _("去审"), url_for("office_summaries.listed", state="handed_in"))
    silent = len(reporting(r, world, account).silent)
    yield Task(silent, _("个单位还没有人参加"), _("看名单"), url_for("office_reporting.shown"))


def steps_of(r: Reader, world: World, account: Account) -> tuple[Step, ...]:
    """The steps of a new camp for whoever organizes the whole of it; none once all are done."""
    if not holds_all(world, account):
        return ()
    coordinators = sum(1 for each in accounts_for(r, world, account).accounts if each.role == ROLE_WORDS["coordinator"])
    steps = (
        Step(len(lessons_of(world)), _("门课程"), url_for("office_lessons.lessons")),
        Step(len(world.tree.units) - 1, _("个单位"), url_for("office_units.top")),
        Step(coordinators, _("位联络员"), url_for("office.accounts")),
        Step(count_join_codes(r), _("个加入码，可印海报"), url_for("codes.codes", code=account.unit)),
    )
    return steps if not all(each.count for each in steps) else ()
