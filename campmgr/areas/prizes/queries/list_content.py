"""What a list says when it is frozen, and when it is made again to be checked: rows, who is left out and why, sources (F-24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from campmgr.areas.prizes.rules.frozen_list import digest_of
from campmgr.areas.works.queries.divisions import WHOLE, Division, division_words, where
from campmgr.areas.works.queries.standings import ranked_works, ruled
from campmgr.areas.works.rules.standings import UNKNOWN_ACCOUNT, StandingPlace, Standings, describe
from campmgr.areas.works.settings import Ranking
from campmgr.facts.catalogue import catalogue
from campmgr.facts.world import World
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader

NEXT = 20
"""How many lines after the last one are told, so that number 101 can read why."""

_MOST = 500
"""Of each sort of works left out, from the top."""

LEFT_OUT = {
    "judged": "取消资格",
    "late": "截止时间前没有读数",
    "account": "账号类型不参加排名",
    "other_work": "同一作者另有作品入选",
    "tied": "末位并列，名额放不下",
    "next": "排在名额之外",
}
"""Why a work is not on the list, in words. The reason a person gave stands beside "judged"."""

_LAST = """d.read_at <= :at and not exists (
        select 1 from readings later where later.work = d.work and later.read_at <= :at
        and (later.read_at > d.read_at or (later.read_at = d.read_at and later.fact > d.fact)))"""

# few works are taken out, so from these to their readings; of the others, from the most liked reading down
_JUDGED = f"""
    select w.work, w.person, d.likes, coalesce(p.home, ''), w.reason
    from works w cross join readings d left join people p on p.person = w.person
    where w.counts = 0 and d.work = w.work and {_LAST}{{division}}
    order by d.likes desc, w.work limit :most"""  # noqa: S608 - our own words

_ENOUGH = f"""
    select w.work, w.person, d.likes, coalesce(p.home, ''), w.account
    from readings d cross join works w left join people p on p.person = w.person
    where w.work = d.work and w.counts = 1 and d.likes >= :least and {_LAST}{{division}}
    order by d.likes desc, w.work limit :most"""  # noqa: S608 - our own words

_LATE = """
    select w.work, w.person, w.likes, coalesce(p.home, '') from works w left join people p on p.person = w.person
    where w.counts = 1 and w.likes >= :least and w.read_at > :at
      and not exists (select 1 from readings d where d.work = w.work and d.read_at <= :at){division}
    order by w.likes desc, w.work limit :most"""


def list_content(
    r: Reader, world: World, rules: Rules, number: int, moment: str, division: Division = WHOLE, remark: str = ""
) -> dict[str, Any]:
    """Everything a list freezes, with its digest; `moment` is a stored instant, `remark` why nobody waited for what was open."""
    rules = ruled(rules, moment, None, division)
    ranked = ranked_works(r, rules, moment, None, division)
    homes = _homes(r, ranked.rows)
    content: dict[str, Any] = {
        "number": number,
        "at": moment,
        "rules": {"ranking": rules.to_mapping()["ranking"]},
        "rule_text": describe(rules, division_words(world, division)),
        "division": {part: word for part, word in asdict(division).items() if word},
        "rows": [[row.place, row.person, row.work, row.likes, homes.get(row.person, "")] for row in ranked.rows],
        "bounds": [row.work for row in ranked.rows if row.at_least],
        "excluded": [list(each) for each in _excluded(r, rules, moment, division, ranked)],
        "sources": _sources_by(r, moment),
        "remark": remark,
    }
    return content | {"digest": digest_of(content)}


def made_again(r: Reader, world: World, content: Mapping[str, Any]) -> dict[str, Any]:
    """The list that the facts held here give under the rules, for the part and at the time of a frozen one."""
    mapping = {**world.rules.to_mapping(), "ranking": _lengths_settled(content["rules"]["ranking"])}
    rules, division = catalogue(r).book.understood(mapping)[0], division_of(content)
    return list_content(r, world, rules, int(content["number"]), str(content["at"]), division)


def division_of(content: Mapping[str, Any]) -> Division:
    """The part of the works a list is of; a part that a newer version knows is passed over."""
    return Division(**{part: str(word) for part, word in content["division"].items() if part in _PARTS})


_PARTS = {each.name for each in fields(Division)}


def _lengths_settled(ranking: Mapping[str, Any]) -> dict[str, Any]:
    """The rules as frozen hold the list's own length already."""
    return {**ranking, "division_length": 0}


