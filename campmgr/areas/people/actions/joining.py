"""Joining by a unit's code: consent first, then a name; ends with a link that only its owner gets (docs/ledger.md#ids)."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.accounts.queries import Account, is_theirs
from campmgr.areas.camp.settings import Live
from campmgr.areas.people.actions.people import Registration, erase, refuse_non_participating, register_drafts
from campmgr.areas.people.local import (
    CLASS,
    FAMILY,
    UNIT,
    JoinCode,
    add_join_code,
    count_joining,
    join_code,
    join_codes_of,
    join_codes_of_press,
    new_page,
    owner_of_page,
)
from campmgr.areas.people.queries.finding import Person, find_person, people_by_id
from campmgr.areas.people.queries.ids import has_withdrawn_consent, home_of
from campmgr.areas.people.settings import People
from campmgr.clock import later, today_of, utc_text
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import born_in, hash_id, short_code
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader, Writer
from campmgr.typed_codes import join_code_in


class JoinedOtherwise(Refused):
    """The same form was sent before with other values; `known` is who was registered by it, `typed` who was typed now."""

    reason = "conflict"

    def __init__(self, known: Person, typed: Registration) -> None:
        super().__init__("这张表单已经登记过一次，这次填写的内容不同，没有保存。", hint="请看两次填写的内容，再选择怎样办。")
        self.known = known
        self.typed = typed


class UnknownCode(NotFound):
    """No unit ever gave out this code; whoever asks hears the same as of one that is over."""

    reason = "unknown_join_code"


MOST_POSTERS = 300
"""Posters of one booklet, which is set while one waits; more come as several booklets."""

MOST_IN_CLASS, MOST_IN_FAMILY, MOST_FAMILIES = 200, 10, 100
"""Places of a code by which one waits for a word, and codes for families that are made at a time."""


def make_join_code(
    w: Writer, unit: str, ends_on: str = "", most: int = 0, actor: str = "", sort: str = UNIT, class_name: str = ""
) -> JoinCode:
    """A new code for a unit, a class or a family. Raises NotFound for an unknown unit, Refused for one that does not take part."""
    found = find_unit(worlds.load(w), unit)
    refuse_non_participating(found)
    most = most or {UNIT: 0, CLASS: MOST_IN_CLASS, FAMILY: MOST_IN_FAMILY}[sort]
    made = JoinCode(short_code(), found.unit, ends_on, most, 0, active=True, sort=sort, class_name=class_name)
    add_join_code(w, made, utc_text(w.clock.now()), actor)
    return made


def make_family_codes(w: Writer, unit: str, many: int, ends_on: str, most: int, actor: str, press: str) -> list[JoinCode]:
    """A code for each of so many families, of `most` children each; the same press again gives the same ones.

    Raises NotFound for an unknown unit, Refused for one that does not take part.
    """
    found = find_unit(worlds.load(w), unit)
    refuse_non_participating(found)
    if made := join_codes_of_press(w, found.unit, press):
        return made
    at = utc_text(w.clock.now())
    made = [JoinCode(short_code(), found.unit, ends_on, most, 0, active=True, sort=FAMILY) for _ in range(many)]
    for each in made:
        add_join_code(w, each, at, actor, press)
    return made


def is_open(code: JoinCode, today: str) -> bool:
    """Whether one can join by a code on a day."""
    return code.active and not (code.ends_on and code.ends_on < today) and not (code.most and code.used >= code.most)


def booklets(posters: int) -> tuple[tuple[int, int], ...]:
    """The first and the last poster of each booklet, of so many."""
    return tuple((first, min(first + MOST_POSTERS - 1, posters)) for first in range(1, posters + 1, MOST_POSTERS))


def units_to_join(world: World, account: Account, unit: Unit) -> list[Unit]:
    """The units of a subtree that people join: an account's own, taking part, with none below; in the tree's order."""
    found = [each for each in world.tree.units.values()
             if each.path.startswith(unit.path) and each.unit not in world.tree.uppers and each.admits
             and is_theirs(world, account, each)]  # fmt: skip
    return sorted(found, key=lambda each: each.place)


def make_codes_below(w: Writer, units: Sequence[Unit], actor: str = "") -> list[JoinCode]:
    """A code for each of these units that has none which works; pressed twice it makes no more."""
    today = today_of(w.clock)
    have = {each.unit for each in join_codes_of(w, [each.unit for each in units]) if is_open(each, today) and not each.waits}
    return [make_join_code(w, each.unit, actor=actor) for each in units if each.unit not in have]


def join_code_of(r: Reader, unit: str, text: str) -> JoinCode:
    """A code of this very unit. Raises NotFound."""
    for each in join_codes_of(r, [unit]):
        if each.code == text:
            return each
    raise NotFound("这个单位没有这个加入码。", reason="unknown_join_code", hint="请从“加入码”页面进入。")


def open_join_code(r: Reader, text: str) -> JoinCode:
    """A code that works today. Raises NotFound, in the same words whether it never was, is revoked, over or used up: whoever
    guesses learns nothing.
    """
    found = join_code(r, join_code_in(text))
    if found is None or not is_open(found, today_of(r.clock)):
        problem = UnknownCode if found is None else NotFound
        raise problem("这个加入码现在不能用。", reason="unknown_join_code",
                      hint="请核对有没有输错；没有输错的，它已经停用、到期或名额用完，请向联络员要新的。")  # fmt: skip
    return found


def open_unit_code(r: Reader, text: str) -> JoinCode:
    """One by which anybody of a unit joins. Raises NotFound, for one by which one waits for a word, too."""
    found = open_join_code(r, text)
    if found.waits:
        raise NotFound("这个码要等老师点头，不能直接加入。", reason="unknown_join_code", hint="请重新扫码，照页面上的填。")
    return found


def join(w: Writer, code: str, who: Registration, *, client_id: str, consent_version: str) -> tuple[str, str]:
    """Join through a code: registers, notes the consent, counts the code; the person's id and the token of their page.

    The same form sent twice (equal `client_id`) gives the same person. Raises BadInput without consent or name, JoinedOtherwise
    when the form was sent before with other values, Refused.
    """
    world = worlds.load(w)
    person = _joined_by(w, code, client_id)
    if known := people_by_id(w, [person]).get(person):
        return _joined_before(known, who), new_page(w, person)
    found = open_unit_code(w, code)
    if consent_version != world.rules[People].consent_version:
        raise BadInput("告知同意文本已更新，请重新阅读并同意。", reason="missing_value")
    if not who.name:
        raise BadInput("请填写姓名。", reason="missing_value")
    refuse_non_participating(find_unit(world, found.unit))
    consent = Draft(found.unit, "consent_given", subject("person", person),
                    {"version": consent_version, "guardian": who.guardian})  # fmt: skip
    registered = Registration(found.unit, who.name, who.number, who.class_name, who.phone, who.kind, who.guardian)
    say(w, [*register_drafts(person, registered, activity=world.activity), consent])
    count_joining(w, found.code)
    return person, new_page(w, person)


def is_sent_before(r: Reader, code: str, client_id: str) -> bool:
    """Whether this very form registered somebody already."""
    return home_of(r, _joined_by(r, code, client_id)) is not None


def _joined_by(r: Reader, code: str, client_id: str) -> str:
    known = join_code(r, join_code_in(code))
    return born_in(known.unit if known else "", hash_id(worlds.load(r).campaign, "joined", client_id))


def _joined_before(known: Person, who: Registration) -> str:
    """The id of somebody whom the same form registered. Raises JoinedOtherwise."""
    said = (known.name, known.class_name, known.phone, known.kind, known.guardian)
    if said != (who.name, who.class_name, who.phone, who.kind, who.guardian):
        raise JoinedOtherwise(known, who)
    return known.person


def person_of_page(r: Reader, token: str) -> Person:
    """Whose page a token opens. Raises NotFound, also once the time of links is over; it says then where the certificate is."""
    person = owner_of_page(r, token) or ""
    found = people_by_id(r, [person] if person else [])
    if not found:
        raise NotFound("这个链接打不开任何页面。", hint="请用加入时得到的链接，或请联络员帮您找回。")
    _check_time(r, found[person])
    return found[person]


def _check_time(r: Reader, person: Person) -> None:
    world = worlds.load(r)
    ended, days = world.rules[Live].ends_on, world.rules[People].link_days
    if not ended or not days or today_of(r.clock) <= (last := later(ended, days)):
        return
    home = world.tree.units.get(person.home)
    raise NotFound(f"训练营已经结束，这个链接到 {last} 为止。", reason="link_ended",
                   hint=f"证书凭编号在“查证书”页面核验；要补打，请找{home.name if home else '您的单位'}。")  # fmt: skip


def find_own_page(w: Writer, code: str, phone_end: str) -> str:
    """A new link for somebody who lost theirs: the code on their card, and the last four digits of the telephone they gave.

    Raises NotFound, whichever of the two does not fit.
    """
    nothing = NotFound("编码与手机号后四位对不上。", hint="请核对；没有留手机号的，请联络员帮您找回。")
    try:
        person = find_person(w, code)
    except (NotFound, BadInput) as problem:
        raise nothing from problem
    if len(phone_end) != 4 or not person.phone or not person.phone.endswith(phone_end):
        raise nothing
    return new_page(w, person.person, recovered=True)


def give_consent(w: Writer, person: Person, version: str, *, guardian: bool) -> None:
    """Note that somebody who is registered agreed to a version of the notice. Raises BadInput for another than today's."""
    if version != worlds.load(w).rules[People].consent_version:
        raise BadInput("告知同意文本已更新，请重新阅读并同意。", reason="missing_value")
    body = {"version": version, "guardian": guardian}
    say(w, [Draft(person.home, "consent_given", subject("person", person.person), body)])


def withdraw_consent(w: Writer, person: Person, reason: str = "") -> None:
    """Note that a person withdraws their consent; erasing the details is `people.erase`."""
    draft = Draft(person.home, "consent_withdrawn", subject("person", person.person), {"reason": reason})
    say(w, [draft])


def leave(w: Writer, person: Person) -> None:
    """Withdraw consent and erase the personal details, once: what was learned stays without a name (docs/ledger.md#erasure).

    The caller empties the write-ahead log afterwards (`Store.empty_log`), so that nothing erased is left behind in it.
    """
    if not has_withdrawn_consent(w, person.person):
        withdraw_consent(w, person)
    erase(w, person, "本人撤回同意")
