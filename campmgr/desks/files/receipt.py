"""The receipt of an erasure, to print, sign and hand over."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.desks.queries.receipts import ErasureReceipt
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart

_COLUMNS = (PaperColumn("项目", "name", 7), PaperColumn("内容", "text", 24))

_GROUND = "依据《中华人民共和国个人信息保护法》第四十七条，应本人（监护人）要求或保存期限届满，删除其个人信息。"


def receipt_paper(receipt: ErasureReceipt) -> Paper:
    """One page: for whom by the code of their card, what went, what stays and why, when, by whom."""
    part = PaperPart(
        "删除回执", "个人信息删除回执", _COLUMNS, (Group(tuple(_rows(receipt))),), above=(_GROUND,),
        below=(("申请人（签字）：", "经办人（签字）：", "单位（盖章）："), "本回执不写被删除的内容；凭记录编号可以在任何一台电脑上核对。"),
    )  # fmt: skip
    return Paper((part,), f"个人信息删除回执　胸卡编码 {receipt.code}")


def _rows(receipt: ErasureReceipt) -> Iterator[tuple[str, str]]:
    yield "谁的信息", f"胸卡编码 {receipt.code}，{receipt.unit}"
    for place, each in enumerate(receipt.erasings, 1):
        which = f"第 {place} 次" if len(receipt.erasings) > 1 else "删除"
        yield which, f"{each.at}，由{each.who}（{each.laptop}）"
        yield "原因", each.reason or "（未写）"
        yield "记录编号", each.fact
    yield "抹掉了", f"姓名、编号、班级、手机号、监护人同意，连同以前的写法，共 {receipt.gone} 条记录"
    yield "在哪些单位的记录里", "、".join(receipt.units) or receipt.unit
    for word, count in receipt.kept:
        yield "留下", f"{word}记录 {count} 条，不含姓名"
    yield "为什么留下", "已公布的合计、名单和证书要能核对；这些记录只有编码，不再认得出是谁"
    if receipt.certificates:
        yield "证书", f"{receipt.certificates} 份有效证书仍可凭编号查验，查验页不显示姓名"
    yield "其他电脑", "收到数据包时同样抹掉；在那以前写在纸上、导出成表格的，由持有的单位自行销毁"
    if receipt.rejoined:
        yield "以后", "本人后来重新加入并同意，那以后填写的信息另行保存"
