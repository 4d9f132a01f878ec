"""One setting of a camp as data: its key, type, Chinese label, source and limits.

The loader, its complaints, `rules show`, `rules set` and the pages all work from these descriptions, so none of them can disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from campmgr.settings.complaints import Complaint

Words = tuple[str, ...]
Value = str | int | bool | Words

LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Field:
    """A setting. `source` is the requirement's id, `says` the notice's own words, `is_open` whether the notice leaves it open.

    `type` is "str", "int", "bool" or "tuple[str, ...]"; `form` reads it where its type alone does not tell enough (`day`,
    `instant`, or a form of its area's own). A `required` text may not be empty, nor may such a list. `words` say what an allowed
    value is called on pages. `is_asked`: an organizer looks at it first, though it is no open question of the notice.
    `kept_in` names the unit of a kept number where pages show and take another: "百分之一课时" of a number that stands there as 7.50.
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
    kept_in: str
    place: int

    @property
    def kept_label(self) -> str:
        """The label beside a value as it is kept, in commands and files."""
        return f"{self.label}（单位：{self.kept_in}）" if self.kept_in else self.label

    def say(self, value: str) -> str:
        """An allowed value as pages call it."""
        return self.words.get(value, value)


Form = Callable[[Field, object], Value | Complaint]
"""Reads a raw value (from TOML, or from the ledger) in the setting's own type, or says what is wrong with it."""


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
    kept_in: str = "",
    place: int = 0,
) -> Any:
    """Declare a setting as a dataclass field that carries its description.

    Parameters as in `Field`; `allowed` may map each value to what it is called, `within` limits a number, `place` 0 is as declared.
    """
    told = {"label": label, "source": source, "says": says, "form": form, "required": required, "is_open": is_open}
    choices = {"allowed": tuple(allowed), "words": dict(allowed) if isinstance(allowed, Mapping) else {}}
    limits = {"is_asked": is_asked, "least": within[0], "most": within[1], "kept_in": kept_in, "place": place}
    return field(default=default, metadata={**told, **choices, **limits})
