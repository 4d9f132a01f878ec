from __future__ import annotations

import pytest

from campmgr.settings import terms
from campmgr.settings.terms import match_word, nearest, say, suggest


@pytest.mark.parametrize(
    ("vocabulary", "text", "word"),
    [
        (terms.UNIT_KINDS, "设区市", "市"),
        (terms.UNIT_KINDS, "地级市", "市"),
        (terms.UNIT_KINDS, "区", "县"),
        (terms.UNIT_KINDS, "县级市", "县"),
        (terms.UNIT_KINDS, "街道", "乡"),
        (terms.UNIT_KINDS, " 居委会　", "村"),
        (terms.UNIT_KINDS, "大学", "学校"),
        (terms.UNIT_KINDS, "School", "学校"),
        (terms.UNIT_KINDS, "妇女联合会", "妇联"),
        (terms.LINES, "安办", "安委"),
        (terms.LINES, "安委办", "安委"),
        (terms.LINES, "应急管理", "应急"),
        (terms.LINES, "教育局", "教育"),
        (terms.ACCOUNT_KINDS, "ＯＦＦＩＣＩＡＬ", "官方号"),
        (terms.PARTICIPANT_KINDS, "社区（村）居民", "社区(村)居民"),
        (terms.PARTICIPANT_KINDS, "学生", "学校师生"),
        (terms.PARTICIPANT_KINDS, "未报名作者", "outside"),
        (terms.LESSON_KINDS, "replay", "直播重播"),
        (terms.FIELDS, "社区", "城市社区"),
        (terms.CONDITIONS, "签到", "sign_in"),
        (terms.CONDITIONS, "关注", "follow"),
        (terms.CONDITIONS, "每日扫码", "daily_scan"),
        (terms.CONDITIONS, "sign-in", "sign_in"),
        (terms.SOURCES, "纸质补录", "paper"),
    ],
)
def test_synonyms_widths_and_english_mean_the_stored_word(vocabulary, text, word):
    assert match_word(vocabulary, text) == word


def test_an_unknown_word_is_none_and_the_nearest_is_offered():
    assert match_word(terms.UNIT_KINDS, "学小") is None
    assert match_word(terms.UNIT_KINDS, "") is None
    assert suggest(terms.UNIT_KINDS, "幼儿圆") == "学校"
    assert suggest(terms.LINES, "应急管理居") == "应急"
    assert suggest(terms.LINES, "xyz") is None
    assert nearest("hours.rul", ["hours.rule", "live.ends_on"]) == "hours.rule"


VOCABULARIES = [
    terms.UNIT_KINDS,
    terms.LINES,
    terms.PARTICIPANT_KINDS,
    terms.LESSON_KINDS,
    terms.FIELDS,
    terms.ACCOUNT_KINDS,
    terms.CONDITIONS,
    terms.SOURCES,
]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.name)
def test_what_is_shown_can_be_typed_back(vocabulary):
    for word in vocabulary.words:
        assert match_word(vocabulary, word) == word
        assert match_word(vocabulary, say(vocabulary, word)) == word


def test_a_word_of_a_newer_version_is_shown_as_it_is():
    assert say(terms.SOURCES, "satellite") == "satellite"


def test_the_words_are_those_of_the_design():
    assert terms.UNIT_KINDS.words == ("省", "市", "县", "乡", "村", "学校", "社区", "企业", "机关", "妇联", "其他")
    assert terms.LINES.words == ("安委", "应急", "教育", "妇联", "企业", "社区")
    assert tuple(terms.SUB_TOPICS) == terms.FIELDS.words
