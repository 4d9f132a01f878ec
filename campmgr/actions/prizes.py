"""Prize lists: frozen by the camp's root, and verified against the facts on any node (F-24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from campmgr.actions.saying import say
from campmgr.clock import parse_instant, utc_text
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.ids import canonical, sha256
from campmgr.ledger.envelope import Draft
from campmgr.ledger.scopes import PUBLIC, people_scope, subject, subject_key
from campmgr.projections import world as worlds
from campmgr.projections.world import World
from campmgr.queries.prizes import PrizeList, prize_list
from campmgr.queries.standings import ranked_works, ruled
from campmgr.rules.preset import Rules
from campmgr.rules.standings import describe
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a frozen list comes out the same from the facts, and where not."""

    number: int
    equal: bool
    differences: tuple[str, ...]


def freeze(w: Writer, at: str = "", actor: str = "", client_id: str | None = None) -> PrizeList:
    """Freeze the ranking as it was at a time: rows as ids, the rules in full, a digest. Only at the camp's root.

    A form sent twice (equal `client_id`) gives the list it gave first.
    The time is `at`, else the camp's cut-off. Raises Refused without either or for one still to come, BadInput, NotAllowed.
    """
    world = worlds.load(w)
    if client_id and (known := _frozen_by(w, client_id)):
        return prize_list(w, world, known)
    if not world.trust.is_root(w.meta(WRITER)):
        raise NotAllowed("只有训练营的组织方（根节点）可以定榜。", hint="请由组织方定榜。")
    moment = _moment(world, at, utc_text(w.clock.now()))
    number = int(w.value("select coalesce(max(number), 0) from prize_lists") or 0) + 1
    body = _content(w, world.rules, number, moment)
    if not body["rows"]:
        raise Refused("截止时间之前没有读到过点赞数，名单会是空的。", hint="请核对时间，或先导入点赞数。")
    about = subject("list", str(number))
    say(w, [Draft(people_scope(world.root_unit), "prizes_frozen", about, body, actor=actor, client_id=client_id),
            Draft(PUBLIC, "list_published", about, {"number": number, "digest": body["digest"]}, actor=actor)])  # fmt: skip
    return prize_list(w, world, number)


def _frozen_by(r: Reader, client_id: str) -> int:
    """The number of the list a form has frozen already, else 0."""
    return next((int(subject_key(one.subject)) for one in ledger.by_client_id(r, [client_id]) if one.kind == "prizes_frozen"), 0)


def _moment(world: World, at: str, now: str) -> str:
    text = at or world.rules.ranking.cut_off
    if not text:
        raise Refused("定榜要有截止时间。", reason="no_cut_off", hint="请用 --at 指明时间，或先设置 ranking.cut_off。")
    try:
        moment = utc_text(parse_instant(text))
    except ValueError as problem:
        raise BadInput(f"“{text}”不是时间。", reason="bad_date", hint="请写成 2023-07-01T00:00。") from problem
    if moment > now:
        raise Refused("截止时间还没有到，不能定榜。", reason="no_cut_off", hint="请等到截止时间之后。")
    return moment


def _content(r: Reader, rules: Rules, number: int, moment: str) -> dict[str, Any]:
    """What is frozen. The digest is over everything but itself."""
    ranked = ranked_works(r, rules, moment)
    authors = {row.person for row in ranked.rows}
    people: dict[str, str] = dict(r.among("select person, home from people where person in (:keys)", authors))
    content: dict[str, Any] = {
        "number": number,
        "at": moment,
        "rules": {"ranking": rules.to_mapping()["ranking"]},
        "rule_text": describe(ruled(rules, moment)),
        "rows": [[row.place, row.person, row.work, row.likes, people.get(row.person, "")] for row in ranked.rows],
    }
    return content | {"digest": sha256(canonical(content))}


def verify(r: Reader, number: int) -> Verdict:
    """Make the list again from the facts held here, under the rules it was frozen with, and compare (every node can)."""
    world = worlds.load(r)
    frozen = prize_list(r, world, number)
    mapping = {**world.rules.to_mapping(), **frozen.rules}
    again = _content(r, Rules.understood(mapping)[0], number, frozen.moment)
    told = [list(row) for row in frozen.ids]
    pairs = enumerate(zip(told, again["rows"], strict=False), 1)
    differences = [f"第 {place} 行：名单为 {old}，按记录应为 {new}" for place, (old, new) in pairs if old[:4] != new[:4]]
    if len(told) != len(again["rows"]):
        differences.append(f"名单有 {len(told)} 行，按记录应为 {len(again['rows'])} 行")
    if not frozen.whole:
        differences.append("名单内容与其摘要不符")
    return Verdict(number, not differences, tuple(differences))
