"""Whether a cell holds a person's name: no filler, no remark, one person, and not what a wrong conversion left of a name."""

from __future__ import annotations

import re

from campmgr.files.cells import CellProblem, name, shown
from campmgr.files.read_table import Cell
from campmgr.wording import normal

_FILLERS = frozenset(
    "无 暂无 没有 空 空白 未知 不详 不知道 待定 待补 待填 未填 未报 略 同上 如上 某 某某 某某某 姓名 名字 null none nil n/a na nan test 测试"
    " 测试人员 xx xxx xxxx ×× ××× 〇〇 oo ooo unknown tbd 匿名 未命名 删除 作废 已删除 合计 总计 小计 共计 true false 是 否 男 女".split()
)
_NUMBER = re.compile(r"[0-9０-９.,，、()（）\s]+")
_SEPARATORS = re.compile(r"[、,，;；|｜\n\r\t]+|[/／&+＋]")
_REMARK = re.compile(
    r"^[\u3400-\u9fff()（）]{2,12}[：:]|[。！]|^[共计约]{0,2}[0-9零一二三四五六七八九十百]+[人名位个]$|以上|以下|自愿|报名|名单|如下|特此|谢谢|请勿|请填|填写|必填|示例|样例"
    r"|[(（](?:已|新|现)?(?:转学|转入|转出|转走|请假|病假|事假|公假|退学|休学|退出|退赛|缺席|缺勤|未到|未参加|不参加|放弃|迟到|补报|替补)[)）]"
    r"|(?:合计|小计|总计|共计)$|^(?:平均|最高|最低|及格|优秀|完成|参与|百分)[分值率数比]?$|^[第共][0-9]+页|等[0-9一二三四五六七八九十]+[人名位]"
    r"|例如|本表|此表|此行|空白|以此类推|人数|盖章|签字|签名|负责人|填表|制表|审核|注意|备注|说明"
)
_AROUND = (
    (re.compile(r"^[(（]?[0-9]{1,3}[)）.．、]\s*(?=[\u3400-\u9fffA-Za-z])"), "前面带着序号。请只留姓名。"),
    (
        re.compile(r"[*＊]|[\u3400-\u9fff]某{1,3}$|[\u3400-\u9fff][×xX]{1,2}(?:[\u3400-\u9fff]|$)"),
        "不是全名，有的字被遮住了。请填真实姓名。",
    ),
    (re.compile(r"[0-9０-９]{7,}"), "里有一串号码。请把号码移到它自己的列，只留姓名。"),
    (re.compile(r"[\s,，/、][男女]$"), "后面带着性别。请只留姓名。"),
    (re.compile(r"[、，,；;：:]$"), "末尾多了标点，可能还缺一个人。请改正。"),
)
"""What stands around a name and is no part of it, and what is wrong then."""
_HAN_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹"
    "熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐"
    "梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
)
_COMPOUND = frozenset(
    "欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 尉迟 长孙 慕容 令狐 皇甫 宇文 公孙 轩辕 端木 呼延 闻人 澹台 申屠".split()
)
_DESTROYED = re.compile(r"[?？\ufffd□■▯]|锟斤拷|锘|烫烫|屯屯|[ÃÂ][\x80-\xbf]")
_COMMON_FIRST = 0xD8
"""GB2312 keeps its common characters before this row and the rare ones from it on."""


_ASCII = bytes(range(128))


def person_name(cell: Cell) -> str:
    """A person's name, or "" for a blank cell. Raises CellProblem `bad_name`, and what `cells.name` raises."""
    value = name(cell)
    if not value or not (sentence := _fault(str(cell), value)):
        return value
    raise CellProblem("bad_name", f"“{shown(cell)}”{sentence}")


def whole_name(cell: Cell) -> str:
    """The name of a unit, or the author of a work: any, as long as its characters are whole. Raises CellProblem `bad_name`."""
    value = name(cell)
    if value and is_destroyed(value):
        raise CellProblem("bad_name", f"“{shown(cell)}”{_LOST}")
    return value


_LOST = "的字在转换编码时已经损坏，看不出原来是什么。请向对方要原来的文件。"


def _fault(raw: str, value: str) -> str:
    """What is wrong with a name, as the rest of a sentence; "" for nothing."""
    if is_destroyed(value):
        return _LOST
    if is_filler(value):
        return "不是姓名。请填真实姓名；没有这个人就删去这一行。"
    if _several(raw):
        return "像是几个人的名字。请一人一行。"
    if around := next((sentence for pattern, sentence in _AROUND if pattern.search(raw.strip())), ""):
        return around
    if _REMARK.search(value.replace(" ", "")):
        return "像是合计、备注或签名，不只是姓名，没有导入。"
    return ""


def is_filler(value: str) -> bool:
    """Whether something stands where a name would and says none: -, 无, 123."""
    return not any(map(str.isalnum, value)) or bool(_NUMBER.fullmatch(value)) or value.casefold() in _FILLERS


def is_destroyed(value: str) -> bool:
    """Whether an earlier conversion lost or mixed up the characters: 锟斤拷, ??, Íõ, 鐜嬩竴."""
    if value.isascii():
        return "?" in value
    if _DESTROYED.search(value):
        return True
    if not re.search("[A-Za-z]", value) and max(value) < "\u2123":
        return any(_reads_as_han(value, wrote, meant) for wrote in ("latin-1", "cp1252") for meant in ("gb18030", "utf-8"))
    return _is_rare(value) and _reads_as_han(value, "gb18030", "utf-8")


def _reads_as_han(value: str, wrote: str, meant: str) -> bool:
    try:
        text = value.encode(wrote).decode(meant)
    except UnicodeError:
        return False
    return bool(text) and all("\u3400" <= each <= "\u9fff" or each in "·•" for each in text)


def _is_rare(value: str) -> bool:
    """Whether any of its characters is none of the common ones."""
    try:
        told = value.encode("gb2312")
    except UnicodeError:
        return True
    return max(told.translate(None, _ASCII)[::2], default=0) >= _COMMON_FIRST


def _several(raw: str) -> bool:
    text = normal(raw)
    parts = [each for each in _SEPARATORS.split(text.strip()) if each.strip()]
    if len(parts) > 1 and all(_is_a_name(each.strip()) for each in parts):
        return True
    words = text.split()
    if len(words) < 2 or not all(_HAN_WORD.fullmatch(each) and len(each) <= 4 and each[0] in _SURNAMES for each in words):
        return False
    return words[0] not in _COMPOUND


def _is_a_name(part: str) -> bool:
    """Whether a part between separators can be a name of its own: two characters of Chinese, or a word."""
    return bool(_HAN_WORD.search(part)) or (part.isascii() and len(part) > 2 and part.replace(" ", "").isalpha())
