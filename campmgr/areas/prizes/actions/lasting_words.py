"""Texts about lists that are kept for ever: matters of objections, answers, reasons."""

from __future__ import annotations

from campmgr.errors import BadInput
from campmgr.masks import holds_number

LONGEST_MATTER = 1000
"""Characters of an objection, an answer or a reason."""


def stays_for_ever(text: str, what: str) -> str:
    """A text that is kept for ever: not empty, not endless, and without numbers that could be somebody's. Raises BadInput."""
    text = text.strip()
    if not text:
        raise BadInput(f"请写明{what}。", reason="missing_value", hint="一两句话就好。")
    if len(text) > LONGEST_MATTER:
        raise BadInput(f"{what}最多 {LONGEST_MATTER} 字，现在是 {len(text)} 字。", reason="too_long", hint="请写简短些。")
    if holds_number(text):
        raise BadInput(f"{what}里像是有电话、身份证或银行卡号。这条记录不能删除，不要写个人信息。",
                       hint="联系方式请记在纸上；这里只写名次、作品和理由。")  # fmt: skip
    return text
