"""Whether a work as it is written down may be handed in: every rule with what was found and how to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campmgr.areas.entries.rules.agreements import Agreed, lacking
from campmgr.areas.entries.rules.checking import Checked
from campmgr.areas.entries.rules.verdicts import Finding
from campmgr.areas.entries.settings import INTERACTIVE, PICTURES, VIDEOS, Entries, Pictures, Videos
from campmgr.settings.rules import Rules


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a work: its role, and how it was judged."""

    role: str
    checked: Checked


def judge_entry(
    values: Mapping[str, Any], files: Sequence[Attached], agreed: Collection[Agreed], rules: Rules, handed_on: str
) -> tuple[Finding, ...]:
    """Every rule about a work handed in on a day, with what was agreed to; those that are fulfilled are left out."""
    asked = rules[Entries]
    return tuple(
        each
        for some in (_kind(values, asked), _theme(values, asked), _days(values, asked, handed_on), _words(values, files, rules),
                     _promises(values, agreed, asked), _files(values, files))
        for each in some
    )  # fmt: skip


def refuses(findings: Sequence[Finding]) -> bool:
    """Whether something stands in the way of handing it in."""
    return any(each.level == "refuse" for each in findings)


def kinds_of_class(asked: Entries, kind: str) -> tuple[str, ...]:
    """The forms that works of a class may have; empty for any."""
    return {PICTURES: asked.picture_kinds, VIDEOS: asked.video_kinds, INTERACTIVE: asked.interactive_kinds}.get(kind, ())


def checks_of_class(asked: Entries, kind: str) -> tuple[str, ...]:
    """What is looked at one by one when works of a class are screened (E-13)."""
    return {PICTURES: asked.picture_checks, VIDEOS: asked.video_checks, INTERACTIVE: asked.interactive_checks}.get(kind, ())


def checks_words(checks: Mapping[str, bool]) -> str:
    """What was looked at, in words: 合适：画面清晰、声音平稳；不合适：特效适当; "" where no list was gone through."""
    fitting = (("合适", [each for each in checks if checks[each]]), ("不合适", [each for each in checks if not checks[each]]))
    return "；".join(f"{words}：{'、'.join(some)}" for words, some in fitting if some)


def _refused(rule: str, found: object, wanted: str, fix: str) -> Finding:
    return Finding(rule, "refuse", str(found or "没有填"), wanted, fix)


def _kind(values: Mapping[str, Any], asked: Entries) -> Iterator[Finding]:
    if values["class"] not in asked.classes:
        yield _refused("class", values["class"], "、".join(asked.classes), "这次活动不收这一类作品。")
    forms = kinds_of_class(asked, values["class"])
    if forms and values["sub"] not in forms:
        yield _refused("sub", values["sub"], "、".join(forms), f"请填{values['class']}的具体形式之一：{'、'.join(forms)}。")
    if asked.entrants and values["entrant"] not in asked.entrants:
        yield _refused("entrant", values["entrant"], "、".join(asked.entrants), "请填参选主体类别。")
    if asked.sources and values["source"] and values["source"] not in asked.sources:
        yield Finding("source", "warn", values["source"], "、".join(asked.sources), "请核对参选方式；公文只写了这几种。")


def _theme(values: Mapping[str, Any], asked: Entries) -> Iterator[Finding]:
    if asked.themes and values["theme"] not in asked.themes:
        yield _refused("theme", values["theme"], "、".join(asked.themes), "一件作品填一个主题。")
    also = [each for each in str(values["also"]).replace(",", "、").replace("，", "、").split("、") if each.strip()]
    if also and not asked.also_fits:
        yield _refused("also", values["also"], "这次活动一件作品一个主题", "请去掉兼及的主题。")
    elif unknown := [each for each in also if each.strip() not in asked.themes]:
        yield _refused("also", unknown[0], "、".join(asked.themes), "兼及的主题也要在这些主题里，用顿号分开。")


def _days(values: Mapping[str, Any], asked: Entries, handed_on: str) -> Iterator[Finding]:
    created, published = values["created_on"], values["published_on"]
    span = f"{asked.created_from or '不限'} 到 {asked.created_to or '不限'}"
    if (asked.created_from and created < asked.created_from) or (asked.created_to and created > asked.created_to):
        yield _refused("created", created, span, "请核对创作时间；不在这段时间内创作的不能报。")
    if not asked.published_first:
        return
    if not values["link"]:
        yield _refused("link", "", "已在新媒体平台发布，填作品链接", "请先发布，再填链接。")
    if not published:
        yield _refused("published", "", "已在新媒体平台发布，填发布日期", "请填发布日期。")
    elif published > handed_on:
        yield _refused("published", published, f"报送（{handed_on}）以前已经发布", "报送时尚未发布：请发布以后再报，或核对日期。")


def _words(values: Mapping[str, Any], files: Sequence[Attached], rules: Rules) -> Iterator[Finding]:
    kind, has_words = values["class"], bool(values["words"]) or any(each.role in {"脚本", "说明"} for each in files)
    if kind == PICTURES and rules[Pictures].note_required and not has_words:
        yield _refused("words", "", "需提交相应图片说明", "请填作品说明，或附上说明文件。")
    if kind == VIDEOS and rules[Videos].words_required and not has_words:
        yield _refused("words", "", "提供相应文字脚本或音视频简介", "请填作品说明，或附上脚本。")
    if kind != INTERACTIVE:
        return
    if not values["link"]:
        yield _refused("link", "", "提供作品链接", "互动类作品要填链接。")
    if not has_words:
        yield _refused("words", "", "提供相应文案", "请填作品说明（文案），或附上文案文件。")
    if not any(each.role == "海报" for each in files):
        yield _refused("poster", "", "提供宣传海报", "请附上一张海报图片。")


def _promises(values: Mapping[str, Any], agreed: Collection[Agreed], asked: Entries) -> Iterator[Finding]:
    if values["joint"] and not values["note"]:
        yield _refused("joint", "联合版权，没有备注", "联合版权须在作品说明中备注", "请在备注里写明与谁联合。")
    if less := lacking(asked, agreed):
        texts = "；".join(f"{each.number}. {each.text}" for each in less)
        found = f"还差 {len(less)} 项（共 {len(asked.statements)} 项）"
        yield _refused("stated", found, f"{asked.statements_version} 版：{texts}", "请创作者逐项确认后，在作品页上逐项勾选。")


def _files(values: Mapping[str, Any], files: Sequence[Attached]) -> Iterator[Finding]:
    if not any(each.role == "作品" for each in files) and values["class"] != INTERACTIVE:
        yield Finding("files", "warn", "没有附文件", "附上作品文件，先作体检", "请附上文件；用链接报送的，请自己核对格式。")
    for each in files:
        for finding in each.checked.findings:
            if finding.level != "ok":
                found = f"{each.checked.probe.name}：{finding.words} {finding.found}"
                yield Finding("files", finding.level, found, finding.wanted, finding.fix)
