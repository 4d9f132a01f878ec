"""The door for files from outside: how large they may be, what they unpack to, and what they really are.

calamine builds a dense rectangle of cells: a 5 KB file with one value in the last row and a far column took 6.6 GB and killed the
process without an exception. So nothing is opened before its rectangle has been measured here.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from campmgr.errors import BadInput
from campmgr.files.ole_file import OleFile
from campmgr.files.other_files import known_by_beginning, known_by_streams, known_in_archive
from campmgr.files.shared_texts import check_shared_texts
from campmgr.files.xls_extent import xls_cells
from campmgr.files.xlsx_parts import read_parts
from campmgr.files.xml_extent import RectangleTooLarge, ods_cells, xlsx_cells

FileKind = Literal["xlsx", "xls", "ods", "csv"]

_HEAD = 4096
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "文件有打开密码，程序读不了。请先在 Excel 或 WPS 里去掉密码，保存后再导入。"  # noqa: S105 a sentence, not a secret
_DAMAGED = "文件已损坏或没有传完整。请用 Excel 或 WPS 打开检查，另存为 .xlsx，再导入。"


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """What a file may cost: bytes on disk, bytes unpacked, rows × columns of the rectangles that hold its values."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    cells: int = 2_000_000


def unreadable(sentence: str) -> BadInput:
    """The error for a file that cannot be read at all."""
    return BadInput(sentence, reason="unreadable_file")


def damaged() -> BadInput:
    """The error for a file that begins well and does not go on so."""
    return unreadable(_DAMAGED)


def has_password() -> BadInput:
    """The error for a file that opens only with a password."""
    return unreadable(_PASSWORD)


def check_file(path: Path, limits: SheetLimits) -> FileKind:
    """What the file is, by its content; its name is not believed.

    Raises BadInput: `unreadable_file` (missing, locked, damaged, with a password, no spreadsheet), `empty_file` (0 bytes),
    `too_large` (bytes, unpacked bytes, or a cell so far out that the rectangle would not fit in memory).
    """
    head = _head(path, limits)
    try:
        if head.startswith(b"PK"):
            return _check_zip(path, limits)
        if head.startswith(_OLE_MAGIC):
            return _check_ole(path, limits)
    except RectangleTooLarge as error:
        raise _too_wide() from error
    if sentence := known_by_beginning(head):
        raise unreadable(sentence)
    return "csv"


def _head(path: Path, limits: SheetLimits) -> bytes:
    """The first bytes of a file of acceptable size."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise unreadable(f"找不到文件 {path.name}。请检查文件名和所在的文件夹。") from error
    except OSError as error:
        raise unreadable(f"文件 {path.name} 打不开。它可能正被别的程序使用：请先关闭 Excel 或 WPS，再试一次。") from error
    if size == 0:
        raise BadInput("文件是空的（0 字节）。请重新保存或重新复制一次，再导入。", reason="empty_file")
    if size > limits.file_bytes:
        raise BadInput(
            f"文件有 {size / 1_000_000:.1f} MB，超过了 {limits.file_bytes / 1_000_000:.1f} MB 的上限。请拆成几份，分别导入。",
            reason="too_large",
        )
    return head


def _too_wide() -> BadInput:
    return BadInput(
        "表格占的范围太大：可能有一个单元格离其他内容很远，也可能行数太多。"
        "请把有内容的部分复制到一张新表格，或者拆成几份，再导入。",
        reason="too_large",
    )


def _check_zip(path: Path, limits: SheetLimits) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            return _check_members(archive, limits)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError) as error:
        raise damaged() from error


def _check_members(archive: zipfile.ZipFile, limits: SheetLimits) -> FileKind:
    members = archive.infolist()
    kind = _zip_kind(archive, {member.filename for member in members})
    if any(member.flag_bits & 1 for member in members):
        raise has_password()
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise BadInput("表格展开后太大。请去掉图片和多余的工作表，或者拆成几份，再导入。", reason="too_large")
    if kind == "xlsx":
        parts = read_parts(archive)
        check_shared_texts(archive, parts, xlsx_cells(archive, parts, limits.cells))
    else:
        ods_cells(archive, limits.cells)
    return kind


def _zip_kind(archive: zipfile.ZipFile, names: set[str]) -> Literal["xlsx", "ods"]:
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    if {"mimetype", "content.xml"} <= names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")[:1_000_000]:
            raise has_password()
        return "ods"
    raise unreadable(known_in_archive(names))


def workbook_stream(path: Path) -> bytes:
    """The records of an .xls. Raises BadInput for a password or another sort of file, ValueError for damage."""
    ole = OleFile(path.read_bytes())
    if ole.has("EncryptedPackage"):
        raise has_password()
    stream = next((ole.stream(name) for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if ole.has(name)), b"")
    if not stream:
        raise unreadable(known_by_streams(ole.names))
    return stream


def _check_ole(path: Path, limits: SheetLimits) -> FileKind:
    try:
        if xls_cells(workbook_stream(path), limits.cells) is None:
            raise has_password()
    except ValueError as error:
        raise damaged() from error
    return "xls"
