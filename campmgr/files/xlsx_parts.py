"""Which parts of an .xlsx are read: attachments, signatures, pictures and what programs leave behind are not."""

from __future__ import annotations

import html
import zipfile

_LOOKED_AT = 512
_SPACE = b" \t\r\n\0"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts that can be read as XML, by how they begin and whatever they are called: no sheet can hide behind a name."""
    return [member for member in archive.infolist() if member.file_size and _begins_as_xml(archive, member)]


def followed_parts(archive: zipfile.ZipFile) -> frozenset[str]:
    """The names of parts that the workbook's relations lead to, and of all where sheets usually are: these must be whole.

    Others may be broken and nobody minds, since no reader follows them: leftovers, signatures, drawings of comments.
    """
    names = [member.filename for member in archive.infolist()]
    told = "".join(_text(archive, name) for name in names if name.lower().endswith("workbook.xml.rels"))
    return frozenset(
        name for name in names
        if name.rpartition("/")[2].lower() in told
        or name.lower().startswith(("xl/worksheets/", "xl/workbook", "xl/shared", "xl/styles", "xl/_rels"))
    )  # fmt: skip


def _text(archive: zipfile.ZipFile, name: str) -> str:
    raw = archive.read(name)[:1_000_000]
    return html.unescape(raw.decode("utf-16" if raw[:2] in _MARKS else "utf-8", "replace")).lower()


def _begins_as_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as file:
        head = file.read(_LOOKED_AT)
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.lstrip(_SPACE).startswith(b"<")
