"""What a picture is judged by: its format and its size in bytes."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.areas.entries.rules.probes import Probe
from campmgr.areas.entries.rules.verdicts import Finding, beside
from campmgr.areas.entries.settings import Pictures
from campmgr.settings.rules import Rules


def judge_picture(probe: Probe, rules: Rules) -> Iterator[Finding]:
    """Every rule about a picture."""
    asked = rules[Pictures]
    wanted, exactly = beside(asked.format_says, "、".join(asked.formats)), "请用图片软件另存为 JPG，不要只改扩展名。"
    fits = probe.container in asked.formats
    yield Finding("format", "ok" if fits else "refuse", probe.container, wanted, "" if fits else exactly)
    yield _size(probe.bytes, asked)


def _size(found: int, asked: Pictures) -> Finding:
    wanted = beside(asked.bytes_says, f"{asked.least_bytes:,} 到 {asked.most_bytes:,} 字节")
    told = f"{found:,} 字节（{found / 2**20:.2f} MiB）"
    if found < asked.least_bytes:
        fix = f"小于 {asked.least_bytes:,} 字节：请用原图，或以更高质量、更多点数重新导出；不要只把小图放大。"
        return Finding("bytes", "refuse", told, wanted, fix)
    if found > asked.most_bytes:
        fix = f"大于 {asked.most_bytes:,} 字节：请另存为 JPG，质量 85 左右，或缩小点数。"
        return Finding("bytes", "refuse", told, wanted, fix)
    return Finding("bytes", "ok", told, wanted, "")
