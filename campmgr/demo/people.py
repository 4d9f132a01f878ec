"""The made-up people: what they are called, when they joined, and where else they count.

Names are common surnames, given names put together by chance, and the forms that break software.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.settings import OUTSIDE
from campmgr.demo.dice import Dice
from campmgr.demo.places import DemoPlace, Sort

JOINING_DAYS = ("2023-05-29", "2023-05-31", "2023-06-05")
"""The days on which rolls were handed in."""

_KINDS: dict[Sort, tuple[tuple[int, str], ...]] = {
    "school": ((1, "学校师生"),),
    "college": ((1, "学校师生"),),
    "federation": ((7, "社区(村)居民"), (3, "社会公众")),
    "community": ((9, "社区(村)居民"), (1, "社会公众")),
    "village": ((1, "社区(村)居民"),),
    "company": ((8, "职工"), (2, "企事业单位")),
    "office": ((7, "活动组织机构"), (3, "职工")),
    "region": ((8, "社会公众"), (2, "企事业单位")),
}
_CLASSES_PER_GRADE = 3
_FAMILIES_IN_FEDERATION = 6  # of a hundred pupils

_SURNAMES = ("陈陈陈陈陈陈林林林林林黄黄黄黄张张张吴吴吴李李李王王郑郑刘刘杨杨苏蔡许郭叶周谢曾邱罗赖江何朱徐"
             "游翁高沈余洪魏方潘丁傅柯颜温邓梁蓝雷钟")  # fmt: skip
_TWO_SURNAMES = ("欧阳", "上官", "司徒", "诸葛", "尉迟")
_GIVEN = ("伟芳娜敏静丽强磊洋艳勇杰娟涛超霞平辉玲桂英华玉兰红梅建国志文鹏斌波宇浩凯健俊帆雪晨欣怡佳琪雨桐子轩梓涵"
          "思睿诗语铭泽嘉航一诺锦荣秀珍美珠木水金榕闽海燕晓东明清")  # fmt: skip
_RARE_SURNAMES, _RARE_GIVEN = "𠮷", "䶮㛃"
_FIRST_PARTS = ("阿依古丽", "古丽娜尔", "阿迪力", "迪丽努尔", "热孜宛", "艾力江")
_LAST_PARTS = ("买买提", "艾山", "吐尔逊", "依明", "肉孜", "托合提")


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person. `second` is a unit of another line they count in too, or ""; `place` is their home."""

    who: Registration
    joined_on: str
    place: DemoPlace
    second: str = ""


def people_of(homes: Sequence[DemoPlace]) -> list[Someone]:
    """Everyone, place by place; the 编号 runs through the whole camp, so that it is unique and easily typed."""
    branches = _branches_by_city(homes)
    everyone: list[Someone] = []
    for place in homes:
        dice = Dice("people", place.unit)
        joined = dice.weighted(((5, JOINING_DAYS[0]), (3, JOINING_DAYS[1]), (2, JOINING_DAYS[2])))
        for _ in range(place.members):
            everyone.append(_someone(place, f"2023{len(everyone) + 1:05d}", joined, branches.get(place.city, ()), dice))
    return _as_families(everyone)


def _as_families(everyone: list[Someone]) -> list[Someone]:
    """Two of three pupils whom a federation counts have the telephone of somebody of it: by that they are a family there."""
    parents: dict[str, list[str]] = {}
    for one in everyone:
        if one.place.sort == "federation" and one.who.phone:
            parents.setdefault(one.place.unit, []).append(one.who.phone)
    met: Counter[str] = Counter()
    found = []
    for one in everyone:
        phones = parents.get(one.second, [])
        met[one.second] += 1
        phone = phones[met[one.second] // 2 % len(phones)] if phones and met[one.second] % 3 else one.who.phone
        found.append(replace(one, who=replace(one.who, phone=phone)) if phones else one)
    return found


def _branches_by_city(homes: Sequence[DemoPlace]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in homes:
        if place.sort == "federation":
            found.setdefault(place.city, []).append(place.unit)
    return found


def _someone(place: DemoPlace, number: str, joined: str, branches: Sequence[str], dice: Dice) -> Someone:
    pupil = place.sort == "school" and not dice.chance(6)
    # 100 begins no mobile number in China, so nobody's telephone stands here
    phone = "" if pupil or dice.chance(40) else f"100{dice.below(10**8):08d}"
    who = Registration(
        place.unit, person_name(dice), number, _class_name(place, dice) if pupil else "", phone,
        dice.weighted(_KINDS[place.sort]), guardian=pupil and dice.chance(92),
    )  # fmt: skip
    second = dice.pick(branches) if pupil and branches and dice.chance(_FAMILIES_IN_FEDERATION) else ""
    return Someone(who, joined, place, second)


def _class_name(place: DemoPlace, dice: Dice) -> str:
    """A class such as 四年2班; middle schools have three grades."""
    grades = "一二三四五六" if place.row and "小学" in place.row.name else ("初一", "初二", "初三")
    grade = dice.pick(tuple(grades))
    return f"{grade}{'年' if len(grade) == 1 else '（'}{dice.between(1, _CLASSES_PER_GRADE)}{'班' if len(grade) == 1 else '）班'}"


def outsiders(homes: Sequence[DemoPlace], wanted: int) -> Iterator[Registration]:
    """Authors who never joined, at home in 省直 or in the city their work is from (docs/ledger.md#erasure)."""
    dice = Dice("outside")
    cities = sorted({place.city for place in homes if place.city != "35"})
    for _ in range(wanted):
        yield Registration("3500" if dice.chance(50) else dice.pick(cities), person_name(dice), kind=OUTSIDE)


# Fujian's own mix: 陈 林 黄 lead by far, and 蓝 雷 钟 are frequent She (畲) names


def person_name(dice: Dice) -> str:
    """A made-up name: mostly three characters, some of two or four, a few with · or with characters outside the usual sets."""
    form = dice.weighted(((78, "three"), (17, "two"), (2, "four"), (1, "dotted"), (1, "rare given"), (1, "rare surname")))
    if form == "dotted":
        return f"{dice.pick(_FIRST_PARTS)}·{dice.pick(_LAST_PARTS)}"
    surname = dice.pick(_TWO_SURNAMES) if form == "four" else dice.pick(_RARE_SURNAMES if form == "rare surname" else _SURNAMES)
    if form == "two":
        return surname + dice.pick(_GIVEN)
    return surname + dice.pick(_RARE_GIVEN if form == "rare given" else _GIVEN) + dice.pick(_GIVEN)
