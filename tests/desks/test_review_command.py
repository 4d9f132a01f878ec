"""`campmgr review`: what was set aside, listed, shown and answered from the command line."""

from __future__ import annotations


def test_a_doubtful_mark_is_listed_shown_answered_and_asked_again_after_a_withdrawal(program):
    assert program.json("review", "list") == {"rows": [], "count": 0}
    person = program.json("person", "show", "001")
    program.json("mark", "--person", "001", "--lesson", "V1", "--minutes", "700", "--on", "2023-06-01")
    told = program.json("review", "list")
    row = told["rows"][0]
    assert (told["count"], row["matter"], row["subject"]) == (1, "longer_than_lesson", f"person:{person['person']}")
    assert row["sentence"].startswith("一次登记 700 分钟")
    assert (row["answers"], row["count"]) == (["true"], 1)
    assert row["unit"] == "S1"
    assert (
        program.json("review", "list", "--unit", "S1")["count"]
        == program.json("review", "list", "--unit", row["unit_id"])["count"]
        == 1
    )
    assert program.json("review", "list", "--unit", "3502")["count"] == 0
    assert program.json("review", "show", row["row"])["words"] == {"true": "已核对，属实"}
    assert program("review", "settle", row["row"], "perhaps", "--json").error["reason"] == "unknown_word"
    assert program("review", "show", "000000000000", "--json").error["reason"] == "unknown_fact"
    done = program.json("review", "settle", row["row"], "true", "--note", "已问班主任")
    assert done["settled"] == 1
    assert program.json("review", "list")["count"] == 0
    program.json("withdraw", done["batch"], "--reason", "再核")
    assert program.json("review", "list")["rows"] == [row]
