"""Amendments 更正: the only way in which a frozen list changes; numbered, with before and after, a reason and a new digest."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.people.actions.plain_reasons import refuse_names_in
from campmgr.areas.prizes.actions.freezing import check_stands, is_said, root_only
from campmgr.areas.prizes.actions.lasting_words import stays_for_ever
from campmgr.areas.prizes.queries.list_content import made_again
from campmgr.areas.prizes.queries.prizes import AmendedLine, PrizeList, is_of_earlier, prize_list, shown_rows
from campmgr.areas.prizes.queries.publicity import is_objection
from campmgr.areas.prizes.rules.frozen_list import ListChange, ListRow, amendment_digest, changes_between
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader, Writer


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an amendment would change: each line before and after. Nothing is written yet."""

    number: int
    amendment: int
    strike: str
    changes: tuple[ListChange, ...]
    lines: tuple[AmendedLine, ...]


def propose(r: Reader, world: World, now: PrizeList, strike: str = "") -> Proposal:
    """What would change: without `strike` the list made again from the facts, as they are known and judged today; with it that
    work's line alone goes and nobody moves up, or comes back where it was struck before. Raises BadInput, Refused.
    """
    back = strike in now.unrolled.struck
    after = _struck(now, strike) if strike and not back else _again(r, world, now, now.unrolled.struck - {strike})
    changes = changes_between(now.unrolled.rows, after)
    shown = shown_rows(r, world, (row for change in changes for row in change if row), (), now.moment)
    lines = tuple(AmendedLine(*(shown[each] if each else None for each in change)) for change in changes)
    return Proposal(now.number, len(now.amendments) + 1, "" if back else strike, changes, lines)


def amend(
    w: Writer, number: int, reason: str, *, strike: str = "", objection: str = "", actor: str = "", client_id: str | None = None
) -> PrizeList:
    """Amend a list and publish its new digest. Only at the camp's root; a form sent twice amends once.

    `objection`: the id of the objection it answers. Raises Refused when nothing would change, BadInput without a reason or for one
    that holds a number or a name of the list: everyone reads it.
    """
    world = worlds.load(w)
    if is_said(w, client_id, "list_amended"):
        return prize_list(w, world, number)
    root_only(w, world)
    reason = stays_for_ever(reason, "更正的原因")
    before = prize_list(w, world, number)
    check_stands(before)
    refuse_names_in(w, reason, {row.person for row in (*before.rows, *before.frozen_rows)})
    _check_objection(w, number, objection)
    found = propose(w, world, before, strike)
    if not found.changes and is_of_earlier(world, before):
        raise Refused("这是往届的名单，不再按现在的记录重新排。", reason="earlier_camp", hint="要改的，请指明要划去的一行。")
    if not found.changes:
        raise Refused("按现在的记录重新排，名单没有变化，不需要更正。", hint="请先处理作品（取消或恢复资格），或指明要划去的一行。")
    digest = amendment_digest(number, found.amendment, before.digest_now, found.changes, found.strike, reason)
    body = {"number": number, "amendment": found.amendment, "changes": [each.told() for each in found.changes],
            "strike": found.strike, "objection": objection, "reason": reason, "digest": digest}  # fmt: skip
    about = subject("list", str(number))
    say(w, [Draft(world.root_unit, "list_amended", about, body, actor=actor, client_id=client_id),
            Draft("", "list_published", about, {"number": number, "digest": digest}, actor=actor)])  # fmt: skip
    return prize_list(w, world, number)


def _struck(now: PrizeList, work: str) -> tuple[ListRow, ...]:
    left = tuple(row for row in now.unrolled.rows if row.work != work)
    if len(left) == len(now.unrolled.rows):
        raise BadInput("这件作品不在名单上。", reason="unknown_work", hint="请从名单上选择要划去的一行。")
    if not left:
        raise Refused("名单上只有这一行，划去后名单是空的。", hint="请改为撤下公示，说明原因。")
    return left


def _again(r: Reader, world: World, now: PrizeList, struck: frozenset[str]) -> tuple[ListRow, ...]:
    """The list made again without the lines struck out before; a line that only its home differs in stays as it was.

    One of an earlier camp stays as it was frozen: the works that stand here now are those of another camp.
    """
    again = now.content if is_of_earlier(world, now) else made_again(r, world, now.content)
    rows = [row for row in map(ListRow.read, again["rows"]) if row.work not in struck]
    known = {row[:4]: row for row in now.unrolled.rows}
    return tuple(known.get(row[:4], row) for row in rows)


def _check_objection(r: Reader, number: int, objection: str) -> None:
    if objection and not is_objection(r, number, objection):
        raise NotFound("没有这条异议。", reason="unknown_fact", hint="请从异议登记里选择。")
