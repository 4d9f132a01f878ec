"""The quick check, in less than a minute on two cores: `python -m tests.quick`. All tests are `pytest`."""

from __future__ import annotations

import subprocess
import sys

from tests.house.sources import ROOT

CHECKS = ("ruff check", "ruff format --check", "mypy", "pytest --quick --quiet -p no:xdist")


def main() -> int:
    """Run all checks side by side, and print what those that fail have to say; 1 when one does."""
    running = [(check, _started(check)) for check in CHECKS]
    failed = [check for check, process in running if not _holds(check, process)]
    return 1 if failed else 0


def _started(check: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", *check.split()]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")


def _holds(check: str, process: subprocess.Popen[str]) -> bool:
    said, _ = process.communicate()
    holds = process.returncode == 0
    sys.stdout.write(f"ok      {check}\n" if holds else f"failed  {check}\n{said}")
    sys.stdout.flush()
    return holds


if __name__ == "__main__":
    sys.exit(main())
