"""Like counts worth a look, each with its reason in plain words; pure, integers only, so that every node finds the same.

What a flag compares is robust: medians, and the median of the deviations from them, which one giant cannot move. A flag never
takes a work off the list (issue of the prize list, 5); a person looks, and decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from campmgr.clock import minute_text, parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from campmgr.areas.works.settings import Anomalies

MATTERS = {
    "fall": "点赞减少",
    "jump": "突然增多",
    "ratio": "赞播比异常",
    "same_count": "读数相同",
    "same_rise": "增加数相同",
    "equal_steps": "每次增加一样多",
    "late": "截止后才读到",
    "lower_bound": "只有下限",
    "two_authors": "两个作者",
}
"""Every reason to look at a work, in words. The last one is seen by the fold of works (`two_authors`), the others here."""

_SMALL = 100
"""Added to a count before growth is compared, so that going from 2 to 8 is no fourfold rise."""

_WINDOW = 50
"""How far around a number its neighbours are counted, to tell a run of equal ones from a crowd."""

_CROWD = 5
"""How many times the neighbours' average equal numbers must be, to be more than chance."""


class ReadCount(NamedTuple):
    """A reading: when, likes, plays (None: not told), whether the platform had rounded it or showed only a lower bound."""

    read_at: str
    likes: int
    plays: int | None = None
    rounded: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at: the work, what sort of thing, the reading it is about, why, and what a decision names.

    The case holds the counts it is about, so that a corrected count is looked at anew.
    """

    work: str
    matter: str
    read_at: str
    sentence: str
    case: str


class _Rise(NamedTuple):
    """A reading after another of the same work."""

    work: str
    before: ReadCount
    now: ReadCount

    @property
    def likes(self) -> int:
        """How many more, or less than nothing."""
        return self.now.likes - self.before.likes


def find_flags(limits: Anomalies, cut_off: str, works: Iterable[tuple[str, Sequence[ReadCount]]]) -> list[Flag]:
    """Every flag of these works, the counts of each in order of time; the latest first, then by work and case."""
    flags: list[Flag] = []
    peers: dict[tuple[str, str], list[_Rise]] = defaultdict(list)
    at_once: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for work, series in works:
        rises = [_Rise(work, before, now) for before, now in pairwise(series)]
        flags += _own(limits, cut_off, work, series, rises)
        for rise in rises:
            peers[rise.before.read_at, rise.now.read_at].append(rise)
        for count in series:
            if count.likes >= limits.same_least_likes and _is_exact(count):
                at_once[count.read_at].append((work, count.likes))
    for together in peers.values():
        flags += _beyond_peers(limits, together)
        flags += _same_rise(limits, together)
    for read_at, counts in at_once.items():
        for work, likes, many in _alike(limits, counts):
            sentence = f"{_day(read_at)} 的读数 {likes:,} 与另外 {many - 1} 件作品完全相同，邻近的数字没有这样集中。"
            flags.append(Flag(work, "same_count", read_at, sentence, f"same_count:{read_at}:{likes}"))
    flags.sort(key=lambda flag: (flag.work, flag.case))
    return sorted(flags, key=lambda flag: flag.read_at, reverse=True)


def _own(limits: Anomalies, cut_off: str, work: str, series: Sequence[ReadCount], rises: Sequence[_Rise]) -> Iterator[Flag]:
    """What a work's own readings tell, without a look at any other."""
    for rise in rises:
        if -rise.likes > max(_slack(rise.before), _slack(rise.now)) and not rise.now.at_least:
            yield _flag(rise, "fall", f"比上次少 {-rise.likes:,}：{_from_to(rise)}。")
    for count in series:
        yield from _ratio(limits, work, count)
    yield from _beyond_history(limits, rises)
    yield from _equal_steps(limits, rises)
    if series and cut_off and series[0].read_at > cut_off:
        at = series[0].read_at
        yield Flag(
            work, "late", at, f"截止时间之前没有读到过，第一次读数在 {minute_text(at)}；不会列入名单。", f"late:{at}:{cut_off}"
        )
    if series and series[-1].at_least:
        at, likes = series[-1].read_at, series[-1].likes
        yield Flag(work, "lower_bound", at, f"平台只显示“{_bound(likes)}”，按 {likes:,} 排名，实际可能更多；影响名次时请向平台核实。",
                   f"lower_bound:{at}:{likes}")  # fmt: skip


def _ratio(limits: Anomalies, work: str, count: ReadCount) -> Iterator[Flag]:
    """Likes for a thousand plays outside what the camp takes for usual."""
    if count.plays is None or count.likes < max(limits.ratio_least_likes, 1):
        return
    told = f"{_day(count.read_at)} 播放 {count.plays:,}、点赞 {count.likes:,}"
    case = f"ratio:{count.read_at}:{count.likes}:{count.plays}"
    if count.plays == 0:
        yield Flag(work, "ratio", count.read_at, f"{told}：没有播放却有点赞。", case)
        return
    ratio = count.likes * 1000 // count.plays
    if ratio > limits.ratio_most and not count.at_least:
        yield Flag(work, "ratio", count.read_at, f"{told}：每千次播放 {ratio:,} 赞，高于 {limits.ratio_most:,}。", case)
    elif ratio < limits.ratio_least and not count.at_least:
        yield Flag(work, "ratio", count.read_at, f"{told}：每千次播放 {ratio:,} 赞，低于 {limits.ratio_least:,}。", case)


