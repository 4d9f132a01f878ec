"""Settings that are each right and do not go together: told to whoever changes one, and never in the way of another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campmgr.areas.camp.settings import Camp
from campmgr.areas.prizes.settings import Publicity
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput

PRESET = CATALOGUE.book.preset("escape-drill-2023")


@pytest.mark.parametrize(
    "address", ["我的网站", "example.org:8000", "ftp://example.org", "http:///x", "http://example.org/a b", "http:example.org"]
)
def test_an_address_that_no_telephone_opens_is_no_base_address(address):
    with pytest.raises(BadInput, match="完整网址"):
        PRESET.with_change("camp.base_address", address)


@pytest.mark.parametrize(
    ("key", "day", "against"),
    [
        ("summaries.due_on", "2023-05-30", "live.starts_on（2023-05-31）"),
        ("people.keep_until", "2023-06-29", "live.ends_on（2023-06-30）"),
    ],
)
def test_names_are_kept_to_the_end_and_summaries_are_due_after_the_start(key, day, against):
    camp = PRESET.with_change("live.ends_on", "2023-06-30")
    with pytest.raises(BadInput) as refused:
        camp.with_change(key, day)
    assert (key in refused.value.sentence, f"不早于 {against}" in refused.value.sentence) == (True, True)
    assert camp.with_change(key, "2023-06-30").value_of(key) == "2023-06-30"


def test_what_did_not_go_together_before_keeps_nobody_from_changing_another_setting():
    """A file of an older program may hold it."""
    old = PRESET.with_section(replace(PRESET[Camp], base_address="我的网站"))
    assert old.with_change("publicity.days", "3")[Publicity].days == 3
    with pytest.raises(BadInput):
        old.with_change("camp.base_address", "另一个")
    assert old.with_change("camp.base_address", "")[Camp].base_address == ""
