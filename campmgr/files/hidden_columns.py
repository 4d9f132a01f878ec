"""Which columns an .xlsx hides. The reader does not tell; what is hidden must not be imported behind somebody's back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_LOOKED_AT = 1 << 16
"""Bytes at the beginning of a sheet; its columns are described before its rows."""

_MOST_COLUMNS = 16_384
_TAG = re.compile(r"<(?:\w+:)?(sheet|Relationship|col)\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")


def hidden_columns(path: Path) -> dict[str, frozenset[int]]:
    """Sheet name -> places from 0 of its hidden columns. Whatever is spelled in an unusual way counts as shown."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {member.filename.lower(): member.filename for member in archive.infolist()}
            targets = {one.get("Id", ""): one.get("Target", "") for one in _tags(archive, names, "xl/_rels/workbook.xml.rels")}
            sheets = [
                (one.get("name", ""), targets.get(one.get("r:id", ""), "")) for one in _tags(archive, names, "xl/workbook.xml")
            ]
            return {_unescaped(name): _hidden(archive, names, target) for name, target in sheets if target}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError):
        return {}


def _hidden(archive: zipfile.ZipFile, names: dict[str, str], target: str) -> frozenset[int]:
    part = target.lstrip("/") if target.startswith("/") else "xl/" + target
    found: set[int] = set()
    for one in _tags(archive, names, part):
        if one.get("hidden") in {"1", "true"} and one.get("min", "").isdigit() and one.get("max", "").isdigit():
            found.update(range(int(one["min"]) - 1, min(int(one["max"]), _MOST_COLUMNS)))
    return frozenset(found)


def _tags(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> list[dict[str, str]]:
    """The attributes of the tags above at the beginning of a part."""
    if part.lower() not in names:
        return []
    with archive.open(names[part.lower()]) as file:
        text = file.read(_LOOKED_AT).decode("utf-8", "replace")
    return [dict(_ATTRIBUTE.findall(attributes)) for _, attributes in _TAG.findall(text.partition("<sheetData")[0])]


def _unescaped(name: str) -> str:
    for mark, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        name = name.replace(mark, character)
    return name
