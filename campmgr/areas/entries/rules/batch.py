"""What goes with a batch: titles and text of its mails, the names of its files, and the digest of what was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campmgr.areas.entries.settings import Batch, Entries
from campmgr.ids import canonical, hash_id, sha256
from campmgr.settings.rules import Rules

_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class MailTitle:
    """The title of one mail, and of which class its works are ("" for all)."""

    kind: str
    title: str


def mail_titles(rules: Rules, classes: Sequence[str], unit: str) -> tuple[MailTitle, ...]:
    """One title for each class of a batch, or one in which they stand side by side, in the order of the notice."""
    asked = rules[Batch]
    named = dict(zip(rules[Entries].classes, asked.mail_classes, strict=False))
    present = [each for each in rules[Entries].classes if each in classes]
    runs = [[each] for each in present] if asked.mail_mixed == "each" else [present] if present else []
    return tuple(
        MailTitle(
            run[0] if len(run) == 1 else "", _filled(asked.mail_title, "、".join(named.get(each, each) for each in run), unit)
        )
        for run in runs
    )


def _filled(pattern: str, kinds: str, unit: str) -> str:
    return pattern.replace("{类型}", kinds).replace("{单位}", unit)


def mail_text(rules: Rules, unit: str, window: str, counts: Sequence[tuple[str, int]], share: str, secret: str) -> str:
    """The text of a mail: what is sent, where the files are, with the password that stands in no fact."""
    told = "、".join(f"{kind} {count} 件" for kind, count in counts)
    lines = [f"{rules[Entries].organiser or '主办单位'}：", f"现报送我单位参加“{rules[Entries].name}”的作品（{window}），共{told}。",
             f"附件：《{rules[Batch].table}》电子版。"]  # fmt: skip
    lines += [f"作品文件：{share}" + (f"　提取码：{secret}" if secret else "")] if share else ["作品文件见附件。"]
    return "\n".join([*lines, "", unit])


def file_name(number: int, title: str, suffix: str, part: int = 0) -> str:
    """How a file of a batch is called in its folder: 01-作品名.mp4, further files of the same work 01-2-作品名.jpg."""
    plain = _FORBIDDEN.sub("_", title).strip(" .")[:_LONGEST_NAME] or "作品"
    more = f"-{part}" if part > 1 else ""
    return f"{number:02d}{more}-{plain}{suffix.lower()}"


def handin_id(activity: str, unit: str, window: str) -> str:
    """The id of a unit's batch of a window."""
    return hash_id("handin", activity, unit, window)


def batch_digest(rows: Sequence[Sequence[Any]], window: str, unit: str) -> str:
    """SHA-256 of what was handed in: unit, window, and every row as it stood; equal wherever it is computed."""
    return sha256(canonical({"unit": unit, "window": window, "rows": [list(row) for row in rows]}))
