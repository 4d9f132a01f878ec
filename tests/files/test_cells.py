from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from campmgr.files import cells
from campmgr.files.cell_dates import day, instant
from campmgr.files.cells import CellProblem, LikeCount
from campmgr.files.imports.columns import Row
from campmgr.files.imports.row_reading import get


def problem(parse, cell):
    with pytest.raises(CellProblem) as found:
        parse(cell)
    assert found.value.sentence.endswith("。")
    return found.value.reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("　李丽\n", "李丽"),
        ("福州市\n第一中学", "福州市 第一中学"),
        ("\ufeff\u200b ", ""),
        ("ＡＢ①㈱", "ＡＢ①㈱"),
        ("𠮷野䶮", "𠮷野䶮"),
        ("\ue863\ue81e", "䶮\u9fb4"),
        (12, "12"),
        (1.5, "1.5"),
        (1e-7, "0.0000001"),
    ],
)
def test_texts_keep_their_characters(cell, value):
    assert cells.text(cell) == value


@pytest.mark.parametrize("parse", [cells.text, cells.code, cells.name, cells.class_name])
def test_true_and_false_are_no_words(parse):
    assert problem(parse, True) == problem(parse, False) == "broken_cell"


@pytest.mark.parametrize(
    ("cell", "value"), [("“一班”", "一班"), ("”一班“", "一班"), ('"一班"', "一班"), ("一“班”", "一“班”"), ("“一”“班”", "“一”“班”")]
)
def test_quotation_marks_around_a_whole_name_are_not_its_own(cell, value):
    assert cells.name(cell) == cells.class_name(cell) == value


def test_a_text_beyond_its_field_is_told():
    assert cells.text("长" * 200)
    assert problem(cells.text, "长" * 201) == "too_long"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("张　三", "张三"), ("李 丽", "李丽"), ("𠮷 野", "𠮷野"), ("Li  Hua", "Li Hua"), ("阿不都·热合曼", "阿不都·热合曼")],
)
def test_names_lose_only_the_spaces_that_pad_them(cell, value):
    assert cells.name(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("００１２３", "00123"),
        (" 3501 - FL ", "3501-FL"),
        ("3501－ＦＬ", "3501-FL"),
        (3501, "3501"),
        ("35010219990307123X", "35010219990307123X"),
        ("350102199903071234", "350102199903071234"),
        (999_999_999_999_999, "999999999999999"),
        ("", ""),
    ],
)
def test_codes_are_normalised(cell, value):
    assert cells.code(cell) == value


@pytest.mark.parametrize("cell", [350102199903071200, 3.501021999030712e17, "3.50102E+17", "3.50102e+17", "3.5E17", "3E+17"])
def test_a_long_id_that_lost_its_last_digits_is_named_never_guessed(cell):
    assert problem(cells.code, cell) == "bad_number"


@pytest.mark.parametrize("cell", ["1.38E+10", "1.3800138E10", "1E+10", "１.３８Ｅ+１０"])
def test_a_telephone_in_scientific_form_is_named_with_what_to_do(cell):
    with pytest.raises(cells.CellProblem, match="科学计数法，请把列设为文本后重新录入"):
        cells.phone(cell)


@pytest.mark.parametrize("cell", ["3E5", "2e1", "1E17"])
def test_a_class_or_lesson_code_with_an_e_in_it_stays(cell):
    assert cells.code(cell) == cell


def test_a_code_beyond_its_field_is_told():
    assert problem(cells.code, "1" * 65) == "too_long"


@pytest.mark.parametrize(
    ("cell", "value"),
    [(45, 45), (45.0, 45), ("４５", 45), ("1,234", 1234), ("1，234", 1234), (" 45 ", 45), ("45.0", 45), ("45人", 45), (0, 0)],
)
def test_whole_numbers(cell, value):
    assert cells.whole(cell) == value


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "missing_value"),
        ("　", "missing_value"),
        ("四十五", "bad_number"),
        ("约300", "bad_number"),
        (4.5, "bad_number"),
        ("1,2", "bad_number"),
        ("1,2345", "bad_number"),
        ("12 34x", "bad_number"),
        (True, "bad_number"),
        (date(2023, 6, 10), "bad_number"),
        (-1, "out_of_range"),
        ("-5", "out_of_range"),
        ("－5", "out_of_range"),
        (10**12 + 1, "out_of_range"),
        ("9" * 30, "out_of_range"),
        (1e300, "out_of_range"),
        (float("inf"), "bad_number"),
        (float("nan"), "bad_number"),
    ],
)
def test_what_is_no_whole_number(cell, reason):
    assert problem(cells.whole, cell) == reason


