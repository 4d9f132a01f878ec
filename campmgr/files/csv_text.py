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
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(r"\s*<(!doctype|html|head|body|meta|style|script|table|div|\?xml|\w+:workbook)", re.IGNORECASE)
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is to be read."""

    encoding: str
    separator: str


def csv_form(path: Path) -> CsvForm:
    """The encoding that reads the whole file (BOM, else strict UTF-8, else strict GB18030), and the separator of its first lines.

    Raises BadInput `unreadable_file`: a web page renamed, a picture or program, an encoding beyond these.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        opening = file.read(65_536)
    if _MARKUP.match(opening):
        raise unreadable("这是网页文件改了名字，不是真正的表格。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")
    if _CONTROL.search(opening):
        raise unreadable("这个文件不是表格（支持 .xlsx、.xls、.ods、.csv）。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")
    return CsvForm(encoding, _separator(opening))


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


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    for mark, name in _BOMS:
        if head.startswith(mark):
            if _decodes(path, name):
                return name
            break
    for name in _TRIED:
        if _decodes(path, name):
            return name
    raise unreadable("看不懂这个文件的文字编码。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _separator(opening: str) -> str:
    """The separator that occurs most on one of the first lines; a comma where there is none (one column)."""
    lines = opening.splitlines()[:20]
    return max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in lines), default=0))
