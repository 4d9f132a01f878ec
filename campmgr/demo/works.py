"""The made-up works: titles, authors, and likes with a long tail, read three times, with equals at place 100 (F-14, F-15, F-24)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campmgr.areas.camp.settings import FIELDS, SUB_TOPICS
from campmgr.areas.works.actions.works import Reading
from campmgr.areas.works.rules.work import Work
from campmgr.clock import parse_instant, utc_text
from campmgr.demo.dice import Dice

READ_AT = ("2023-06-15T18:00", "2023-06-22T18:00", "2023-06-30T18:00")
"""When the likes were read, China time."""

_GROWN = ((20, 45), (55, 80), (100, 100))
"""How much of the last count, in percent, the platform showed by each reading: from, to."""

_TIED = range(92, 112)
_TIED_LIKES = 3966
"""Places with equal likes, in the middle of what their neighbours have, so that more than a hundred stand on the list."""

_FORMS = ("{}：一分钟看懂", "{}小课堂", "{}，这样做才对", "{}实拍", "一起来聊{}", "{}情景短剧", "{}口诀", "{}全记录")
_WAN = 10_000


@dataclass(frozen=True, slots=True)
class MadeWork:
    """A work, its readings in order, and its author: `author` counts through the list of authors."""

    work: Work
    author: int
    readings: tuple[Reading, ...]


def works_by(authors: int, count: int) -> list[MadeWork]:
    """`count` works of `authors` authors, each of whom has one at least; the further ones are among the least liked."""
    places = Dice("places of works").shuffled(range(authors))
    ranked = [*places, *(Dice("second works").shuffled(range(authors))[: count - authors])]
    numbers = Dice("numbers of works").shuffled(range(1, count + 1))
    made = [_work(number, place, author) for place, (number, author) in enumerate(zip(numbers, ranked, strict=True), 1)]
    return sorted(made, key=lambda each: each.work.number)


def _work(number: int, place: int, author: int) -> MadeWork:
    dice = Dice("work", number)
    field = dice.pick(FIELDS.words)
    work = Work(
        title=dice.pick(_FORMS).format(dice.pick(SUB_TOPICS[field])), link=f"https://example.org/v/{number:04d}",
        number=f"ZP{number:04d}", account=dice.weighted(((85, "个人号"), (15, "官方号"))), field=field,
        published_on=f"2023-06-{dice.between(6, 14):02d}",
    )  # fmt: skip
    return MadeWork(work, author, tuple(_readings(_likes(place, dice), dice)))


def _likes(place: int, dice: Dice) -> int:
    """The last count of the work at a place: few have very many, most have few, a handful nothing."""
    if place in _TIED:
        return _TIED_LIKES
    if place > 580:
        return dice.below(4)
    return 420_000 * dice.between(99, 101) // (100 * (place + 6))


def _readings(last: int, dice: Dice) -> Iterator[Reading]:
    """Three counts that only grow; from ten thousand on the platform shows 1.2万 and nothing finer."""
    plays_per_like = dice.between(12, 30) if dice.chance(70) else 0
    for read_at, (least, most) in zip(READ_AT, _GROWN, strict=True):
        likes = last * dice.between(least, most) // 100
        rounded = likes >= _WAN
        likes = likes // 1000 * 1000 if rounded else likes
        plays = likes * plays_per_like if plays_per_like else None
        yield Reading(utc_text(parse_instant(read_at)), likes, plays, rounded)


def authors_of(candidates: Sequence[int], count: int) -> list[int]:
    """`count` of the candidates, in an order that says nothing."""
    return sorted(Dice("authors").shuffled(candidates)[:count])
