"""Prize lists: frozen by the camp's root, and verified against the facts on any node (F-24)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from campmgr.areas.people.fold.aliases import stands_for
from campmgr.areas.prizes.actions.lasting_words import stays_for_ever
from campmgr.areas.prizes.queries.list_content import list_content, made_again
from campmgr.areas.prizes.queries.prizes import PrizeList, is_of_earlier, last_number, prize_list
from campmgr.areas.prizes.rules.frozen_list import ListRow
from campmgr.areas.works.queries.divisions import WHOLE, Division
from campmgr.areas.works.queries.standings import titles_of
from campmgr.areas.works.settings import Ranking
from campmgr.clock import HOW_TO_WRITE, later, parse_instant, today_of, until_instant, utc_text
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.facts.wall import believed_today
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, subject, subject_key
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a list, with its amendments, comes out the same from the facts, and where not.

    `notes`: what has changed since and touches no line, such as another file read afterwards. `void`: it was made void, as a
    sentence with day and reason; "" while it stands.
    """

    number: int
    equal: bool
    differences: tuple[str, ...]
    notes: tuple[str, ...] = ()
    void: str = ""


def freeze(
    w: Writer,
    at: str = "",
    actor: str = "",
    client_id: str | None = None,
    division: Division = WHOLE,
    *,
    on: str = "",
    remark: str = "",
) -> PrizeList:
    """Freeze the ranking as it was at a time: rows as ids, the rules in full, who is left out, a digest. Only at the camp's root.

    A form sent twice (equal `client_id`) gives the list it gave first.
    The time is `at`, else the camp's cut-off; `division` is a part of the works; `on` is the day of freezing where this machine's
    cannot be believed, `remark` why nobody waited for what is open. Raises Refused without a time, for one still to come or
    "doubtful_clock"; BadInput, NotAllowed.
    """
    world = worlds.load(w)
    if client_id and (known := frozen_by(w, client_id)):
        return prize_list(w, world, known)
    body = drafted(
        w, world, at, division, today=believed_today(w, on), remark=stays_for_ever(remark, "不等的原因") if remark else ""
    )
    number = int(body["number"])
    about = subject("list", str(number))
    say(w, [Draft(world.root_unit, "prizes_frozen", about, body, actor=actor, client_id=client_id, happened_on=on),
            Draft("", "list_published", about, {"number": number, "digest": body["digest"]}, actor=actor)])  # fmt: skip
    return prize_list(w, world, number)


def drafted(r: Reader, world: World, at: str = "", division: Division = WHOLE, *, today: str, remark: str = "") -> dict[str, Any]:
    """What freezing would put into the next list, on a day that is believed to be today; nothing is written. Raises as `freeze`."""
    root_only(r, world)
    moment = _moment(world, at, _now(r, today))
    _check_lists(world, division)
    body = list_content(r, world, world.rules, last_number(r) + 1, moment, division, remark)
    if not body["rows"]:
        raise Refused("截止时间之前没有读到过点赞数，名单会是空的。", hint="请核对时间，或先导入点赞数。")
    return body


def _now(r: Reader, today: str) -> str:
    """The instant until which likes may count: by the machine, or the end of the day that was said instead of its own."""
    return utc_text(r.clock.now() if today == today_of(r.clock) else parse_instant(later(today, 1)))


def root_only(r: Reader, world: World) -> None:
    """Raises NotAllowed anywhere but at the camp's root: it alone says anything about lists (docs/ledger.md#trust)."""
    if not world.trust.is_root(r.meta(WRITER)):
        raise NotAllowed("只有训练营的组织方（根电脑）可以定榜、公示和更正名单。", hint="请由组织方办理。")


def check_stands(listed: PrizeList) -> None:
    """Raises Refused for a list that is void: nothing more becomes of it."""
    if listed.voided_on:
        raise Refused(
            f"第 {listed.number} 号名单已于 {listed.voided_on} 作废。", reason="list_void", hint="请重新定榜，会得到新的编号。"
        )


def _check_lists(world: World, division: Division) -> None:
    """Raises Refused where kinds of account are ranked apart and none is named: each of their lists gets a number of its own."""
    kinds = world.rules[Ranking].accounts
    if world.rules[Ranking].account_lists == "apart" and len(kinds) > 1 and not division.account:
        raise Refused(
            f"{'和'.join(kinds)}分别排名，要分别定榜。",
            hint="请指明账号类型，每份名单各有编号。",
            at_console="请指明账号类型（--account），每份名单各有编号。",
        )


