"""What one cell means: texts, codes, numbers. Each parser returns the value or raises CellProblem; nothing is ever guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from campmgr.errors import REASONS
from campmgr.files.odd_cells import WRAPPED, BrokenCell, FormattedNumber, is_formula_text, unwrapped
from campmgr.files.read_table import Cell, is_blank
from campmgr.wording import ONCE_PRIVATE, normal, unpadded

T = TypeVar("T")

LARGEST_NUMBER = 10**12
_LONGEST_NUMBER = 400
_EXACT_DIGITS = 15  # a spreadsheet keeps 15 digits of a number; the rest of an 18-digit id is already lost
UNSEEN = dict.fromkeys(
    map(ord, "\x7f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
"""Characters nobody sees and no two offices type alike: zero-width spaces, marks of direction, soft hyphens."""
_JOINERS = {0x200C: None, 0x200D: None}  # these make one picture of several in a title; in a name or number they are dirt
_EDGES = " \t\r\n\u3000\xa0\u200b\ufeff"
_PLAIN = re.compile("[0-9A-Za-z\u4e00-\u9fa5]{1,64}")
"""Nothing to trim, to join, to translate or to misread: what nearly every cell of a name or code is."""
_PLAIN_CODE = re.compile("[0-9A-Za-z]{1,64}")
_QUOTED = re.compile('[“”"]([^“”"]*)[“”"]')
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+e\+?|e\+)[0-9]{2}", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_MONTH_AND_DAY = re.compile(
    rf"[0-9]{{1,2}}月[0-9]{{1,2}}日|[0-9]{{1,2}}-({_MONTHS})(-[0-9]{{2,4}})?|({_MONTHS})-[0-9]{{1,2}}"
    r"|[0-9]{2,4}年[0-9]{1,2}月([0-9]{1,2}日)?",
    re.IGNORECASE,
)
_WHOLE_DATE = re.compile(r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}( 0?0:00(:00)?)?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+")
_HOURS = re.compile(r"[0-9]{1,12}(\.[0-9]{1,20})?")
_AMOUNT = re.compile(r"([0-9]{1,3}(,[0-9]{3}){1,3}|[0-9]{1,12})(\.[0-9]{1,20})?")
_BARE_NUMBER = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?")
_TIME_WORDS = re.compile(
    r"(?:([0-9]+(?:\.[0-9]+)?)(?:个?小时|个?钟头|时|hours|hour|hrs|hr|h))?(?:([0-9]+)(?:分钟|分|minutes|minute|mins|min|m))?"
    r"(?:([0-9]+(?:\.[0-9]+)?)(?:秒钟|秒|seconds|second|secs|sec|s))?|([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])"
)
_LIKES = re.compile(r"([0-9,]+)(\.[0-9]+)?(k|千|w|万|亿)?(\+|余|多)?(次|赞|个|人)?(\+|以上)?")
_SCALE = {None: 1, "k": 1000, "千": 1000, "w": 10_000, "万": 10_000, "亿": 100_000_000}
_YES = frozenset("是 有 同意 已同意 已签 已签字 √ ✓ ✔ ☑ y yes true 1".split())
_NO = frozenset("否 无 没有 不同意 未同意 未签 未签字 × ✗ ✘ x n no false 0".split())
_CAME = frozenset("到 已到 到场 已到场 出勤 全勤 v ok".split())
_ORDINALS = {each: value for value, each in enumerate("一二三四五六七八九", 1)}
_AWAY = frozenset("缺 缺席 缺勤 未到 没到 没来 未到场 请假 病假 事假 旷课".split())


class CellProblem(Exception):
    """A cell that cannot be taken as it is; `reason` is one of errors.REASONS, `sentence` says what to do."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        if reason not in REASONS:
            raise ValueError(f"not in errors.REASONS: {reason}")
        self.reason = reason
        self.sentence = sentence


