"""The sections that settings stand in: what each area declares, joined and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, fields
from typing import Any, Protocol, TypeVar

from campmgr.settings.complaints import Complaint, refusal, unknown
from campmgr.settings.fields import Field
from campmgr.settings.reading import BY_TYPE
from campmgr.wording import Reason

S = TypeVar("S")


class Chosen(Protocol):
    """What one camp has chosen: a section's settings by the class that declares them."""

    def has(self, section: type[Any], /) -> bool:
        """Whether there is such a section: a part that stands in several rule books may ask for one of the camp's."""
        ...

    def __getitem__(self, section: type[S], /) -> S:
        """The settings of a section."""
        ...


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that stand together: `name` begins their keys, `shape` is the dataclass that declares them, one `setting` each.

    `place` orders the sections wherever they are shown, whatever area brings them: in tens, so that another fits between.
    Several areas may bring parts of one section, each its own keys; title and place are the same in all of them.
    `is_fixed`: told, not changed. `check` complains about settings that are each right but do not go together; `remind` says
    what the set-up page still asks for. Both see the whole rules.
    """

    name: str
    shape: type[Any]
    title: str
    place: int
    is_fixed: bool = False
    check: Callable[[Chosen], Iterable[Complaint]] | None = None
    remind: Callable[[Chosen], Iterable[Reason]] | None = None


class Sections:
    """The sections of all areas, in the order in which they are shown.

    Raises ValueError, with the file that is to blame, for a section or a setting that is there twice or that nobody can read.
    """

    def __init__(self, sections: Iterable[Section]) -> None:
        self.all: tuple[Section, ...] = tuple(sorted(sections, key=lambda section: section.place))
        self.parts: dict[str, list[Section]] = {}
        found: dict[str, Field] = {}
        for section in self.all:
            self._add(section)
            for about in described(section):
                _check_field(section, about, found.get(about.key))
                found[about.key] = about
        self.fields: dict[str, Field] = {about.key: about for name in self.parts for about in _in_order(name, found.values())}
        """Every setting by its key, in the order in which they are shown."""

    def known(self, key: str) -> Field:
        """The setting of a key. Raises BadInput "unknown_rule" with the nearest known key."""
        if key not in self.fields:
            raise refusal((unknown(key, self.fields),))
        return self.fields[key]

    def is_fixed(self, key: str) -> bool:
        """Whether a setting is told and not changed."""
        return any(part.is_fixed for part in self.parts[key.partition(".")[0]])

    def disagreements(self, chosen: Chosen) -> list[Complaint]:
        """Complaints about settings that are each right but do not go together."""
        return [complaint for section in self.all if section.check for complaint in section.check(chosen)]

    def reminders(self, chosen: Chosen) -> tuple[Reason, ...]:
        """What the notice left open and the set-up page reminds of until it is set."""
        return tuple(reason for section in self.all if section.remind for reason in section.remind(chosen))

    def _add(self, section: Section) -> None:
        parts = self.parts.setdefault(section.name, [])
        for part in parts:
            if file_of(part.shape) == file_of(section.shape):
                raise ValueError(f"{file_of(section.shape)}: the section {section.name!r} is declared twice")
            if (part.title, part.place) != (section.title, section.place):
                other = f"has another title or place than in {file_of(part.shape)}"
                raise ValueError(f"{file_of(section.shape)}: the section {section.name!r} {other}")
        parts.append(section)


def described(section: Section) -> list[Field]:
    """The settings of a section as it declares them. Raises ValueError for one that has no default or is no `setting`."""
    found = []
    for number, each in enumerate(fields(section.shape), start=1):
        key = f"{section.name}.{each.name}"
        if each.default is MISSING or "label" not in each.metadata:
            raise ValueError(f"{file_of(section.shape)}: {key} is not declared by setting(…)")
        told = {**each.metadata, "place": each.metadata["place"] or number * 10}
        found.append(Field(key, section.shape, each.name, str(each.type), default=each.default, **told))
    return found


def file_of(shape: type[Any]) -> str:
    """The file that declares a section's settings, for a sentence."""
    return shape.__module__.replace(".", "/") + ".py"


def _in_order(section: str, fields: Iterable[Field]) -> list[Field]:
    return sorted((about for about in fields if about.key.partition(".")[0] == section), key=lambda about: about.place)


def _check_field(section: Section, about: Field, before: Field | None) -> None:
    if before is not None:
        raise ValueError(f"{file_of(section.shape)}: {about.key} is declared in {file_of(before.section)} already")
    if not callable(about.form or BY_TYPE.get(about.type)):
        raise ValueError(  # noqa: TRY004 - what is wrong is the declaration
            f"{file_of(section.shape)}: nobody reads {about.key}, a {about.type} of form {about.form!r}"
        )
