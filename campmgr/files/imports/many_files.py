"""Several files of one kind at once, as they come back from many units: each for itself, and each accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from campmgr.errors import CampError
from campmgr.facts.importing import Progress, nobody_watches
from campmgr.files.imports.importing import FileImported, Options, import_file, refuse_rejected
from campmgr.store.door import Store


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What became of one of the files: how it was imported, or why it was not."""

    path: Path
    imported: FileImported | None
    refused: CampError | None = None


def import_files(
    store: Store, kind: str, paths: Sequence[Path], options: Options, told: Progress = nobody_watches
) -> tuple[ReturnedFile, ...]:
    """Import each file as a batch of its own; one that cannot be read is named and the others go on."""
    return tuple(_one(store, kind, path, options, told) for path in paths)


def _one(store: Store, kind: str, path: Path, options: Options, told: Progress) -> ReturnedFile:
    try:
        found = import_file(store, kind, path, options, told)
        if options.strict:
            refuse_rejected(found)
    except CampError as problem:
        return ReturnedFile(path, None, problem)
    return ReturnedFile(path, found)
