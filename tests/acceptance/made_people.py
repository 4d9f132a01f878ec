"""Made-up people in these units: unique names, rare characters, second memberships, shared numbers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.acceptance.made_units import AWAY, ENTERPRISE, Homes
from tests.acceptance.sheets_written import Sheet, Value

_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程苏魏吕丁任𠮷"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文辉玲飞鹏斌波宇浩凯健俊帆雪晨欣怡佳琪雨桐子轩䶮"
_KINDS = {"学校": ["学校师生", "学生", "教师", None], "": ["社会公众", "居民", "社区(村)居民", "职工", None]}
_COUNTY = "350102"
_HEADINGS = "编号 姓名 单位 班级 手机号 参与者类别 监护人同意".split()


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as the other sheets name them; `shared`: their number alone does not tell them."""

    number: str
    name: str
    unit: str
    shared: bool = False


def name_of(index: int) -> str:
    """The index-th name of a list of 137,000 without repetition; neighbours differ."""
    mixed = index * 7919 % (len(_FAMILY) * len(_GIVEN) ** 2)
    rest, family = divmod(mixed, len(_FAMILY))
    first, second = divmod(rest, len(_GIVEN))
    return _FAMILY[family] + _GIVEN[first] + _GIVEN[second]


def make_people(homes: Homes, random: Random, count: int) -> tuple[list[Someone], list[Sheet]]:
    """`count` people, the first two thirds in an .xlsx, the others in a GB18030 .csv; bad rows in both."""
    sheets = [
        Sheet("people", "people.xlsx", _HEADINGS, ["逃生演练训练营报名表", "填表日期：2023年5月29日"]),
        Sheet("people", "people-gb18030.csv", _HEADINGS),
    ]
    people: list[Someone] = []
    for index in range(count):
        one = _someone(homes, random, index, people)
        people.append(one)
        sheet = sheets[3 * index // (2 * count)]
        sheet.good(*_cells(one, random, plain=sheet is sheets[1]))
        if one.unit in homes.schools and not one.shared and random.random() < 0.08:
            sheet.good(*_cells(one, random, unit=random.choice(homes.branches), plain=sheet is sheets[1]))
        if index % (count // 2) == count // 3:
            _bad_people(sheet)
    _once(sheets[0])
    _once_more(sheets[1])
    return people, sheets


def _someone(homes: Homes, random: Random, index: int, people: list[Someone]) -> Someone:
    """Number 9 of every 150 bears the number of somebody at another school, and is another person."""
    name = name_of(index)
    if index % 150 == 9:
        other = next(one for one in reversed(people) if one.unit in homes.schools and not one.shared)
        people[people.index(other)] = Someone(other.number, other.name, other.unit, shared=True)
        return Someone(other.number, name, random.choice([each for each in homes.schools if each != other.unit]), shared=True)
    return Someone(f"2023{index:06d}" if index % 3 else f"A{index:05d}", name, _home(homes, random))


def _home(homes: Homes, random: Random) -> str:
    sorts = [
        (60, homes.schools), (10, homes.communities), (8, homes.branches), (6, [ENTERPRISE]), (5, homes.counties),
        (3, homes.cities), (2, homes.line_units), (4, homes.villages), (2, ["3500-GX", "3500-ZX"]), (1, ["35"]), (1, ["3500"]),
        (2, ["350128"]),
    ]  # fmt: skip
    filled = [(weight, units) for weight, units in sorts if units]
    return random.choice(random.choices([units for _, units in filled], [weight for weight, _ in filled])[0])


def _cells(one: Someone, random: Random, unit: str = "", *, plain: bool = False) -> list[Value]:
    """Half of the numbers stand in number cells, as they do in real files; a .csv has only texts."""
    number: Value = int(one.number) if one.number.isdigit() and not plain and random.random() < 0.5 else one.number
    kind = random.choice(_KINDS["学校" if "-X" in one.unit else ""])
    phone = f"138{random.randrange(10**8):08d}" if random.random() < 0.5 else None
    return [number, one.name, unit or one.unit, random.choice(["三年1班", None]), phone, kind, random.choice(["是", None])]


def _bad_people(sheet: Sheet) -> None:
    sheet.bad("unknown_unit", "B00001", "无处去", "359999", None, None, "职工", None)
    sheet.bad("missing_value", "B00002", None, "3501", None, None, "职工", None)
    sheet.bad("not_participating", "B00003", "金门人", AWAY, None, None, "职工", None)
    sheet.bad("not_participating", "B00006", "金门学生", f"{AWAY}-X01", None, None, "学生", None)
    sheet.bad("unknown_word", "B00004", "外星客", "3501", None, None, "外星来客", None)
    sheet.noted("bad_number", sheet.file, "短号人", "3501", None, "12345", "职工", None)


def _once(sheet: Sheet) -> None:
    """Those of whom the other file says something else, or the same otherwise written."""
    sheet.good("D00001", "改名前", _COUNTY, "三年1班", None, "居民", None)
    sheet.good("D00002", "一班一号", _COUNTY, "三年1班", None, "居民", None)
    sheet.good("D00003", "古丽·小", _COUNTY, "三年1班", None, "居民", None)
    sheet.good(None, "尚无号", _COUNTY, "三年2班", None, "居民", None)
    sheet.good(None, "缺电话", _COUNTY, None, None, "居民", None)
    sheet.good("D00006", "换班人", _COUNTY, "三年1班", None, "居民", None)
    sheet.good("D00008", "阿依·木", _COUNTY, "三年1班", None, "居民", None)
    sheet.good("D00007", "原来人", _COUNTY, "三年1班", None, "居民", None)


def _once_more(sheet: Sheet) -> None:
    """The same 编号 in one unit is one person, unless name and class are others; a gap is filled where one person alone fits."""
    sheet.change("D00001", "改名后", _COUNTY, "三年1班", None, "居民", None)
    sheet.bad("conflict", "D00002", "二班一号", _COUNTY, "三年2班", None, "居民", None)
    sheet.known("D00003", "古丽 • 小", _COUNTY, "三年１班", None, "居民", None)
    sheet.good("D00003", "古丽●小", "3501-FL", None, None, "居民", None)
    sheet.change("D00008", "阿依 • 木", _COUNTY, "三年2班", None, "居民", None)
    sheet.change("D00004", "尚无号", _COUNTY, None, None, "居民", None)
    sheet.change(None, "缺电话", _COUNTY, None, "13800000001", "居民", None)
    sheet.change("D00006", "换班人", _COUNTY, "三年2班", None, "居民", None)
    sheet.good("D00007", "别处人", "350103", "三年1班", None, "居民", None)
    sheet.bad("repeated_row", "D00007", "又一人", "350103", "三年1班", None, "居民", None)
