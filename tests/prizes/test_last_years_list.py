"""A list that was frozen in last year's camp is read and verified in this year's, and from the tables of its own year."""

from __future__ import annotations

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.prizes.queries.prizes import prize_list
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from tests.kit.lists import checked, frozen, the_list, three_works


def test_last_years_list_stays_as_it_was(camp):
    three_works(camp)
    frozen(camp)
    before = the_list(camp)
    assert checked(camp).equal
    with camp.store.writing() as w:
        open_activity(w, "escape-drill-2023", "2024")

    now = the_list(camp)
    assert (now.ids, now.digest, now.whole) == (before.ids, before.digest, True)
    assert [(row.place, row.person, row.likes) for row in now.rows] == [(row.place, row.person, row.likes) for row in before.rows]
    earlier.make(camp.store, "")
    with earlier.opened(camp.store, "") as copy, copy.reading() as r:
        assert prize_list(r, worlds.load(r), 1).rows == before.rows
