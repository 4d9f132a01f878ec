"""What an .xlsx says about its cells beside their values. The reader drops errors and formulas without a result; we must not."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from campmgr.files.column_letters import number_of
from campmgr.files.markings import LEAST_HEIGHT, MOST_COLUMNS, Markings
from campmgr.files.number_formats import BUILT_IN, may_show_more
from campmgr.files.xml_extent import stream_xml

_PIECE = 1 << 20
_HEAD = 2_000
_LEAST_WIDTH = 0.1
"""Characters of a column that somebody sees."""

_LOOKED_FOR = (b'"e"', b"<f", b"hidden", b"yperlink", b' ht="0', b' width="0')
_TRUE = {"1", "true"}
_USUAL = re.compile(rb"""(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<worksheet[\s>][^']*\Z""")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_HYPERLINK = re.compile(r"""_?(?:xlfn\.)?HYPERLINK\(\s*"([^"]+)\"""", re.IGNORECASE)
_LONGEST_FORMULA = 40
_SPAN = 5_000
"""Cells of one range of links that are looked at."""

_SPANS = 200_000
"""Cells of all ranges of links together that are looked at, and hidden columns before them."""

_LONGEST_VALUE = 2_000


def xlsx_markings(path: Path) -> dict[str, Markings]:
    """Sheet name -> what it says. Raises ValueError where a part is damaged."""
    with zipfile.ZipFile(path) as archive:
        book = _Book(archive)
        return {name: book.sheet(part) for name, part in book.sheets()}


class _Book:
    """The parts of a workbook and how they hang together."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {member.filename.lower(): member for member in archive.infolist()}
        self._own = next((name for name in self._members if name == "xl/workbook.xml"), "xl/workbook.xml")
        self._to_compute = False
        self._names: list[tuple[str, str]] = []
        self._read(self._own, self._book_tag)
        self._links = self._targets(self._own)
        self._formats, self._struck = self._telling_styles()

    def sheets(self) -> Iterator[tuple[str, str]]:
        """The name of each sheet and its part."""
        for name, link in self._names:
            part = self._links.get(link, "")
            if part.lower() in self._members:
                yield name, part

    def sheet(self, part: str) -> Markings:
        """What is said on one sheet."""
        found = _Sheet(self._formats, self._struck, self._to_compute, self._targets(part, outside=True))
        if self._is_plain(part):
            return found.markings
        stream_xml(self._archive, self._members[part.lower()], found.start, found.end, found.text)
        return found.markings

    def _is_plain(self, part: str) -> bool:
        """Whether nothing in a sheet looks as if anything were said of a cell; most sheets are so, and looking is quick."""
        styles = "|".join(map(re.escape, self._formats.keys() | self._struck))
        styled = re.compile(rf"""\bs=["']({styles})["']""".encode()) if styles else None
        rest = b""
        with self._archive.open(self._members[part.lower()]) as file:
            while read := file.read(_PIECE):
                if not rest and not _USUAL.match(read[:_HEAD]):
                    return False
                piece = rest + read
                if any(mark in piece for mark in _LOOKED_FOR) or (styled and styled.search(piece)):
                    return False
                rest = piece[-16:]
        return True

    def _book_tag(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self._names.append((attributes.get("name", ""), link))
        elif local == "calcPr":
            self._to_compute = attributes.get("fullCalcOnLoad") in _TRUE

    def _targets(self, part: str, *, outside: bool = False) -> dict[str, str]:
        """Relation -> the part it leads to; or, `outside`, the address."""
        folder, _, file = part.rpartition("/")
        found: dict[str, str] = {}

        def tag(_: str, attributes: dict[str, str]) -> None:
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") == "External":
                found[attributes.get("Id", "")] = target if outside else ""
            elif not outside and target:
                place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[attributes.get("Id", "")] = place

        self._read(f"{folder}/_rels/{file}.rels", tag)
        return found

    def _telling_styles(self) -> tuple[dict[str, str], frozenset[str]]:
        """Style number, as cells write it -> a format that shows more than digits; and the styles that strike a cell through."""
        codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        styles: list[tuple[str, str]] = []
        fonts: list[bool] = []
        inside = ""

        def tag(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            local = name.rpartition(":")[2]
            if local == "numFmt" and inside == "numFmts":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif local == "xf" and inside == "cellXfs":
                styles.append((attributes.get("numFmtId", ""), attributes.get("fontId", "0")))
            elif local == "font" and inside == "fonts":
                fonts.append(False)
            elif local == "strike" and inside == "fonts" and fonts:
                fonts[-1] = attributes.get("val", "1") in _TRUE
            elif local in {"numFmts", "fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"}:
                inside = local

        self._read("xl/styles.xml", tag)
        telling = {number: code for number, code in codes.items() if may_show_more(code)}
        struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
        formats = {str(place): telling[number] for place, (number, _) in enumerate(styles) if number in telling}
        return formats, frozenset(str(place) for place, (_, font) in enumerate(styles) if font in struck)

    def _read(self, part: str, tag: object) -> None:
        member = self._members.get(part.lower())
        if member is not None:
            stream_xml(self._archive, member, tag)  # type: ignore[arg-type] # a function of name and attributes


class _Sheet:
    """Follows the cells of one sheet."""

    def __init__(
        self,
        formats: dict[str, str],
        struck: frozenset[str],
        to_compute: bool,  # noqa: FBT001 one caller
        links: dict[str, str],
    ) -> None:
        self.markings = Markings()
        self._formats, self._struck, self._to_compute, self._links = formats, struck, to_compute, links
        self._row, self._column = 0, -1
        self._kind = self._style = ""
        self._said = 0
        self._inside = ""
        self._formula: str | None = None
        self._value: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        local = name.rpartition(":")[2]
        if local == "c":
            self._begin_cell(attributes)
        elif local == "v":
            self._inside, self._value = "v", ""
        elif local == "f":
            self._inside, self._formula = "f", ""
        elif local == "row":
            self._row, self._column = int(attributes["r"]) if "r" in attributes else self._row + 1, -1
            if _is_hidden(attributes, "ht", LEAST_HEIGHT):
                self.markings.hidden_rows.add(self._row)
        elif local == "col" and _is_hidden(attributes, "width", _LEAST_WIDTH):
            last = min(int(attributes.get("max", "0")), MOST_COLUMNS)
            hidden = range(int(attributes.get("min", "1")) - 1, last)
            if self._may_say(len(hidden), MOST_COLUMNS):
                self.markings.hidden_columns.update(hidden)
        elif local == "hyperlink":
            self._link(attributes)

    def _may_say(self, cells: int, most: int) -> bool:
        """Whether so many more columns or cells may be spoken of: the same range said again and again would take for ever."""
        self._said += cells
        return self._said <= most

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = number_of(place[1]) - 1 if place else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula = self._value = None

    def text(self, text: str) -> None:
        """Characters of a value or formula."""
        if self._inside == "v":
            self._value = ((self._value or "") + text)[:_LONGEST_VALUE]
        elif self._inside == "f":
            self._formula = ((self._formula or "") + text)[:2000]

    def end(self, name: str) -> None:
        """A tag ends."""
        local = name.rpartition(":")[2]
        if local == "c":
            self._end_cell()
        elif local in {"v", "f"}:
            self._inside = ""

    def _end_cell(self) -> None:
        marks, formula, value = self.markings, self._formula, (self._value or "").strip()
        if self._kind == "e":
            marks.put(marks.broken, self._row, self._column, value or "#N/A")
        elif formula is not None and self._is_missing(value):
            marks.put(marks.broken, self._row, self._column, ("=" + formula)[:_LONGEST_FORMULA])
        elif self._style in self._formats and self._kind == "n":
            marks.put(marks.formats, self._row, self._column, self._formats[self._style])
        if self._style in self._struck:
            marks.strike(self._row, self._column)
        if formula and (link := _HYPERLINK.match(formula)):
            marks.put(marks.links, self._row, self._column, link[1])

    def _is_missing(self, value: str) -> bool:
        """Whether a formula has no result: a result may be the empty text, and a 0 in a book yet to be computed is none."""
        if self._kind == "str":
            return self._value is None
        return not value or (self._to_compute and value == "0")

    def _link(self, attributes: dict[str, str]) -> None:
        link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        target = self._links.get(link, "")
        first, _, last = attributes.get("ref", "").partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if not target or not begin or not end:
            return
        rows, columns = range(int(begin[2]), int(end[2]) + 1), range(number_of(begin[1]) - 1, number_of(end[1]))
        if len(rows) * len(columns) <= _SPAN and self._may_say(len(rows) * len(columns), _SPANS):
            for row in rows:
                for column in columns:
                    self.markings.put(self.markings.links, row, column, target)


def _is_hidden(attributes: dict[str, str], size: str, least: float) -> bool:
    """Whether a row or column is hidden, or made so small that nobody sees it."""
    return attributes.get("hidden") in _TRUE or float(attributes.get(size) or least) < least
