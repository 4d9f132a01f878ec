from __future__ import annotations

import pytest

from campmgr.masks import holds_number, mask_name, mask_phone, without_numbers


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李丽", "李*"),
        ("王子涵", "王*涵"),
        ("欧阳娜", "欧阳*"),
        ("欧阳娜娜", "欧阳*娜"),
        ("欧阳", "欧*"),
        ("李𠮷", "李*"),
        ("𠮷田𠮷", "𠮷*𠮷"),
        ("古丽·阿依", "古*·*依"),
        ("尼格买提", "尼**提"),
        ("Aya Badis", "A** ****s"),
        ("李", "*"),
        ("", ""),
        (" 李丽 ", "李*"),
        ("葛\U000e0100丽", "葛\U000e0100*"),
    ],
)
def test_a_name_keeps_its_surname_and_a_longer_one_its_last_character(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("059187654321", "0591****4321"),
        ("87654321", "******21"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_telephone_number_loses_its_middle(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系 13800001234", "联系 ***********"),
        ("138 0000 1234 逃生", "************* 逃生"),
        ("电话０５９１－８７６５４３２１", "电话*************"),
        ("35010219990101123X", "*" * 18),
        ("卡号 6222 0212 3456 7890", "卡号 " + "*" * 19),
        ("2023-06-10 演练", "2023-06-10 演练"),
        ("20230610 演练", "20230610 演练"),
        ("2023年6月10日，第 100 名，1,234,567 次播放，1234567 赞", "2023年6月10日，第 100 名，1,234,567 次播放，1234567 赞"),
    ],
)
def test_numbers_that_could_be_somebodys_are_starred_and_dates_and_counts_stay(text, shown):
    assert without_numbers(text) == shown
    assert holds_number(text) == (text != shown)
