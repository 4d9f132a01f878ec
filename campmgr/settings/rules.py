"""The rules of one camp as a value: a section's settings by its class, shown, changed one key at a time, and their digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from campmgr import ids
from campmgr.errors import BadInput
from campmgr.settings.fields import Complaint, Field, Value
from campmgr.settings.reading import plain, read_text, shown
from campmgr.settings.terms import nearest
from campmgr.wording import Reason

if TYPE_CHECKING:
    from campmgr.settings.rule_book import RuleBook

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

    book: RuleBook = field(repr=False, compare=False)
    shapes: Mapping[type[Any], Any]

    @overload
    def __getitem__(self, section: type[S]) -> S: ...
    @overload
    def __getitem__(self, section: str) -> Any: ...
    def __getitem__(self, section: type[S] | str) -> Any:
        if not isinstance(section, str):
            return self.shapes[section]
        parts = [self.shapes[part.shape] for part in self.book.parts[section]]
        return parts[0] if len(parts) == 1 else SimpleNamespace(**{each.name: value for each, value in self._values(section)})

    def value_of(self, key: str) -> Value:
        """The value of one setting. Raises BadInput "unknown_rule" with the nearest known key."""
        return self._value(self.book.known(key))

    def with_change(self, key: str, text: str) -> Rules:
        """The rules with one setting changed to a typed value (`rules set KEY VALUE`).

        Raises BadInput: "unknown_rule" with the nearest known key, or the complaint about the value.
        """
        about = self.book.known(key)
        value = read_text(about, text)
        if isinstance(value, Complaint):
            raise refusal((value,))
        changed = self.with_section(replace(self.shapes[about.section], **{about.name: value}))
        if disagreements := self.book.disagreements(changed):
            raise refusal(disagreements)
        return changed

    def with_section(self, section: object) -> Rules:
        """The rules with another section in the place of the one of its class."""
        return Rules(self.book, {**self.shapes, type(section): section})

    def to_mapping(self) -> dict[str, dict[str, str | int | bool | list[str]]]:
        """The resolved rules as JSON: strings, integers, booleans, lists, dicts. `from_mapping` of it gives equal rules."""
        return {name: {about.name: plain(value) for about, value in self._values(name)} for name in self.book.parts}

    def digest(self) -> str:
        """SHA-256 of the resolved rules in canonical form, as 64 hex digits."""
        return ids.sha256(ids.canonical(self.to_mapping()))

    def show(self) -> tuple[RuleLine, ...]:
        """Every setting with its value, label, source and whether the notice leaves it open."""
        return tuple(self.line(key) for key in self.book.fields)

    def line(self, key: str) -> RuleLine:
        """One of these lines."""
        about = self.book.fields[key]
        value = shown(self._value(about))
        return RuleLine(key, value, about.label, about.source, about.is_open, about.says, about.allowed)

    def reminders(self) -> tuple[Reason, ...]:
        """What the notice left open and the set-up page reminds of until it is set."""
        return tuple(reason for section in self.book.sections if section.remind for reason in section.remind(self))

    def _values(self, section: str) -> Iterator[tuple[Field, Value]]:
        fields = (about for key, about in self.book.fields.items() if key.partition(".")[0] == section)
        return ((about, self._value(about)) for about in fields)

    def _value(self, about: Field) -> Value:
        return cast("Value", getattr(self.shapes[about.section], about.name))


def refusal(complaints: Sequence[Complaint]) -> BadInput:
    """One refusal for all complaints; its reason is the first one's."""
    sentences = "\n".join(each.sentence for each in complaints)
    return BadInput(sentences, reason=complaints[0].reason, hint="用 campmgr rules show 查看全部设置和可用的值。")


def unknown(key: str, known: Mapping[str, object]) -> Complaint:
    """The complaint about a key that nobody declares, with the nearest that somebody does."""
    close = nearest(key, known)
    return Complaint(key, "", f"没有这一项设置；是不是“{close}”？" if close else "没有这一项设置。", "unknown_rule")
