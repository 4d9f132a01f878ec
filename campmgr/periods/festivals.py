"""Days of the year around which offices plan: 春节, 元宵 and 清明 by the lunar calendar, fixed days, and weeks that are settings."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.clock import later
from campmgr.errors import BadInput
from campmgr.periods.settings import Nodes
from campmgr.periods.spans import span_of

_NEW_YEARS = {
    1950: "48 37 27 45 34 24 43 31 49 39",
    1960: "28 46 36 25 44 33 21 40 30 48",
    1970: "37 27 46 34 23 42 31 49 38 28",
    1980: "47 36 25 44 33 51 40 29 48 37",
    1990: "27 46 35 23 41 31 50 38 28 47",
    2000: "36 24 43 32 22 40 29 49 38 26",
    2010: "45 34 23 41 31 50 39 28 47 36",
    2020: "25 43 32 22 41 29 48 37 26 44",
    2030: "34 23 42 31 50 39 28 46 35 24",
    2040: "43 32 22 41 30 48 37 26 45 33",
    2050: "23 42 32 50 39 28 46 35 24 43",
    2060: "33 21 40 29 48 36 26 45 34 23",
    2070: "42 31 50 38 27 46 36 24 43 33",
    2080: "22 40 29 48 37 26 45 34 24 41",
    2090: "30 49 38 27 46 36 25 43 32 21",
}
"""On which day of the year 春节 is, ten years a line. From the calendar as it is published; there is no short rule for it."""

FIRST_YEAR, LAST_YEAR = 1950, 2099


@dataclass(frozen=True, slots=True)
class Node:
    """A day or some days with a name."""

    name: str
    first: str
    last: str


def spring_festival(year: int) -> str:
    """春节, the first day of the lunar year. Raises BadInput outside 1950–2099."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(f"{year} 年的农历节日不在表里。", reason="out_of_range", hint=f"可以查 {FIRST_YEAR} 到 {LAST_YEAR} 年。")
    return later(f"{year}-01-01", int(_NEW_YEARS[year // 10 * 10].split()[year % 10]) - 1)


def pure_brightness(year: int) -> str:
    """清明, by the rule that holds for these two centuries."""
    of_century = year % 100
    return f"{year}-04-{(of_century * 2422 + (55900 if year < 2000 else 48100)) // 10000 - of_century // 4:02d}"


def nodes(year: int, rules: Nodes) -> tuple[Node, ...]:
    """The nodes of a year, in order. Raises BadInput as `spring_festival`."""
    spring = spring_festival(year)
    fire = span_of("week", f"{year}-11-09")
    from_9 = rules.week_119 == "from_9"
    bright = pure_brightness(year)
    found = (
        Node("元旦", f"{year}-01-01", f"{year}-01-01"),
        Node("春节", spring, spring),
        Node("元宵节", later(spring, 14), later(spring, 14)),
        Node("清明", bright, bright),
        Node("全国防灾减灾日", f"{year}-05-12", f"{year}-05-12"),
        Node("安全生产月", f"{year}-06-01", f"{year}-06-30"),
        Node("119消防宣传周", f"{year}-11-09" if from_9 else fire.first, f"{year}-11-15" if from_9 else fire.last),
    )
    return tuple(sorted(found, key=lambda node: node.first))
