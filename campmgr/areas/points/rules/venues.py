"""Whether a venue is as large as its class asks, and whether a unit has listed as many as it should."""

from __future__ import annotations

from typing import NamedTuple

from campmgr.areas.points.settings import Venues
from campmgr.wording import Reason


class Venue(NamedTuple):
    """A venue as far as rules ask; `area` in tenths of a square metre, None where nobody said; `usable`: 使用面积."""

    cls: str
    area: int | None
    usable: bool


def unfit(venue: Venue, rules: Venues) -> Reason | None:
    """Why a venue is not what its class asks; None where it is."""
    least = {"Ⅰ类": rules.least_1, "Ⅱ类": rules.least_2}.get(venue.cls)
    if least is None:
        return Reason("no_class", "没有写目标建成类别。")
    if venue.area is None:
        return Reason("no_area", "没有写面积。")
    asks_usable = venue.cls == "Ⅰ类" or rules.usable_for_two
    if venue.area < least:
        return Reason("too_small", f"{venue.cls}馆不小于 {_metres(least)} 平方米，现在是 {_metres(venue.area)}。")
    if asks_usable and not venue.usable:
        return Reason("not_usable_area", f"{venue.cls}馆按使用面积算，请注明面积是不是使用面积。")
    return None


def listed_state(count: int, rules: Venues) -> Reason:
    """How many venues a unit has listed against how many it should."""
    if count < rules.fewest:
        return Reason("short", f"只报了 {count} 家，要 {rules.fewest}–{rules.most} 家。" if count else "还没有报。")
    if count > rules.most:
        return Reason("many", f"报了 {count} 家，多于 {rules.most} 家。")
    return Reason("enough", f"报了 {count} 家。")


def _metres(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
