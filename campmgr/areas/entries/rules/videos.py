"""What a video is judged by: container, codec, length with grace, short side after rotation, ratio."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from campmgr.areas.entries.rules.probes import SOUND_FORMATS, Probe
from campmgr.areas.entries.rules.verdicts import Finding, beside, length, seconds
from campmgr.areas.entries.settings import Videos
from campmgr.settings.rules import Rules

_EXPORT = "请用剪辑软件重新导出为 MP4（H.264 编码），不要只改扩展名。"
_WHOLE = 10_000
"""Of ratios: how many parts tolerance is counted in."""


def judge_video(probe: Probe, rules: Rules) -> Iterator[Finding]:
    """Every rule about a video. Of one that could not be read to its index only what is known is judged."""
    asked = rules[Videos]
    yield _container(probe, asked)
    if probe.trouble and probe.trouble != "no_duration":
        return
    if probe.codec:
        yield _codec(probe, asked)
    if probe.trouble != "no_duration":
        yield _duration(probe, asked)
    if not probe.width:
        yield _sound_alone(probe, asked)
        return
    yield _resolution(probe, asked)
    if asked.ratios:
        yield _ratio(probe, asked)


def _container(probe: Probe, asked: Videos) -> Finding:
    wanted = beside(asked.format_says, "MP4")
    if probe.container == "MP4":
        return Finding("container", "ok", f"MP4（{probe.brand.strip()}）", wanted, "")
    found = f"MOV（{probe.brand.strip() or 'QuickTime'}）" if probe.container == "MOV" else probe.container
    if probe.container == "MOV" and probe.name.lower().endswith(".mp4"):
        found = "MOV 改名成了 .mp4"
    return Finding("container", asked.container, found, wanted, _EXPORT)


def _codec(probe: Probe, asked: Videos) -> Finding:
    wanted = "不限" if asked.codec == "ok" else beside(asked.format_says, "H.264")
    level = "ok" if probe.codec == "h264" else asked.codec
    return Finding("codec", level, _CODECS.get(probe.codec, probe.codec), wanted, "" if level == "ok" else _EXPORT)


_CODECS = {"h264": "H.264", "hevc": "H.265（HEVC）", "av1": "AV1", "mpeg4": "MPEG-4", "vp9": "VP9", "prores": "ProRes"}


def _duration(probe: Probe, asked: Videos) -> Finding:
    """Between the least and the most, each with the grace that exports need: every AAC track overshoots by some 21 ms."""
    ms = probe.ms if asked.measure == "movie" or probe.track_ms is None else probe.track_ms
    least = f"{length(asked.least_ms)}到" if asked.least_ms else "至多 "
    wanted = beside(asked.length_says, f"{least}{length(asked.most_ms)}，容差 {seconds(asked.grace_ms)}")
    if ms is None:
        return Finding("duration", "refuse", "读不出时长", wanted, "请重新导出为普通 MP4，再检查一次。")
    if ms < asked.least_ms - asked.grace_ms:
        return Finding("duration", "refuse", length(ms), wanted, f"短了 {seconds(asked.least_ms - ms)}，请补足后重新导出。")
    if ms > asked.most_ms + asked.grace_ms:
        return Finding("duration", "refuse", length(ms), wanted, f"长了 {seconds(ms - asked.most_ms)}，请剪短后重新导出。")
    return Finding("duration", "ok", length(ms), wanted, "")


def _sound_alone(probe: Probe, asked: Videos) -> Finding:
    what = "只有声音" if probe.has_sound or probe.container in SOUND_FORMATS else "没有画面"
    return Finding("sound", asked.audio_only, what, "音视频作品", "是音频作品的可以报；漏了画面的请重新导出。")


def _resolution(probe: Probe, asked: Videos) -> Finding:
    least, is_wide = asked.least_short_side, asked.letterbox == "long_side_1920"
    exactly = f"短边不少于 {least}" + ("，或者长边满 1920" if is_wide else "")
    fits = probe.short_side >= least or (is_wide and probe.long_side >= 1920)
    turned = f"，旋转 {probe.rotation}° 以后" if probe.rotation else ""
    found = f"{probe.width}×{probe.height}{turned}，短边 {probe.short_side}"
    fix = "" if fits else f"请用原片以 1080P 以上重新导出；短边要有 {least} 点，放大小画面不算。"
    return Finding("resolution", "ok" if fits else "refuse", found, beside(asked.size_says, exactly), fix)


def _ratio(probe: Probe, asked: Videos) -> Finding:
    """How far from the nearest ratio, as a part of that ratio; a turned picture counts as it is shown."""
    off = min(_deviation(probe.width, probe.height, each) for each in asked.ratios)
    fits = off * _WHOLE <= asked.ratio_tolerance
    found = f"{probe.width}×{probe.height}，差 {float(off * 100):.3f}%"
    exactly = f"差不超过 {asked.ratio_tolerance / 100:g}%"
    fix = "" if fits else "请按 16:9（横）或 9:16（竖）重新裁剪、导出。"
    return Finding("ratio", "ok" if fits else "refuse", found, beside(asked.ratio_says, exactly), fix)


def _deviation(width: int, height: int, ratio: str) -> Fraction:
    across, _, down = ratio.partition(":")
    return abs(Fraction(width * int(down), height * int(across)) - 1)
