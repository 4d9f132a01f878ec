"""Where figures are kept: as JSON, and as the table of docs/measured.md, with the machine they come from."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figures import Figure

TABLE = Path(__file__).parents[2] / "docs" / "measured.md"
_HEAD = """# Measured

Made by `python -m tests.bench --table`, row by row; what the rows are is told in [numbers](numbers.md). The ratio is of the
processor's time, *waited* of what somebody waits for. Each row stands with the day and the machine it was measured on;
others may have used it.

| row | what | measured | against | ratio | reach | | waited | when and where |
|---|---|---|---|---|---|---|---|---|
"""


def machine() -> str:
    """The machine and the programs in hand, in one line."""
    cores, load = os.cpu_count(), os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (f"{platform.system()} {platform.machine()}, {cores} cores, load {load:.1f}, Python {platform.python_version()}, "
            f"SQLite {sqlite3.sqlite_version}")  # fmt: skip


def keep(path: Path, found: Mapping[str, Sequence[Figure]]) -> None:
    """Write figures as JSON, with the day and the machine."""
    rows = {name: [asdict(each) | {"ok": each.ok} for each in figures] for name, figures in found.items()}
    told = {"day": _today(), "machine": machine(), "rows": rows}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_table(found: Mapping[str, Sequence[Figure]]) -> None:
    """Put figures into the table, in place of what stands there of their rows; the others stay."""
    lines = TABLE.read_text("utf-8").splitlines() if TABLE.exists() else []
    kept = [line for line in lines if line.startswith("| `") and line.split("`")[1] not in found]
    where = f"{_today()}, {machine()}"
    made = [_line(name, each, where) for name, figures in found.items() for each in figures]
    TABLE.write_text(_HEAD + "\n".join(sorted([*kept, *made])) + "\n", "utf-8")


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _line(name: str, each: Figure, where: str) -> str:
    waited = "" if each.waited is None else f"{each.waited:.2f}"
    verdict = "" if each.ok else "**missed**"
    cells = (
        f"`{name}`",
        each.what,
        each.measured,
        each.against,
        f"{each.ratio:.2f}",
        f"{each.sense} {each.reach:g}",
        verdict,
        waited,
        each.when or where,
    )
    return "| " + " | ".join(cells) + " |"
