"""A part of the works that is ranked for itself: a node of the tree, a line, a field, a kind of account (F-14, F-15)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.accounts.queries import UNKNOWN_UNIT
from campmgr.areas.camp.settings import FIELDS
from campmgr.areas.units.settings import LINES
from campmgr.areas.works.rules.standings import UNKNOWN_ACCOUNT
from campmgr.areas.works.settings import ACCOUNT_KINDS
from campmgr.errors import BadInput
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.settings.terms import Vocabulary, match_word
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Division:
    """Which works: "" for all. `unit` and `line` are about the author, `field` and `account` about the work.

    As in the reports, a region counts whom it is home to, a line and a unit of a line its members.
    """

    unit: str = ""
    line: str = ""
    field: str = ""
    account: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == WHOLE

    @property
    def has_own_length(self) -> bool:
        """Whether the camp's length for divisions holds: kinds of account each have the full one."""
        return bool(self.unit or self.line or self.field)


WHOLE = Division()

_AT_HOME = """ and exists (select 1 from people p join units u on u.unit = p.home
    where p.person = w.person and u.path >= :path and u.path < :end)"""

# from the one person's few units, whatever the planner thinks of them
_MEMBER = """ and exists (select 1 from (select home as unit from people where person = w.person
        union all select unit from memberships where person = w.person) own cross join units u
    where u.unit = own.unit and u.path >= :path and u.path < :end and u.line = :line)"""
_FIELD = " and w.field = :field"
_ACCOUNT = " and coalesce(nullif(w.account, ''), :unknown) = :account"


def asked_division(world: World, unit: str = "", line: str = "", field: str = "", account: str = "") -> Division:
    """A division as somebody asks for it: a unit by code or name, words by their synonyms. Raises NotFound, BadInput."""
    return Division(
        find_unit(world, unit).unit if unit else "",
        _word(LINES, line),
        _word(FIELDS, field),
        _word(ACCOUNT_KINDS, account),
    )


def _word(vocabulary: Vocabulary, text: str) -> str:
    word = match_word(vocabulary, text) if text else ""
    if word is None:
        raise BadInput(f"没有“{text}”这种{vocabulary.name}。", reason="unknown_word", hint="可用：" + "、".join(vocabulary.words))
    return word


def where(r: Reader, division: Division) -> tuple[str, dict[str, object]]:
    """A condition on works `w`, to stand behind others, and its values. An unknown unit has no works."""
    values: dict[str, object] = {}
    parts = []
    if division.unit or division.line:
        path, line = "/", ""
        if division.unit:
            path, line = r.one("select path, line from units where unit = :unit", unit=division.unit) or ("//", "")
        values |= {"path": path, "end": path[:-1] + "0"}
        if line := division.line or line:
            values["line"] = line
        parts.append(_MEMBER if line else _AT_HOME)
    if division.field:
        parts.append(_FIELD)
        values["field"] = division.field
    if division.account:
        parts.append(_ACCOUNT)
        values |= {"account": division.account, "unknown": UNKNOWN_ACCOUNT}
    return "".join(parts), values


def division_words(world: World, division: Division) -> str:
    """The division as people read it, "" for all works."""
    unit = world.tree.units.get(division.unit)
    named = (
        ("", unit.name if unit else UNKNOWN_UNIT if division.unit else ""),
        ("条线：", division.line),
        ("领域：", division.field),
        ("", division.account),
    )
    return "、".join(label + word for label, word in named if word)