def is_said(r: Reader, client_id: str | None, kind: str) -> bool:
    """Whether a form has said its fact of a kind already: it comes twice when somebody is impatient."""
    return bool(client_id) and any(one.kind == kind for one in ledger.by_client_id(r, [str(client_id)]))


def frozen_by(r: Reader, client_id: str) -> int:
    """The number of the list a form has frozen already, else 0."""
    return next((int(subject_key(one.subject)) for one in ledger.by_client_id(r, [client_id]) if one.kind == "prizes_frozen"), 0)


def _moment(world: World, at: str, now: str) -> str:
    text = at or world.rules[Ranking].cut_off
    if not text:
        raise Refused("定榜要有截止时间。", reason="no_cut_off", hint="请写明截止时间，或先在“规则”里设定点赞截止时间。")
    try:
        moment = utc_text(until_instant(text))
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"“{text}”不是时间。", reason="bad_date", hint=HOW_TO_WRITE) from problem
    if moment > now:
        raise Refused("截止时间还没有到，不能定榜。", reason="no_cut_off", hint="请等到截止时间之后。")
    return moment


def verify(r: Reader, number: int) -> Verdict:
    """Make the list again from the facts held here, under the rules it was frozen with, and compare (every node can).

    Lines struck out by an amendment without anybody moving up are not expected again. Raises Refused for a list of an earlier camp,
    whose works do not stand in these tables.
    """
    world = worlds.load(r)
    frozen = prize_list(r, world, number)
    if is_of_earlier(world, frozen):
        raise Refused("这是往届的名单，在本届的记录里不能重新排。", reason="earlier_camp", hint="名单和它的摘要照常可查。",
                      at_console=f"请用往届的表核对：campmgr prizes verify {number} --activity 往届的代码。")  # fmt: skip
    again = made_again(r, world, frozen.content)
    told = {row.work: row for row in _of_survivors(r, frozen.unrolled.rows)}
    new = {row.work: row for row in map(ListRow.read, again["rows"]) if row.work not in frozen.unrolled.struck}
    titles = {work: title or link for work, (title, link) in titles_of(r, told.keys() | new.keys()).items()}
    works = sorted(told.keys() | new.keys(), key=lambda work: (told.get(work) or new[work]).place)
    differences = [
        _difference(titles.get(work, work[:8]), told.get(work), new.get(work))
        for work in works
        if _compared(told.get(work)) != _compared(new.get(work))
    ]
    if not frozen.whole:
        differences.append("名单或更正的内容与其摘要不符")
    if not frozen.published:
        differences.append("名单的摘要没有在公开记录中公布")
    return Verdict(number, not differences, tuple(differences), tuple(_notes(frozen.content, again)), frozen.void_words)


def _of_survivors(r: Reader, rows: tuple[ListRow, ...]) -> Iterator[ListRow]:
    """The lines with whoever stands for the person today, should two have been merged since."""
    instead = stands_for(r, {row.person for row in rows})
    return (row._replace(person=instead.get(row.person, row.person)) for row in rows)


def _compared(row: ListRow | None) -> object:
    """What must be equal: place, person, work and likes; a home may have changed since."""
    return row and row[:4]


def _difference(title: str, told: ListRow | None, new: ListRow | None) -> str:
    if told is None and new is not None:
        return f"名单上没有《{title}》，按记录应列第 {new.place} 名（{new.likes} 赞）"
    if new is None and told is not None:
        return f"名单第 {told.place} 名《{title}》，按记录不在名单上"
    if told is None or new is None:
        raise ValueError("a line is on one of the two lists")
    author = "" if told.person == new.person else "，作者也不同"
    return f"名单第 {told.place} 名《{title}》（{told.likes} 赞），按记录应列第 {new.place} 名（{new.likes} 赞）{author}"


def _notes(content: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[str]:
    """Changes since the freeze that touch no line."""
    before, after = {str(each[0]) for each in content["sources"]}, {str(each[0]) for each in again["sources"]}
    names = {str(each[0]): str(each[1]) for each in [*content["sources"], *again["sources"]]}
    yield from (f"定榜后又导入了截止时间前的读数：{names[each]}" for each in sorted(after - before))
    yield from (f"定榜所用的文件已被撤回：{names[each]}" for each in sorted(before - after))
    if content["excluded"] and content["excluded"] != again["excluded"]:
        yield "未列入名单的作品，现在的情况与定榜时不同"
