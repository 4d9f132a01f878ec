"""What is wrong with a setting, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campmgr.errors import BadInput
from campmgr.settings.terms import nearest


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one key: what was found ("" when nothing), what is expected, and the reason (errors.REASONS)."""

    key: str
    found: str
    expected: str
    reason: str

    @property
    def sentence(self) -> str:
        """The complaint as people read it."""
        return f"{self.key}：现在是 {self.found}，应为{self.expected}。" if self.found else f"{self.key}：{self.expected}"


def refusal(complaints: Sequence[Complaint]) -> BadInput:
    """One refusal for all complaints; its reason is the first one's."""
    sentences = "\n".join(each.sentence for each in complaints)
    return BadInput(
        sentences,
        reason=complaints[0].reason,
        hint="全部设置和可用的值在“规则”页。",
        at_console="用 campmgr rules show 查看全部设置和可用的值。",
    )


def unknown(key: str, known: Mapping[str, object]) -> Complaint:
    """The complaint about a key that nobody declares, with the nearest that somebody does."""
    close = nearest(key, known)
    return Complaint(key, "", f"没有这一项设置；是不是“{close}”？" if close else "没有这一项设置。", "unknown_rule")
