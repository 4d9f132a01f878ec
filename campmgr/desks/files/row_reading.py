"""The cells of a row as typed values; everything that is wrong with a cell becomes the row's problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from campmgr.areas.camp.settings import FIELDS
from campmgr.areas.hours.actions.import_marks import PersonMark
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.hours.rules.evidence import SOURCES
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.settings import LESSON_KINDS, Hours
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.actions.units import UnitRow
from campmgr.areas.units.settings import LINES, PARTICIPANT_KINDS, UNIT_KINDS
from campmgr.areas.works.actions.import_likes import LikesRow
from campmgr.areas.works.actions.works import Reading
from campmgr.areas.works.rules.work import Work
from campmgr.areas.works.settings import ACCOUNT_KINDS
from campmgr.clock import local_day, parse_instant
from campmgr.facts.importing import RowProblem
from campmgr.files import cell_dates, cells
from campmgr.files.imports.columns import Row
from campmgr.files.read_table import Cell, is_blank
from campmgr.settings.limits import Limits
from campmgr.settings.rules import Rules
from campmgr.settings.terms import Vocabulary, match_word, say, suggest

T = TypeVar("T")


class RowReader:
    """Reads rows of the five kinds of file; `read_at` stands for a missing time of reading."""

    def __init__(self, rules: Rules, read_at: str) -> None:
        self._rules = rules
        self._read_at = read_at
        self.notes: list[RowProblem] = []
        """What is odd about the row read last, which is taken all the same."""

    def units(self, row: Row) -> UnitRow:
        """A row of units. A code is required, a name only for a new one."""
        return UnitRow(
            code=_required(row, "code", cells.code, "没有单位代码。"),
            name=self._name(row, "name"),
            parent=_get(row, "parent", cells.code, ""),
            kind=_word(row, "kind", UNIT_KINDS, ""),
            line=_word(row, "line", LINES, ""),
            expected=_get(row, "expected", cells.whole, None),
        )

    def people(self, row: Row) -> Registration:
        """A row of people."""
        return Registration(
            unit=_get(row, "unit", cells.code, ""),
            name=self._name(row, "name"),
            number=_get(row, "number", cells.code, ""),
            class_name=_get(row, "class_name", cells.text, ""),
            phone=_get(row, "phone", cells.phone, ""),
            kind=_word(row, "kind", PARTICIPANT_KINDS, "社会公众"),
            guardian=_get(row, "guardian", cells.yes, otherwise=False),
        )

    def lessons(self, row: Row) -> Lesson:
        """A row of lessons; what it does not say comes from the camp's defaults."""
        replay_of = _get(row, "replay_of", cells.code, "")
        return Lesson(
            code=_required(row, "code", cells.code, "没有课程编号。"),
            name=_required(row, "name", cells.text, "没有课程名称。"),
            hundredths=_get(row, "hours", cells.hundredths, self._rules[Hours].default_hundredths),
            length_minutes=_get(row, "length", cells.minutes, self._rules[Hours].default_length_minutes),
            kind=_word(row, "kind", LESSON_KINDS, "直播重播" if replay_of else "科普视频"),
            field=_word(row, "field", FIELDS, ""),
            replay_of=replay_of,
            starts_at="" if replay_of else _get(row, "starts_at", cell_dates.instant, ""),
        )

    def marks(self, row: Row) -> PersonMark:
        """A row of marks: with a lesson a mark, else the condition its 方式 names.

        Where the sheet has a column 到场, a row counts by its tick, or by the minutes beside it; the rest was printed beforehand.
        """
        if not _came(row):
            return PersonMark(_get(row, "number", cells.code, ""), _get(row, "name", cells.name, ""), "", MarkRow(""), came=False)
        lesson = _get(row, "lesson", cells.code, "")
        day = _get(row, "day", cell_dates.day, "")
        if lesson:
            minutes = _get(row, "minutes", cells.minutes, None)
            mark = MarkRow(day, lesson=lesson, minutes=minutes, source=_word(row, "source", SOURCES, "import"))
        else:
            condition = _word(row, "source", CONDITIONS, "")
            if not condition:
                raise RowProblem("lesson", "", "missing_value", "没有课程编号，方式也不是签到、关注或每日扫码。")
            mark = MarkRow(day, condition=condition, source="import")
        unit, name = _get(row, "unit", cells.code, ""), _get(row, "name", cells.name, "")
        return PersonMark(_get(row, "number", cells.code, ""), name, unit, mark)

    def likes(self, row: Row) -> LikesRow:
        """A row of like counts."""
        count = _required(row, "likes", cells.likes, "没有点赞数。")
        plays = _get(row, "plays", cells.likes, None)
        published = _get(row, "published", cell_dates.instant, "")
        work = Work(
            title=_get(row, "title", cells.text, ""),
            link=_link(row),
            number=_get(row, "work", cells.code, ""),
            account=_word(row, "account", ACCOUNT_KINDS, ""),
            published_on=local_day(parse_instant(published)) if published else "",
        )
        reading = Reading(self._read_at, count.value, plays.value if plays else None, count.rounded, count.at_least)
        if count.at_least:
            self.notes.append(RowProblem("likes", row.values["likes"], "bad_number", f"“{row.values['likes']}”是下限，"
                                         f"按 {count.value:,} 记，并注明“以上”。"))  # fmt: skip
        return LikesRow(work, self._written_name(row, "author"), _get(row, "number", cells.code, ""),
                        _get(row, "unit", cells.code, ""), reading)  # fmt: skip

    def _name(self, row: Row, field: str) -> str:
        value = self._written_name(row, field)
        if len(value) > self._rules[Limits].name_characters:
            raise RowProblem(field, value, "too_long", f"名称有 {len(value)} 个字，最多 {self._rules[Limits].name_characters} 个。")
        return value

    def _written_name(self, row: Row, field: str) -> str:
        """A name of any length; one with characters that only one computer can show is flagged."""
        value = _get(row, field, cells.name, "")
        if private := cells.private_characters(value):
            sentence = f"“{value}”里有只在原来电脑上才能显示的造字（{private}），别处会显示成空框。请核对，改成标准字。"
            self.notes.append(RowProblem(field, value, "missing_glyph", sentence))
        return value


