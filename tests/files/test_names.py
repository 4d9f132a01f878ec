"""What is a person's name, and what only stands where one would."""

from __future__ import annotations

import pytest

from campmgr.files.cells import CellProblem
from campmgr.files.name_cells import is_destroyed, person_name, whole_name

NAMES = [
    "王一", "欧阳修", "欧阳 修文", "张　三", "阿卜杜拉·买买提", "买买提 艾力", "阿依古丽•吐尔逊", "Zoë", "José García", "O'Neil", "李", "和平", "王和平", "万和",
    "马克思", "Anna Müller", "㼆一", "䶮明", "𠮷野", "王一（组长）", "毛强", "郭靖", "尼玛扎西", "司马相如", "任我行", "单雄信", "王共和", "谢请", "于是之", "Λάμπρος",
    "Łukasz", "Ömer", "张A", "李1", "段誉", "Ab", "阿不都热合曼艾买提江", "邓小平", "温如言", "魏总",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_name(name):
    assert person_name(name).replace(" ", "") == name.replace(" ", "").replace("\u3000", "")


@pytest.mark.parametrize(
    "cell",
    [
        "-",
        "—",
        "/",
        "无",
        "暂无",
        "123",
        45,
        "0",
        "...",
        "同上",
        "N/A",
        "null",
        "xxx",
        "待定",
        "×××",
        "男",
        "姓名",
        "1.",
        "( )",
        "***",
        "合计",
    ],
)
def test_a_filler_is_none(cell):
    with pytest.raises(CellProblem) as problem:
        person_name(cell)
    assert problem.value.reason == "bad_name"


@pytest.mark.parametrize(
    "cell",
    ["王一、李二", "王一，李二", "王一/李二", "王一 李二", "王一\n李二", "王一;李二；张三", "Li Ming, Wang Hong", "王一　李二　张三", "王一+李二", "阿里·买买提、王一",
     "王一|李二", "赵钱 孙李"],
)  # fmt: skip
def test_two_names_are_not_one(cell):
    with pytest.raises(CellProblem) as problem:
        person_name(cell)
    assert problem.value.reason == "bad_name"
    assert "几个人" in problem.value.sentence


def wrong(name: str, wrote: str, read: str) -> str:
    """A name as a program shows it that reads one encoding as another."""
    return name.encode(wrote).decode(read, "replace")


@pytest.mark.parametrize(
    "name",
    ["锟斤拷锟斤拷", "??", "王?", "???", "王□", "\ufffd\ufffd", wrong("王", "gbk", "latin-1"), wrong("王五", "gbk", "latin-1"), wrong("李梅",
     "gbk", "cp1252"),
     wrong("王一", "utf-8", "cp1252"), wrong("李明", "utf-8", "gb18030"), wrong("张三丰", "utf-8", "gb18030"), wrong("赵云", "utf-8",
     "latin-1"),
     wrong("王一", "gb18030", "utf-8"), "烫烫烫"],
)  # fmt: skip
def test_what_a_conversion_destroyed_is_told(name):
    assert is_destroyed(name)
    for parse in (person_name, whole_name):
        with pytest.raises(CellProblem) as problem:
            parse(name)
        assert "损坏" in problem.value.sentence


@pytest.mark.parametrize("name", NAMES)
def test_whole_names_are_not_called_destroyed(name):
    assert not is_destroyed(name)


@pytest.mark.parametrize(
    "cell",
    ["以上为自愿报名", "3人", "共 45 人", "填表人：王一", "制表人：", "注：请勿修改", "（签字）", "名单如下", "十五名", "备注说明"],
)
def test_a_remark_is_no_name(cell):
    with pytest.raises(CellProblem):
        person_name(cell)


@pytest.mark.parametrize(
    "cell",
    ["1.张三", "（1）王五", "12、李四", "张*三", "王＊", "李某某", "张某", "张×三", "赵xx", "王五13800138000", "张三350102201001011234", "王五 男", "李四/女",
     "张三、", "王五,", "三班合计", "平均", "平均分", "最高分", "第1页", "共3页", "张三等3人", "李四等五名同学", "未命名"],
)  # fmt: skip
def test_what_stands_around_a_name_is_no_part_of_it(cell):
    with pytest.raises(CellProblem) as problem:
        person_name(cell)
    assert problem.value.reason == "bad_name"


@pytest.mark.parametrize("name", ["张平均", "周末", "何等", "Max", "Xx Li", "高最", "王率", "张三2"])
def test_a_name_like_such_a_word_is_a_name(name):
    assert person_name(name) == name


@pytest.mark.parametrize("name", ["鼓楼区第一小学（本部）", "A/B 单位", "妇联、工会联合会", "3中"])
def test_units_and_authors_may_be_called_anything_whole(name):
    assert whole_name(name) == name
