"""Made-up lessons, and who watched them: spread over June 2023, in many spellings, with bad rows between the good ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.acceptance.made_people import Someone
from tests.acceptance.sheets_written import Sheet, Value, spelled

LESSONS: dict[str, tuple[str, str, float, int, str | None]] = {
    "V01": ("校园疏散", "科普视频", 1, 45, None), "V02": ("高层火灾", "科普视频", 1, 60, None),
    "V03": ("地震避险", "科普视频", 1.5, 50, None), "V04": ("灭火器", "科普视频", 0.5, 30, None),
    "V05": ("一分钟口诀", "科普视频", 0.1, 30, None), "V06": ("防溺水", "科普视频", 2, 60, None),
    "V07": ("用电安全", "科普视频", 1, 45, None), "V08": ("燃气安全", "科普视频", 1.25, 40, None),
    "V09": ("电动车充电", "科普视频", 0.9, 35, None), "L01": ("专家直播", "专家直播", 2, 60, None),
    "L01-R1": ("专家直播重播一", "直播重播", 2, 60, "L01"), "L01-R2": ("专家直播重播二", "直播重播", 1.5, 50, "L01"),
}  # fmt: skip
"""Code -> name, kind, 课时, minutes, what it replays. V01–V07 and V09 are exactly 8 课时."""

EXACTLY_EIGHT = ("V01", "V02", "V03", "V04", "V05", "V06", "V07", "V09")
_HEADINGS = "参与者编号 姓名 单位代码 课程编号 分钟 日期 方式".split()


@dataclass(frozen=True, slots=True)
class _Watched:
    person: Someone
    lesson: str
    on: date
    minutes: int | None


def lessons_sheet() -> Sheet:
    """The lessons, with one whose 课时 is a word."""
    sheet = Sheet("lessons", "lessons.xlsx", "编号 名称 类别 课时 时长 领域 重播自".split())
    for code, (name, kind, hours, length, replay_of) in LESSONS.items():
        sheet.good(code, name, kind, hours, length, "家庭", replay_of)
    sheet.bad("bad_number", "V98", "坏课程", "科普视频", "很多", 45, "家庭", None)
    return sheet


def make_marks(people: list[Someone], random: Random, count: int) -> list[Sheet]:
    """`count` good rows: an .xlsx, then a GB18030 .csv that also corrects some of the first file's rows and repeats others."""
    sheets = [
        Sheet("marks", "marks-1.xlsx", _HEADINGS),
        Sheet("marks", "marks-2.csv", _HEADINGS, ["学习记录导出", "导出单位：示范教育局", "（只含6月）"]),
    ]
    signed = [one for one in people if random.random() < 0.6]
    watched = _watched(people, random, count - len(signed) - 20)
    cut = 2 * len(watched) // 3
    for sheet, part in ((sheets[0], watched[:cut]), (sheets[1], watched[cut:])):
        for at, mark in enumerate(part):
            sheet.good(*_cells(mark, random, sheet))
            if at == len(part) // 2:
                _bad_marks(sheet, people)
    for at, one in enumerate(signed):
        sheets[at % 2].good(*_whose(one, at), None, None, spelled(random, _day(random), cells=not at % 2), "签到")
    for mark in watched[:10]:
        minutes = 7 if mark.minutes != 7 else 8
        sheets[1].change(*_cells(_Watched(mark.person, mark.lesson, mark.on, minutes), random, sheets[1]))
    for mark in watched[10:20]:
        sheets[1].known(*_cells(mark, random, sheets[1]))
    return sheets


def _watched(people: list[Someone], random: Random, count: int) -> list[_Watched]:
    """Marks of distinct (person, lesson, day): first the two at the very edge of 8 课时, then the others by diligence."""
    found: dict[tuple[Someone, str, date], _Watched] = {}
    for one, short in ((people[1], 0), (people[2], 1)):
        for code in EXACTLY_EIGHT:
            minutes = LESSONS[code][3] - (short if code == "V05" else 0)
            found[one, code, date(2023, 6, 9)] = _Watched(one, code, date(2023, 6, 9), minutes)
    others = _others(people, random)
    while len(found) < count:
        mark = next(others)
        found.setdefault((mark.person, mark.lesson, mark.on), mark)
    marks = list(found.values())
    random.shuffle(marks)
    return marks


def _others(people: list[Someone], random: Random) -> Iterator[_Watched]:
    """Round after round, each person with their own diligence; one in ten never learns anything."""
    diligent = people[3:]
    shares = random.choices([0, 3, 7, 18], [10, 40, 30, 20], k=len(diligent))
    while True:
        for one, share in zip(diligent, shares, strict=True):
            for _ in range(share):
                code = random.choice(list(LESSONS))
                yield _Watched(one, code, _day(random), _minutes(random, LESSONS[code][3]))


def _minutes(random: Random, length: int) -> int | None:
    return random.choice([None, length, length, random.randint(1, length), random.randint(1, length), length + 20])


def _day(random: Random) -> date:
    return date(2023, 6, random.randint(1, 30))


def _cells(mark: _Watched, random: Random, sheet: Sheet) -> list[Value]:
    minutes: Value = mark.minutes if mark.minutes is None else (f"{mark.minutes}分钟" if random.random() < 0.5 else mark.minutes)
    way = "签到" if mark.lesson == "" else None
    on = spelled(random, mark.on, cells=sheet.file.endswith("xlsx"))
    return [*_whose(mark.person, random.randrange(50)), mark.lesson, minutes, on, way]


def _whose(one: Someone, at: int) -> list[Value]:
    """The number; one in fifty by name and unit; with a shared number always with the unit."""
    if at == 7:
        return [None, one.name, one.unit]
    return [one.number, None, one.unit if one.shared else None]


def _bad_marks(sheet: Sheet, people: list[Someone]) -> None:
    number = people[4].number if not people[4].shared else people[5].number
    shared = next(one.number for one in people if one.shared)
    sheet.bad("out_of_range", number, None, None, "V01", -5, "2023-06-10", None)
    sheet.bad("out_of_range", number, None, None, "V02", 9999, "2023-06-10", None)
    sheet.bad("outside_camp", number, None, None, "V03", 30, "2022-01-01", None)
    sheet.bad("bad_date", number, None, None, "V04", 30, "6月10日", None)
    sheet.bad("unknown_lesson", number, None, None, "V99", 30, "2023-06-10", None)
    sheet.bad("unknown_person", "C99999", None, None, "V01", 30, "2023-06-10", None)
    sheet.bad("bad_check_digits", "1234567890123456", None, None, "V01", 30, "2023-06-10", None)
    sheet.bad("ambiguous_person", shared, None, None, "V01", 30, "2023-06-10", None)
