"""The cells of a row as typed values; everything that is wrong with a cell becomes the row's problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from campmgr.facts.importing import RowProblem
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.name_cells import person_name, whole_name
from campmgr.files.odd_cells import BrokenCell
from campmgr.files.read_table import Cell, is_blank
from campmgr.settings.limits import Limits
from campmgr.settings.rules import Rules
from campmgr.settings.terms import Vocabulary, match_word, say, suggest

T = TypeVar("T")


class RowReader:
    """Reads rows under the camp's rules; `read_at` stands for a missing time of reading."""

    def __init__(self, rules: Rules, read_at: str) -> None:
        self.rules = rules
        self.read_at = read_at
        self.notes: list[RowProblem] = []
        """What is odd about the row read last, which is taken all the same."""

    def name(self, row: Row, field: str) -> str:
        """A name within the camp's limit. Raises RowProblem."""
        value = self.written_name(row, field)
        if len(value) > self.rules[Limits].name_characters:
            raise RowProblem(field, value, "too_long", f"名称有 {len(value)} 个字，最多 {self.rules[Limits].name_characters} 个。")
        return value

    def person_name(self, row: Row, field: str) -> str:
        """The name of one person within the camp's limit. Raises RowProblem, also for fillers, remarks and several names."""
        get(row, field, person_name, "")
        return self.name(row, field)

    def side(self, row: Row, field: str, parse: Callable[[Cell], T], otherwise: T) -> T:
        """A value that a row can do without: one in doubt is left out and noted, and the row is taken all the same."""
        try:
            return get(row, field, parse, otherwise)
        except RowProblem as problem:
            self._note(problem)
            return otherwise

    def side_word(self, row: Row, field: str, vocabulary: Vocabulary, otherwise: str) -> str:
        """A word of a list that a row can do without where its cell holds nothing anybody knows. Raises RowProblem as `word`."""
        if isinstance(row.values.get(field), BrokenCell):
            return self.side(row, field, cells.text, otherwise)
        return word(row, field, vocabulary, otherwise)

    def _note(self, problem: RowProblem) -> None:
        sentence = f"{problem.sentence}这一项没有导入，这一行的其余内容照常导入。"
        self.notes.append(RowProblem(problem.column, problem.value, problem.reason, sentence))

    def written_name(self, row: Row, field: str) -> str:
        """A name of any length; one with characters that only one computer can show is flagged."""
        value = get(row, field, whole_name, "")
        if private := cells.private_characters(value):
            sentence = f"“{value}”里有只在原来电脑上才能显示的造字（{private}），别处会显示成空框。请核对，改成标准字。"
            self.notes.append(RowProblem(field, value, "missing_glyph", sentence))
        return value


_STAND_IN: dict[str, Cell] = {"code": "X", "name": "X", "likes": 0, "source": "签到", "duration": 1}
"""What stands for a required cell that is wrong while the rest of its row is looked at."""


def all_problems(read: Callable[[Row], object], row: Row, problem: RowProblem) -> list[RowProblem]:
    """Everything that is wrong with the cells of a row, when this was found first: each cell that is named is put aside."""
    found = {problem.column: problem}
    while True:
        row = row._replace(values=row.values | {problem.column: _STAND_IN.get(problem.column, "")})
        try:
            read(row)
        except RowProblem as other:
            if other.column in found:
                return list(found.values())
            problem = found[other.column] = other
        else:
            return list(found.values())


def get(row: Row, field: str, parse: Callable[[Cell], T], otherwise: T) -> T:
    """A field's value; what is left out or blank gives `otherwise`. Raises RowProblem."""
    cell = row.values.get(field, "")
    if cell == "":  # asked of every field of every row, most of which a file does not have
        return otherwise
    try:
        if is_blank(cell):
            return otherwise
        value = parse(cells.scaled(cell, row.scales[field]) if field in row.scales else cell)
    except cells.CellProblem as problem:
        raise RowProblem(field, cell, problem.reason, problem.sentence) from problem
    return otherwise if value is None else value


def required(row: Row, field: str, parse: Callable[[Cell], T], sentence: str) -> T:
    """A field's value; what is left out or blank is a problem told in this sentence. Raises RowProblem."""
    value = get(row, field, parse, None)
    if value is None or value == "":
        raise RowProblem(field, "", "missing_value", sentence)
    return value


def word(row: Row, field: str, vocabulary: Vocabulary, otherwise: str) -> str:
    """A word of a list, by its synonyms. Raises RowProblem "unknown_word" with the nearest known one."""
    text = get(row, field, cells.text, "")
    if not text:
        return otherwise
    word = match_word(vocabulary, text)
    if word is None:
        close = suggest(vocabulary, text)
        hint = f"是不是“{close}”？" if close else f"可以写：{'、'.join(say(vocabulary, each) for each in vocabulary.words)}。"
        raise RowProblem(field, text, "unknown_word", f"“{text}”不在{vocabulary.name}之列。{hint}")
    return word
