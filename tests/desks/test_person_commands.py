"""`campmgr person show` tells a person's story to whoever sits at the machine."""

from __future__ import annotations


def test_the_history_says_in_words_what_was_recorded(program):
    program.json("mark", "--person", "001", "--lesson", "V1", "--on", "2023-06-01")
    program.json("person", "move", "001", "--to", "S2", "--on", "2023-06-02")
    told = program("person", "show", "001").out
    story = told[told.index("内容") :].splitlines()[2:]
    assert [row.split()[2] for row in story] == ["转到其他单位", "学习", "个人信息", "登记人员"]
    for row, words in zip(story, ("第二小学", "V1 家庭用电安全", "姓名 张三", "第一小学"), strict=True):
        assert words in row
