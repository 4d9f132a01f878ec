"""Classes stand in the order in which a school counts them, however they are written."""

from __future__ import annotations

import random

import pytest

from campmgr.class_order import class_key

_GRADES = (
    ("一年级", "1年级", "小学一年级", "一年"), ("二年级", "2年级"), ("三年级", "３年级", "小三"), ("四年级", "4年级"), ("五年级", "5年"),
    ("六年级", "6年级"), ("初一", "七年级", "7年级", "初中一年级"), ("初二", "八年级", "初2"), ("初三", "九年级", "初三年级"),
    ("高一", "十年级", "高中一年级"), ("高二", "十一年级", "高2"), ("高三", "12年级", "高三年级"), ("大一",), ("大二",),
)  # fmt: skip
_CLASSES = (("1班", "（1）班", "一班", "(1)", "01班"), ("2班", "（2）班", "二班"), ("3班", "(3)班", "三班"), ("9班", "九班"),
            ("10班", "（10）班", "十班"), ("11班", "十一班"), ("20班", "二十班"), ("21班", "二十一班"))  # fmt: skip


@pytest.mark.drawn(whole=400, usual=20)
def test_any_spelling_in_any_mixture_gives_the_order_of_the_school(seed):
    dice = random.Random(seed)
    meant = [(grade, number) for grade in range(len(_GRADES)) for number in range(len(_CLASSES))]
    written = {each: dice.choice(_GRADES[each[0]]) + dice.choice(_CLASSES[each[1]]) for each in meant}
    mixed = dice.sample(meant, len(meant))
    assert sorted(mixed, key=lambda each: class_key(written[each])) == meant, written


@pytest.mark.parametrize(
    "row",
    [
        ["", "小班", "中班", "大班", "一年级", "六年级", "初一", "高三", "1班", "2班", "10班", "教务处"],
        ["1班", "2班", "3班", "10班", "11班"], ["一班", "二班", "三班", "十班", "十二班"],
        ["一（1）班", "一（2）班", "一（10）班", "二（1）班", "三（1）班", "六(12)班"], ["三1班", "三2班", "三10班", "四1班"],
        ["1.1", "1.2", "1.10", "2.1"], ["301班", "302班", "310班", "401班"], ["2021级2班", "2021级10班", "2022级1班"],
        ["初一1班", "初一10班", "初二1班", "初三1班", "高一1班", "高二1班", "高三1班"], ["生产一部", "生产二部", "生产三部", "生产十部"],
        ["A班", "B班"], ["一年级1班A组", "一年级1班B组"],
    ],
)  # fmt: skip
def test_rows_as_schools_write_them(row):
    assert sorted(random.Random(1).sample(row, len(row)), key=class_key) == row


@pytest.mark.parametrize("one", ["初一(2)班", "初一2班", "七年级2班", "七年级（二）班", "初一 ２ 班"])
def test_one_class_has_one_key(one):
    assert class_key(one) == class_key("初一2班")


@pytest.mark.parametrize(
    "text", ["𠮷", "(", "十百十", "9" * 40, "年级", "初", "高级班", "大班1", "零班", "一" * 40, "\u200b", "班", "Ⅱ班"]
)
def test_no_name_is_too_strange(text):
    assert isinstance(class_key(text), str)
