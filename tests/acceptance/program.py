"""The program as its users start it: a process of its own for every command, JSON back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
_START = "from campmgr.app.commands import main; main()"

SECONDS: list[float] = []
"""How long each command took, in the order they ran."""


def run(data_file: Path, *words: str) -> Any:
    """Run `campmgr WORDS… --json` on this data file and return what it printed. Raises AssertionError on any exit but 0."""
    told = {"CAMPMGR_DB": str(data_file), "CAMPMGR_STATE": str(data_file.with_name("state")), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", _START, *words, "--json"]
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=REPOSITORY, env=os.environ | told, capture_output=True, encoding="utf-8", check=False)
    SECONDS.append(time.perf_counter() - begin)
    assert done.returncode == 0, f"campmgr {' '.join(words)}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return json.loads(done.stdout)