def text(cell: Cell, *, longest: int = 200) -> str:
    """A text with its own characters (no normalisation), edges trimmed, inner breaks made one space; blank gives "".

    Raises CellProblem `too_long`, `broken_cell` (TRUE and FALSE too), `became_date` for a date where a text belongs: 3-1 was typed,
    and a spreadsheet program made 3月1日 of it.
    """
    if type(cell) is str and len(cell) <= longest and _PLAIN.fullmatch(cell):
        return cell
    if isinstance(cell, date | time | timedelta):
        raise became_date(cell)
    if isinstance(cell, bool):
        raise CellProblem("broken_cell", f"这一格是判断的结果 {str(cell).upper()}，不是文字。请填上原来的内容。")
    value = _written(cell)
    if not value.isascii():
        value = value.translate(ONCE_PRIVATE).translate(UNSEEN).strip(_EDGES)
    value = " ".join(value.split())
    if len(value) > longest:
        raise CellProblem("too_long", f"这一格有 {len(value)} 个字，最多 {longest} 个。请缩短。")
    return value


def _unquoted(value: str) -> str:
    """A name or code without the quotation marks that a word processor made of a .csv's own."""
    match = _QUOTED.fullmatch(value)
    return match[1].strip(_EDGES) if match else value


def name(cell: Cell) -> str:
    """A person's or unit's name: as `text`, and without the spaces that pad 张　三 to the width of three characters."""
    if type(cell) is str and _PLAIN.fullmatch(cell):
        return cell
    return unpadded(_unquoted(text(cell)).translate(_JOINERS))


def class_name(cell: Cell) -> str:
    """A class or department, as `text`. Raises CellProblem as it, and `became_date` for whatever reads as a day of a year too."""
    value = _unquoted(text(cell))
    bare = normal(value)
    if _MONTH_AND_DAY.fullmatch(bare) or _WHOLE_DATE.fullmatch(bare):
        raise became_date(value)
    return value


def became_date(cell: Cell) -> CellProblem:
    """The problem of a date where none belongs."""
    return CellProblem(
        "became_date",
        f"“{shown(cell)}”是日期：表格软件会把 3-1 这样的内容自动改成日期。请把这一列设为文本，重新填写。",
    )


def private_characters(value: str) -> str:
    """Characters of a text that only the computer they were typed on can show; "" for none."""
    return "" if value.isascii() else "".join(each for each in value if unicodedata.category(each) == "Co")


def code(cell: Cell, *, longest: int = 64) -> str:
    """A code or number of a person, unit or lesson: NFKC, no spaces or breaks; blank gives "".

    Raises CellProblem `bad_number` for a long id that the spreadsheet has rounded or shows as 3.50E+17; `became_date` for 3-1 that
    it made a date of; `too_long`, `broken_cell`.
    """
    if type(cell) is str and len(cell) <= longest and _PLAIN_CODE.fullmatch(cell):
        return cell
    number = cell.value if isinstance(cell, FormattedNumber) else cell
    if isinstance(number, int | float) and abs(number) >= 10**_EXACT_DIGITS:
        raise _rounded_id()
    value = "".join(normal(_unquoted(text(cell, longest=1000))).translate(_JOINERS).split())
    if _SCIENTIFIC.fullmatch(value):
        raise _rounded_id()
    if is_formula_text(value):
        raise CellProblem("broken_cell", f"“{shown(cell)}”是公式，没有算出结果。请填上编号或代码本身。")
    if _MONTH_AND_DAY.fullmatch(value):
        raise became_date(value)
    if len(value) > longest:
        raise CellProblem("too_long", f"编号有 {len(value)} 个字符，最多 {longest} 个。请检查是不是填错了列。")
    return value


def whole(cell: Cell, *, units: str = "人") -> int:
    """A whole number from 0 to 10¹²: 45, ４５, "1,234", 45.0, or with a word of `units` (separated by |) behind it.

    Raises CellProblem `missing_value`, `bad_number`, `out_of_range`.
    """
    digits = re.sub(f"({units})$", "", _number_text(cell))
    if re.fullmatch(r"-[0-9,.]+", digits):
        raise CellProblem("out_of_range", "数字不能是负数。请改正。")
    digits = re.sub(r"\.0+$", "", digits)
    if len(digits) > _LONGEST_NUMBER or not _GROUPED.fullmatch(digits):
        raise CellProblem("bad_number", f"“{shown(cell)}”不是整数。请只填数字，例如 45。")
    return _in_reach(int(digits.replace(",", "")))


