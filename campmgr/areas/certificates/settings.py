"""What the area of certificates lets a camp decide: what a certificate is called, what it says and who signs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, setting
from campmgr.settings.reading import text, wrong
from campmgr.settings.sections import Section

PLACEHOLDERS = {"姓名": "name", "单位": "unit", "课时": "hours", "训练营": "camp", "日期": "date"}
"""What a wording may hold in braces, in Chinese or by its English key."""

BRACES = re.compile(r"\{([^{}]*)\}|[{}]")

_DIGEST = re.compile("[0-9a-f]{64}")
_TEMPLATE = re.compile(r"[^/\\:*?\"<>|\x00-\x1f.][^/\\:*?\"<>|\x00-\x1f]{0,80}\.typ")


def key_of(name: str) -> str | None:
    """The English key of a placeholder's name, None for any other."""
    name = name.strip()
    return PLACEHOLDERS.get(name) or (name if name in PLACEHOLDERS.values() else None)


def wrong_braces(wording: str) -> str:
    """What in a wording is no placeholder, "" where everything is one."""
    for found in BRACES.finditer(wording):
        if found[1] is None or key_of(found[1]) is None:
            return found[0]
    return ""


def wording(about: Field, found: object) -> str | Complaint:
    """A form: a sentence with placeholders in braces."""
    said = text(about, found)
    if isinstance(said, Complaint):
        return said
    if not said.strip():
        return wrong(about, found, "不空的文字", "missing_value")
    braces = wrong_braces(said)
    names = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return wrong(about, braces, f"大括号里只能是 {names} 之一", "unknown_word") if braces else said


def digest(about: Field, found: object) -> str | Complaint:
    """A form: 64 hex digits, "" for none."""
    said = text(about, found)
    if isinstance(said, str) and said and not _DIGEST.fullmatch(said):
        return wrong(about, found, "64 位十六进制校验值（没有就留空；上传印章图片时会自动填好）", "bad_code")
    return said


def template(about: Field, found: object) -> str | Complaint:
    """A form: a template file's name, "" for none."""
    said = text(about, found)
    if isinstance(said, str) and said and not _TEMPLATE.fullmatch(said):
        return wrong(about, found, "一个 .typ 文件的名字，不带文件夹（没有就留空）", "wrong_usage")
    return said


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate is called, and what stands on it."""

    name: str = setting("证书名称", "F-20", "“逃生演练训练营”电子结业证书", default="结业证书", required=True)
    name_in_code: str = setting(
        "证书二维码里的姓名（扫码的人都能读到）",
        "F-20",
        default="full",
        is_open=True,
        allowed={
            "full": "写全姓名，可核对是不是本人",
            "masked": "隐去部分字，如“王*涵”",
            "none": "不写姓名，只能核对编号",
        },
    )
    wording: str = setting(
        "证书正文（可用 {姓名} {单位} {课时} {训练营} {日期}）",
        "F-19",
        default="参加{训练营}，完成 {课时} 课时的学习，达到结业要求，特发此证。",
        form=wording,
    )
    issuers: tuple[str, ...] = setting("证书落款单位（按次序；留空为开营单位）", "F-04", default=())
    issuers_confirmed: tuple[str, ...] = setting("已确认同意落款的单位（与上一项完全一致才印上）", "F-04", default=())
    seal: str = setting("证书印章图片的校验值（留空为不印）", form=digest)
    template: str = setting("证书模板文件（留空为自带模板）", form=template)


SECTIONS = (Section("certificate", Certificate, "证书", place=90),)
