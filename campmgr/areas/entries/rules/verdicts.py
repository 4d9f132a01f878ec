"""One finding about a file, and how figures are written in it."""

from __future__ import annotations

from dataclasses import dataclass

LEVEL_WORDS = {"ok": "合格", "warn": "提醒", "refuse": "不合格"}

RULE_WORDS = {
    "class": "类别",
    "extension": "扩展名",
    "whole": "完整",
    "format": "格式",
    "bytes": "大小",
    "container": "封装",
    "codec": "编码",
    "duration": "时长",
    "resolution": "分辨率",
    "ratio": "画面比例",
    "sound": "声音",
    "sub": "具体形式",
    "entrant": "主体类别",
    "source": "参选方式",
    "theme": "主题",
    "also": "兼及主题",
    "created": "创作时间",
    "published": "发布时间",
    "link": "链接",
    "words": "说明",
    "poster": "海报",
    "joint": "联合版权",
    "stated": "承诺",
    "files": "文件",
    "double": "重复",
}
"""The rules that a finding may name, as people call them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of a file: `found` beside what is `wanted`, and what to do (`fix`, "" where there is nothing to do)."""

    rule: str
    level: str
    found: str
    wanted: str
    fix: str

    @property
    def words(self) -> str:
        """The rule as people call it."""
        return RULE_WORDS[self.rule]


def beside(says: str, exactly: str) -> str:
    """A notice's sentence with what it comes to: 时长不超过15分钟（900 秒，容差 0.06 秒）."""
    return f"{says}（{exactly}）" if says else exactly


def seconds(ms: int) -> str:
    """Milliseconds as seconds without needless zeros: 59.993 秒, 480 秒."""
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") + " 秒"


def length(ms: int) -> str:
    """A length for people: 15 分 0.053 秒."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes} 分 {seconds(rest)}" if minutes else seconds(rest)
