"""The list of correspondents as it comes back: people of the unit, each with the duty 宣传员 from a day on.

Names and telephones become details, which can be erased; the duty holds the post and nothing else of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from campmgr.areas.duties.queries import has_duty
from campmgr.areas.people.actions.people import Registration, register_drafts, typed_person
from campmgr.areas.people.queries.finding import Person, is_at_home, people_by_name
from campmgr.areas.points.actions.placing import Placing, Sender
from campmgr.areas.points.queries.roster import DUTY
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem, SeenRows, changes, row_words
from campmgr.facts.saying import may_say
from campmgr.facts.streaming import StreamPlanner
from campmgr.facts.world import World
from campmgr.ids import random_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader
from campmgr.wording import name_key


class RosterRow(NamedTuple):
    """A row of the list: unit and activity as they are written, the name, the post, the telephone ("" for none), what else the duty
    says (full_time).
    """

    activity: str
    unit: str
    name: str
    post: str
    phone: str
    more: Mapping[str, bool]


class RosterPlanner(StreamPlanner[RosterRow]):
    """Plans rows of correspondents."""

    def __init__(self, to: Sender, day: str) -> None:
        self._to, self._day, self._seen = to, day, SeenRows()

    def prepare(self, r: Reader, rows: Sequence[RosterRow]) -> None:
        """See the world as it is now, and who bears these names."""
        self._r, self._place = r, Placing(r, self._to)
        self._named = people_by_name(r, [row.name for row in rows])

    def plan(self, number: int, row: RosterRow) -> RowPlan:
        """The plan for one row. Raises RowProblem."""
        activity = self._place.activity(row.activity)
        unit = self._place.unit(activity, row.unit)
        if (first := self._seen.first((unit, name_key(row.name), row.phone), number)) is not None:
            raise RowProblem("name", row.name, "repeated_row", f"与{row_words(first)}是同一个人。请只留一行。")
        known = self._known(unit, row)
        who = Registration(unit, row.name, phone=row.phone or (known.phone if known else ""), kind=OUTSIDE)
        person = known.person if known else typed_person(self._place.world, who, random_id())
        drafts: list[Draft] = []
        if known is None:
            drafts += register_drafts(person, who, self._to.batch, self._to.actor)
        elif row.phone and row.phone != known.phone:
            drafts.append(Draft(unit, "person_details_changed", subject("person", person), {"phone": row.phone},
                                actor=self._to.actor, batch=self._to.batch))  # fmt: skip
        is_new = not has_duty(self._r, person, activity.id, DUTY)
        if is_new:
            more = {**({"post": row.post} if row.post else {}), **row.more}
            body = {"activity": activity.id, "duty": DUTY, "unit": unit, "from_on": self._day, "until_on": "", "more": more}
            drafts.append(Draft(unit, "duty_given", subject("person", person), body, actor=self._to.actor, batch=self._to.batch))
        if not drafts:
            return UNCHANGED
        if not may_say(self._r, drafts[0]):
            raise RowProblem("unit", row.unit, "not_granted", "这份数据文件没有写入这个单位的授权。请由那个单位或它的上级导入。")
        if is_new:
            return RowPlan("new", tuple(drafts))
        return RowPlan("changed", tuple(drafts), changes(("phone", known.phone if known else "", row.phone)))

    def about(self, row: RosterRow) -> str:
        """The name."""
        return row.name

    def _known(self, unit: str, row: RosterRow) -> Person | None:
        same = same_people(self._place.world, self._named.get(name_key(row.name), []), unit, row.phone)
        if len(same) > 1:
            raise RowProblem("name", row.name, "conflict", f"本单位有 {len(same)} 位“{row.name}”，请写联系电话区分。")
        return same[0] if same else None


def same_people(world: World, named: Iterable[Person], unit: str, phone: str) -> list[Person]:
    """Who of those with one name is at home in a unit and has no other telephone than this ("" for none said)."""
    here = [each for each in named if is_at_home(world, each, unit) and not each.erased]
    return [each for each in here if not phone or each.phone in {"", phone}] or (here if len(here) == 1 else [])
