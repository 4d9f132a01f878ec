"""Lists that are put up 公示, for everyone: masked, with how to object and until when; gone once their time is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint

from campmgr.areas.camp.settings import Camp
from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.prizes.queries.prizes import Amended, PrizeList
from campmgr.areas.prizes.queries.publicity import (
    Posting,
    PublicRow,
    lists_up,
    lists_void,
    public_list,
    public_rows,
    void_in_public,
)
from campmgr.areas.works.queries.standings import StandingRow
from campmgr.clock import today_of, week_day
from campmgr.facts.world import World
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import anyone
from campmgr.web.respond import Answer

area = Blueprint("lists", __name__, url_prefix="/lists")


@dataclass(frozen=True, slots=True)
class ListsPage:
    """The lists that are up today, and the numbers of those that would be, were they not void."""

    lists: tuple[Posting, ...]
    void: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VoidListPage:
    """A list that everyone could see and that is void: since when and why, and nothing of the list."""

    number: int
    voided_on: str
    reason: str


@dataclass(frozen=True, slots=True)
class PublicAmendment:
    """An amendment as everyone may see it: number, day, reason, and each line before and after."""

    amendment: int
    on: str
    reason: str
    lines: tuple[tuple[PublicRow | None, PublicRow | None], ...]


@dataclass(frozen=True, slots=True)
class PublicListPage:
    """A list that is up: nothing in it is more than `PublicRow` holds. `bounds`: places in `rows` whose count is a lower bound."""

    number: int
    part: str
    rule: str
    at: str
    posting: Posting
    ends_on: str
    is_open: bool
    rows: tuple[PublicRow, ...]
    bounds: frozenset[int]
    amendments: tuple[PublicAmendment, ...]
    unknown_years: tuple[int, ...]
    host: str
    digest: str


@area.get("/")
@anyone
def up() -> Answer:
    """The lists that are up today."""
    with reading() as (r, _world):
        found = ListsPage(lists_up(r), lists_void(r))
    return respond.page("prizes/public_lists.html", found)


@area.get("/<int:number>")
@anyone
def shown(number: int) -> Answer:
    """A list that is up today, or the word that it is void. Raises NotFound before and after its time."""
    with reading() as (r, world):
        if void := void_in_public(r, number):
            return respond.page("prizes/void_list.html", VoidListPage(number, *void))
        listed, found = public_list(r, world, number)
        posting, today = found.posting, today_of(r.clock)
    if posting is None:
        raise LookupError("a list that is up has a posting")
    answer = respond.page("prizes/public_list.html", _page(world, listed, posting, today))
    answer.headers["X-Robots-Tag"] = "noindex, noarchive"  # a copy elsewhere would outlive the day it comes down
    return answer


def _page(world: World, listed: PrizeList, posting: Posting, today: str) -> PublicListPage:
    return PublicListPage(
        number=listed.number,
        part=listed.part_words(world),
        rule=listed.rule,
        at=listed.until,
        posting=posting,
        ends_on=f"{posting.ends_on}（{week_day(posting.ends_on)}）",
        is_open=posting.phase(today) == "open",
        rows=public_rows(listed.rows, listed.frozen_rows),
        bounds=frozenset(at for at, row in enumerate(listed.rows) if row.at_least),
        amendments=tuple(_amendment(each, listed.frozen_rows) for each in listed.amendments),
        unknown_years=calendar_of(world).unknown_years(posting.starts_on, posting.ends_on) if "工作日" in posting.counted else (),
        host=world.rules[Camp].host,
        digest=listed.digest_now,
    )


def _amendment(said: Amended, among: Sequence[StandingRow]) -> PublicAmendment:
    def masked(row: StandingRow | None) -> PublicRow | None:
        return public_rows([row], among)[0] if row else None

    lines = tuple((masked(each.before), masked(each.after)) for each in said.lines)
    return PublicAmendment(said.amendment, said.on, said.reason, lines)
