"""Faults of ours: the traceback goes into a local file, a person is told a short code.

Whoever finds a fault could fill the disk with it: a file that has grown is put aside, and the one put aside before it goes.
"""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from campmgr.config import state_folder
from campmgr.disk import make_folder, put_in_place
from campmgr.ids import sha256

_MOST = 1_000_000
"""Bytes after which a file is put aside: some three hundred faults."""


def remember(problem: BaseException) -> tuple[str, Path | None]:
    """Write a fault down; its code of eight digits, and the file, or None where it could not be written."""
    told = _without_names("".join(traceback.format_exception(problem)))
    code = sha256(told)[:8]
    log = state_folder() / "faults.log"
    try:
        make_folder(log.parent)
        if log.is_file() and log.stat().st_size > _MOST:
            put_in_place(log, log.with_name("faults.old.log"))
        with log.open("a", encoding="utf-8") as file:
            file.write(f"--- {code}\n{told}")
    except OSError:
        return code, None
    return code, log


_PERSONAL = re.compile(r"[^\x00-\x7f]+|[0-9]{7,}")


def _without_names(told: str) -> str:
    """A traceback without what an exception may say of a row: names, telephones, the user's folder."""
    return _PERSONAL.sub("…", told)
