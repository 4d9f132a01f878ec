from __future__ import annotations

import pytest

from campmgr.areas.camp.settings import FIELDS, SUB_TOPICS
from campmgr.areas.hours.rules.evidence import SOURCES
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.settings import LESSON_KINDS
from campmgr.areas.units.settings import LINES, PARTICIPANT_KINDS, UNIT_KINDS
from campmgr.areas.works.settings import ACCOUNT_KINDS
from campmgr.settings.terms import match_word, nearest, say, suggest


@pytest.mark.parametrize(
    ("vocabulary", "text", "word"),
    [
        (UNIT_KINDS, "设区市", "市"),
        (UNIT_KINDS, "地级市", "市"),
        (UNIT_KINDS, "区", "县"),
        (UNIT_KINDS, "县级市", "县"),
        (UNIT_KINDS, "街道", "乡"),
        (UNIT_KINDS, " 居委会　", "村"),
        (UNIT_KINDS, "大学", "学校"),
        (UNIT_KINDS, "School", "学校"),
        (UNIT_KINDS, "妇女联合会", "妇联"),
        (LINES, "安办", "安委"),
        (LINES, "安委办", "安委"),
        (LINES, "应急管理", "应急"),
        (LINES, "教育局", "教育"),
        (ACCOUNT_KINDS, "ＯＦＦＩＣＩＡＬ", "官方号"),
        (PARTICIPANT_KINDS, "社区（村）居民", "社区(村)居民"),
        (PARTICIPANT_KINDS, "学生", "学校师生"),
        (PARTICIPANT_KINDS, "未报名作者", "outside"),
        (LESSON_KINDS, "replay", "直播重播"),
        (FIELDS, "社区", "城市社区"),
        (CONDITIONS, "签到", "sign_in"),
        (CONDITIONS, "关注", "follow"),
        (CONDITIONS, "每日扫码", "daily_scan"),
        (CONDITIONS, "sign-in", "sign_in"),
        (SOURCES, "纸质补录", "paper"),
    ],
)
def test_synonyms_widths_and_english_mean_the_stored_word(vocabulary, text, word):
    assert match_word(vocabulary, text) == word


def test_an_unknown_word_is_none_and_the_nearest_is_offered():
    assert match_word(UNIT_KINDS, "学小") is None
    assert match_word(UNIT_KINDS, "") is None
    assert suggest(UNIT_KINDS, "幼儿圆") == "学校"
    assert suggest(LINES, "应急管理居") == "应急"
    assert suggest(LINES, "xyz") is None
    assert nearest("hours.rul", ["hours.rule", "live.ends_on"]) == "hours.rule"


VOCABULARIES = [
    UNIT_KINDS,
    LINES,
    PARTICIPANT_KINDS,
    LESSON_KINDS,
    FIELDS,
    ACCOUNT_KINDS,
    CONDITIONS,
    SOURCES,
]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.name)
def test_what_is_shown_can_be_typed_back(vocabulary):
    for word in vocabulary.words:
        assert match_word(vocabulary, word) == word
        assert match_word(vocabulary, say(vocabulary, word)) == word


def test_a_word_of_a_newer_version_is_shown_as_it_is():
    assert say(SOURCES, "satellite") == "satellite"


def test_the_words_are_those_of_the_design():
    assert UNIT_KINDS.words == ("省", "市", "县", "乡", "村", "学校", "社区", "企业", "机关", "妇联", "其他")
    assert LINES.words == ("安委", "应急", "教育", "妇联", "企业", "社区")
    assert tuple(SUB_TOPICS) == FIELDS.words
