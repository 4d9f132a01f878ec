from __future__ import annotations

import pytest

from campmgr.settings.preset import FOLDER, load_preset

PRESET = (FOLDER / "escape-drill-2023.toml").read_text(encoding="utf-8")
CAMP = load_preset("escape-drill-2023")


@pytest.mark.parametrize("row", [f"F-{number:02}" for number in range(1, 30)])
def test_every_row_of_the_notice_stands_in_the_preset(row):
    assert row in PRESET


def test_the_notices_own_words_are_kept():
    assert CAMP.camp.name == "逃生演练训练营"
    assert CAMP.camp.hashtag == "#逃生演练训练营"
    assert CAMP.camp.theme == "人人讲安全、个个会应急"
    assert len(CAMP.camp.issuers) == 5
    assert CAMP.certificate.name == "“逃生演练训练营”电子结业证书"
    assert CAMP.certificate.required_hundredths == 800
    assert len(CAMP.works.fields) == 5
    assert len(CAMP.works.agreements) == 4
    assert len(CAMP.works.outlets) == 9
    assert len(CAMP.taking_part.steps) == 3
    assert CAMP.taking_part.search_words == ("逃生演练", "逃生演练营", "逃生演练训练营")
    assert CAMP.ranking.length == 100


def test_our_own_code_is_clearly_told_apart_from_the_platforms():
    assert CAMP.taking_part.platform_code_caption != CAMP.taking_part.own_code_caption
