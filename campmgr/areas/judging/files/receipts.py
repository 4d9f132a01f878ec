"""回执: the slip that a judge gets for a score sheet."""

from __future__ import annotations

from campmgr.areas.judging.queries.receipts import Receipt
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart
from campmgr.wording import check_code


def receipt_paper(found: Receipt) -> Paper:
    """The receipt as one page to print and sign."""
    rows = (
        ("收到时间", found.received_at),
        ("收下的作品", f"{found.works} 件"),
        ("没有收的行", f"{found.rejected} 行" if found.rejected else "没有"),
        ("文件校验码（SHA-256）", found.sha256),
        ("短码", check_code(found.sha256)),
    )
    columns = (PaperColumn("项目", "text", 9), PaperColumn("内容", "text", 26))
    below = ("分数在开启评审以前任何人都看不到，本回执也不载明分数。", ("经办人：", "日期："))
    return Paper(
        (PaperPart("回执", "评分表回执", columns, (Group(rows),), below=below),), f"评分表回执　{check_code(found.sha256)}"
    )
