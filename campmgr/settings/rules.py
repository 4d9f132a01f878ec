"""The rules of one camp as a value: a section's settings by its class, shown, changed one key at a time, and their digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import SimpleNamespace
from typing import Any, TypeVar, cast, overload

from campmgr import ids
from campmgr.settings.complaints import Complaint, refusal
from campmgr.settings.fields import Field, Value
from campmgr.settings.reading import plain, read_text, shown
from campmgr.settings.sections import Sections
from campmgr.wording import Reason

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A setting as `rules show` prints it."""

    key: str
    value: str
    label: str
    source: str
    is_open: bool
    says: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """A camp's resolved rules: `rules[Hours].unit_minutes` is the setting "hours.unit_minutes" that the class Hours declares.

    Templates reach a section by its name, `rules.hours.unit_minutes`, and so does code that stands below the areas.
    """

    sections: Sections = field(repr=False, compare=False)
    shapes: Mapping[type[Any], Any]

    @overload
    def __getitem__(self, section: type[S]) -> S: ...
    @overload
    def __getitem__(self, section: str) -> Any: ...
    def __getitem__(self, section: type[S] | str) -> Any:
        if not isinstance(section, str):
            return self.shapes[section]
        parts = [self.shapes[part.shape] for part in self.sections.parts[section]]
        return parts[0] if len(parts) == 1 else SimpleNamespace(**{each.name: value for each, value in self._values(section)})

    def has(self, section: type[Any], /) -> bool:
        """Whether a section is one of these rules."""
        return section in self.shapes

    def value_of(self, key: str) -> Value:
        """The value of one setting. Raises BadInput "unknown_rule" with the nearest known key."""
        return self._value(self.sections.known(key))

    def with_change(self, key: str, text: str) -> Rules:
        """The rules with one setting changed to a typed value (`rules set KEY VALUE`).

        Raises BadInput: "unknown_rule" with the nearest known key, or the complaint about the value. What did not go together
        before, in a file of an older program, keeps nobody from changing another setting.
        """
        about = self.sections.known(key)
        value = read_text(about, text)
        if isinstance(value, Complaint):
            raise refusal((value,))
        changed = self.with_section(replace(self.shapes[about.section], **{about.name: value}))
        before = self.sections.disagreements(self)
        if disagreements := [each for each in self.sections.disagreements(changed) if each not in before]:
            raise refusal(disagreements)
        return changed

    def with_section(self, section: object) -> Rules:
        """The rules with another section in the place of the one of its class."""
        return Rules(self.sections, {**self.shapes, type(section): section})

    def to_mapping(self) -> dict[str, dict[str, str | int | bool | list[str]]]:
        """The resolved rules as JSON: strings, integers, booleans, lists, dicts. `from_mapping` of it gives equal rules."""
        return {name: {about.name: plain(value) for about, value in self._values(name)} for name in self.sections.parts}

    def digest(self) -> str:
        """SHA-256 of the resolved rules in canonical form, as 64 hex digits."""
        return ids.sha256(ids.canonical(self.to_mapping()))

    def show(self) -> tuple[RuleLine, ...]:
        """Every setting with its value, label, source and whether the notice leaves it open."""
        return tuple(self.line(key) for key in self.sections.fields)

    def line(self, key: str) -> RuleLine:
        """One of these lines."""
        about = self.sections.fields[key]
        value = shown(self._value(about))
        return RuleLine(key, value, about.kept_label, about.source, about.is_open, about.says, about.allowed)

    def by_section(self, lines: Iterable[RuleLine]) -> list[tuple[str, tuple[RuleLine, ...]]]:
        """Lines in their order, under the titles of their sections."""
        runs = groupby(lines, key=lambda line: line.key.partition(".")[0])
        return [(self.sections.parts[name][0].title, tuple(run)) for name, run in runs]

    def reminders(self) -> tuple[Reason, ...]:
        """What the notice left open and the set-up page reminds of until it is set."""
        return self.sections.reminders(self)

    def _values(self, section: str) -> Iterator[tuple[Field, Value]]:
        fields = (about for key, about in self.sections.fields.items() if key.partition(".")[0] == section)
        return ((about, self._value(about)) for about in fields)

    def _value(self, about: Field) -> Value:
        return cast("Value", getattr(self.shapes[about.section], about.name))
