"""The ranking made again the slow way, from the rule's words alone: for each line count who stands in front of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from campmgr.areas.works.rules.standings import StandingEntry

Line = tuple[int, str, str, int]
"""Place, person, work, likes."""


def counted(settings: Mapping[str, str], works: list[StandingEntry], limit: int) -> list[Line]:
    """The list under these settings; nothing of the program's own ranking is used."""
    kinds = settings["accounts"].split("、")
    counting = [work for work in works if (work.account or "个人号") in kinds]
    if settings["account_lists"] == "apart":
        lists = [[work for work in counting if (work.account or "个人号") == kind] for kind in kinds]
    else:
        lists = [counting]
    return [line for each in lists for line in _list(settings, each, limit)]


def _list(settings: Mapping[str, str], works: list[StandingEntry], limit: int) -> list[Line]:
    lines = _per_person(settings, works)
    broken = settings["ties"] == "broken"
    parted = broken or settings["at_cut"] == "tie_break"
    inside = [each for each in lines if _is_in(settings, lines, each, limit, parted=parted)]
    inside.sort(key=lambda each: (sum(_beats(settings, other, each, parted=parted) for other in lines), each.person, each.work))
    return [(_place(settings, lines, each, broken=broken), each.person, each.work, each.likes) for each in inside]


def _per_person(settings: Mapping[str, str], works: list[StandingEntry]) -> list[StandingEntry]:
    if settings["per_person"] == "each":
        return works
    parted = settings["ties"] == "broken" or settings["at_cut"] == "tie_break"
    lines = []
    for person in {work.person for work in works}:
        own = sorted((work for work in works if work.person == person), key=lambda work: work.work)
        best = next(one for one in own if not any(_beats(settings, other, one, parted=parted) for other in own))
        if settings["per_person"] == "sum":
            times = [work.reached for work in own]
            best = best._replace(likes=sum(work.likes for work in own), reached="" if "" in times else max(times))
        lines.append(best)
    return lines


def _beats(settings: Mapping[str, str], one: StandingEntry, other: StandingEntry, *, parted: bool) -> bool:
    """Whether one stands in front of the other."""
    if one.likes != other.likes:
        return one.likes > other.likes
    if not parted:
        return False
    for ground in settings["tie_breaks"].split("、"):
        mine, theirs = _ground(settings, ground, one), _ground(settings, ground, other)
        if mine != theirs:
            return bool(mine) and (not theirs or mine < theirs)
    return False


def _ground(settings: Mapping[str, str], ground: str, work: StandingEntry) -> str:
    if ground == "发布较早":
        return work.published
    if ground == "先达到该点赞数":
        return work.reached
    seed = settings["draw_seed"]
    return hashlib.sha256(f"{seed}/{work.work}".encode()).hexdigest() if seed else ""


def _is_in(settings: Mapping[str, str], lines: list[StandingEntry], one: StandingEntry, limit: int, *, parted: bool) -> bool:
    in_front = sum(_beats(settings, other, one, parted=parted) for other in lines)
    behind = sum(_beats(settings, one, other, parted=parted) for other in lines)
    if settings["at_cut"] == "none_beyond":
        return len(lines) - behind <= limit
    return in_front < limit


def _place(settings: Mapping[str, str], lines: list[StandingEntry], one: StandingEntry, *, broken: bool) -> int:
    in_front = [other for other in lines if _beats(settings, other, one, parted=broken)]
    return 1 + (len({other.likes for other in in_front}) if settings["ties"] == "1-2-2-3" else len(in_front))
