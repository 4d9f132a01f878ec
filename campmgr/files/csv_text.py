"""CSV files as they come: which encoding, which separator, and no binary file taken for text."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path

from campmgr.files.odd_cells import WRAPPED, unwrapped
from campmgr.files.sheet_guard import unreadable

_PIECE = 1 << 20
csv.field_size_limit(1 << 30)  # a long cell is no unpaired quote; the file's own size is bounded
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TRIED = ("utf-8", "gb18030")  # `gbk` fails on 䶮, which gb18030 reads
_CODECS = {"big5": ("cp950", "big5hkscs")}
"""What a chosen encoding may be in fact: Windows writes Big5 in its own way, Hong Kong with more characters."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")
_END_OF_FILE = "\x1a"
"""Ctrl-Z, with which old programs end a text."""

_MARKUP = re.compile(r"\s*<(!doctype|html|head|body|meta|style|script|table|div|\?xml|\w+:workbook)", re.IGNORECASE)
_OLD_BOOK = re.compile(r"<\?mso-application progid=.Excel\.Sheet|<(?:\w+:)?Workbook\b")
_SEPARATORS = ",;\t|"
_HAN = re.compile("[\u3400-\u9fff]")
_ODD_WORDS = re.compile("[^\x00-\x7f]+")
_COMMON = "gb2312"
"""The characters that every GBK text is mostly made of."""


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is to be read, and how many lines it has at most; `skipped`: bytes of a mark that does not belong there."""

    encoding: str
    separator: str
    lines: int
    skipped: int = 0


def csv_form(path: Path, chosen: str = "") -> CsvForm:
    """The encoding that reads the whole file (the chosen one; else BOM, strict UTF-8, UTF-16 by its zero bytes, strict GB18030),
    and the separator of its first lines.

    Big5 is never guessed: most of its bytes make GB18030 too, other characters though. Raises BadInput `unreadable_file`: a web
    page renamed, a picture or program, an encoding beyond these.
    """
    encoding, lines = _chosen(path, chosen) if chosen else _encoding(path)
    form = CsvForm(encoding, "", lines, _wrong_mark(path, encoding))
    with _opened(path, form) as file:
        opening = file.read(65_536)
    if _MARKUP.match(opening) and _OLD_BOOK.search(opening):
        raise unreadable("这是 XML 格式的旧式表格（XML 电子表格 2003）。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")
    if _MARKUP.match(opening):
        raise unreadable("这是网页文件改了名字，不是真正的表格。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")
    if _CONTROL.search(opening):
        raise unreadable("这个文件不是表格（支持 .xlsx、.xls、.ods、.csv）。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")
    return replace(form, separator=_separator(opening))


def csv_rows(path: Path, form: CsvForm) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number from 1, as a spreadsheet program would number it: a quoted line break makes no new row.

    Raises BadInput `unreadable_file` at a quote without its partner, which would otherwise swallow the rows that follow.
    """
    number = 0
    with _opened(path, form) as file:
        reader = csv.reader(file, delimiter=form.separator, strict=True)
        try:
            for number, row in enumerate(reader, 1):
                if row and row[-1].endswith(_END_OF_FILE):
                    row[-1] = row[-1].rstrip(_END_OF_FILE)
                yield number, [unwrapped(cell) if cell[:1] in WRAPPED else cell for cell in row]
        except csv.Error as error:
            raise unreadable(
                f"第 {number + 1} 行的引号没有成对，后面的内容无法分清。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。"
            ) from error


@contextmanager
def _opened(path: Path, form: CsvForm) -> Iterator[TextIOWrapper]:
    with path.open("rb") as raw:
        raw.seek(form.skipped)
        with TextIOWrapper(raw, encoding=form.encoding, newline="") as file:
            yield file


def _wrong_mark(path: Path, encoding: str) -> int:
    """How many bytes of a UTF-8 mark stand before a text in another encoding."""
    with path.open("rb") as file:
        marked = file.read(3) == codecs.BOM_UTF8
    return 3 if marked and not encoding.startswith("utf-8") else 0


def _encoding(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        head = file.read(4096)
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    for name in filter(None, (marked, _without_mark(head), *_TRIED)):
        lines = _decodes(path, name, len(codecs.BOM_UTF8) if marked == "utf-8-sig" and name == "gb18030" else 0)
        if lines is not None:
            return _rather(path, name), lines
    raise unreadable("看不懂这个文件的文字编码。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")


def _rather(path: Path, name: str) -> str:
    """GB18030 for a short text that happens to be UTF-8 too: read as UTF-8 it has no Han but odd letters that belong to no word,
    read as GB18030 only common characters.
    """
    if name != "utf-8":
        return name
    with path.open("rb") as file:
        raw = file.read(_PIECE)
    text = raw.decode("utf-8", "ignore")
    if text.isascii() or _HAN.search(text) or any(_in_a_word(text, each) for each in _ODD_WORDS.finditer(text)):
        return name
    try:
        raw.decode("gb18030").encode(_COMMON)
    except UnicodeError:
        return name
    return "gb18030"


def _in_a_word(text: str, odd: re.Match[str]) -> bool:
    """Whether letters beyond ASCII stand beside plain ones, as in Zoë."""
    around = text[odd.start() - 1 : odd.start()] + text[odd.end() : odd.end() + 1]
    return around.isascii() and any(each.isalpha() for each in around)


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


def _decodes(path: Path, encoding: str, skipped: int = 0) -> int | None:
    """How many lines there are, None where the file is not in this encoding."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        lines, text = 0, ""
        with path.open("rb") as file:
            file.seek(skipped)
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
