"""How many try to find pages that are not theirs: counted together, and told to whoever works here."""

from __future__ import annotations

from datetime import timedelta

from campmgr.accounts import throttle
from campmgr.accounts.throttle import Limit, named
from campmgr.store.door import Reader

ALTOGETHER = Limit(200, timedelta(days=1))
"""By everybody: four digits are ten thousand, so that many guesses a day open one page in fifty days."""

ALARMING = 50
"""Failures of a day at which whoever works here is told."""

SOURCE = named("own page", "altogether")
"""What they are counted under."""


def guesses_alarm(r: Reader) -> int:
    """How many failed to find a page today, where that is more than people mistype; else 0."""
    failures = throttle.failures(r, SOURCE, ALTOGETHER.within)
    return failures if failures >= ALARMING else 0
