"""What is kept in memory for whoever sent it: a stranger who sends much clears nobody else's."""

from __future__ import annotations

from campmgr.web.searches import Searches


def test_whoever_keeps_most_makes_room():
    searches = Searches()
    staff = searches.keep("dora", "阿雅")
    strangers = [searches.keep("", str(number)) for number in range(5000)]
    assert searches.typed("dora", staff) == "阿雅"
    assert searches.typed("", strangers[-1]) == "4999"
    assert searches.typed("", strangers[0]) == ""
