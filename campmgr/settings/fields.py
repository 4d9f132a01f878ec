"""One setting of a camp as data: its key, type, Chinese label, source and limits; and the sections that settings stand in.

The loader, its complaints, `rules show`, `rules set` and the pages all work from these descriptions, so none of them can disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from campmgr.settings.rules import Rules
    from campmgr.wording import Reason

Words = tuple[str, ...]
Value = str | int | bool | Words

LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Field:
    """A setting. `source` is the requirement's id, `says` the notice's own words, `is_open` whether the notice leaves it open.

    `type` is "str", "int", "bool" or "tuple[str, ...]"; `form` reads it where its type alone does not tell enough (`day`,
    `instant`, or a form of its area's own). A `required` text may not be empty, nor may such a list. `words` say what an allowed
    value is called on pages. `is_asked`: an organizer looks at it first, though it is no open question of the notice.
    `place` orders the settings of one section: 10, 20, 30 … as declared, unless the declaration names another.
    """

    key: str
    section: type[Any]
    name: str
    type: str
    form: Form | None
    default: Value
    label: str
    source: str
    says: str
    is_open: bool
    is_asked: bool
    required: bool
    allowed: Words
    words: Mapping[str, str]
    least: int
    most: int
    place: int

    def say(self, value: str) -> str:
        """An allowed value as pages call it."""
        return self.words.get(value, value)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one key: what was found ("" when nothing), what is expected, and the reason (errors.REASONS)."""

    key: str
    found: str
    expected: str
    reason: str

    @property
    def sentence(self) -> str:
        """The complaint as people read it."""
        return f"{self.key}：现在是 {self.found}，应为{self.expected}。" if self.found else f"{self.key}：{self.expected}"


Form = Callable[[Field, object], Value | Complaint]
"""Reads a raw value (from TOML, or from the ledger) in the setting's own type, or says what is wrong with it."""


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
    check: Callable[[Rules], Iterable[Complaint]] | None = None
    remind: Callable[[Rules], Iterable[Reason]] | None = None


def setting(
    label: str,
    source: str = "",
    says: str = "",
    *,
    default: Value = "",
    form: Form | None = None,
    required: bool = False,
    is_open: bool = False,
    is_asked: bool = False,
    allowed: Words | Mapping[str, str] = (),
    within: tuple[int, int] = (0, LARGEST),
    place: int = 0,
) -> Any:
    """Declare a setting as a dataclass field that carries its description.

    Parameters as in `Field`; `allowed` may map each value to what it is called, `within` limits a number, `place` 0 is as declared.
    """
    told = {"label": label, "source": source, "says": says, "form": form, "required": required, "is_open": is_open}
    choices = {"allowed": tuple(allowed), "words": dict(allowed) if isinstance(allowed, Mapping) else {}}
    limits = {"is_asked": is_asked, "least": within[0], "most": within[1], "place": place}
    return field(default=default, metadata={**told, **choices, **limits})


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
