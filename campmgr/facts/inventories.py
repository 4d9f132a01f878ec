"""An inventory (台账): a list with fields that is declared once, kept by units or by a host (docs/add-an-inventory.md).

From the declaration come two kinds of facts, `<name>_listed` and `<name>_dropped`, and the fold to one table. A change says only
the fields it changes, so that two laptops may change different ones; a row's id is made of where it stands and of its key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from campmgr.errors import BadInput
from campmgr.facts.batches import BATCHES, all_of, spoken_of, withdrawals_of
from campmgr.facts.catalogue import Catalogue, kinds_of
from campmgr.facts.fold import Fold, Folding, Follow
from campmgr.facts.review import sides_row
from campmgr.facts.tables import REVIEW
from campmgr.facts.world import World
from campmgr.ids import hash_id, person_code
from campmgr.ledger.envelope import Fact, people_scope, scope_unit, subject, subject_key
from campmgr.ledger.kinds import Home, Kind, Right, fields
from campmgr.ledger.order import ReadFact, read_facts, stand, unheard_of
from campmgr.settings.sections import Chosen
from campmgr.store import ledger
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows
from campmgr.wording import normal

FieldSort = Literal["text", "whole", "tenths", "choice", "flag", "day", "person"]
"""What a field holds: a text, a whole number, a number with one decimal (kept as tenths), one of `choices`, yes or no, a day, the
id of a person (never a name).
"""

_HELD: dict[FieldSort, str] = {
    "text": "text", "whole": "int?", "tenths": "int?", "choice": "text", "flag": "flag", "day": "text", "person": "text",
}  # fmt: skip
_BLANK: dict[str, Any] = {"text": "", "int?": None, "flag": False}

LONGEST_FIELD = 500
"""Characters of a text in a field."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in facts and tables, its heading, what it holds, how wide its column is printed (0: the notice's form does
    not print it, the whole list does).

    `names`: other headings under which it comes back, separated by blanks; `within`: the least and the most that a number may be
    (of tenths in tenths). `is_past`: it is read, and asked no more. `offers`: what an activity's rules name for
    a text; its form offers those, and what stands there already. `counts`: the word of a whole number that says which of several,
    so that 第三类 is 3 (类). `asked`: whether an activity's rules ask for it before a row is
    handed in, though it may be listed without.
    """

    name: str
    heading: str
    sort: FieldSort = "text"
    width: int = 8
    names: str = ""
    choices: tuple[str, ...] = ()
    within: tuple[int, int] = (0, 10**9)
    required: bool = False
    is_past: bool = False
    offers: Callable[[Chosen], Sequence[str]] | None = None
    counts: str = ""
    asked: Callable[[Chosen], bool] | None = None

    def is_asked(self, rules: Chosen) -> bool:
        """Whether it is `asked` for by an activity's rules."""
        return self.asked is not None and self.asked(rules)

    @property
    def blank(self) -> Any:
        """What it holds while nothing was said of it."""
        return _BLANK[_HELD[self.sort]]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its choices as a form offers them: what is sent, and what is read."""
        return tuple((each, each) for each in self.choices)

    def offered(self, rules: Chosen, value: str = "") -> tuple[tuple[str, str], ...]:
        """What a form offers for it by an activity's rules, the value that stands there too; nothing where any text will do."""
        known = tuple(self.offers(rules)) if self.offers else ()
        others = (value,) if known and value and value not in known else ()
        return tuple((each, each) for each in (*known, *others))

    def shown(self, value: Any) -> str:
        """A value as people read it; a person by their code, since a name must not be kept anywhere."""
        if value is None or value == "":
            return ""
        if self.sort == "flag":
            return "是" if value else "否"
        if self.sort == "tenths":
            return f"{value // 10}.{value % 10}"
        return person_code(value) if self.sort == "person" else str(value)

    def refuse(self, value: Any) -> None:
        """Raises BadInput for a value that the declaration does not allow, of whatever way it came."""
        if self.required and value in {None, ""}:
            raise BadInput(f"请填写“{self.heading}”。", reason="missing_value")
        if isinstance(value, str) and len(value) > LONGEST_FIELD:
            raise BadInput(f"“{self.heading}”最多 {LONGEST_FIELD} 个字，现在是 {len(value)} 个。", reason="too_long")
        if self.sort == "choice" and value and value not in self.choices:
            raise BadInput(f"“{self.heading}”请填其中一项：{'、'.join(self.choices)}。", reason="unknown_word")
        least, most = self.within
        if self.sort in {"whole", "tenths"} and value is not None and not least <= value <= most:
            raise BadInput(f"“{self.heading}”请填 {self.shown(least)} 到 {self.shown(most)} 之间的数。", reason="out_of_range")


