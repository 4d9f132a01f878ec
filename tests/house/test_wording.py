"""Numbers and lists as people read them."""

from __future__ import annotations

import pytest

from campmgr.wording import hours_text, list_words, name_key


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (10, "0.10"),
        (750, "7.50"),
        (799, "7.99"),
        (800, "8.00"),
        (123456, "1234.56"),
        (-5, "-0.05"),
        (-750, "-7.50"),
    ],
)
def test_hours_have_two_decimals(hundredths, text):
    assert hours_text(hundredths) == text


@pytest.mark.parametrize(("words", "text"), [([], ""), (["签到"], "签到"), (["签到", "关注", "每日扫码"], "签到、关注、每日扫码")])
def test_words_stand_in_one_row(words, text):
    assert list_words(words) == text


DOTTED = "阿卜杜拉·买买提"


@pytest.mark.parametrize(
    "written",
    ["阿卜杜拉•买买提", "阿卜杜拉‧买买提", "阿卜杜拉・买买提", "阿卜杜拉･买买提", "阿卜杜拉．买买提", "阿卜杜拉.买买提", "阿卜杜拉∙买买提",
     "阿卜杜拉●买买提", "阿卜杜拉⋅买买提", "阿卜杜拉 · 买买提", "阿卜杜拉\u3000·\xa0买买提", "\ufeff阿卜杜拉\u200b··买买提", "阿卜杜拉。买买提"],
)  # fmt: skip
def test_one_name_with_any_dot_and_any_space_is_one_name(written):
    assert name_key(written) == name_key(DOTTED) == DOTTED


@pytest.mark.parametrize(
    ("one", "other"),
    [("⾼明", "高明"), ("Ｌｉ　Ｍｉｎｇ", "li ming"), ("Zoe\u0308", "Zoë"), ("ＡＬＩ", "ali"), ("張\U000e0100三", "張三"), ("\uf9d0明", "類明"),
     ("\ue863一", "䶮一"), ("①班", "1班"), ("王\u200d五", "王五")],
)  # fmt: skip
def test_other_widths_forms_and_compositions_are_one_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张四"), ("买买提·艾力", "买买提艾力"), ("王一", "王二"), ("后羿", "後羿"), ("张三1", "张三2")]
)
def test_different_names_stay_different(one, other):
    assert name_key(one) != name_key(other)


def test_a_key_of_a_key_is_itself():
    for name in (DOTTED, "⾼ 明", "·", "Ǆ", "ﬁ·ﬀ", "İ"):
        assert name_key(name_key(name)) == name_key(name)
