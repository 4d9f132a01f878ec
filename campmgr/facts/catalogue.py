"""Everything that the areas bring, joined and checked once; every handle of a data file carries it.

It is handed to whoever opens a data file, never fetched from a global: a test may open one with an area more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from typing import Any, TypeVar, cast

from campmgr.facts.area import Area, Forgotten, Sort
from campmgr.facts.kinds import KINDS, WITHDRAWN
from campmgr.ledger.kinds import Kind, Kinds
from campmgr.settings import limits
from campmgr.settings.rule_book import RuleBook, unknown_preset
from campmgr.settings.rules import Rules
from campmgr.settings.sections import Section
from campmgr.store.commits import Handed
from campmgr.store.door import Reader, Writer
from campmgr.store.schemas import Schema

_Joined = TypeVar("_Joined")


CAMP = "camp"
"""The sort of the training camp."""


class Misbuilt(ValueError):
    """The areas do not fit together; the sentence says what and in which file."""


class Catalogue:
    """The areas in their order, and what they bring together. Raises Misbuilt where they do not fit together.

    `rooms`: the tables of rooms that are no areas. `begin`, `finish`: see there.
    """

    def __init__(
        self,
        areas: Sequence[Area],
        rooms: Sequence[Schema] = (),
        begin: Callable[[Writer], None] | None = None,
        finish: Callable[[Writer, Sequence[Handed]], None] | None = None,
    ) -> None:
        self.areas = tuple(areas)
        self._begin = begin
        self._finish = finish
        _check_uses(self.areas)
        self.kinds: Kinds = _kinds(self.named("kinds"))
        own = (
            Schema("facts 1", "campmgr.facts"),
            Schema("facts 2", "campmgr.facts", "schema_2.sql"),
            Schema("facts 3", "campmgr.facts", "schema_3.sql"),
            Schema("facts 4", "campmgr.facts", "schema_4.sql"),
            Schema("facts 5", "campmgr.facts", "schema_5.sql"),
            Schema("facts 6", "campmgr.facts", "schema_6.sql"),
        )
        self.schemas = (*own, *rooms, *(schema for area in areas for schema in area.schemas))
        _check_schemas(self.schemas)
        self.forgets: tuple[Callable[[Writer, Forgotten], None], ...] = tuple(forget for _, forget in self.named("forgets"))
        self._joined: dict[Callable[[Catalogue], Any], Any] = {}

    @cached_property
    def sorts(self) -> Mapping[str, Sort]:
        """The sorts of activity that this program knows, by their names. Raises Misbuilt."""
        declared = [(area, area.declares) for area in self.areas if area.declares]
        for area in self.areas:
            if area.sort and area.sort not in {sort.name for _, sort in declared}:
                raise Misbuilt(f"{place(area)}: is of the sort {area.sort!r}, which no area declares")
        names = [sort.name for _, sort in declared]
        for area, sort in declared:
            if names.count(sort.name) > 1 or area.sort != sort.name:
                raise Misbuilt(f"{place(area)}: the sort {sort.name!r} is declared twice, or by an area of another")
        return {sort.name: sort for _, sort in declared}

    @cached_property
    def book(self) -> RuleBook:
        """Every setting of a camp, and of what every data file has. Raises Misbuilt."""
        return self._book(("", CAMP))

    @cached_property
    def root_book(self) -> RuleBook:
        """Every setting of what every data file has, whatever runs in it. Raises Misbuilt."""
        return self._book(("",))

    @cached_property
    def books(self) -> Mapping[str, RuleBook]:
        """The rule book of each sort of activity: the settings of its areas alone; a camp's has those of the root, too."""
        return {sort: self.book if sort == CAMP else self._book((sort,), ()) for sort in self.sorts}

    @cached_property
    def presets(self) -> Mapping[str, str]:
        """The sort of each preset that comes with the program, camps first. Raises Misbuilt for a name that is there twice."""
        found: dict[str, str] = {}
        for sort, book in sorted(self.books.items(), key=lambda each: each[0] != CAMP):
            for name in book.preset_names():
                if name in found:
                    raise Misbuilt(f"the preset {name!r} is one of the sort {found[name]!r} and of {sort!r}")
                found[name] = sort
        return found

    def sort_of(self, preset: str) -> str:
        """The sort of activity that a preset opens. Raises BadInput for one that is not there."""
        if preset not in self.presets:
            raise unknown_preset(preset, tuple(self.presets))
        return self.presets[preset]

    def root_rules(self, preset: str) -> Rules:
        """What a preset of another sort than a camp says of the root: units, limits."""
        whole = self._book(("", self.sort_of(preset))).preset(preset).to_mapping()
        return self.root_book.from_mapping({name: whole[name] for name in self.root_book.sections.parts})

    def activity_rules(self, preset: str) -> Rules:
        """The rules that a preset fills an activity's form with; what it says of the root is left out. Raises BadInput."""
        sort = self.sort_of(preset)
        if sort == CAMP:
            return self.book.preset(preset)
        whole = self._book(("", sort)).preset(preset).to_mapping()
        return self.books[sort].from_mapping({name: whole[name] for name in self.books[sort].sections.parts})

    def _book(self, sorts: Collection[str], more: Sequence[Section] = limits.SECTIONS) -> RuleBook:
        sections = [section for area, brought in self.named("settings") if area.sort in sorts for section in brought]
        try:
            return RuleBook([*more, *sections])
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

    def finish(self, w: Writer, handed: Sequence[Handed]) -> None:
        """What is done once for all writes that share a commit: what they said is sealed and folded (`facts/saying`)."""
        if self._finish is not None:
            self._finish(w, handed)


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
