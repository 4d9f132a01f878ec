"""Opening, amending and closing an activity; whoever hosts it says so, and the root (docs/ledger.md#activities)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import SEATS, Activity, activity_id, is_plain_code
from campmgr.facts.catalogue import CAMP, catalogue
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ledger.envelope import PUBLIC, Draft, Fact
from campmgr.settings.reading import plain
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER

LONGEST_CODE = 40
"""Characters of an activity's code."""

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody wants to open: from which preset, under which code, hosted by which unit ("" for the root), in which seat, and
    the decisions that differ from the preset, by their keys.
    """

    preset: str
    code: str
    host: str = ""
    seat: str = "host"
    typed: Mapping[str, str] = field(default_factory=dict)


def opening_draft(r: Reader, campaign: str, rules: Rules, sort: str, code: str, host: str, seat: str) -> Draft:
    """What opens an activity; a camp's id is made of its code, any other's of whoever opens it, too."""
    activity = activity_id(campaign, code) if sort == CAMP else activity_id(campaign, code, r.meta(WRITER))
    name = str(rules.value_of(catalogue(r).sorts[sort].named_by))
    body = {"code": code, "sort": sort, "name": name, "host": host, "seat": seat, "rules": rules.to_mapping(),
            "rules_digest": rules.digest()}  # fmt: skip
    return Draft("", "activity_opened", f"activity:{activity}", body, client_id=activity)


def open_activity(w: Writer, preset: str, code: str, actor: str = "", *, host: str = "", seat: str = "host") -> str:
    """Open an activity as its preset stands; as `begin` otherwise."""
    return begin(w, Opening(preset, code, host, seat), actor)


def begin(w: Writer, opening: Opening, actor: str = "") -> str:
    """Open an activity beside those that run, with the same people, units and accounts; its id.

    Of a camp it is the next one: from then on it is the camp that is going on. Opening the same code again changes nothing.
    Raises BadInput for an unknown preset, seat or value, or a code that is none, Refused where another bears the code, NotFound for
    an unknown host, NotAllowed where this file may not speak for the host, or of a camp on a node that is not the root.
    """
    world, code = worlds.load(w), checked_code(opening.code)
    sort, host = catalogue(w).sort_of(opening.preset), _host(world, opening.host)
    if opening.seat not in SEATS:
        raise BadInput(f"没有“{opening.seat}”这种身份；可以是：{'、'.join(SEATS)}。", reason="unknown_word")
    if sort == CAMP and host not in {"", world.root_unit}:
        raise Refused("训练营由整个数据文件的主办单位开办。", hint="请不要另选主办单位。")
    bearers = [each for each in world.activities.values() if each.code == code]
    rules = decided(catalogue(w).activity_rules(opening.preset), opening.typed)
    for known in bearers:
        is_same = (known.sort, known.host, known.seat) == (sort, host or world.root_unit, opening.seat)
        if is_same and known.in_force.digest == rules.digest() and known in world.activities.going_on():
            return known.id
    if bearers:
        over = "" if bearers[0] in world.activities.going_on() else "以前的"
        raise Refused(
            f"代码“{code}”已经是{over}“{bearers[0].name}”的。", reason="conflict", hint="请换一个代码，例如加上年份或单位简称。"
        )
    draft = opening_draft(w, world.campaign, rules, sort, code, host, opening.seat)
    say(w, [draft._replace(actor=actor)])
    return draft.subject.partition(":")[2]


def checked_code(text: str) -> str:
    """A code as it is kept. Raises BadInput "bad_code"."""
    code = text.strip()
    if not code or len(code) > LONGEST_CODE:
        raise BadInput(f"活动代码要有 1–{LONGEST_CODE} 个字。", reason="bad_code", hint="例如 2024。")
    if not is_plain_code(code):
        raise BadInput(
            f"活动代码“{code}”里有不能用的字符。", reason="bad_code", hint="请只用汉字、字母、数字、- 和 _，例如 xuanchuan-2024。"
        )
    return code


def _host(world: World, text: str) -> str:
    """The id of a host as an opening holds it: "" for the root unit."""
    host = find_unit(world, text).unit if text else ""
    return "" if host == world.root_unit else host


def decided(rules: Rules, typed: Mapping[str, str]) -> Rules:
    """Rules with decisions that were typed. Raises BadInput for an unknown key or value."""
    for key, text in typed.items():
        rules = rules.with_change(key, text)
    return rules


def amend(w: Writer, activity: Activity, typed: Mapping[str, str], reason: str = "", actor: str = "") -> Fact | None:
    """Change settings of an activity that belong together, in one fact, visible in the ledger; None when they already say so.

    Raises BadInput for an unknown key or value, Refused where its rules stay, NotAllowed.
    """
    refuse_over(worlds.load(w), activity)
    changed = decided(activity.rules, typed)
    changes = {key: plain(changed.value_of(key)) for key in typed if changed.value_of(key) != activity.rules.value_of(key)}
    if not changes:
        return None
    body = {"changes": changes, "rules_digest": changed.digest(), "reason": reason}
    return say(w, [Draft("", "rules_amended", activity.subject, body, actor=actor)])[0].fact


def refuse_unknown(activity: Activity) -> None:
    """Raises Refused for an activity of a sort that a newer program brought."""
    if not activity.is_known:
        raise Refused(f"这台电脑的程序还不认识“{activity.sort}”这类活动，只替它保存和转送。", hint="请把程序升级到新版本再办理。")


def refuse_over(world: World, activity: Activity) -> None:
    """Raises Refused for an activity whose rules stay: of a sort that is not known here, closed, or an earlier camp."""
    refuse_unknown(activity)
    if world.activities.is_earlier_camp(activity):
        raise Refused(f"“{activity.name}”是往届训练营，规则不再改。", reason="earlier_camp", hint="往届的报表按当时的规则计算。")
    if not activity.is_open:
        raise Refused(
            f"“{activity.name}”已经结束，规则不再改。", reason="activity_closed", hint="确实要改的，请先在活动页撤回“结束”。",
            at_console="确实要改的，请先撤回“结束”：campmgr activity reopen。")  # fmt: skip


def close(w: Writer, activity: Activity, reason: str, actor: str = "") -> Fact | None:
    """Say that an activity is over; None where it is already. Raises BadInput without a reason, NotAllowed."""
    if not activity.is_open:
        return None
    reason = checked_reason(reason)
    return say(w, [Draft("", "activity_closed", activity.subject, {"reason": reason}, actor=actor)])[0].fact


def reopen(w: Writer, activity: Activity, reason: str, actor: str = "") -> Sequence[Fact]:
    """Take the end back: all that closed it is withdrawn; nothing where it is open. Raises BadInput, NotAllowed."""
    reason = checked_reason(reason)
    drafts = [
        Draft(PUBLIC, "fact_withdrawn", activity.subject, {"fact": fact, "reason": reason}, actor=actor) for fact in activity.closed
    ]
    return [each.fact for each in say(w, drafts)]


def checked_reason(text: str) -> str:
    """A reason as it is kept. Raises BadInput."""
    text = text.strip()
    if not text:
        raise BadInput("请写明原因。", reason="missing_value", hint="一两句话就好。", at_console="用 --reason。")
    if len(text) > LONGEST_REASON:
        raise BadInput(f"原因请在 {LONGEST_REASON} 字以内。", reason="too_long")
    return text
