"""Likes -> places: which works count, who stands where, and who is in when several stand equal at the cut (F-14, F-24)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from campmgr.areas.works.rules.tie_breaks import DRAW, tie_key
from campmgr.areas.works.settings import Ranking
from campmgr.clock import until_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from campmgr.settings.rules import Rules

UNKNOWN_ACCOUNT = "个人号"
"""A work whose account kind nobody recorded is taken for a personal one."""


class StandingEntry(NamedTuple):  # not a dataclass: a ranking builds 100,000 of them, straight from rows
    """A work as it is ranked: author, id, likes, account kind ("" when unknown), and what may tell it from equals.

    `published`: its day of publication; `reached`: the earliest reading at which it had this many likes; "" when not known.
    `at_least`: the platform showed 10万+, so the likes are a lower bound; it is ranked by that bound.
    """

    person: str
    work: str
    likes: int
    account: str
    published: str = ""
    reached: str = ""
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class StandingPlace:
    """A line of the list. Under "sum" the likes are all works' together and the work is the person's best.

    `account`: which of several lists it stands in when the kinds are ranked apart, else "".
    """

    place: int
    person: str
    work: str
    likes: int
    account: str = ""
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Standings:
    """The list; how many stand beyond the cut because of a tie; how many places stay empty because equals did not all fit.

    `decided_at_cut`: how many with as many likes as the last line were left out by a tie-break.
    """

    rows: tuple[StandingPlace, ...]
    tied_at_cut: int
    left_out: int
    decided_at_cut: int = 0


class _Line(NamedTuple):
    """A line before it has a place, in sorting order: the key holds -likes and then the tie-breaks in effect."""

    key: tuple[int | str, ...]
    person: str
    work: str
    entry: StandingEntry


def rank(rules: Rules, entries: Iterable[StandingEntry], limit: int | None = None) -> Standings:
    """Rank works by likes, cut at `limit` or at the camp's list length; the order of the entries does not matter (F-24).

    Equals share a place; within it the order is by the tie-breaks in effect, then person, then work, so that every node
    prints the same list. Account kinds ranked apart give one list after the other, each with places and a cut of its own.
    """
    ranking = rules[Ranking]
    length = max(0, ranking.length if limit is None else limit)
    by_list: dict[str, list[StandingEntry]] = defaultdict(list)
    for entry in entries:
        if (kind := entry.account or UNKNOWN_ACCOUNT) in ranking.accounts:
            by_list[list_of(ranking, kind)].append(entry)
    lists = [_one_list(ranking, by_list[each], each, length) for each in lists_of(ranking)]
    return Standings(
        tuple(row for one in lists for row in one.rows),
        sum(one.tied_at_cut for one in lists),
        sum(one.left_out for one in lists),
        sum(one.decided_at_cut for one in lists),
    )


def lists_of(ranking: Ranking) -> tuple[str, ...]:
    """The lists by the account kind they hold: ("",) when all kinds are ranked together (F-14)."""
    return ranking.accounts if ranking.account_lists == "apart" else ("",)


def list_of(ranking: Ranking, kind: str) -> str:
    """The list a work of this account kind stands in, as `lists_of` names it."""
    return (kind or UNKNOWN_ACCOUNT) if ranking.account_lists == "apart" else ""


def grounds(ranking: Ranking) -> tuple[str, ...]:
    """The tie-breaks in effect, in order: none where the camp lets equals be equal, in place and at the cut."""
    return ranking.tie_breaks if ranking.ties == "broken" or ranking.at_cut == "tie_break" else ()


_PER_PERSON = {"best": "每人取点赞最多的一件作品", "sum": "每人各作品点赞数相加", "each": "每件作品单独排名"}
_TIES = {
    "1-2-2-4": "点赞数相同名次并列，其后名次空出（1、2、2、4）",
    "1-2-2-3": "点赞数相同名次并列，其后名次连续（1、2、2、3）",
    "broken": "点赞数相同者分出先后，仍相同的名次并列",
}
_AT_CUT = {
    "all": "末位并列者全部列入",
    "tie_break": "末位并列者按先后列入，先后仍相同的全部列入",
    "none_beyond": "末位并列者名额放不下时都不列入，由主办单位另定",
}


def describe(rules: Rules, within: str = "") -> str:
    """The rule as a Chinese text, printed with every list (F-24); `within` names the division that is ranked, "" for all."""
    ranking = rules[Ranking]
    parts = [
        *([f"范围：{within}"] if within else []),
        f"按点赞数从高到低取前 {ranking.length} 名",
        _PER_PERSON[ranking.per_person],
        _TIES[ranking.ties],
        _AT_CUT[ranking.at_cut],
        *_grounds_told(ranking),
    ]
    if len(ranking.accounts) == 1:
        parts.append(f"只计{ranking.accounts[0]}发布的作品")
    elif ranking.account_lists == "apart":
        parts.append("、".join(ranking.accounts) + "分别排名，各取上述名额")
    cut_off = f"截至 {until_words(ranking.cut_off)}" if ranking.cut_off else "以最近一次读取为准，截止时间尚未设定"
    return "；".join([*parts, f"点赞数{cut_off}"]) + "。"


def _grounds_told(ranking: Ranking) -> list[str]:
    told = ["先后依次看" + "、".join(grounds(ranking))] if grounds(ranking) else []
    if DRAW in grounds(ranking):
        seed = ranking.draw_seed
        told.append(f"抽签按 SHA-256（种子/作品号）从小到大，种子“{seed}”" if seed else "抽签种子尚未设定，设定前不抽签")
    return told


def _one_list(ranking: Ranking, entries: list[StandingEntry], account: str, length: int) -> Standings:
    lines = sorted(_lines(ranking, entries))
    inside = _cut(ranking, lines, length)
    decided = sum(1 for line in lines[inside:] if inside and line.key[0] == lines[inside - 1].key[0])
    return Standings(
        tuple(_placed(ranking, lines[:inside], account)), max(0, inside - length), max(0, min(length, len(lines)) - inside), decided
    )


def _lines(ranking: Ranking, entries: list[StandingEntry]) -> list[_Line]:
    """A line for each work, or the best one of each person; likes are summed or not (F-24)."""
    lines = [_line(ranking, entry) for entry in entries]
    if ranking.per_person == "each":
        return lines
    own: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        own[line.person].append(line)
    return [min(some) if ranking.per_person == "best" else _summed(ranking, some) for some in own.values()]


def _line(ranking: Ranking, entry: StandingEntry) -> _Line:
    told = tie_key(grounds(ranking), ranking.draw_seed, entry.work, entry.published, entry.reached)
    return _Line((-entry.likes, *told), entry.person, entry.work, entry)


def _summed(ranking: Ranking, own: list[_Line]) -> _Line:
    """A person's works as one line: named by the best; the sum was reached when the last of them had reached its count."""
    works = [line.entry for line in own]
    reached = max(work.reached for work in works) if all(work.reached for work in works) else ""
    whole = min(own).entry._replace(
        likes=sum(work.likes for work in works), reached=reached, at_least=any(work.at_least for work in works)
    )
    return _line(ranking, whole)