def ordinal(cell: Cell, word: str) -> int:
    """Which of several, as people write it: 3, 三, 三类, 3类, 第三类 (`word`: 类). Raises CellProblem."""
    bare = re.sub(rf"^第|{word}$", "", _number_text(cell))
    if bare in _ORDINALS:
        return _ORDINALS[bare]
    try:
        return whole(bare)
    except CellProblem as problem:
        raise CellProblem(problem.reason, f"“{shown(cell)}”不是第几{word}。请填数字，或写成 一{word}、第一{word}。") from problem


def minutes(cell: Cell) -> int:
    """Minutes watched, 1 to 1440: 45, "45分钟", "45 min", "0.2小时", "1小时30分", "90秒", "0:45:00"; what is begun of a minute is not one.

    Raises CellProblem; `out_of_range` outside (docs/commands.md#credit).
    """
    if length := _TIME_WORDS.fullmatch(_number_text(cell).lower().replace("小时半", "小时30分").replace("半小时", "30分")):
        parts = zip(length.groups(), (3600, 60, 1, 3600, 60, 1), strict=True)
        value = int(sum(Decimal(part) * seconds for part, seconds in parts if part)) // 60
    else:
        value = whole(cell, units="分钟|分|minutes|minute|mins|min")
    if not 1 <= value <= 1440:
        raise CellProblem("out_of_range", f"{value} 分钟不可能。请填 1 到 1440 之间的分钟数。")
    return value


def scaled(cell: Cell, scale: str) -> Cell:
    """A bare number with the unit that its heading names behind it; a cell that says its own unit stays."""
    if isinstance(cell, bool | date | time | timedelta | BrokenCell):
        return cell
    number = _number_text(cell) if not is_blank(cell) else ""
    return number + scale if _BARE_NUMBER.fullmatch(number) else cell


def hundredths(cell: Cell) -> int:
    """Class-hours as hundredths, exact: "0.1" -> 10, "1.25课时" -> 125.

    Raises CellProblem `missing_value`, `out_of_range`, `bad_number` (also for more than two decimals).
    """
    number = _decimal(cell, "课时|学时|hours|hour", _HOURS, "课时数") * 100
    if number != int(number):
        raise CellProblem("bad_number", f"“{shown(cell)}”的小数多于两位。课时最多两位小数，例如 1.25。")
    return _in_reach(int(number))


def tenths(cell: Cell) -> int:
    """An amount with one decimal as tenths, exact: "199.9" -> 1999, "1,200㎡" -> 12000.

    Raises CellProblem `missing_value`, `out_of_range`, `bad_number` (also for more than one decimal).
    """
    number = _decimal(cell, "平方米|平米|m2", _AMOUNT, "数字") * 10
    if number != int(number):
        raise CellProblem("bad_number", f"“{shown(cell)}”的小数多于一位。请写到一位小数，例如 199.9。")
    return _in_reach(int(number))


def _decimal(cell: Cell, units: str, shape: re.Pattern[str], called: str) -> Decimal:
    """A number as it is written, with a unit behind it or without; exact, since with floats 0.1 is none."""
    digits = re.sub(f"({units})$", "", _number_text(cell))
    if re.fullmatch(r"-[0-9.,]+", digits):
        raise CellProblem("out_of_range", f"{called}不能是负数。请改正。")
    if not shape.fullmatch(digits):
        raise CellProblem("bad_number", f"“{shown(cell)}”不是{called}。请填数字，例如 1 或 0.5。")
    return Decimal(digits.replace(",", ""))


class LikeCount(NamedTuple):
    """A count of likes or plays. `rounded`: the platform had rounded it (1.2万); `at_least`: it may be more (10万+)."""

    value: int
    rounded: bool = False
    at_least: bool = False


