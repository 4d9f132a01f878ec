"""A person's story in sentences: what was recorded, when, by whom, and what still stands (design: every number explains itself)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from campmgr.accounts.queries import actors
from campmgr.desks.queries.person import Event, lesson_words
from campmgr.facts.world import World
from campmgr.settings.evidence import evidence_words
from campmgr.settings.terms import CONDITIONS, SOURCES, say
from campmgr.store.door import Reader

KIND_WORDS = {
    "person_registered": "登记人员", "person_details_changed": "个人信息", "person_moved": "转到其他单位",
    "membership_added": "同时算作另一单位的成员", "membership_ended": "不再算作另一单位的成员", "people_merged": "与另一条登记合并",
    "people_parted": "与另一条登记拆开", "person_erased": "删除个人信息", "consent_given": "同意告知文本",
    "consent_withdrawn": "撤回同意", "mark_declared": "本人申报学习", "declaration_settled": "处理申报", "mark_recorded": "学习",
    "condition_recorded": "条件", "certificate_issued": "签发证书", "certificate_revoked": "撤销证书",
    "certificate_superseded": "换发证书", "fact_withdrawn": "撤回一条记录",
    "batch_withdrawn": "撤回一批记录", "review_settled": "核对存疑", "progress_told": "上报进度", "work_registered": "登记作品",
    "likes_read": "点赞数", "work_judged": "作品处理", "work_matched": "认定为同一作品", "fact_carried": "转入", "file_imported": "导入文件",
    "work_recommended": "推荐播出", "platform_certificate_recorded": "平台证书",
}  # fmt: skip
"""What each kind is called where people read it."""

_MAY_WITHDRAW = {"mark_recorded", "condition_recorded", "membership_added", "mark_declared", "platform_certificate_recorded"}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One fact in words. `minutes` is what a correction starts from; `may_correct` and `may_withdraw` only where it stands."""

    fact: str
    lesson: str
    day: str
    recorded_at: str
    who: str
    what: str
    detail: str
    batch: str
    stands: bool
    minutes: int | None
    may_correct: bool
    may_withdraw: bool


def history_lines(r: Reader, world: World, history: tuple[Event, ...]) -> tuple[HistoryLine, ...]:
    """A person's history in words, the newest first; what only nodes tell each other is left out."""
    names = actors(r)
    return tuple(_line(world, names, event) for event in reversed(history) if event.kind != "progress_told")


def _line(world: World, names: Mapping[str, str], event: Event) -> HistoryLine:
    told = _DETAILS.get(event.kind)
    minutes = event.body.get("minutes") if event.kind == "mark_recorded" else None
    return HistoryLine(
        fact=event.fact,
        lesson=str(event.body.get("lesson", "")),
        day=event.happened_on,
        recorded_at=event.recorded_at[:16].replace("T", " "),
        who=names.get(event.actor, ""),
        what=KIND_WORDS.get(event.kind, "较新版本的记录"),
        detail=told(world, dict(event.body)) if told else "",
        batch=event.batch,
        stands=event.stands,
        minutes=minutes if isinstance(minutes, int) else None,
        may_correct=event.stands and event.kind == "mark_recorded",
        may_withdraw=event.stands and event.kind in _MAY_WITHDRAW,
    )


def _mark(world: World, body: dict[str, Any]) -> str:
    reason = f"；更正原因：{body['reason']}" if body["reason"] else ""
    return f"{lesson_words(world, body['lesson'], body['minutes'])}（{evidence_words(body['source'])}）{reason}"


def _details(_: World, body: dict[str, Any]) -> str:
    words = (("姓名", body["name"]), ("编号", body["number"]), ("班级", body["class_name"]))
    told = [f"{word} {value}" for word, value in words if value]
    return "，".join([*told, *(["手机号已登记"] if body["phone"] else []), *(["监护人已同意"] if body["guardian"] else [])])


def _unit(world: World, body: dict[str, Any]) -> str:
    code = body.get("target") or body.get("unit") or ""
    return world.tree.units[code].name if code in world.tree.units else code


_DETAILS: dict[str, Callable[[World, dict[str, Any]], str]] = {
    "mark_recorded": _mark,
    "condition_recorded": lambda _, body: f"{say(CONDITIONS, body['condition'])}（{say(SOURCES, body['source'])}）",
    "mark_declared": lambda world, body: lesson_words(world, body["lesson"], body["minutes"]) + "，附截图" * bool(body["evidence"]),
    "declaration_settled": lambda _, body: f"{'确认' if body['accepted'] else '不予确认'}　{body['reason']}".strip(),
    "person_registered": _unit,
    "person_moved": _unit,
    "membership_added": _unit,
    "membership_ended": _unit,
    "person_details_changed": _details,
    "person_erased": lambda _, body: str(body["reason"]),
    "fact_withdrawn": lambda _, body: str(body["reason"]),
    "certificate_issued": lambda _, body: str(body["number"]),
    "certificate_revoked": lambda _, body: f"{body['number']}：{body['reason']}",
    "certificate_superseded": lambda _, body: f"{body['number']} 换为 {body['by']}：{body['reason']}",
    "platform_certificate_recorded": lambda _, body: str(body["number"]),
    "review_settled": lambda _, body: str(body["answer"]),
}  # fmt: skip