def _cut(ranking: Ranking, lines: list[_Line], length: int) -> int:
    """How many lines are in: `length`, moved down or up to the edge of those who stand equal there (F-24, ties at 100)."""
    by = slice(None) if ranking.at_cut == "tie_break" or ranking.ties == "broken" else slice(1)
    if length == 0 or length >= len(lines) or lines[length - 1].key[by] != lines[length].key[by]:
        return min(length, len(lines))
    at_cut = lines[length].key[by]
    if ranking.at_cut == "none_beyond":
        return next(at for at, line in enumerate(lines) if line.key[by] == at_cut)
    return next((at for at in range(length, len(lines)) if lines[at].key[by] != at_cut), len(lines))


def _placed(ranking: Ranking, lines: list[_Line], account: str) -> list[StandingPlace]:
    """Number the lines: after two seconds comes the fourth, or the third where the camp counts on (F-24)."""
    by = slice(None) if ranking.ties == "broken" else slice(1)
    rows: list[StandingPlace] = []
    place = 0
    for at, line in enumerate(lines):
        if not at or lines[at - 1].key[by] != line.key[by]:
            place = place + 1 if ranking.ties == "1-2-2-3" else at + 1
        rows.append(StandingPlace(place, line.person, line.work, line.entry.likes, account, bool(line.entry.at_least)))
    return rows
