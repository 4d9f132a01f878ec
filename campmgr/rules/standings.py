"""Likes -> places: which works count, who stands where, and who is in when several stand equal at the cut (F-14, F-24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from campmgr.clock import local_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from campmgr.rules.preset import Rules

UNKNOWN_ACCOUNT = "个人号"
"""A work whose account kind nobody recorded is taken for a personal one."""


class Entry(NamedTuple):  # not a dataclass: a ranking builds 100,000 of them, straight from rows
    """A work as it is ranked: its author, its id, its likes, and the account kind ("" when unknown)."""

    person: str
    work: str
    likes: int
    account: str


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the list. Under "sum" the likes are all works' together and the work is the person's best."""

    place: int
    person: str
    work: str
    likes: int


@dataclass(frozen=True, slots=True)
class Standings:
    """The list; how many stand beyond the cut because of a tie; how many equals at the cut were left out ("none_beyond")."""

    rows: tuple[Place, ...]
    tied_at_cut: int
    left_out: int


def rank(rules: Rules, entries: Iterable[Entry], limit: int | None = None) -> Standings:
    """Rank works by likes, cut at `limit` or at the camp's list length; the order of the entries does not matter (F-24).

    Equal likes share a place; within it the order is by person, then work, so that every node prints the same list.
    """
    lines = sorted(_lines(rules, entries))
    length = max(0, rules.ranking.length if limit is None else limit)
    inside = _cut(rules, lines, length)
    return Standings(tuple(_placed(rules, lines[:inside])), max(0, inside - length), max(0, min(length, len(lines)) - inside))


_PER_PERSON = {"best": "每人取点赞最多的一件作品", "sum": "每人各作品点赞数相加", "each": "每件作品单独排名"}
_TIES = {
    "1-2-2-4": "点赞数相同名次并列，其后名次空出（1、2、2、4）",
    "1-2-2-3": "点赞数相同名次并列，其后名次连续（1、2、2、3）",
}
_AT_CUT = {"all": "末位并列者全部列入", "none_beyond": "末位并列者名额放不下时都不列入，由主办单位另定"}


def describe(rules: Rules) -> str:
    """The rule as a Chinese text, printed with every list (F-24)."""
    ranking = rules.ranking
    parts = [
        f"按点赞数从高到低取前 {ranking.length} 名",
        _PER_PERSON[ranking.per_person],
        _TIES[ranking.ties],
        _AT_CUT[ranking.at_cut],
    ]
    if len(ranking.accounts) == 1:
        parts.append(f"只计{ranking.accounts[0]}发布的作品")
    cut_off = (
        f"截至 {local_text(ranking.cut_off)[:16].replace('T', ' ')}" if ranking.cut_off else "以最近一次读取为准，截止时间尚未设定"
    )
    return "；".join([*parts, f"点赞数{cut_off}"]) + "。"


def _lines(rules: Rules, entries: Iterable[Entry]) -> list[tuple[int, str, str]]:
    """(-likes, person, work) for each line, so that sorting puts the most likes first; likes are summed or not (F-24)."""
    accounts = frozenset(rules.ranking.accounts)
    counting = [(-each.likes, each.person, each.work) for each in entries if (each.account or UNKNOWN_ACCOUNT) in accounts]
    if rules.ranking.per_person == "each":
        return counting
    best: dict[str, tuple[int, str, str]] = {}
    likes: dict[str, int] = {}
    for line in counting:
        person = line[1]
        likes[person] = likes.get(person, 0) + line[0]
        if person not in best or line < best[person]:
            best[person] = line
    if rules.ranking.per_person == "best":
        return list(best.values())
    return [(likes[person], person, work) for _likes, person, work in best.values()]


def _cut(rules: Rules, lines: list[tuple[int, str, str]], length: int) -> int:
    """How many lines are in: `length`, moved down or up to the edge of those who stand equal there (F-24, ties at 100)."""
    if length == 0 or length >= len(lines) or lines[length - 1][0] != lines[length][0]:
        return min(length, len(lines))
    at_cut = lines[length][0]
    if rules.ranking.at_cut == "none_beyond":
        return next(at for at, line in enumerate(lines) if line[0] == at_cut)
    return next((at for at in range(length, len(lines)) if lines[at][0] != at_cut), len(lines))


def _placed(rules: Rules, lines: list[tuple[int, str, str]]) -> list[Place]:
    """Number the lines: after two seconds comes the fourth, or the third where the camp counts on (F-24)."""
    rows: list[Place] = []
    place = 0
    for at, (negative, person, work) in enumerate(lines):
        if not rows or rows[-1].likes != -negative:
            place = place + 1 if rules.ranking.ties == "1-2-2-3" else at + 1
        rows.append(Place(place, person, work, -negative))
    return rows
