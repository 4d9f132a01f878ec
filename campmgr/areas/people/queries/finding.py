"""Finding people by what somebody types: a minted code, a 编号, a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.fold.aliases import ALIASES
from campmgr.areas.people.fold.people import IS_ABSENT
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.world import World
from campmgr.ids import is_person_code
from campmgr.masks import mask_name
from campmgr.store.door import Reader
from campmgr.store.tables import has_rows
from campmgr.typed_codes import person_code_in, readings
from campmgr.wording import name_key

ERASED = "已删除"
"""What stands where an erased name would (docs/ledger.md#erasure)."""

_CHOOSE_CODE = "请改用胸卡上的 16 位编码。"
_CHOOSE_NAME = "两张胸卡碰巧同号，请到人员名单里按姓名找。"

_PEOPLE = f"""select p.person, p.home, p.kind, p.number, p.name, p.class_name, p.phone, p.guardian, p.erased, p.code, {IS_ABSENT},
    p.left_on
    from people p where """  # noqa: S608 - our own words
_BY_ID = _PEOPLE + "person in (:keys)"
_BY_NUMBER = _PEOPLE + "number in (:keys) and number <> ''"  # as the index says, else all people are looked through
_BY_CODE = _PEOPLE + "code in (:keys)"
_BY_NAME = _PEOPLE + "name_key in (:keys) and name_key <> ''"


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is. `is_absent`: they were in an earlier camp, and are not in the one that is going on. `left_on`: the day
    from which they have left, "" for who is here.
    """

    person: str
    home: str
    kind: str
    number: str
    name: str
    class_name: str = ""
    phone: str = ""
    guardian: bool = False
    erased: bool = False
    code: str = ""
    is_absent: bool = False
    left_on: str = ""

    @property
    def shown_name(self) -> str:
        """The name as shown: erased ones show 已删除."""
        return ERASED if self.erased and not self.name else self.name


def masked_name(shown: str) -> str:
    """A shown name for everyone's eyes: masked, while 已删除 stays readable."""
    return shown if shown == ERASED else mask_name(shown)


def person_of_row(row: tuple[object, ...]) -> Person:
    """A person from the columns above."""
    return Person(*row[:7], bool(row[7]), bool(row[8]), row[9], bool(row[10]), row[11])  # type: ignore[arg-type, call-arg]  # ours


def people_by_id(r: Reader, ids: Iterable[str]) -> dict[str, Person]:
    """People by their ids, merged ones under the id asked for."""
    wanted = list(ids)
    instead: dict[str, str] = {}
    if has_rows(r, ALIASES):
        instead = dict(r.among("select person, stands_for from aliases where person in (:keys)", wanted))
    found = {row[0]: person_of_row(row) for row in r.among(_BY_ID, {instead.get(each, each) for each in wanted})}
    return {each: found[instead.get(each, each)] for each in wanted if instead.get(each, each) in found}


def people_by_number(r: Reader, numbers: Iterable[str]) -> dict[str, list[Person]]:
    """Everyone with one of these 编号 or minted codes, by what was asked."""
    wanted = set(numbers)
    found: dict[str, list[Person]] = {}
    for row in r.among(_BY_NUMBER, wanted):
        found.setdefault(str(row[3]), []).append(person_of_row(row))
    codes = [each for each in wanted if is_person_code(each)]
    for row in r.among(_BY_CODE, codes):
        found.setdefault(str(row[9]), []).append(person_of_row(row))
    older: dict[str, str] = dict(r.among("select code, stands_for from aliases where code in (:keys)", codes))
    people = people_by_id(r, older.values())
    for code, person in older.items():
        if person in people:
            found.setdefault(code, []).append(people[person])
    return found


def is_at_home(world: World, person: Person, unit: str) -> bool:
    """Whether somebody is at home in a unit, or in one that was merged into it."""
    home = world.tree.units.get(person.home)
    return person.home == unit or (home is not None and world.tree.standing(home).unit == unit)


def numbered_in(r: Reader, world: World, unit: str, number: str) -> list[Person]:
    """Who is at home in a unit with this 编号, of whatever name: one, where no two laptops gave it to two."""
    found = people_by_number(r, [number]).get(number, [])
    return [each for each in found if each.number == number and is_at_home(world, each, unit)]


def people_by_name(r: Reader, names: Iterable[str]) -> dict[str, list[Person]]:
    """Everyone with one of these names, however written, by the key of the name (`wording.name_key`)."""
    found: dict[str, list[Person]] = {}
    for row in r.among(_BY_NAME, {name_key(name) for name in names}):
        found.setdefault(name_key(str(row[4])), []).append(person_of_row(row))
    return found


def people_of_name_and_phone(r: Reader, name: str, phone: str) -> list[Person]:
    """Everyone with both this name, however written, and this telephone; nobody where either is blank."""
    key = name_key(name)
    if not key or not phone:
        return []
    rows = r.all(_PEOPLE + "name_key = :key and name_key <> '' and phone = :phone order by person", key=key, phone=phone)
    return [person_of_row(row) for row in rows]


def people_meant(r: Reader, texts: Iterable[str]) -> dict[str, list[Person]]:
    """Everyone whom each of these can mean, as they were typed, pasted or scanned: by 编号 or minted code, by id; in this order."""
    forms = {text: readings(text) for text in texts}
    codes = {text: person_code_in(text) for text in forms}
    by_number = people_by_number(r, {form for each in forms.values() for form in each} | set(filter(None, codes.values())))
    by_id = people_by_id(r, {form for each in forms.values() for form in each if len(form) == 32})
    found: dict[str, list[Person]] = {}
    for text, each in forms.items():
        met = next((by_number[form] for form in (*each, codes[text]) if form in by_number), [])
        found[text] = met or [by_id[form] for form in each if form in by_id][:1]
    return found


def person_of_unit(r: Reader, unit: str, text: str) -> Person:
    """The one person at home in a unit whom a minted code, a 编号 or an id means. Raises NotFound, which names nobody."""
    found = [each for each in people_meant(r, [text])[text] if each.home == unit]
    if len(found) != 1:
        raise NotFound(f"本单位没有编码或编号为“{text}”的人，或不止一人。", hint="请到人员页核对，填 16 位编码。")
    return found[0]


def find_person(r: Reader, text: str) -> Person:
    """The one person a minted code, a 编号 that is unique here, or an id means (docs/ledger.md#ids).

    Raises NotFound, BadInput "bad_check_digits" for a mistyped code, BadInput "ambiguous_person" when several fit.
    """
    found = people_meant(r, [text])[text]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        world = worlds.load(r)
        names = "、".join(f"{each.shown_name}（{unit_name(world, each.home)}）" for each in found[:5])
        raise BadInput(
            f"编号“{text}”对应多人：{names}。",
            reason="ambiguous_person",
            hint=_CHOOSE_CODE if not is_person_code(text) else _CHOOSE_NAME,
        )
    if mistyped(text):
        raise BadInput(f"编码“{text}”的校验位不对，可能输错了。", reason="bad_check_digits", hint="请核对卡片上的 16 位数字。")
    raise NotFound(f"没有找到编号为“{text}”的人。", reason="unknown_person", hint="请核对编号，或先登记。")


def told_apart(world: World, people: Sequence[Person]) -> str:
    """How people of one name or 编号 differ, for somebody who must choose: unit where it differs, class, 编号 or minted code."""
    homes = {each.home for each in people}

    def words(one: Person) -> str:
        home = unit_name(world, one.home) if len(homes) > 1 else ""
        return " ".join(filter(None, (home, one.class_name, f"编号 {one.number}" if one.number else f"编码 {one.code}")))

    told = sorted(map(words, people))  # ids come in no order that a reader knows
    return "；".join(told[:3]) + ("……" if len(told) > 3 else "")


def mistyped(text: str) -> bool:
    """Whether a text looks like a minted code and its check digits do not fit."""
    bare = "".join(readings(text)[-1].split()).replace("-", "")
    return len(bare) == 16 and bare.isascii() and bare.isdigit() and not is_person_code(bare)


def credited_of(r: Reader, people: Iterable[str]) -> dict[str, int]:
    """Hours in hundredths of these people."""
    return dict(r.among("select person, credited from people where person in (:keys)", people))
