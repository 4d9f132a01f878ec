"""How Chinese names are spelled in pinyin, for finding people by what is quickly typed: never shown, never compared.

Readings come from pypinyin (MIT), loaded when the first name is spelled. It lists a character's readings, the usual one first, and
knows nothing of names: what is read otherwise in them stands here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice, product

from campmgr.config import leave_phrases_out
from campmgr.wording import normal


def _table(text: str) -> dict[str, list[str]]:
    return {key: value.split(",") for key, value in (pair.split(":") for pair in text.split())}


_SURNAMES = _table(
    "单:shan 曾:zeng 仇:qiu 解:xie 区:ou 查:zha 朴:piao 翟:zhai 缪:miao 繁:po 秘:bi 召:shao 种:chong 员:yun 洗:xian 折:she 么:yao "
    "谌:chen,shen 郇:xun,huan 郗:xi,chi 乜:nie 隗:wei,kui 句:gou 费:fei,bi 祭:zhai 牟:mu,mou 都:du 佴:nai 薄:bo 卜:bu 柏:bai,bo "
    "乐:yue,le 盖:ge,gai 覃:qin,tan 黑:he,hei 阚:kan 莘:shen,xin 宓:mi,fu 粘:nian 颉:xie 长:chang 能:nai 藏:zang 重:chong "
    "尉迟:yu'chi 万俟:mo'qi 澹台:tan'tai 单于:chan'yu 子车:zi'ju 乐正:yue'zheng"
)
"""Surnames not read as the dictionary has it first: `,` between two readings that both occur, `'` between syllables."""

_GIVEN = _table(
    "乐:le,yue 行:xing,hang 长:chang,zhang 朝:chao,zhao 重:zhong,chong 茜:qian,xi 单:shan,dan 柏:bai,bo 阿:a,e 娜:na,nuo 莘:xin,shen "
    "晟:sheng,cheng 盛:sheng,cheng 参:shen,can 省:xing,sheng 藏:zang,cang 传:chuan,zhuan 角:jue,jiao 觉:jue,jiao 仔:zi,zai "
    "调:diao,tiao 筠:yun,jun 隽:jun,juan 率:shuai,lv 泊:bo,po 校:xiao,jiao 曾:zeng,ceng 解:jie,xie 会:hui,kuai 降:jiang,xiang "
    "弹:tan,dan 度:du,duo 都:du,dou 还:huan,hai 称:cheng,chen 没:mo,mei 靓:liang,jing"
)
"""The same for given names."""

_MOST = 4
"""Spellings of one name; the usual one comes first."""

_PARTS = re.compile(r"[0-9A-Za-z]+|[^\x00-\x7f]")


def spellings(name: str) -> list[tuple[str, ...]]:
    """The ways to spell a name, each as its syllables without tones (ü is v): 曾小乐 is zeng xiao le or zeng xiao yue.

    Latin words stand for themselves, small; a character that no dictionary knows is passed over.
    """
    surname = next((name[:length] for length in (2, 1) if name[:length] in _SURNAMES), "")
    firsts = [each.split("'") for each in _SURNAMES[surname]] if surname else [[]]
    others = [told for part in _PARTS.findall(name[len(surname) :]) if (told := _readings(part))]
    ways = ((*first, *rest) for rest in product(*others) for first in firsts)
    return [way for way in islice(ways, _MOST) if way]


def typed_pinyin(text: str) -> str:
    """What was typed as pinyin, as spellings are kept: small letters without tones, blanks and apostrophes; ü and yu are v."""
    letters = "".join(each for each in _toneless(text.casefold()) if each.isalnum())
    return letters.replace("lyu", "lv").replace("nyu", "nv")


@lru_cache(maxsize=1 << 14)  # there are more Latin words and numbers than characters
def _readings(part: str) -> tuple[str, ...]:
    """How a Latin word or a Chinese character of a name is read; the dictionary's first reading, where no other is known."""
    if part.isascii():
        return (part.casefold(),)
    usual = _toneless(_dictionary().get(ord(part), "").partition(",")[0])
    return tuple(_GIVEN.get(part) or filter(str.isascii, filter(None, (usual,))))


def _toneless(text: str) -> str:
    parts = normal(text, "NFD")
    bare = "".join(each for each in parts if each == "\u0308" or not unicodedata.combining(each))
    return normal(bare, "NFC").replace("ü", "v")


@cache
def _dictionary() -> dict[int, str]:
    """Code point → readings, the usual one first."""
    leave_phrases_out()
    from pypinyin.pinyin_dict import pinyin_dict  # -- slow import

    return dict(pinyin_dict)
