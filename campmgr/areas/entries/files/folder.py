"""The folder beside the data file in which files of works lie, each by its SHA-256; media never enter the data file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def folder_of(data_file: Path) -> Path:
    """`<data file>.files`."""
    return data_file.with_name(data_file.name + ".files")


def keep_file(data_file: Path, path: Path, digest: str) -> Path:
    """Keep a copy of a file; one that is there already is not written again. It is whole before it bears its name."""
    kept = _place(data_file, digest)
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = kept.with_name(f"{digest}.{os.getpid()}.part")
        shutil.copyfile(path, half)
        half.chmod(0o600)
        half.replace(kept)
    return kept


def kept_file(data_file: Path, digest: str) -> Path | None:
    """A file that is here; None where it is not."""
    kept = _place(data_file, digest)
    return kept if kept.is_file() else None


def _place(data_file: Path, digest: str) -> Path:
    return folder_of(data_file) / digest[:2] / digest