def _excluded(
    r: Reader, rules: Rules, moment: str, division: Division, ranked: Standings
) -> Iterator[tuple[str, str, int, str, str, str]]:
    """(work, person, likes, home, sort as in LEFT_OUT, reason given) of works that somebody will ask about, sort by sort.

    Works taken out by a person are all told; others where their count would have been enough, and the lines next below.
    """
    if not ranked.rows:
        return
    condition, values = where(r, division)
    judged, late, enough = (sql.format(division=condition) for sql in (_JUDGED, _LATE, _ENOUGH))
    inside, people = {row.work for row in ranked.rows}, {row.person for row in ranked.rows}
    least = ranked.rows[-1].likes if rules[Ranking].per_person != "sum" else 0
    for work, person, likes, home, reason in r.all(judged, at=moment, most=_MOST, **values):
        yield work, person, likes, home, "judged", reason
    for work, person, likes, home in r.all(late, at=moment, least=least, most=_MOST if least else 0, **values):
        yield work, person, likes, home, "late", ""
    for work, person, likes, home, account in r.all(enough, at=moment, least=least, most=len(inside) + _MOST, **values):
        if work not in inside and (sort := _sort(rules, str(account), is_on_list=person in people)):
            inside.add(work)
            yield work, person, likes, home, sort, ""
    longer = ranked_works(r, rules, moment, len(ranked.rows) + NEXT, division)
    below = [row for row in longer.rows if row.work not in inside][:NEXT]
    homes = _homes(r, below)
    tied = below[0].likes if below and ranked.left_out else -1
    for row in below:
        yield row.work, row.person, row.likes, homes.get(row.person, ""), "tied" if row.likes == tied else "next", ""


def _sort(rules: Rules, account: str, *, is_on_list: bool) -> str:
    """Why a work with enough likes is not on the list, as far as it is not a matter of places; "" for the rest."""
    if (account or UNKNOWN_ACCOUNT) not in rules[Ranking].accounts:
        return "account"
    return "other_work" if is_on_list and rules[Ranking].per_person == "best" else ""


def _homes(r: Reader, rows: Iterable[StandingPlace]) -> dict[str, str]:
    return dict(r.among("select person, home from people where person in (:keys)", {row.person for row in rows}))


_SOURCES = """
    select i.sha256, i.file, i.read_at, i.recorded_at from imports i
    where i.kind = 'likes' and (i.read_at = '' or i.read_at <= :moment)
      and not exists (select 1 from withdrawn d where d.batch = i.batch)
    order by i.read_at, i.clock, i.batch, i.fact"""


_UNFILED = f"""
    select count(*) from readings d join facts f on f.chain = d.fact
    where d.work in (:keys) and {_LAST}
      and not exists (select 1 from imports i where i.batch = f.batch)"""  # noqa: S608 - our own words


def counts_of_no_file(r: Reader, content: Mapping[str, Any]) -> int:
    """How many of a list's own counts came by no file: they were recorded one by one, or here before files were noted."""
    works = [str(row[2]) for row in content["rows"]]
    return sum(int(row[0]) for row in r.among(_UNFILED, works, at=str(content["at"])))


def _sources_by(r: Reader, moment: str) -> list[list[str]]:
    """[SHA-256, file name, read-at, recorded-at] of the imports whose counts were read by `moment`, in order of time.

    An import that did not say when its counts were read is named too: its rows bear times of their own.
    """
    return [list(row) for row in r.all(_SOURCES, moment=moment)]
