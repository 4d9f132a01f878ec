"""Whether a file may be handed in (体检): every rule with what was found, what is asked, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from campmgr.areas.entries.rules.pictures import judge_picture
from campmgr.areas.entries.rules.probes import READ_WHOLE, TROUBLES, Probe
from campmgr.areas.entries.rules.verdicts import Finding
from campmgr.areas.entries.rules.videos import judge_video
from campmgr.areas.entries.settings import INTERACTIVE, PICTURES, VIDEOS, Entries
from campmgr.settings.rules import Rules

_ALIASES = {"视频类": VIDEOS, "图片": PICTURES, "视频": VIDEOS, "音视频": VIDEOS, "互动": INTERACTIVE}

_NAMES = {
    "JPG": ("jpg", "jpeg", "jpe", "jfif"),
    "TIFF": ("tif", "tiff"),
    "HEIC": ("heic", "heif", "avif"),
    "MP4": ("mp4", "m4v"),
    "MPG": ("mpg", "mpeg", "vob"),
    "WMV": ("wmv", "asf"),
    "TS": ("ts", "mts", "m2ts"),
}
"""How a file of a format may end; of all others by the format's own name."""

_NOT_THERE = ("missing", "empty")

_EXPORTED_ANEW = ("class", "format", "container")
"""Where one of these has a fix, a new name for the file mends nothing."""

_UNKNOWN_FIX = "请换成 JPG、PNG 图片或 MP4 视频；压缩包请先解开，一件一个文件。"
_MENDING = {
    "missing": "请核对文件还在不在、名字对不对；路径太长的，先挪到桌面再试。",
    "empty": "请重新导出或重新下载，再检查一次。",
    "unknown": _UNKNOWN_FIX,
    "cut": "请从原处重新复制或重新导出；下载的请等传完。",
    "damaged": "请用制作软件重新导出一份，不要只改文件名。",
    "bomb": "请缩小图片的点数再导出。",
    "undecoded": "请自己打开看一遍，能完整显示就可以报；也可以缩小点数再导出。",
    "no_index": "请用制作软件重新导出为 MP4。",
    "no_duration": "请用制作软件重新导出为普通 MP4（不要分片、不要直播录制格式），再检查一次。",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with all findings. `kind`: the class it was judged as; it passes where nothing refuses it."""

    probe: Probe
    kind: str
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether it may be handed in."""
        return all(each.level != "refuse" for each in self.findings)


def class_named(text: str) -> str:
    """A class by its name or another that notices use for it; the text itself where it is none."""
    return _ALIASES.get(text.strip(), text.strip())


def check(probe: Probe, rules: Rules, kind: str = "") -> Checked:
    """Judge a file by an activity's rules, as one of a class, or of the class that its content tells."""
    kind = kind or (PICTURES if probe.is_picture else VIDEOS if probe.is_video else "")
    found = tuple(_findings(probe, rules, kind))
    if any(each.fix for each in found if each.rule in _EXPORTED_ANEW):
        found = tuple(replace(each, fix="") if each.rule == "extension" else each for each in found)
    return Checked(probe, kind, found)


def check_attached(probe: Probe, rules: Rules, role: str, kind: str) -> Checked:
    """Judge a file by what it is for: a work by the rules of its class, a poster as a picture that opens, papers by being there."""
    if role == "作品":
        return check(probe, rules, kind)
    return Checked(probe, kind, tuple(_poster(probe) if role == "海报" else _paper(probe)))


def _poster(probe: Probe) -> Iterator[Finding]:
    """The notices ask a size and a length of works alone."""
    if probe.trouble in _NOT_THERE:
        yield _whole(probe)
    elif probe.is_picture:
        yield from (_extension(probe), _whole(probe))
    else:
        yield Finding("poster", "refuse", probe.container or TROUBLES["unknown"], "一张图片", "请附上一张 JPG 或 PNG 图片作海报。")


def _paper(probe: Probe) -> Iterator[Finding]:
    """A script or a proof may be a file of any program; only one that is not there, or empty, is none."""
    if probe.trouble in _NOT_THERE:
        yield _whole(probe)


def _findings(probe: Probe, rules: Rules, kind: str) -> Iterator[Finding]:
    if probe.trouble in {"missing", "empty", "unknown"}:
        yield _whole(probe)
        return
    yield from _class(probe, rules, kind)
    yield _extension(probe)
    if probe.trouble or probe.container in READ_WHOLE:
        yield _whole(probe)
    if probe.is_picture and kind == PICTURES:
        yield from judge_picture(probe, rules)
    elif probe.is_video and kind == VIDEOS:
        yield from judge_video(probe, rules)


def _class(probe: Probe, rules: Rules, kind: str) -> Iterator[Finding]:
    """Whether works of the class are called for, and whether the file is one."""
    taken, found = rules[Entries].classes, PICTURES if probe.is_picture else VIDEOS
    wanted = "、".join(taken)
    if kind not in taken:
        yield Finding("class", "refuse", kind, wanted, "这次活动不收这一类作品。")
    elif kind in {PICTURES, VIDEOS} and found != kind:
        what = "一张图片" if probe.is_picture else "一段音视频"
        yield Finding("class", "refuse", f"{what}（{probe.container}）", kind, f"请改报“{found}”，或换成{kind}的文件。")


def _extension(probe: Probe) -> Finding:
    """Whether the end of the name says what the content is."""
    _, dot, end = probe.name.rpartition(".")
    names = _NAMES.get(probe.container, (probe.container.lower(),))
    if dot and end.lower() in names:
        return Finding("extension", "ok", f".{end}", f"{probe.container} 文件", "")
    found = f".{end}" if dot and len(end) <= 8 else "没有扩展名"
    return Finding("extension", "warn", f"{found}，内容是 {probe.container}", "扩展名与内容一致", f"请把扩展名改成 .{names[0]}。")


def _whole(probe: Probe) -> Finding:
    """Whether it can be read to its end."""
    if not probe.trouble:
        return Finding("whole", "ok", "能完整读出", "文件完整", "")
    level = "warn" if probe.trouble == "undecoded" else "refuse"
    return Finding("whole", level, TROUBLES[probe.trouble], "文件完整", _MENDING[probe.trouble])
