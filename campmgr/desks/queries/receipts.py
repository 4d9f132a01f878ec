"""What a receipt of an erasure says: what went, what stays and why, when, by whom, for whom. It repeats nothing of what was erased,
so it can be made at any time from what is left: ids, days, counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from campmgr.accounts.queries import actors, unit_name
from campmgr.areas.people.kinds import DETAILS
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.ids import merged_into
from campmgr.clock import minute_text
from campmgr.errors import NotFound
from campmgr.facts.laptops import laptop
from campmgr.facts.world import World
from campmgr.ledger.carrier import DETAILS_CARRIER
from campmgr.ledger.envelope import Fact, scope_unit, subject
from campmgr.ledger.kinds import decoded
from campmgr.store import ledger
from campmgr.store.door import Reader

ERASED_FACT = "person_erased"


@dataclass(frozen=True, slots=True)
class Erasing:
    """One erasure: when it was recorded, who said it, on which laptop, why, and the record's id."""

    at: str
    who: str
    laptop: str
    reason: str
    fact: str


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """A receipt. `gone`: how many records of details have no body any more; `kept`: what stays, with how much of it; `units`: in
    whose records it was; `rejoined`: the person joined anew afterwards, and what they gave then is held.
    """

    code: str
    unit: str
    erasings: tuple[Erasing, ...]
    gone: int
    kept: tuple[tuple[str, int], ...]
    certificates: int
    units: tuple[str, ...]
    rejoined: bool


def erasure_receipt(r: Reader, world: World, person: Person) -> ErasureReceipt:
    """The receipt of somebody's erasure. Raises NotFound where nothing was erased."""
    ids = [person.person, *merged_into(r, person.person)]
    facts = list(ledger.of_subjects(r, [subject("person", each) for each in ids]))
    erasings = [fact for fact in facts if fact.kind == ERASED_FACT]
    if not erasings:
        raise NotFound(
            "此人的个人信息没有被删除过，没有回执。", reason="unknown_person", hint="要删除，请用人员页的“删除个人信息”。"
        )
    names = actors(r)
    gone = [fact for fact in facts if fact.kind in {DETAILS, DETAILS_CARRIER} and fact.body is None]
    kept = Counter(_sort_of(fact) for fact in facts if fact.body is not None and fact.kind != ERASED_FACT)
    valid = r.value("select count(*) from certificates where person = :person and state = 'valid'", person=person.person)
    scopes = dict.fromkeys(scope_unit(fact.scope) or "" for fact in (*erasings, *gone))
    return ErasureReceipt(
        person.code,
        unit_name(world, person.home),
        tuple(_erasing(world, names, fact) for fact in {fact.client_id or fact.chain: fact for fact in erasings}.values()),
        len(gone),
        tuple((word, kept[word]) for word in ("学习、签到", "登记、单位、同意", "证书", "其他") if kept[word]),
        int(valid),
        tuple(unit_name(world, unit) for unit in scopes if unit),
        not person.erased or bool(person.name),
    )


_SORTS = {"学习、签到": ("mark_", "condition_", "declaration_"), "登记、单位、同意": ("person_", "membership_", "consent_", "people_"),
          "证书": ("certificate_", "platform_")}  # fmt: skip


def _sort_of(fact: Fact) -> str:
    return next((word for word, begins in _SORTS.items() if fact.kind.startswith(begins)), "其他")


def _erasing(world: World, names: dict[str, str], fact: Fact) -> Erasing:
    body = decoded(fact.body or "{}") or {}
    who = names.get(fact.actor, "另一台电脑上的账号") if fact.actor else "本人或命令行"
    return Erasing(minute_text(fact.recorded_at), who, laptop(world, fact.writer), str(body.get("reason", "")), fact.chain)
