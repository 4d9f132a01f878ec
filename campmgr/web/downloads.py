"""Answers that are files to save: spreadsheets and PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from flask import make_response

from campmgr.web.respond import Answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
HTML = "text/html; charset=utf-8"
JWT = "application/jwt"


def written(write: Callable[[Path], None]) -> bytes:
    """The bytes of a file that something writes to a path."""
    with TemporaryDirectory(prefix="campmgr-") as folder:
        path = Path(folder) / "file"
        write(path)
        return path.read_bytes()


def download(data: bytes, name: str, mime: str) -> Answer:
    """A file to save under a name, which may be Chinese (RFC 6266; old browsers get a plain name)."""
    answer = make_response(data)
    answer.headers["Content-Type"] = mime
    answer.headers["Content-Disposition"] = f"attachment; filename=\"file{Path(name).suffix}\"; filename*=UTF-8''{quote(name)}"
    return answer
