"""Cells that are more, or less, than the value stored in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_ERROR = re.compile(
    r"[#＃](N/?A|NULL|[A-ZÄÖÜ0-9_/]+[!?！？])( [#＃]?N/?A)?|Err:[0-9]{3}|[#＃]{2,}|#(VALUE|REF|NAME|NUM)", re.IGNORECASE
)

WRAPPED = ("=", "＝", "'", "’", "‘", "`", " ")
"""How a text begins that `unwrapped` may have to look at."""

_FORMULA = re.compile(r"\s*=\s*[-+(A-Za-z0-9$]")

_KEPT_AS_TEXT = re.compile(r"""[=＝]\s*["“”]([^"“”]*)["“”]|['’‘`](?=[0-9A-Za-z\u3400-\u9fff])(.*[^'’‘`])""", re.DOTALL)


LONGEST_CELL = 4_000
"""Characters of a cell that are read: no field takes as many, and looking for patterns in a text of millions would take hours."""


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell whose value nobody knows: an error (#N/A), or a formula whose result the file does not hold; one that is merged with
    the cell above; or a text longer than any field takes, of so many characters (`length`; else 0).

    `address` as people find it (C2), `shown`: the error, the formula behind an = sign, or how the text begins; "" for a merged one.
    """

    address: str
    shown: str
    length: int = 0

    @property
    def sentence(self) -> str:
        """What is wrong with it and what to do."""
        if not self.shown:
            return f"{self.address} 和上面的格子合并在一起，看不出这一行是什么。请取消合并，每一行各自填写。"
        if self.length:
            return f"{self.address} 有 {self.length} 个字，哪一项都放不下。请缩短，再导入。"
        if self.shown.startswith("="):
            return (f"{self.address} 是公式，文件里没有存下它的结果（有的程序导出的表格会这样）。"
                    "请用 Excel 或 WPS 打开它，保存一次，再导入。")  # fmt: skip
        return f"{self.address} 是错误值 {self.shown}，看不出原来是多少。请改正公式，或直接填上内容。"

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True, slots=True)
class FormattedNumber:
    """A number whose format shows more than its digits: 123 as 000123, 3 as 三年级3班, 45 as 45分钟.

    `value` as stored; `shown` as on the screen, which is what a code or a text means; `said`: the exact number, with the words
    of its format around it where it has some.
    """

    value: float
    shown: str
    said: str

    def __str__(self) -> str:
        return self.shown


class LinkedText(str):
    """A text with a web address behind it, as 点击查看 has."""

    __slots__ = ("address",)

    def __new__(cls, shown: str, address: str) -> Self:
        """The text as shown, and the address that a click on it opens."""
        made = super().__new__(cls, shown)
        made.address = address
        return made

    address: str


def is_error_text(text: str) -> bool:
    """Whether a text is what a spreadsheet program shows in place of a value: #VALUE!, #N/A, Err:502, ####."""
    bare = text.strip()
    return bool(bare) and bare[0] in "#＃Ee" and _ERROR.fullmatch(bare) is not None


def is_formula_text(text: str) -> bool:
    """Whether a text is a formula that was never computed, =A2+1."""
    return _FORMULA.match(text) is not None


def unwrapped(text: str) -> str:
    """A text without what kept a spreadsheet program from taking it for a number: ="001" and '001 are 001."""
    match = _KEPT_AS_TEXT.fullmatch(text.strip())
    return (match[1] if match[1] is not None else match[2]) if match else text
