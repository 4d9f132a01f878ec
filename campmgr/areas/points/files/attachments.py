"""The packed file of an item: whether it can be taken, and how long the text in it is. Nothing is unpacked onto the disk."""

from __future__ import annotations

import hashlib
import re
import zipfile
from html import unescape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from campmgr.areas.points.rules.characters import counts_of
from campmgr.errors import BadInput

LONGEST_NAME = 120
"""Characters of a file's name that are kept, the last ones."""

MOST_BYTES = 500_000_000
"""How large everything in a packed file may be together."""

_SEALED = b"\xd0\xcf\x11\xe0"
"""How a document begins that was sealed with a password, and one of the old format under a new name."""

_MOST_TEXT, _MOST_FILES, _MOST_RATIO = 5_000_000, 2_000, 200
_RUN = re.compile(rb"<w:(?:t|instrText)(?: [^>]*)?>([^<]*)</w:t>|</w:p>")
_HINT = "文字、图片请打包成一个 zip 文件再上传。"


class Packed(NamedTuple):
    """The packed file of an item: how many characters the text in it has by each rule, its name, and the SHA-256 of its bytes."""

    characters: dict[str, int]
    name: str
    sha256: str


def packed_in(path: Path, most_bytes: int) -> Packed:
    """What is kept of a packed file, from page and command alike. Raises BadInput as `counted_in`, and beyond so many bytes."""
    try:
        if path.stat().st_size > most_bytes:
            raise BadInput(
                f"附件超过 {most_bytes // 1024**2} MB，没有收。", reason="too_large", hint="请减少图片或压缩图片再打包。"
            )
        characters = counted_in(path)
        with path.open("rb") as file:
            return Packed(characters, path.name[-LONGEST_NAME:], hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as problem:
        raise BadInput(f"附件“{path.name}”打不开。", reason="unreadable_file", hint=_HINT) from problem


def counted_in(path: Path) -> dict[str, int]:
    """How many characters the text in a packed file has (.docx or .txt); {} where there is none.

    Raises BadInput for what is no zip, is encrypted or holds a document that is, is larger inside than anything sent in earnest, or
    names places outside.
    """
    if not zipfile.is_zipfile(path) or path.suffix.lower() != ".zip":
        raise BadInput("附件不是 zip 压缩文件。", reason="unreadable_file", hint=_HINT)
    try:
        with zipfile.ZipFile(path) as packed:
            inside = [each for each in packed.infolist() if not each.is_dir()]
            _refuse(inside)
            texts = [each for each in inside if each.filename.casefold().endswith((".docx", ".txt"))]
            return max((_counts(packed, each) for each in texts), key=lambda found: found.get("marks", 0), default={})
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        raise BadInput("附件打不开，可能没有传完整。", reason="unreadable_file", hint="请重新打包再上传。") from problem


def _refuse(inside: list[zipfile.ZipInfo]) -> None:
    whole, packed = sum(each.file_size for each in inside), sum(each.compress_size for each in inside)
    if not inside:
        raise BadInput("附件里什么都没有。", reason="empty_file", hint=_HINT)
    if any(each.flag_bits & 1 for each in inside):
        raise BadInput("附件设了密码，打不开。", reason="unreadable_file", hint="请不设密码再打包。")
    if whole > MOST_BYTES or len(inside) > _MOST_FILES or whole > _MOST_RATIO * max(packed, 10_000):
        raise BadInput("附件解开以后太大，没有收。", reason="too_large", hint="请减少图片或压缩图片再打包。")
    for each in inside:
        place = PurePosixPath(each.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
            raise BadInput(f"附件里的“{each.filename[:40]}”指到压缩包外面，没有收。", reason="unreadable_file", hint=_HINT)


def _counts(packed: zipfile.ZipFile, one: zipfile.ZipInfo) -> dict[str, int]:
    if one.file_size > _MOST_TEXT:
        return {}
    if one.filename.casefold().endswith(".txt"):
        return counts_of(_decoded(packed.read(one)))
    with packed.open(one) as file:
        if file.read(len(_SEALED)) == _SEALED:
            raise BadInput(
                f"附件里的“{PurePosixPath(one.filename).name[-40:]}”设了密码，或不是 docx 格式，读不出文字。",
                reason="unreadable_file", hint="请去掉密码，另存为 .docx 再打包。",
            )  # fmt: skip
    with packed.open(one) as file, zipfile.ZipFile(file) as document:
        body = document.getinfo("word/document.xml") if "word/document.xml" in document.namelist() else None
        if body is None or body.file_size > _MOST_TEXT:
            return {}
        found = (match[1] or b"\n" for match in _RUN.finditer(document.read(body)))
        return counts_of(unescape(b"".join(found).decode("utf-8", "replace")))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
