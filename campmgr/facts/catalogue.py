"""Everything that the areas bring, joined and checked once; every handle of a data file carries it.

It is handed to whoever opens a data file, never fetched from a global: a test may open one with an area more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from typing import Any, TypeVar, cast

from campmgr.facts.area import Area
from campmgr.facts.kinds import KINDS, WITHDRAWN
from campmgr.ledger.kinds import Kind, Kinds
from campmgr.settings import limits
from campmgr.settings.rule_book import RuleBook
from campmgr.store.door import Reader, Writer
from campmgr.store.schemas import Schema

_Joined = TypeVar("_Joined")


class Misbuilt(ValueError):
    """The areas do not fit together; the sentence says what and in which file."""


class Catalogue:
    """The areas in their order, and what they bring together. Raises Misbuilt where they do not fit together.

    `rooms`: the tables of rooms that are no areas. `begin`: see there.
    """

    def __init__(self, areas: Sequence[Area], rooms: Sequence[Schema] = (), begin: Callable[[Writer], None] | None = None) -> None:
        self.areas = tuple(areas)
        self._begin = begin
        _check_uses(self.areas)
        self.kinds: Kinds = _kinds(self.named("kinds"))
        self.schemas = (Schema("facts 1", "campmgr.facts"), *rooms, *(schema for area in areas for schema in area.schemas))
        _check_schemas(self.schemas)
        self.forgets: tuple[Callable[[Writer, str], None], ...] = tuple(forget for _, forget in self.named("forgets"))
        self._joined: dict[Callable[[Catalogue], Any], Any] = {}

    @cached_property
    def book(self) -> RuleBook:
        """Every setting that this program knows. Raises Misbuilt."""
        sections = [section for _, brought in self.named("settings") for section in brought]
        try:
            return RuleBook([*limits.SECTIONS, *sections])
        except ValueError as problem:
            raise Misbuilt(str(problem)) from problem

    def joined(self, join: Callable[[Catalogue], _Joined]) -> _Joined:
        """What a room above this one makes of all areas: made when it is first asked for, and kept."""
        if join not in self._joined:
            self._joined[join] = join(self)
        return cast("_Joined", self._joined[join])

    def named(self, what: str) -> list[tuple[Area, Any]]:
        """The areas that name something lazily ("folds", "world", "settings"), each with what stands there. Raises Misbuilt."""
        return [(area, load(area, where)) for area in self.areas if (where := getattr(area, what))]

    def begin(self, w: Writer) -> None:
        """What every transaction that writes begins with: a copied file says who it is (`facts/record.introduce`)."""
        if self._begin is not None:
            self._begin(w)


def catalogue(r: Reader) -> Catalogue:
    """The catalogue of the data file in hand."""
    return cast("Catalogue", r.plan)


def kinds_of(r: Reader) -> Kinds:
    """Every kind that the data file in hand is read by."""
    return catalogue(r).kinds


def place(area: Area, file: str = "area.py") -> str:
    """Where an area says something, for a sentence."""
    return f"campmgr/areas/{area.name}/{file}"


def load(area: Area, where: str) -> Any:
    """What stands at "module:NAME". Raises Misbuilt."""
    module, _, name = where.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ModuleNotFoundError, AttributeError) as problem:
        raise Misbuilt(f"{place(area)}: names {where}, and there is no such thing: {problem}") from problem


def _kinds(brought: Sequence[tuple[Area, Sequence[Kind]]]) -> Kinds:
    rows = [("campmgr/facts/kinds.py", kind) for kind in KINDS]
    rows += [(place(area, "kinds.py"), kind) for area, kinds in brought for kind in kinds]
    found: dict[str, Kind] = {}
    for where, kind in rows:
        if kind.name in found:
            raise Misbuilt(f"{where}: the kind {kind.name!r} has a row already")
        found[kind.name] = kind
    subjects = dict.fromkeys(subject for kind in found.values() if not kind.stays for subject in kind.subjects)
    found[WITHDRAWN] = replace(found[WITHDRAWN], subjects=tuple(subjects))
    return found


def _check_uses(areas: Sequence[Area]) -> None:
    before: set[str] = set()
    for area in areas:
        if area.name in before:
            raise Misbuilt(f"{place(area)}: the area {area.name!r} is named twice in areas/register.py")
        for used in area.uses:
            if used not in before:
                raise Misbuilt(f"{place(area)}: uses {used!r}, which does not stand before {area.name!r} in areas/register.py")
        before.add(area.name)


def _check_schemas(schemas: Sequence[Schema]) -> None:
    names = [schema.name for schema in schemas]
    for schema in schemas:
        if names.count(schema.name) > 1:
            raise Misbuilt(f"{schema.package.replace('.', '/')}/{schema.file}: {schema.name!r} is the name of another schema too")