@pytest.mark.parametrize(
    ("cell", "value"), [("45分钟", 45), ("45 min", 45), ("45分", 45), (1, 1), (1440, 1440), ("１４４０", 1440)]
)
def test_minutes(cell, value):
    assert cells.minutes(cell) == value


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (0, "out_of_range"),
        (1441, "out_of_range"),
        (-3, "out_of_range"),
        ("45人", "bad_number"),
        (time(0, 45), "bad_number"),
        (timedelta(minutes=45), "bad_number"),
        ("", "missing_value"),
    ],
)
def test_what_is_no_minutes(cell, reason):
    assert problem(cells.minutes, cell) == reason


@pytest.mark.parametrize(("cell", "value"), [(199.9, 1999), ("1,200.5㎡", 12005), ("２００平方米", 2000), (0, 0), ("0.10", 1)])
def test_amounts_with_one_decimal_are_exact_tenths(cell, value):
    assert cells.tenths(cell) == value


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.23", "bad_number"),
        ("-5", "out_of_range"),
        ("一百", "bad_number"),
        ("12,34", "bad_number"),
        ("", "missing_value"),
        (True, "bad_number"),
    ],
)
def test_what_is_no_amount_is_told_without_a_word_of_class_hours(cell, reason):
    with pytest.raises(cells.CellProblem, match=r"^(?!.*课时)") as told:
        cells.tenths(cell)
    assert told.value.reason == reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1, 100),
        ("1", 100),
        (0.1, 10),
        ("0.1", 10),
        ("1.25课时", 125),
        ("０．５学时", 50),
        (0.1 + 0.2, 30),
        (0.29, 29),
        (1.1, 110),
        ("8.00", 800),
        ("1.250", 125),
        (0, 0),
    ],
)
def test_class_hours_are_exact_hundredths(cell, value):
    assert cells.hundredths(cell) == value


def test_eighty_lessons_of_a_tenth_are_exactly_eight():
    assert sum(cells.hundredths(0.1) for _ in range(80)) == 800


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.255", "bad_number"),
        (0.125, "bad_number"),
        ("一", "bad_number"),
        ("1.2.3", "bad_number"),
        ("45分钟", "bad_number"),
        (-1, "out_of_range"),
        ("", "missing_value"),
        (True, "bad_number"),
        ("9" * 12, "out_of_range"),
    ],
)
def test_what_is_no_class_hours(cell, reason):
    assert problem(cells.hundredths, cell) == reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.2万", LikeCount(12_000, True)),
        ("3.4w", LikeCount(34_000, True)),
        ("3.4W", LikeCount(34_000, True)),
        ("1.13万", LikeCount(11_300, True)),
        ("1,234", LikeCount(1234)),
        ("1.5亿", LikeCount(150_000_000, True)),
        ("10万+", LikeCount(100_000, True, True)),
        ("10万以上", LikeCount(100_000, True, True)),
        ("999+", LikeCount(999, True, True)),
        ("2.5k", LikeCount(2500, True)),
        ("2千", LikeCount(2000, True)),
        ("300赞", LikeCount(300)),
        ("1.2万次", LikeCount(12_000, True)),
        ("１２３", LikeCount(123)),
        ("１.２ 万", LikeCount(12_000, True)),
        ("1.23456万", LikeCount(12_345, True)),
        (0, LikeCount(0)),
        (12_000.0, LikeCount(12_000)),
        ("12.0", LikeCount(12)),
        ("1\u200b2\xa03\n4", LikeCount(1234)),
        ("10万+赞", LikeCount(100_000, True, True)),
    ],
)
def test_likes(cell, value):
    assert cells.likes(cell) == value


