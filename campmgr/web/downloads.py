"""Answers that are files to save: spreadsheets and PDF."""

from __future__ import annotations

from collections.abc import Callable
from io import SEEK_END
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from urllib.parse import quote

from flask import Response, make_response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import FileWrapper

from campmgr.files.export_mark import marked
from campmgr.web.current import export_words
from campmgr.web.respond import Answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
HTML = "text/html; charset=utf-8"
JWT = "application/jwt"
ZIP = "application/zip"
ICS = "text/calendar; charset=utf-8"


def written(write: Callable[[Path], None]) -> bytes:
    """The bytes of a file that something writes to a path; a workbook is marked with whoever asks."""
    with marked(export_words()), TemporaryDirectory(prefix="campmgr-") as folder:
        path = Path(folder) / "file"
        write(path)
        return path.read_bytes()


def download(data: bytes, name: str, mime: str) -> Answer:
    """A file to save under a name, which may be Chinese (RFC 6266; old browsers get a plain name)."""
    return _named(make_response(data), name, mime)


def download_kept(path: Path, name: str, mime: str) -> Answer:
    """A file on the disk to save under a name, however large: it is sent in pieces."""
    return _named(make_response(send_file(path, mimetype=mime)), name, mime)


def show_kept(path: Path, mime: str) -> Answer:
    """A picture on the disk, to be drawn in a page; should a browser save it, its name says nothing."""
    answer = make_response(send_file(path, mimetype=mime))
    answer.headers["Content-Disposition"] = "inline; filename=picture"
    return answer


def show_parts(file: IO[bytes], mime: str) -> Answer:
    """An open file to be shown in a page, of a film the parts that a browser asks for; its name says nothing. It is closed once it
    is sent.
    """
    size = file.seek(0, SEEK_END)
    file.seek(0)
    answer = Response(FileWrapper(file, 1 << 16), mimetype=mime, direct_passthrough=True)
    answer.content_length = size
    answer.headers["Content-Disposition"] = "inline; filename=file"
    try:
        answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        file.close()
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    except BaseException:
        file.close()
        raise
    return answer


def download_made(write: Callable[[IO[bytes]], None], name: str, mime: str) -> Answer:
    """A file of any size that something writes for this one answer: it lies on the disk, without a name, while it is sent."""
    file = TemporaryFile(prefix="campmgr-")  # noqa: SIM115 - whoever sends it closes it
    try:
        with marked(export_words()):
            write(file)
        file.seek(0)
        return _named(make_response(send_file(file, mimetype=mime)), name, mime)
    except BaseException:
        file.close()
        raise


def _named(answer: Response, name: str, mime: str) -> Answer:
    answer.headers["Content-Type"] = mime
    answer.headers["Content-Disposition"] = f"attachment; filename=\"file{Path(name).suffix}\"; filename*=UTF-8''{quote(name)}"
    return answer
