from __future__ import annotations

import pytest

from campmgr.areas.camp.settings import Camp, TakingPart, Topics
from campmgr.areas.certificates.settings import Certificate
from campmgr.areas.hours.settings import Completion
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.settings import Ranking, Works
from tests.house.sources import ROOT

PARTS = (ROOT / "campmgr").rglob("presets/escape-drill-2023.toml")
PRESET = "\n".join(part.read_text(encoding="utf-8") for part in PARTS)
CAMP = CATALOGUE.book.preset("escape-drill-2023")


@pytest.mark.parametrize("row", [f"F-{number:02}" for number in range(1, 30)])
def test_every_row_of_the_notice_stands_in_the_preset(row):
    assert row in PRESET


def test_the_notices_own_words_are_kept():
    assert CAMP[Camp].name == "逃生演练训练营"
    assert CAMP[Camp].hashtag == "#逃生演练训练营"
    assert CAMP[Camp].theme == "人人讲安全、个个会应急"
    assert len(CAMP[Camp].issuers) == 5
    assert CAMP[Certificate].name == "“逃生演练训练营”电子结业证书"
    assert CAMP[Completion].required_hundredths == 800
    assert len(CAMP[Topics].fields) == 5
    assert len(CAMP[Works].agreements) == 4
    assert len(CAMP[Works].outlets) == 9
    assert len(CAMP[TakingPart].steps) == 3
    assert CAMP[TakingPart].search_words == ("逃生演练", "逃生演练营", "逃生演练训练营")
    assert CAMP[Ranking].length == 100


def test_our_own_code_is_clearly_told_apart_from_the_platforms():
    assert CAMP[TakingPart].platform_code_caption != CAMP[TakingPart].own_code_caption