_STAND_IN: dict[str, Cell] = {"code": "X", "name": "X", "likes": 0, "source": "签到"}
"""What stands for a required cell that is wrong while the rest of its row is looked at."""


def all_problems(read: Callable[[Row], object], row: Row, problem: RowProblem) -> list[RowProblem]:
    """Everything that is wrong with the cells of a row, when this was found first: each cell that is named is put aside."""
    found = {problem.column: problem}
    while True:
        row = replace(row, values=row.values | {problem.column: _STAND_IN.get(problem.column, "")})
        try:
            read(row)
        except RowProblem as other:
            if other.column in found:
                return list(found.values())
            problem = found[other.column] = other
        else:
            return list(found.values())


def _get(row: Row, field: str, parse: Callable[[Cell], T], otherwise: T) -> T:
    """A field's value; what is left out or blank gives `otherwise`. Raises RowProblem."""
    cell = row.values.get(field, "")
    try:
        value = cells.optional(parse, cell)
    except cells.CellProblem as problem:
        raise RowProblem(field, cell, problem.reason, problem.sentence) from problem
    return otherwise if value is None else value


def _came(row: Row) -> bool:
    """Whether a row says that somebody came. Raises RowProblem "conflict" for minutes of somebody who did not."""
    if "came" not in row.values:
        return True
    ticked = _get(row, "came", cells.came, None)
    has_minutes = not is_blank(row.values.get("minutes", ""))
    if ticked is False and has_minutes:
        raise RowProblem("came", row.values["came"], "conflict", "没有到场，却写了分钟。请改正其中一个。")
    return has_minutes if ticked is None else ticked


def _link(row: Row) -> str:
    """A work's link: a web address with or without its scheme. Raises RowProblem "bad_link" for javascript: and the like."""
    link = _get(row, "link", cells.text, "")
    scheme, mark, _ = link.partition(":")
    if mark and scheme.isalpha() and scheme.lower() not in {"http", "https"}:
        raise RowProblem("link", link, "bad_link", "作品链接不是网址；请填以 http 开头的网址。")
    return link


def _required(row: Row, field: str, parse: Callable[[Cell], T], sentence: str) -> T:
    value = _get(row, field, parse, None)
    if value is None or value == "":
        raise RowProblem(field, "", "missing_value", sentence)
    return value


def _word(row: Row, field: str, vocabulary: Vocabulary, otherwise: str) -> str:
    """A word of a list, by its synonyms. Raises RowProblem "unknown_word" with the nearest known one."""
    text = _get(row, field, cells.text, "")
    if not text:
        return otherwise
    word = match_word(vocabulary, text)
    if word is None:
        close = suggest(vocabulary, text)
        hint = f"是不是“{close}”？" if close else f"可以写：{'、'.join(say(vocabulary, each) for each in vocabulary.words)}。"
        raise RowProblem(field, text, "unknown_word", f"“{text}”不在{vocabulary.name}之列。{hint}")
    return word
