"""The whole camp in full size, with times: python -m tests.acceptance.full [--small]."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.acceptance.program import SECONDS
from tests.acceptance.whole_camp import import_steps, opened, report_steps

_SHOWN = 20


def main(words: list[str]) -> int:
    """Run every step, print the seconds of its commands (several for hours and behind) and its first differences; 0 when none."""
    _say("Files are made, the camp is opened …")
    with tempfile.TemporaryDirectory() as folder:
        camp = opened(Path(folder), full="--small" not in words)
        wrong = [name for name, step in import_steps(camp) if not _run(name, step)]
        wrong += [name for name, step in report_steps(camp) if not _run(name, step)]
        _say(f"data file: {camp.data_file.stat().st_size / 1e6:.1f} MB")
    _say(f"wrong: {', '.join(wrong)}" if wrong else "all equal the recount")
    return 1 if wrong else 0


def _run(name: str, step: Callable[[], list[str]]) -> bool:
    SECONDS.clear()
    try:
        differences = step()
    except AssertionError as failed:
        differences = [str(failed)]
    _say(f"{sum(SECONDS):8.2f} s  {name}  {'equal' if not differences else f'{len(differences)} differences'}")
    for difference in differences[:_SHOWN]:
        _say(f"            {difference}")
    return not differences


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
