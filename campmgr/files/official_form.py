"""A form as a notice prints it, described once: written as .xlsx and PDF (`official_paper`), read back by the import (`Layout`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from campmgr.files.imports.layouts import Layout, LayoutColumn, column, plain
from campmgr.files.official_paper import Group, Line, Paper, PaperColumn, PaperPart, Sort, Value, places
from campmgr.wording import text_width

_BRACKETS, _BRACKET_MARKS = re.compile(r"[(（\[].*?[)）\]]"), re.compile(r"[()（）\[\]]")
_BEGINNING = 12
"""Characters by which a remark of the form is known again."""
_PLACE = re.compile(r"\{(\w+)\}")
_LABELLED = re.compile(r"\s*(?P<label>[\u3400-\u9fffA-Za-z]+)\s*(?:[(（\[][^)）\]]*[)）\]])?\s*[:：]\s*\{(?P<field>\w+)\}\s*")


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a form: the field it is read as ("" for one that is only printed, such as 序号), and how it is printed.

    `names`: synonyms under which it comes back, separated by blanks; `over` and `is_spread` as in `PaperColumn`.
    """

    field: str
    heading: str
    sort: Sort
    width: int
    names: str = ""
    over: tuple[str, ...] = ()
    is_spread: bool = False


@dataclass(frozen=True)
class OfficialForm:
    """One form. `name` is what commands call it, `called` what people do; title, subtitle and headings are printed exactly so.

    Lines stand above and below: each is one text or several side by side, in which `{field}` is written in and, above the headings,
    read back: 填报单位：{unit}. `needed`: the fields of which one of each group must have its column.
    """

    name: str
    called: str
    title: str
    columns: tuple[FormColumn, ...]
    needed: tuple[tuple[str, ...], ...]
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    subtitle: str = ""
    wide: bool = False

    @cached_property
    def layout(self) -> Layout:
        """How the import reads it back."""
        read: list[LayoutColumn] = [column(each.field, each.heading, _names(each)) for each in self.columns if each.field]
        return Layout(self.name, self.called, tuple(read), self.needed, lines=self._labels(), remarks=self._remarks())

    def part(self, rows: Sequence[Sequence[Value]] = (), *, said: Mapping[str, str] | None = None, blank: int = 0) -> PaperPart:
        """The form with rows, and with what its lines say; what they do not say is left open behind its label."""
        columns = tuple(PaperColumn(each.heading, each.sort, each.width, each.over, each.is_spread) for each in self.columns)
        above, below = (tuple(_filled(line, said or {}) for line in some) for some in (self.above, self.below))
        groups = (Group(tuple(map(tuple, rows))),)
        return PaperPart(
            self.called, _text(self.title, said or {}), columns, groups, above, below, self.wide, self.subtitle, blank
        )  # fmt: skip

    def paper(self, rows: Sequence[Sequence[Value]] = (), *, said: Mapping[str, str] | None = None, blank: int = 0) -> Paper:
        """The form alone on its paper, as `part`."""
        return Paper((self.part(rows, said=said, blank=blank),), self.called)

    def _labels(self) -> tuple[tuple[str, str], ...]:
        """(Label, field) of the lines above the headings."""
        texts = [text for line in self.above for text in places(line)]
        found = [match for text in texts if (match := _LABELLED.fullmatch(text))]
        return tuple((plain(match["label"]), match["field"]) for match in found)

    def _remarks(self) -> tuple[str, ...]:
        """How the lines below begin, up to where something is written in; people add to their ends."""
        return tuple(filter(None, (plain(_PLACE.split(text)[0])[:_BEGINNING] for line in self.below for text in places(line))))


def _names(each: FormColumn) -> str:
    """The names under which a column comes back: with the remark in its brackets, and without it."""
    whole, bare = plain(_BRACKET_MARKS.sub("", each.heading)), plain(_BRACKETS.sub("", each.heading))
    return f"{each.names} {whole} {bare}"


def blank_form(layout: Layout, *, many_units: bool) -> OfficialForm:
    """The form of a kind of file that no notice prints: its own headings, and the unit in a line above them for all rows; the
    column of units is left out where there are not `many_units` whose rows could stand on it.
    """
    columns = tuple(
        FormColumn(each.field, each.heading, "text", text_width(each.heading) // 2 + 3)
        for each in layout.columns
        if many_units or each.field != "unit"
    )
    return OfficialForm(
        layout.name, layout.called, layout.called, columns, layout.needed, above=("填报单位：{unit}",), wide=len(columns) > 6
    )


def _filled(line: Line, said: Mapping[str, str]) -> Line:
    return _text(line, said) if isinstance(line, str) else tuple(_text(text, said) for text in line)


def _text(text: str, said: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: said.get(place[1], ""), text)