def _beyond_history(limits: Anomalies, rises: Sequence[_Rise]) -> Iterator[Flag]:
    """Rises far beyond what the work gained in a day before, once there is enough of a before."""
    for at in range(limits.history_least, len(rises)):
        rise = rises[at]
        if rise.likes < limits.jump_least:
            continue
        before = [_a_day(each) for each in rises[:at]]
        usual, spread = _middle(before)
        if _a_day(rise) > usual + limits.jump_spreads * max(spread, abs(usual) // 4, 1):
            yield _flag(
                rise,
                "jump",
                f"每天增加 {_a_day(rise):,}，此前 {len(before)} 次每天增加的中位数是 {usual:,}：{_from_to(rise)}。",
                "own",
            )


def _beyond_peers(limits: Anomalies, peers: Sequence[_Rise]) -> Iterator[Flag]:
    """Growth far beyond what the other works read at the same two times had."""
    if len(peers) < limits.peers_least:
        return
    growths = [rise.likes * 1000 // (rise.before.likes + _SMALL) for rise in peers]
    usual, spread = _middle(growths)
    least = usual + limits.jump_spreads * max(spread, abs(usual) // 4, 20)
    for rise, growth in zip(peers, growths, strict=True):
        if growth > least and rise.likes >= limits.jump_least:
            told = f"增长 {_percent(growth)}；同期 {len(peers)} 件作品增长的中位数是 {_percent(usual)}，一般相差不超过 {_percent(spread)}"
            yield _flag(rise, "jump", f"{told}：{_from_to(rise)}。", "peers")


def _same_rise(limits: Anomalies, peers: Sequence[_Rise]) -> Iterator[Flag]:
    """The same rise for several works between the same two readings, as if bought by the packet."""
    exact = [rise for rise in peers if _is_exact(rise.before) and _is_exact(rise.now) and rise.likes >= limits.same_least_likes]
    of = {rise.work: rise for rise in exact}
    for work, likes, many in _alike(limits, [(rise.work, rise.likes) for rise in exact]):
        sentence = f"恰好增加 {likes:,}，与另外 {many - 1} 件作品完全相同，邻近的数字没有这样集中：{_from_to(of[work])}。"
        yield _flag(of[work], "same_rise", sentence)


def _alike(limits: Anomalies, numbers: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """(work, number, how many have it) where far more have the very same number than have one near it."""
    of: dict[int, list[str]] = defaultdict(list)
    for work, number in numbers:
        of[number].append(work)
    in_order = sorted(number for _, number in numbers)
    for number, works in of.items():
        if len(works) >= limits.same_works:
            near = bisect_right(in_order, number + _WINDOW) - bisect_left(in_order, number - _WINDOW) - len(works)
            if len(works) * 2 * _WINDOW >= _CROWD * near:
                yield from ((work, number, len(works)) for work in works)


def _equal_steps(limits: Anomalies, rises: Sequence[_Rise]) -> Iterator[Flag]:
    """The same rise again and again; one flag for a run, however long it gets."""
    start = 0
    for at in range(1, len(rises) + 1):
        if at < len(rises) and rises[at].likes == rises[start].likes:
            continue
        run, step = rises[start:at], rises[start].likes
        if step > 0 and len(run) >= limits.equal_steps and all(_is_exact(each.now) and _is_exact(each.before) for each in run):
            sentence = f"连续 {len(run)} 次都恰好增加 {step:,}，从 {_day(run[0].before.read_at)} 到 {_day(run[-1].now.read_at)}。"
            yield Flag(run[0].work, "equal_steps", run[-1].now.read_at, sentence, f"equal_steps:{run[0].before.read_at}:{step}")
        start = at


def _flag(rise: _Rise, matter: str, sentence: str, by: str = "") -> Flag:
    case = ":".join([matter, *([by] if by else []), rise.now.read_at, str(rise.before.likes), str(rise.now.likes)])
    return Flag(rise.work, matter, rise.now.read_at, sentence, case)


def _middle(numbers: Sequence[int]) -> tuple[int, int]:
    """The median, and the median deviation from it scaled to what a standard deviation would be (× 1.4826)."""
    usual = median_low(numbers)
    return usual, median_low([abs(number - usual) for number in numbers]) * 14826 // 10000


def _slack(count: ReadCount) -> int:
    """How far a count may be off by its own rounding: 12000 shown as 1.2万 by a thousand, an exact one by nothing.

    Platforms show one decimal of 万 or 亿, also where that is a nought (6万); two counts rounded the same way are off by one step.
    """
    if not count.rounded or not count.likes:
        return 0
    step, most = 1, 1_000 if count.likes < 100_000_000 else 10_000_000
    while step < most and count.likes % (step * 10) == 0:
        step *= 10
    return step


def _is_exact(count: ReadCount) -> bool:
    return not count.rounded and not count.at_least


def _a_day(rise: _Rise) -> int:
    """The rise a day; readings less than an hour apart count as an hour."""
    seconds = (parse_instant(rise.now.read_at) - parse_instant(rise.before.read_at)).total_seconds()
    return rise.likes * 86_400 // max(int(seconds), 3600)


def _from_to(rise: _Rise) -> str:
    """Two readings in words; with their times where both are of one day."""
    before, now = rise.before, rise.now
    shown = _minute if _day(before.read_at) == _day(now.read_at) else _day
    return f"{shown(before.read_at)} 为 {before.likes:,}，{shown(now.read_at)} 为 {now.likes:,}"


def _percent(permille: int) -> str:
    return f"{permille // 10:,}%" if abs(permille) >= 1000 else f"{permille / 10:.1f}%"


def _bound(likes: int) -> str:
    return f"{likes // 10_000}万+" if likes >= 10_000 and likes % 10_000 == 0 else f"{likes}+"


def _minute(instant: str) -> str:
    return f"{_day(instant)} {minute_text(instant)[11:]}"


def _day(instant: str) -> str:
    return minute_text(instant)[5:10].replace("-", "月") + "日"
