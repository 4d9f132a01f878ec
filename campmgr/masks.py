"""How a name and a telephone number look to those who may not see them whole."""

from __future__ import annotations

import re
import unicodedata

_COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 "
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 "
    "段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 "
    "南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 范姜".split()
)


_LONGEST = 500
"""Characters of a name that are shown to everyone."""


def mask_name(name: str) -> str:
    """A name with its surname and, from two given characters on, its last character: 李丽 → 李*, 王子涵 → 王*涵.

    One star per hidden character; the dots and spaces inside a name stay: 古丽·阿依 → 古*·*依.
    """
    characters = _characters(name.strip())
    if len(characters) < 2:
        return "*" * len(characters)
    surname = 2 if len(characters) > 2 and "".join(characters[:2]) in _COMPOUND_SURNAMES else 1
    last = len(characters) if len(characters) - surname < 2 else len(characters) - 1
    hidden = ["*" if _is_letter(character) else character for character in characters[surname:last]]
    return "".join([*characters[:surname], *hidden, *characters[last:]])


def mask_phone(phone: str) -> str:
    """A telephone number without its middle: 13812345678 → 138****5678; a short one keeps two digits or none."""
    text = phone.strip()
    if len(text) >= 11:
        return text[:-8] + "****" + text[-4:]
    kept = 2 if len(text) >= 7 else 0
    return "*" * (len(text) - kept) + text[len(text) - kept :]


def family_mark(phone: str) -> str:
    """By what children of one family are known beside each other in a list: the end of the telephone they share; "" for none."""
    return f"尾号 {phone[-4:]}" if len(phone) >= 11 else ""


def family_name(name: str) -> str:
    """What a family is called after one of it: 陈小禾 → 陈家; a name without a Chinese surname stands whole, 古丽·阿依 → 古丽·阿依一家."""
    characters = _characters(name.strip())
    if not 2 <= len(characters) <= 4 or not all(each[0] >= "\u3400" for each in characters):
        return f"{name.strip()}一家"
    surname = 2 if len(characters) > 2 and "".join(characters[:2]) in _COMPOUND_SURNAMES else 1
    return "".join(characters[:surname]) + "家"


def without_numbers(text: str) -> str:
    """A text for everyone's eyes: digits that could be a telephone, identity or bank number become stars, full-width ones too."""
    return _NUMBERS.sub(lambda found: "*" * len(found[0]), text)


def holds_number(text: str) -> bool:
    """Whether a text holds what could be somebody's telephone, identity or bank number."""
    return _NUMBERS.search(text) is not None


_GAP = r"[\s\-－—–]"
_DATE = r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
_FORMS = (rf"(?!{_DATE})\d{{8,}}[XxＸｘ]?", rf"[0０]\d{{2,3}}{_GAP}\d{{7,8}}", rf"1\d\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
          rf"\d{{4}}(?:{_GAP}\d{{4}}){{2,}}\d*")  # fmt: skip
_NUMBERS = re.compile(rf"(?<!\d)(?:{'|'.join(_FORMS)})")
"""Eight digits and more that are no date, an area code before a number, a mobile or card number in groups; of any width."""


def _characters(text: str) -> list[str]:
    """Code points, each with the marks and variation selectors that follow it, since those say which 字 it is."""
    result: list[str] = []
    for character in text[:_LONGEST]:
        if result and unicodedata.category(character) in ("Mn", "Me", "Cf"):
            result[-1] += character
        else:
            result.append(character)
    return result


def _is_letter(character: str) -> bool:
    return unicodedata.category(character[0])[0] not in "PZ"
