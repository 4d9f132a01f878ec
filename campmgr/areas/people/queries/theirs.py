"""The door to one person: who is at home, or a member, in the units of an account."""

from __future__ import annotations

from campmgr.accounts.queries import Account, is_theirs, unit_name
from campmgr.areas.people.queries.finding import Person, mistyped, people_by_id, people_meant
from campmgr.errors import BadInput, NotAllowed, NotFound
from campmgr.facts.world import World
from campmgr.store.door import Reader


def person_for(r: Reader, world: World, account: Account, key: str, *, at_home: bool = False) -> Person:
    """The one door to a person by id: at home or a member in a unit that is the account's.

    Raises NotFound for anybody else; with `at_home`, NotAllowed for a member whose home is not theirs.
    """
    person = people_by_id(r, [key]).get(key)
    if person is None or not (is_home_theirs(world, account, person) or _is_member(r, world, account, person)):
        raise NotFound("没有这个人，或不在您的范围内。", hint="请从人员名单进入。")
    if at_home and not is_home_theirs(world, account, person):
        home = unit_name(world, person.home)
        raise NotAllowed(
            f"{person.shown_name} 的登记单位是 {home}，这一步要由那里的联络员来做。", hint="学习和签到您可以照常登记。"
        )
    return person


def find_theirs(r: Reader, world: World, account: Account, text: str) -> Person:
    """The one person at home in the account's units whom a code, 编号 or id means.

    Raises NotFound, the same for an unknown one and for somebody else's; BadInput for a mistyped or ambiguous one.
    """
    met = people_meant(r, [text])[text]
    found = [each for each in met if is_home_theirs(world, account, each)]
    if len(found) > 1:
        raise BadInput(f"这个编号在您的范围内有 {len(found)} 人。", reason="ambiguous_person", hint="请改用卡片上的 16 位编码。")
    if not found and mistyped(text):
        raise BadInput("编码的校验位不对，可能输错了。", reason="bad_check_digits", hint="请核对卡片上的 16 位数字。")
    if not found:
        raise NotFound("没有找到这个编码或编号的人，或不在您的范围内。", hint="请核对编号。")
    return found[0]


def is_home_theirs(world: World, account: Account, person: Person) -> bool:
    """Whether a person is at home in the account's units."""
    home = world.tree.units.get(person.home)
    return home is not None and is_theirs(world, account, home)


def _is_member(r: Reader, world: World, account: Account, person: Person) -> bool:
    rows = r.all("select unit from memberships where person = :person", person=person.person)
    units = [world.tree.units.get(row[0]) for row in rows]
    return any(unit is not None and is_theirs(world, account, unit) for unit in units)