def likes(cell: Cell) -> LikeCount:
    """A count of likes or plays: "1.2万" is 12000 and rounded, "10万+" 100000 and at least that, "300赞" and "1,234" exact.

    Decimal, since with floats 1.13万 becomes 11299. Raises CellProblem `missing_value`, `bad_number`, `out_of_range`.
    """
    if type(cell) is int and cell >= 0:
        return LikeCount(_in_reach(cell))
    digits = _number_text(cell).lower()
    if re.fullmatch(r"-[0-9,.]+.*", digits):
        raise CellProblem("out_of_range", "数量不能是负数。请改正。")
    match = _LIKES.fullmatch(digits)
    if not match or not _GROUPED.fullmatch(match[1]):
        raise CellProblem("bad_number", f"“{shown(cell)}”不是数量。请填数字，例如 1234 或 1.2万。")
    value = Decimal(match[1].replace(",", "") + (match[2] or "")) * _SCALE[match[3]]
    at_least = bool(match[4] or match[6])
    rounded = bool(match[3]) or at_least
    if value != int(value) and not rounded:
        raise CellProblem("bad_number", f"“{shown(cell)}”有小数。请填整数；如果单位是万，请写成 1.2万。")
    return LikeCount(_in_reach(int(value)), rounded, at_least)


def yes(cell: Cell) -> bool:
    """Yes or no, as consent lists write it: 是 同意 √ 1, or 否 不同意 × 0. Raises CellProblem `missing_value`, `unknown_word`."""
    if isinstance(cell, bool):
        return cell
    word = _number_text(cell).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise CellProblem("unknown_word", f"“{shown(cell)}”看不懂。请填“是”或“否”。")


def came(cell: Cell) -> bool:
    """Whether somebody came, as a sheet handed out for ticking has it: √ 到 是, or × 缺 请假. Raises CellProblem `unknown_word`."""
    if isinstance(cell, bool):
        return cell
    word = _number_text(cell).lower()
    if word in _YES or word in _CAME:
        return True
    if word in _NO or word in _AWAY:
        return False
    raise CellProblem("unknown_word", f"“{shown(cell)}”看不懂。到场的打“√”，没来的留空。")


def phone(cell: Cell) -> str:
    """A mobile number, 11 digits as text; +86, spaces and hyphens fall away. Raises CellProblem `missing_value`, `bad_number`."""
    written = _number_text(cell)
    if _SCIENTIFIC.fullmatch(written):
        raise _rounded_id()
    digits = re.sub(r"^(\+|00)?86(?=1[0-9]{10}$)", "", re.sub("[-－—–]", "", written))
    if not re.fullmatch(r"1[0-9]{10}", digits):
        raise CellProblem("bad_number", f"“{shown(cell)}”不是 11 位手机号。请检查，或者留空。")
    return digits


def _written(cell: Cell) -> str:
    """A cell as text: dates in ISO form, numbers without exponent or as their format shows them.

    Raises CellProblem `broken_cell`.
    """
    if isinstance(cell, BrokenCell):
        raise CellProblem("broken_cell", cell.sentence)
    if isinstance(cell, str):
        return unwrapped(cell) if cell[:1] in WRAPPED else cell
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(cell)


def _number_text(cell: Cell) -> str:
    """The characters of a number: NFKC, without spaces. A float loses the noise of binary sums (0.1 × 3). Blank is a problem."""
    if isinstance(cell, bool | date | time | timedelta):
        raise CellProblem("bad_number", f"“{shown(cell)}”不是数字。请把这一格设为常规格式，只填数字。")
    if isinstance(cell, float):
        return format(Decimal(f"{cell:.10f}").normalize(), "f")
    if isinstance(cell, FormattedNumber):
        return _number_text(cell.said)
    bare = _written(cell).translate(UNSEEN).translate(_JOINERS)
    value = "".join(normal(bare).replace("，", ",").split())
    if not value:
        raise CellProblem("missing_value", "这一格是空的。请补上。")
    return value


def _in_reach(value: int) -> int:
    if value > LARGEST_NUMBER:
        raise CellProblem("out_of_range", "数字太大了。请检查是不是填错了列。")
    return value


def shown(cell: Cell, longest: int = 20) -> str:
    """A cell as it is quoted: its text, cut to so many characters."""
    text = (cell.shown if isinstance(cell, BrokenCell) else _written(cell)).strip(_EDGES)
    return text if len(text) <= longest else text[:longest] + "…"


def _rounded_id() -> CellProblem:
    return CellProblem("bad_number", "这个号码已被表格软件改成科学计数法，请把列设为文本后重新录入（末几位已经丢失）。")
