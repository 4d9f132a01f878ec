"""CSV files as they come: which encoding, which separator, and no binary file taken for text."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campmgr.files.sheet_guard import unreadable

_PIECE = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TRIED = ("utf-8", "gb18030")  # `gbk` fails on 䶮, which gb18030 reads
_CODECS = {"big5": ("cp950", "big5hkscs")}
"""What a chosen encoding may be in fact: Windows writes Big5 in its own way, Hong Kong with more characters."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(r"\s*<(!doctype|html|head|body|meta|style|script|table|div|\?xml|\w+:workbook)", re.IGNORECASE)
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is to be read, and how many lines it has at most."""

    encoding: str
    separator: str
    lines: int


def csv_form(path: Path, chosen: str = "") -> CsvForm:
    """The encoding that reads the whole file (the chosen one; else BOM, strict UTF-8, UTF-16 by its zero bytes, strict GB18030),
    and the separator of its first lines.

    Big5 is never guessed: most of its bytes make GB18030 too, other characters though. Raises BadInput `unreadable_file`: a web
    page renamed, a picture or program, an encoding beyond these.
    """
    encoding, lines = _chosen(path, chosen) if chosen else _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        opening = file.read(65_536)
    if _MARKUP.match(opening):
        raise unreadable("这是网页文件改了名字，不是真正的表格。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")
    if _CONTROL.search(opening):
        raise unreadable("这个文件不是表格（支持 .xlsx、.xls、.ods、.csv）。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")
    return CsvForm(encoding, _separator(opening), lines)


def csv_rows(path: Path, form: CsvForm) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number from 1, as a spreadsheet program would number it: a quoted line break makes no new row.

    Raises BadInput `unreadable_file` at a quote without its partner, which would otherwise swallow the rows that follow.
    """
    number = 0
    with path.open(encoding=form.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=form.separator, strict=True)
        try:
            for number, row in enumerate(reader, 1):
                yield number, row
        except csv.Error as error:
            raise unreadable(
                f"第 {number + 1} 行的引号没有成对，后面的内容无法分清。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。"
            ) from error


def _encoding(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        head = file.read(4096)
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    for name in filter(None, (marked, _without_mark(head), *_TRIED)):
        lines = _decodes(path, name)
        if lines is not None:
            return name, lines
    raise unreadable("看不懂这个文件的文字编码。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of its separators and line ends is 0, and no other encoding of texts has zeros."""
    if b"\0" not in head:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "ignore")
        if "\n" in text and any(mark in text for mark in _SEPARATORS) and not _CONTROL.search(text):
            return name
    return None


def _chosen(path: Path, chosen: str) -> tuple[str, int]:
    with path.open("rb") as file:
        head = file.read(4)
    marked = [name for mark, name in _BOMS if head.startswith(mark) and name.startswith(chosen)]
    for name in (*marked, *_CODECS.get(chosen, (chosen,)), *(("utf-16-le",) if chosen == "utf-16" else ())):
        lines = _decodes(path, name)
        if lines is not None:
            return name, lines
    raise unreadable("这个文件不是所选的编码。请换一种编码，或改回“自动”。")


def _decodes(path: Path, encoding: str) -> int | None:
    """How many lines there are, None where the file is not in this encoding."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        lines, text = 0, ""
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                text = decoder.decode(piece)
                lines += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return lines + (not text.endswith("\n"))


def _separator(opening: str) -> str:
    """The separator that occurs most on one of the first lines; a comma where there is none (one column)."""
    lines = opening.splitlines()[:20]
    return max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in lines), default=0))
