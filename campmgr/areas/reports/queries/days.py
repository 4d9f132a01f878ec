"""What a report says of the day it is as of: before the camp, in it, or not yet there."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.camp.settings import Live
from campmgr.clock import minute_text, today_of, utc_text
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day of a report, "" for now; when it was made; in words, and what to bear in mind of such a day ("" for nothing)."""

    day: str
    made_at: str
    words: str
    note: str

    @property
    def shown(self) -> str:
        """The day, or the time it was made."""
        return self.day or self.made_at


def as_of_words(r: Reader, world: World, day: str) -> AsOf:
    """A day of the camp that is going on, in words."""
    today, starts_on, made_at = today_of(r.clock), world.rules[Live].starts_on, minute_text(utc_text(r.clock.now()))
    words = f"截至 {day} 发生的，按现在所知。" if day else f"截至现在（{made_at}）。"
    note = ""
    if (day or today) < starts_on:
        note = f"训练营 {starts_on} 才开始：这里只有开始以前登记的，没有人能学完。"
    elif day > today:
        note = f"{day} 还没有到：这里只有到今天（{today}）为止的。"
    return AsOf(day, made_at, words, note)
