"""Names for people who do not exist: common surnames, given names put together by chance, and the forms that break software."""

from __future__ import annotations

from campmgr.demo.dice import Dice

# Fujian's own mix: 陈 林 黄 lead by far, and 蓝 雷 钟 are frequent She (畲) names
_SURNAMES = ("陈陈陈陈陈陈林林林林林黄黄黄黄张张张吴吴吴李李李王王郑郑刘刘杨杨苏蔡许郭叶周谢曾邱罗赖江何朱徐"
             "游翁高沈余洪魏方潘丁傅柯颜温邓梁蓝雷钟")  # fmt: skip
_TWO_SURNAMES = ("欧阳", "上官", "司徒", "诸葛", "尉迟")
_GIVEN = ("伟芳娜敏静丽强磊洋艳勇杰娟涛超霞平辉玲桂英华玉兰红梅建国志文鹏斌波宇浩凯健俊帆雪晨欣怡佳琪雨桐子轩梓涵"
          "思睿诗语铭泽嘉航一诺锦荣秀珍美珠木水金榕闽海燕晓东明清")  # fmt: skip
_RARE_SURNAMES, _RARE_GIVEN = "𠮷", "䶮㛃"
_FIRST_PARTS = ("阿依古丽", "古丽娜尔", "阿迪力", "迪丽努尔", "热孜宛", "艾力江")
_LAST_PARTS = ("买买提", "艾山", "吐尔逊", "依明", "肉孜", "托合提")


def person_name(dice: Dice) -> str:
    """A made-up name: mostly three characters, some of two or four, a few with · or with characters outside the usual sets."""
    form = dice.weighted(((78, "three"), (17, "two"), (2, "four"), (1, "dotted"), (1, "rare given"), (1, "rare surname")))
    if form == "dotted":
        return f"{dice.pick(_FIRST_PARTS)}·{dice.pick(_LAST_PARTS)}"
    surname = dice.pick(_TWO_SURNAMES) if form == "four" else dice.pick(_RARE_SURNAMES if form == "rare surname" else _SURNAMES)
    if form == "two":
        return surname + dice.pick(_GIVEN)
    return surname + dice.pick(_RARE_GIVEN if form == "rare given" else _GIVEN) + dice.pick(_GIVEN)
