"""People: register, details, memberships, move, merge, part, erase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from campmgr.accounts.unsaved import forget_all as forget_unsaved
from campmgr.areas.people.actions.plain_reasons import refuse_name_in
from campmgr.areas.people.kinds import DETAILS, JOINED
from campmgr.areas.people.queries.finding import Person, numbered_in, people_by_id
from campmgr.areas.people.queries.ids import (
    home_of,
    memberships_of,
    merged_id,
    merged_into,
    merges_of_batch,
    merges_with,
    parted_between,
)
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.areas.units.settings import OUTSIDE
from campmgr.class_order import class_key
from campmgr.clock import checked_day
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.area import Forgotten
from campmgr.facts.catalogue import catalogue, kinds_of
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import Said, may_write, not_granted, say
from campmgr.facts.secret import unit_key
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import born_in, hash_id, is_born_in, person_id
from campmgr.ledger.envelope import Draft, Fact, scope_unit, subject, subject_key
from campmgr.ledger.order import read_facts, standing
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.wording import name_key


@dataclass(frozen=True, slots=True)
class Registration:
    """Somebody who joins: their unit, and what is known of them. `class_unread`: a list said a class, and nobody can tell which."""

    unit: str
    name: str
    number: str = ""
    class_name: str = ""
    phone: str = ""
    kind: str = "社会公众"
    guardian: bool = False
    class_unread: bool = False


_DETAILS = ("name", "number", "class_name", "phone", "guardian")


def refuse_non_participating(unit: Unit) -> None:
    """A unit that does not take part, or is closed, takes no people."""
    if not unit.admits:
        raise Refused(f"{unit.name} {unit.why_closed}，不能登记人员。", reason="not_participating", hint="请核对单位。")


def register_drafts(
    person: str, who: Registration, batch: str | None = None, actor: str = "", *, activity: str = ""
) -> list[Draft]:
    """What registers a person: the id in one fact, the details in another that can be erased; in a camp after the first one, that
    they are part of it (`activity`: the camp that is going on).
    """
    registered = Draft(who.unit, "person_registered", subject("person", person), {"unit": who.unit, "kind": who.kind},
                       actor=actor, batch=batch, client_id=hash_id("registered", person))  # fmt: skip
    joined = [joined_draft(who.unit, person, activity, batch, actor, is_new=True)] if activity and who.kind != OUTSIDE else []
    return [registered, details_draft(who.unit, person, who, None, batch, actor), *joined]


def joined_draft(
    place: str, person: str, activity: str, batch: str | None = None, actor: str = "", *, is_new: bool = False
) -> Draft:
    """What makes somebody part of a camp after the first one (docs/ledger.md#activities)."""
    body = {"activity": activity, "new": is_new}
    return Draft(place, JOINED, subject("person", person), body, actor=actor, batch=batch,
                 client_id=hash_id("joined", activity, person, is_new))  # fmt: skip


def details_draft(
    place: str, person: str, who: Registration, known: Registration | None, batch: str | None = None, actor: str = ""
) -> Draft:
    """What says a person's details, of somebody known only what changes; a client id made from a name could not be erased."""
    body = {name: getattr(who, name) for name in _DETAILS if known is None or getattr(who, name) != getattr(known, name)}
    return Draft(place, DETAILS, subject("person", person), body, actor=actor, batch=batch)


def register(w: Writer, who: Registration, actor: str = "", client_id: str = "") -> str:
    """Register a person in a unit; the person's id. Same unit + 编号 = the same person (docs/ledger.md#ids).

    Somebody without 编号 is known by the `client_id` of the form they were typed into, so that pressing twice makes one person.
    Raises Refused "conflict" where the 编号 is that of somebody of another name and class.
    """
    world = worlds.load(w)
    unit = find_unit(world, who.unit)
    refuse_non_participating(unit)
    who = replace(who, unit=unit.unit, name=_checked_name(who.name))
    if known := numbered_in(w, world, who.unit, who.number) if who.number else []:
        one = the_same(known, who)
        join_again(w, one, actor)
        return one.person
    typed_once = client_id and not who.number
    key = unit_key(w, world, who.unit) if who.number else ""
    person = typed_person(world, who, client_id) if typed_once else person_id(who.unit, key, who.number, who.name)
    if home_of(w, person) is None:
        say(w, register_drafts(person, who, actor=actor, activity=world.activity))
    return person


def join_again(w: Writer, person: Person, actor: str = "", batch: str | None = None) -> bool:
    """Somebody of an earlier camp takes part in the one that is going on; whether they did not yet."""
    if not person.is_absent:
        return False
    world = worlds.load(w)
    place = unit_to_speak_in(w, world, person.person, person.home)
    say(w, [joined_draft(place, person.person, world.activity, batch, actor)])
    return True


def typed_person(world: World, who: Registration, client_id: str) -> str:
    """The id of somebody without 编号 whom this form registers in a unit (its id), or has registered."""
    return born_in(who.unit, hash_id(world.campaign, "typed", client_id))


def the_same(known: Sequence[Person], who: Registration) -> Person:
    """Of those who bear the 编号 in the unit, the person meant: of the same name, else the only one.

    Raises Refused "conflict" for somebody of another name and class, and where several bear it and none the name.
    """
    named = [each for each in known if name_key(each.name) == name_key(who.name)]
    if named:
        return named[0]
    one = known[0]
    if len(known) > 1 or (
        one.name and one.class_name and who.class_name and class_key(one.class_name) != class_key(who.class_name)
    ):
        bearers = "、".join(f"{each.shown_name}{each.class_name and f'（{each.class_name}）'}" for each in known[:3])
        raise Refused(f"编号“{who.number}”登记的是{bearers}，与“{who.name}”的姓名和班级都不同，没有改动。", reason="conflict",
                      hint="请核对编号；如确已改名，请在那个人的页面里更改。")  # fmt: skip
    return one


def _checked_name(name: str) -> str:
    """A name that is not blank. Raises BadInput "missing_value"."""
    if not name.strip():
        raise BadInput(
            "请填写姓名。",
            reason="missing_value",
            hint="姓名不能为空；要删除个人信息，请用人员页的“删除个人信息”。",
            at_console="姓名不能为空；要删除个人信息，请用 campmgr person erase。",
        )
    return name.strip()


def change_details(w: Writer, person: Person, actor: str = "", **changes: Any) -> Fact | None:
    """Change name, class_name, phone, number or guardian; None when nothing differs. Raises Refused for somebody erased."""
    if person.erased:
        raise Refused("此人的个人信息已按要求删除，不能再填写。", reason="erased_person", hint="本人重新参加时，请扫码重新加入。")
    who = registered(person)
    changed = replace(who, **changes)
    if "name" in changes:
        changed = replace(changed, name=_checked_name(changed.name))
    return None if changed == who else say(w, [details_draft(person.home, person.person, changed, who, actor=actor)])[0].fact


def change_class(w: Writer, people: Iterable[Person], class_name: str, batch: str, actor: str = "") -> int:
    """Put people into one class as one batch; how many were in another. Those who were erased stay as they are."""
    drafts = []
    for person in people:
        if not person.erased and person.class_name != class_name:
            who = registered(person)
            new = replace(who, class_name=class_name)
            drafts.append(details_draft(person.home, person.person, new, who, batch, actor))
    say(w, drafts)
    return len(drafts)


def registered(person: Person) -> Registration:
    """What is known of somebody, as it would be registered."""
    return Registration(person.home, person.name, person.number, person.class_name, person.phone, person.kind, person.guardian)


def membership_draft(person: str, home: str, unit: str, batch: str | None = None, actor: str = "") -> Draft:
    """A second membership, said at home and carried to the unit at once, so that each knows (docs/ledger.md#homes)."""
    return Draft(home, "membership_added", subject("person", person), {"unit": unit}, actor=actor, batch=batch)


def refuse_unless_covered(r: Reader, *units: str) -> None:
    """What several units must know is said by whoever may write in each. Raises NotAllowed naming the first that is not."""
    world, writer = worlds.load(r), r.meta(WRITER)
    for unit in units:
        if unit and not may_write(world, writer, unit):
            raise not_granted(r, Draft(unit, "person_registered", "", {}))


def add_membership(w: Writer, person: Person, code: str, actor: str = "", batch: str | None = None) -> None:
    """Count a person as a member of another unit too."""
    unit = find_unit(worlds.load(w), code)
    refuse_non_participating(unit)
    refuse_unless_covered(w, person.home, unit.unit)
    say(w, [membership_draft(person.person, person.home, unit.unit, batch, actor)])


def end_membership(w: Writer, person: Person, code: str, day: str = "", actor: str = "") -> Fact:
    """Count a person as a member of another unit no longer, from a day on; what was counted before stays.

    Raises NotFound where they are no member of it.
    """
    unit = find_unit(worlds.load(w), code)
    if (person.person, unit.unit) not in memberships_of(w, [person.person]):
        raise NotFound(
            f"{person.shown_name} 没有同时计入 {unit.name}。", reason="unknown_unit", hint="请从人员页的“换单位、同时计入”里选。"
        )
    refuse_unless_covered(w, person.home, unit.unit)
    draft = Draft(person.home, "membership_ended", subject("person", person.person), {"unit": unit.unit}, actor=actor,
                  happened_on=checked_day(day))  # fmt: skip
    return say(w, [draft])[0].fact


def move(w: Writer, person: Person, code: str, day: str = "", actor: str = "", batch: str | None = None) -> Fact | None:
    """Move a person's home to another unit, history and all (docs/ledger.md#homes); None when they are there already."""
    said = move_several(w, [person], find_unit(worlds.load(w), code), day, actor, batch)
    return said[0].fact if said else None


def move_several(
    w: Writer, people: Iterable[Person], unit: Unit, day: str = "", actor: str = "", batch: str | None = None
) -> list[Said]:  # fmt: skip
    """The same of several people at once; of those who are there already nothing is said."""
    refuse_non_participating(unit)
    moving = [person for person in people if person.home != unit.unit]
    refuse_unless_covered(w, *sorted({person.home for person in moving}), *([unit.unit] if moving else []))
    return say(w, [
        Draft(person.home, "person_moved", subject("person", person.person), {"source": person.home, "target": unit.unit},
              actor=actor, batch=batch, happened_on=checked_day(day))
        for person in moving
    ])  # fmt: skip


def merge(w: Writer, one: Person, other: Person, actor: str = "", batch: str | None = None) -> str:
    """Two records are one person, with all that each stands for; the id that stands comes back. Raises Refused for oneself.

    Of those who were parted that is said pair by pair: their parting would keep the two apart (docs/ledger.md#merges).
    """
    if one.person == other.person:
        raise Refused(f"{one.shown_name} 的两个编号已经是同一个人。", reason="refused_by_rule")
    sides = [[each.person, *merged_into(w, each.person)] for each in (one, other)]
    pairs = parted_between(w, *sides) or [(min(one.person, other.person), max(one.person, other.person))]
    own = _own_words(w, {each for pair in pairs for each in pair})
    kinds = {each: word.kind for each, word in own.items()} | {each.person: each.kind for each in (one, other)}
    for first, second in pairs:
        body = {"other": second, "kind": kinds[first], "other_kind": kinds[second]}
        _say_of_pair(w, "people_merged", first, body, own, actor, batch)
    return people_by_id(w, [one.person])[one.person].person


def former_id_draft(unit: str, person: str, kind: str, former: str, actor: str = "") -> Draft:
    """What says that an id on somebody's older card, under which nobody is registered here, is theirs: as of two who are merged,
    of whom the registered one stands.
    """
    first, other = sorted((person, former))
    kinds = {person: kind, former: OUTSIDE}
    body = {"other": other, "home": unit, "other_home": unit, "kind": kinds[first], "other_kind": kinds[other]}
    return Draft(unit, "people_merged", subject("person", first), body, actor=actor)


class _OwnWord(NamedTuple):
    """The home and the kind of one id by itself, whoever it is one with."""

    home: str
    kind: str


def _say_of_pair(
    w: Writer, kind: str, first: str, body: dict[str, str], own: Mapping[str, _OwnWord], actor: str, batch: str | None = None
) -> None:
    """Merge or part two people, by whoever may write at both their homes; it is carried to each."""
    home, other_home = own[first].home, own[body["other"]].home
    refuse_unless_covered(w, home, other_home)
    told = {**body, "home": home, "other_home": other_home}
    say(w, [Draft(home, kind, subject("person", first), told, actor=actor, batch=batch)])


def part(w: Writer, text: str, person: Person, actor: str = "") -> list[str]:
    """Undo the merges of a person; the ids that are on their own again come back.

    `text` is the code or id by which the person was asked for: by that of whoever stands for several everyone of them is parted, by
    another's that one alone. Raises NotFound when the person is not merged with anyone.
    """
    group = {person.person, *merged_into(w, person.person)}
    asked = [other] if (other := merged_id(w, text)) else group
    links = sorted({pair for each in asked for pair in merges_with(w, each) if {*pair} <= group})
    if not links:
        raise NotFound(f"{person.shown_name} 没有与他人合并过。", reason="unknown_person")
    own = _own_words(w, {each for link in links for each in link})
    for first, second in links:
        _say_of_pair(w, "people_parted", first, {"other": second}, own, actor)
    return sorted({each for link in links for each in link})


def part_batch(w: Writer, batch: str, actor: str = "") -> None:
    """Undo the merges that were recorded as this batch: each pair is two people again."""
    pairs = merges_of_batch(w, batch)
    own = _own_words(w, {each for pair in pairs for each in pair})
    for first, second in pairs:
        _say_of_pair(w, "people_parted", first, {"other": second}, own, actor)


_OWN_WORDS = ("people_merged", "person_registered", "person_moved")
"""What tells home and kind of an id by itself: the later in this line, the better it knows."""


def _own_words(r: Reader, people: Iterable[str]) -> dict[str, _OwnWord]:
    """What each of these ids is by its own facts, merged or not; by their merges where those are not held."""
    told = read_facts(kinds_of(r), ledger.of_subjects(r, (subject("person", person) for person in people)))
    stood = [one for one in standing(told, {}) if one.fact.kind in _OWN_WORDS]
    own: dict[str, _OwnWord] = {}
    for one in sorted(stood, key=lambda one: _OWN_WORDS.index(one.fact.kind)):
        who, body = subject_key(one.fact.subject), one.body
        if one.fact.kind == "people_merged":
            own[who], own[body["other"]] = _OwnWord(body["home"], body["kind"]), _OwnWord(body["other_home"], body["other_kind"])
        elif one.fact.kind == "person_moved":
            own[who] = _OwnWord(body["target"], own[who].kind if who in own else "")
        elif is_born_in(who, body["unit"]):
            own[who] = _OwnWord(body["unit"], body["kind"])
    return own


def erase(w: Writer, person: Person, reason: str, actor: str = "") -> None:
    """Erase personal details, in every scope they stand in; what was learned stays and keeps the totals (docs/ledger.md#erasure).

    Again, when there is nothing left to erase, writes nothing.
    """
    refuse_name_in(w, reason, person.person)
    erase_all(w, [person], reason, actor)


def erase_all(w: Writer, people: Sequence[Person], reason: str, actor: str = "", batch: str | None = None) -> None:
    """The same of several people, for a reason that names nobody."""
    forget_unsaved(w)
    for person in people:
        if person.name:
            for forget in catalogue(w).forgets:
                forget(w, Forgotten(person.person, person.name, person.phone, person.home))
    world = worlds.load(w)
    say(w, [draft for person in people for draft in _erasures(w, world, person, reason, actor, batch)])


def _erasures(w: Writer, world: World, person: Person, reason: str, actor: str, batch: str | None) -> Iterator[Draft]:
    """What erases somebody, and all whom they are one with, each said where this file may say it."""
    writer = w.meta(WRITER)
    for each in [person.person, *merged_into(w, person.person)]:
        told = read_facts(kinds_of(w), ledger.of_subjects(w, [subject("person", each)]))
        details = [one for one in told if one.fact.kind == DETAILS]
        if person.erased and not details:
            continue
        scopes = [scope for one in (*details, *told) for scope in one.scopes]
        places = [unit for scope in scopes if may_write(world, writer, unit := scope_unit(scope) or "")]
        place, replaces = places[0] if places else person.home, tuple(one.id for one in details)
        yield Draft(place, "person_erased", subject("person", each), {"reason": reason}, actor=actor, batch=batch,
                    replaces=replaces)  # fmt: skip
