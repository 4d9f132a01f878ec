"""Faults of ours: the traceback goes into a local file, a person is told a short code."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from campmgr.config import state_folder
from campmgr.disk import make_folder
from campmgr.ids import sha256


def remember(problem: BaseException) -> tuple[str, Path | None]:
    """Write a fault down; its code of eight digits, and the file, or None where it could not be written."""
    told = _without_names("".join(traceback.format_exception(problem)))
    code = sha256(told)[:8]
    log = state_folder() / "faults.log"
    try:
        make_folder(log.parent)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"--- {code}\n{told}")
    except OSError:
        return code, None
    return code, log


_PERSONAL = re.compile(r"[^\x00-\x7f]+|[0-9]{7,}")


def _without_names(told: str) -> str:
    """A traceback without what an exception may say of a row: names, telephones, the user's folder."""
    return _PERSONAL.sub("…", told)
