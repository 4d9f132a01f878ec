"""Codes as people type, paste and scan them: every way to write one, and what stands around it."""

from __future__ import annotations

import random
from collections.abc import Iterator

FULL = str.maketrans({chr(at): chr(at + 0xFEE0) for at in range(0x21, 0x7F)})
MISREAD = str.maketrans({"0": "O", "1": "l"})
MISREAD_TOO = str.maketrans({"0": "o", "1": "I"})

DRESSINGS = (
    "{}", " {} ", "编号：{}", "编号: {}。", "证书编号 {} ，请查验", "{}。", "“{}”", "【{}】", "]Q3{}", "]d2{}\r\n", "\x02{}\x03", "*{}*",
    "\ufeff{}\u200b", "http://camp.example.org:8000/c/{}?from=timeline&isappinstalled=0", "https://camp.example.org/j/{}/", "{}\t",
    "请打开 https://camp.example.org/p/{}#top 看", "NO.{}", "{};",
)  # fmt: skip


def typings(dice: random.Random, code: str) -> Iterator[str]:
    """Ways to write one code."""
    yield code
    yield code.lower()
    yield code.translate(FULL)
    yield code.translate(MISREAD)
    yield code.translate(MISREAD_TOO).lower()
    bare = code.replace("-", "")
    yield bare
    yield " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))
    yield code.replace("-", "—")
    at = dice.randrange(1, len(code))
    yield f"{code[:at]}\u200b{code[at:]}"


def dressed(dice: random.Random, code: str) -> Iterator[str]:
    """One code in every way and every dressing."""
    for typed in typings(dice, code):
        for dressing in DRESSINGS:
            yield dressing.format(typed)
