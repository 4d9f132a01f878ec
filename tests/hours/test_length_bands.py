"""Length bands as somebody types them, and as people read them."""

from __future__ import annotations

import pytest

from campmgr.areas.hours.rules.length_bands import bands_words, read_bands
from campmgr.areas.hours.settings import Hours
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput

CAMP = CATALOGUE.book.preset("camp")


@pytest.mark.parametrize(("typed", "stored"), [
    ("30=100,15=50,0=25", ("30=100", "15=50", "0=25")),
    ("0=25、15=50、30=100", ("30=100", "15=50", "0=25")),
    ("３０＝１００；15 = 50", ("30=100", "15=50")),
    ('["≥30=100", "0=25"]', ("30=100", "0=25")),
])  # fmt: skip
def test_bands_are_read_in_any_order_and_width(typed, stored):
    assert CAMP.with_change("hours.bands", typed)[Hours].bands == stored


@pytest.mark.parametrize("typed", ["", "30", "30=1.5", "30=100、30=50", "30=50、15=100", "1441=100", "三十=100", "30=100=50"])
def test_what_is_no_band_is_refused_with_an_example(typed):
    with pytest.raises(BadInput) as refused:
        CAMP.with_change("hours.bands", typed)
    assert "30=100、15=50、0=25" in refused.value.sentence


def test_bands_read_as_a_sentence():
    words = bands_words(read_bands(("0=25", "15=50", "30=100")) or ())
    assert words == "满 30 分钟计 1.00 课时，满 15 分钟计 0.50 课时，不满 15 分钟计 0.25 课时"
