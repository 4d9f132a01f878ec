"""Files people send: kept in the state folder by their SHA-256 between preview and import, each account's apart, a day at most.

    path = keep_upload(request.files.get("file"))     # the preview shows path.name in a hidden field
    path = kept_upload(form.typed("kept"))            # the commit imports the same bytes
    drop_upload(path)

What nobody commits makes room for later uploads of the same account.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from werkzeug.datastructures import FileStorage

from campmgr.accounts.kept_files import uploads_of
from campmgr.disk import make_folder, put_in_place
from campmgr.errors import BadInput, NotFound, Trouble
from campmgr.web.current import me

MOST_KEPT = 40
_MOST_BYTES = 200_000_000
"""Files an account may have waiting, and how large they may be together; the oldest makes room, so that what nobody commits does
not fill the disk.
"""

_KEPT = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def keep_upload(upload: FileStorage | None) -> Path:
    """Keep an uploaded file for the account in hand; its name is the SHA-256 of its bytes, with the suffix it came with.

    Raises BadInput when no file was chosen or it is empty, Trouble when the disk says no.
    """
    if upload is None or not upload.filename:
        raise _nothing_chosen()
    suffix = Path(upload.filename.replace("\\", "/")).suffix.lower()
    folder = _folder()
    try:
        make_folder(folder)
        path = _save(upload, folder, suffix if _SUFFIX.fullmatch(suffix) else "")
    except OSError as problem:
        raise Trouble("上传的文件存不下来。", hint="请检查磁盘是否已满，再试一次。") from problem
    _make_room(folder, path)
    return path


def kept_upload(name: str) -> Path:
    """A file this account keeps, by the name `keep_upload` gave it. Raises NotFound once it was imported or made room."""
    path = _folder() / name
    if not _KEPT.fullmatch(name) or not path.is_file():
        raise NotFound("这份上传的文件已经导入或过期。", reason="unknown_fact", hint="请重新选择文件上传。")
    return path


@contextmanager
def passing_upload(upload: FileStorage | None) -> Iterator[Path]:
    """An uploaded file for the length of a block, under its own name: for whoever has no account. Raises as `keep_upload`."""
    if upload is None or not upload.filename:
        raise _nothing_chosen()
    with TemporaryDirectory(prefix="campmgr-") as folder:
        path = Path(folder) / plain_name(upload.filename)
        try:
            upload.save(path)
        except (OSError, ValueError) as problem:  # a name that no file can have, too
            raise Trouble("上传的文件存不下来。", hint="请检查磁盘是否已满，再试一次。") from problem
        finally:
            upload.close()
        yield path


def plain_name(sent: str) -> str:
    """What a file that was sent is called here: without its folders, of a long name the end, which every disk takes."""
    name = Path("".join(each for each in sent.replace("\\", "/") if each.isprintable())).name[-120:]
    while len(name.encode()) > _LONGEST_NAME:
        name = name[1:]
    return name or "file"


_LONGEST_NAME = 240
"""Bytes of a file's name; most disks take 255."""


def _nothing_chosen() -> BadInput:
    return BadInput("还没有选择文件。", reason="missing_value", hint="请点“选择文件”，选好后再上传。")


def drop_upload(path: Path) -> None:
    """Delete a kept file."""
    with suppress(OSError):
        path.unlink()


def _folder() -> Path:
    return uploads_of(me().account)


def _save(upload: FileStorage, folder: Path, suffix: str) -> Path:
    part, digest, size = folder / f"{os.getpid()}-{id(upload):x}.part", hashlib.sha256(), 0
    with part.open("wb") as file:
        while block := upload.stream.read(1 << 20):
            digest.update(block)
            size += len(block)
            file.write(block)
    if not size:
        part.unlink()
        raise BadInput("这个文件是空的。", reason="empty_file", hint="请检查是不是选错了文件。")
    path = folder / (digest.hexdigest() + suffix)
    put_in_place(part, path)
    return path


def _make_room(folder: Path, newest: Path) -> None:
    others = sorted((each for each in folder.iterdir() if each != newest), key=lambda each: each.stat().st_mtime)
    whole = newest.stat().st_size + sum(each.stat().st_size for each in others)
    for place, path in enumerate(others):
        if len(others) - place + 1 <= MOST_KEPT and whole <= _MOST_BYTES:
            break
        whole -= path.stat().st_size
        drop_upload(path)