Check = Callable[[Mapping[str, Any]], tuple[str, str]]
"""Looks at all values of a row: ("", "") or the field that is wrong and a sentence."""


def _nothing_else(_: Mapping[str, Any]) -> tuple[str, str]:
    return "", ""


def _says_nothing(_: Chosen) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Inventory:
    """One inventory. `name` begins its kinds and subjects, `table` is its table and what commands call it, `called` what people
    call one row, `title` the whole; `sort` the sort of activity it belongs to; `key` the fields that make two rows the same.

    `home`: `PEOPLE` for rows that a unit keeps, in its own scope; `PUBLIC` for those that the activity's host keeps for everybody.
    `above`, `below`: lines of its form (`files/official_form.py`). `check` looks at a whole row. `printed`: the title as the form
    prints it, where that names what an activity decides; `said`: what then stands for the places in title and lines. `note`: told
    above the list on its page.
    """

    name: str
    table: str
    called: str
    title: str
    sort: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    home: Home = Home.PEOPLE
    above: tuple[str | tuple[str, ...], ...] = ("填报单位：{unit}",)
    below: tuple[str | tuple[str, ...], ...] = ()
    check: Check = _nothing_else
    printed: str = ""
    said: Callable[[Chosen], Mapping[str, str]] = _says_nothing
    note: str = ""

    def __post_init__(self) -> None:
        if not self.is_units and any(each.sort == "person" for each in self.fields):
            raise ValueError(f"{self.name}: nobody's id stands in public, where every node reads it")
        if any(self.by_name[each].sort == "person" for each in self.key):
            raise ValueError(f"{self.name}: a row is not named by a person, who may be erased")

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Its fields by their names."""
        return {each.name: each for each in self.fields}

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        """The fields that forms and files ask for."""
        return tuple(each for each in self.fields if not each.is_past)

    @property
    def is_units(self) -> bool:
        """Whether its rows are kept by units, each its own."""
        return self.home is Home.PEOPLE

    @cached_property
    def folded(self) -> Table:
        """Its table: one row for each row that was ever listed, dropped ones too."""
        return Table(self.table, (self.name, "activity", "unit", "listed", "listed_on", *self.by_name), 1, self.name)

    def row_id(self, activity: str, unit: str, values: Mapping[str, Any]) -> str:
        """The id of the row with this key; equal for whoever lists it, however the key is spelt in width, case and blanks."""
        key = ("".join(normal(self.by_name[each].shown(values[each])).casefold().split()) for each in self.key)
        return hash_id(self.name, activity, unit if self.is_units else "", *key)

    def key_shown(self, values: Mapping[str, Any]) -> str:
        """What names a row, for people."""
        return " ".join(self.by_name[each].shown(values[each]) for each in self.key)

    def refuse(self, values: Mapping[str, Any]) -> tuple[str, str, str]:
        """(Field, sentence, reason) of what is wrong with the values of a whole row first; blanks for nothing."""
        for each in self.fields:
            try:
                each.refuse(values[each.name])
            except BadInput as problem:
                return each.name, problem.sentence, problem.reason
        field, sentence = self.check(values)
        return field, sentence, "refused_by_rule" if sentence else ""


def inventory_kinds(inventory: Inventory) -> tuple[Kind, Kind]:
    """The kinds of an inventory: listed, also for every change and for what is listed again, and dropped."""
    home, right = inventory.home, Right.COVERS_SCOPE if inventory.is_units else Right.HOST
    body = {"activity": "text", "listed": "flag"} | {each.name: _HELD[each.sort] for each in inventory.fields}

    def words(_: Any, said: Mapping[str, Any]) -> str:
        is_new = all(each.name in said for each in inventory.fields)  # what was left blank then is no news
        shown = [each for each in inventory.fields if each.name in said and not (is_new and said[each.name] == each.blank)]
        told = [f"{each.heading} {each.shown(said[each.name]) or '（空）'}" for each in shown]
        return "；".join(told) or "重新列入"

    def dropped(_: Any, said: Mapping[str, Any]) -> str:
        return str(said["reason"])

    about, folds = (inventory.name,), (inventory.table,)
    return (
        Kind(f"{inventory.name}_listed", home, right, about, folds, body, called=f"登记{inventory.called}", words=words,
             brings=f"{{n}} 次登记{inventory.called}", registers=("*",), partial=True),
        Kind(f"{inventory.name}_dropped", home, right, about, folds, fields("activity listed:flag reason"),
             called=f"撤下{inventory.called}", words=dropped, registers=("listed=listed",)),
    )  # fmt: skip


def inventory_fold(inventory: Inventory) -> Fold:
    """The fold of an inventory into its table, and what was said of one field side by side into the review."""

    def run(folding: Folding, keys: Sequence[str]) -> tuple[()]:
        held = list(ledger.of_subjects(folding.w, (subject(inventory.name, key) for key in keys)))
        counting = list(folding.admission.of(held))
        facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in counting:
            facts[subject_key(fact.subject)].append(fact)
        kinds = kinds_of(folding.w)
        told = {key: own_facts(inventory, key, read_facts(kinds, some)) for key, some in facts.items()}
        if not inventory.is_units:
            told = {key: _by_right(folding.world, some) for key, some in told.items()}
            by_right = {one.id for some in told.values() for one in some}
            counting = [fact for fact in counting if fact.chain in by_right]
        withdrawn, unheard = withdrawals_of(folding.w, told.values()), unheard_of(kinds, held, counting)
        rows: list[Row] = []
        review: list[Row] = []
        for key, some in told.items():
            stood = stand(some, withdrawn, [one for one in unheard if subject_key(one.fact.subject) == key])
            since = min((one.fact.happened_on for one in stood.said if one.row.partial), default="")
            if row := _row(inventory, key, stood.facts, since):
                rows.append(row)
                review += [sides_row(sides, row[2]) for sides in stood.sides]
        sync_rows(folding.w, inventory.folded, keys, rows)
        sync_rows(folding.w, REVIEW, [subject(inventory.name, key) for key in keys], review)
        return ()

    every = all_of(inventory.name)

    def of_hosts(folding: Folding, units: Collection[str]) -> Iterable[str]:
        return every(folding, units) if any(each.host in units for each in folding.world.activities.values()) else ()

    rights: dict[str, Follow] = {} if inventory.is_units else {"trust": every, "activities": every, "units": of_hosts}
    return Fold(name=inventory.table, sort=inventory.name, run=run, tables=(inventory.folded,), shares=(REVIEW,),
                reads={BATCHES: spoken_of(inventory.name), **rights})  # fmt: skip


def _by_right(world: World, told: Sequence[ReadFact]) -> list[ReadFact]:
    """Of what was said of a host's row what the activity's host said, or the root: in `public` anybody of the camp can write, and
    it may have come before the activity, or before what gave the host its right.
    """
    activity = {"activity": next((str(one.body["activity"]) for one in told if "activity" in one.body), "")}
    return [one for one in told if world.hosting.may_speak(one.fact.writer, one.fact.subject, activity, one.fact)]


def own_facts(inventory: Inventory, row: str, told: Sequence[ReadFact]) -> list[ReadFact]:
    """Of what was said of a row what was said where it stands: its id is made of activity, unit and key, so that nobody changes
    another unit's row, or that of another activity, from where they may write.
    """
    for one in told:
        if one.fact.kind == f"{inventory.name}_listed" and one.body.keys() >= {"activity", *inventory.key}:
            activity, unit = one.body["activity"], scope_unit(one.fact.scope) or ""
            if inventory.row_id(activity, unit, one.body) == row:
                scope = people_scope(unit) if inventory.is_units else one.fact.scope
                return [each for each in told if scope in each.scopes and each.body.get("activity", activity) == activity]
    return []


def _row(inventory: Inventory, key: str, facts: Iterable[ReadFact], since: str) -> Row | None:
    said: dict[str, Any] = {}
    unit = ""
    for one in facts:
        if one.fact.kind.startswith(f"{inventory.name}_"):
            unit = scope_unit(one.fact.scope) or ""
            said |= {name: value for name, value in one.body.items() if name != "reason"}
    if not said.keys() >= {"activity", "listed", *inventory.key}:
        return None
    values = (said.get(each.name, each.blank) for each in inventory.fields)
    kept = (int(value) if isinstance(value, bool) else value for value in values)
    return (key, said["activity"], unit, int(said["listed"]), since, *kept)


def inventories_of(catalogue: Catalogue) -> Mapping[str, Inventory]:
    """Every inventory that the areas declare, by the sort of subject it speaks of."""
    return catalogue.joined(_inventories)


def _inventories(catalogue: Catalogue) -> dict[str, Inventory]:
    return {each.name: each for _, some in catalogue.named("inventories") for each in some}