@pytest.mark.parametrize("hundredths_of_wan", range(1, 1000, 37))
def test_two_decimals_of_ten_thousand_never_come_out_one_short(hundredths_of_wan):
    assert cells.likes(f"{hundredths_of_wan / 100:.2f}万") == LikeCount(hundredths_of_wan * 100, rounded=True)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("约300", "bad_number"),
        ("abc", "bad_number"),
        ("—", "bad_number"),
        ("1万2", "bad_number"),
        ("1,2万", "bad_number"),
        ("1.5", "bad_number"),
        (1.5, "bad_number"),
        ("1e5", "bad_number"),
        ("-5", "out_of_range"),
        (-5, "out_of_range"),
        ("-1.2万", "out_of_range"),
        ("99999亿", "out_of_range"),
        ("", "missing_value"),
    ],
)
def test_what_is_no_count_of_likes(cell, reason):
    assert problem(cells.likes, cell) == reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", True),
        ("同意", True),
        ("√", True),
        ("Ｙ", True),
        (1, True),
        (True, True),
        ("否", False),
        ("未同意", False),
        (0, False),
    ],
)
def test_yes_and_no(cell, value):
    assert cells.yes(cell) is value


@pytest.mark.parametrize(("cell", "reason"), [("也许", "unknown_word"), (2, "unknown_word"), ("", "missing_value")])
def test_neither_yes_nor_no(cell, reason):
    assert problem(cells.yes, cell) == reason


@pytest.mark.parametrize(
    "cell", [13800138000, 13800138000.0, "138 0013 8000", "138-0013-8000", "+86 13800138000", "１３８００１３８０００"]
)
def test_a_mobile_number_is_eleven_digits_of_text(cell):
    assert cells.phone(cell) == "13800138000"


@pytest.mark.parametrize(("cell", "reason"), [("1380013800", "bad_number"), ("0591-87654321", "bad_number"), ("", "missing_value")])
def test_what_is_no_mobile_number(cell, reason):
    assert problem(cells.phone, cell) == reason


@pytest.mark.parametrize(("cell", "value"), [("", None), ("　", None), (None, None), ("45", 45)])
def test_a_field_that_may_be_blank(cell, value):
    assert get(Row(2, {"minutes": cell}, (cell,)), "minutes", cells.minutes, None) == value


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 6, 10),
        datetime.fromisoformat("2023-06-10T23:59"),
        datetime(2023, 6, 9, 16, 0, tzinfo=UTC),
        45087,
        45087.0,
        45087.99,
        "45087",
        20230610,
        "20230610",
        "2023-06-10",
        "2023-6-10",
        "2023/6/10",
        "2023.6.10",
        "2023年6月10日",
        "2023年6月10号",
        "2023年06月10日 星期六",
        "２０２３－０６－１０",
        "2023/6/10 8:05",
        "2023-06-10 08:05:30",
        "2023-06-10T23:59:00+08:00",
        "2023-06-09T16:00:00Z",
        " 2023-06-10\n",
    ],
)
def test_days(cell):
    assert day(cell) == "2023-06-10"


@pytest.mark.parametrize(
    "cell",
    [
        "6月10日",
        "06-10",
        "23/6/10",
        "10/06/2023",
        "2023-02-29",
        "2023-13-01",
        "2023",
        "昨天",
        "1999-12-31",
        5,
        99999,
        1e300,
        True,
        time(8, 0),
        "2023-06-10 25:00",
    ],
)
def test_what_is_no_day(cell):
    assert problem(day, cell) == "bad_date"


def test_a_blank_day_is_missing():
    assert problem(day, " ") == "missing_value"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2023-06-10 12:00", "2023-06-10T04:00:00Z"),
        ("2023年6月10日 12时00分", "2023-06-10T04:00:00Z"),
        (45087.5, "2023-06-10T04:00:00Z"),
        (datetime.fromisoformat("2023-06-10T12:00"), "2023-06-10T04:00:00Z"),
        (datetime(2023, 6, 10, 5, tzinfo=timezone(timedelta(hours=1))), "2023-06-10T04:00:00Z"),
        ("2023-06-10T04:00:00Z", "2023-06-10T04:00:00Z"),
        ("2023-06-10", "2023-06-09T16:00:00Z"),
    ],
)
def test_instants(cell, value):
    assert instant(cell) == value
