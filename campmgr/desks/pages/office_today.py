"""What waits for an office today, what it alone can decide, and the steps by which a new camp begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from campmgr.accounts import local
from campmgr.accounts.queries import ROLE_WORDS, Account, AccountLine, holds_all
from campmgr.areas.hours.settings import Completion
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.local import count_join_codes
from campmgr.areas.prizes.queries.prizes import last_number
from campmgr.areas.prizes.queries.publicity import objections_waiting
from campmgr.areas.requests.queries import WAITING as REQUESTS
from campmgr.areas.summaries.queries import summaries_for
from campmgr.areas.works.queries.standings import ranked_works
from campmgr.areas.works.settings import Ranking
from campmgr.desks.pages.today import Task, own_tasks
from campmgr.desks.queries.review import Span, count_found, review_count
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web.i18n import _
from campmgr.wording import hours_text


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a new camp: how many there are already, of what, where they are made, and what more is to be said."""

    count: int
    what: str
    address: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a new camp in their order; all done, they fold to one line."""

    lines: tuple[Step, ...]

    @property
    def done(self) -> int:
        """How many of them are."""
        return sum(each.count > 0 for each in self.lines)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the notice left open: in a sentence, what comes of it ("" where the sentence says so), and where it is decided."""

    sentence: str
    effect: str
    address: str


_DECIDED_AT = {"no_end_date": "live.ends_on", "no_cut_off": "ranking.cut_off", "other_year": "camp.year"}
"""The setting by which a reminder is settled."""

_AT_CUT = "ranking.at_cut"


def decisions_of(r: Reader, world: World, account: Account) -> tuple[Decision, ...]:
    """What only whoever organizes the whole camp can decide; equals at the cut with both counts, while no list is frozen."""
    if account.unit != world.root_unit:
        return ()
    at = {each.code: _DECIDED_AT.get(each.code, "") for each in world.rules.reminders()}
    rule = {code: url_for("office_rules.rule", key=key) if key else url_for("office_rules.rules") for code, key in at.items()}
    left = [Decision(each.sentence, "", rule[each.code]) for each in world.rules.reminders()]
    return (*left, *_tied(r, world))


def _tied(r: Reader, world: World) -> Iterator[Decision]:
    ranking = world.rules[Ranking]
    if world.activity in world.closed or last_number(r):
        return
    everyone = ranked_works(r, world.rules.with_section(replace(ranking, at_cut="all")), ranking.cut_off)
    if beyond := everyone.tied_at_cut:
        words = world.rules.sections.fields[_AT_CUT].say(ranking.at_cut)
        told = {"n": ranking.length, "words": words, "all": len(everyone.rows), "first": len(everyone.rows) - beyond}
        yield Decision(
            _("并列第 %(n)s 名怎么办？现在按“%(words)s”。") % told,
            _("照现在的读数，并列的都算是 %(all)s 人，分出先后是 %(first)s 人。") % told,
            url_for("office_rules.rule", key=_AT_CUT),
        )


def office_tasks(r: Reader, world: World, account: Account, accounts: Sequence[AccountLine]) -> tuple[Task, ...]:
    """What waits for an office, nothing that is 0; `accounts`: those within its scope."""
    return tuple(each for each in _tasks(r, world, account, accounts) if each.count)


def _tasks(r: Reader, world: World, account: Account, accounts: Sequence[AccountLine]) -> Iterator[Task]:
    """What units ask for, which stands in the review too; what was set aside; objections without an answer, for whoever organizes
    the whole camp; summaries that nobody has read; accounts that were never used.
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
    used = local.last_log_ins(r)
    never = sum(each.active and each.account not in used for each in accounts)
    yield Task(never, _("个账号从没登录过"), _("看名单"), url_for("office.accounts", last="never", state="in"))


def steps_of(r: Reader, world: World, account: Account, accounts: Sequence[AccountLine]) -> Steps | None:
    """The steps of a new camp for whoever organizes the whole of it."""
    if not holds_all(world, account):
        return None
    lessons = lessons_of(world).values()
    worth = sum(each.hundredths for each in lessons if not each.replay_of)
    coordinators = sum(1 for each in accounts if each.role == ROLE_WORDS["coordinator"])
    need = _("共 %(worth)s 课时，学满 %(need)s 课时结业") % {
        "worth": hours_text(worth), "need": hours_text(world.rules[Completion].required_hundredths)}  # fmt: skip
    kinds = Counter(each.kind for each in world.tree.units.values() if each.parent).most_common(4)
    return Steps((
        Step(len(lessons), _("门课程"), url_for("office_lessons.lessons"), need if lessons else ""),
        Step(len(world.tree.units) - 1, _("个单位"), url_for("office_units.top"), " · ".join(f"{kind} {n}" for kind, n in kinds)),
        Step(coordinators, _("位联络员"), url_for("office.accounts", role=ROLE_WORDS["coordinator"])),
        Step(count_join_codes(r), _("个加入码，可印海报"), url_for("codes.codes", code=account.unit), _("一册印齐下级各单位的海报")),
    ))  # fmt: skip
