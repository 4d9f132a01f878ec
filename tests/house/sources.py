"""What the house tests look at: our own files, as they stand in the tree."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_TEXT = {".py", ".toml", ".csv", ".sql", ".md", ".html", ".css", ".js", ".json", ".svg", ".txt", ".po", ".xml"}
_PASSED_OVER = {"__pycache__", "node_modules", "vendor"}


def text_files(*folders: str) -> list[Path]:
    """Every text file of ours below these folders (or these files themselves), sorted."""
    found: set[Path] = set()
    for name in folders:
        start = ROOT / name
        found.update([start] if start.is_file() else filter(_is_text, start.rglob("*")))
    return sorted(found)


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders, sorted."""
    return [path for path in text_files(*folders) if path.suffix == ".py"]


def relative(path: Path) -> str:
    """A path as we name it in sentences: campmgr/store/door.py."""
    return path.relative_to(ROOT).as_posix()


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix in _TEXT and not _PASSED_OVER.intersection(path.parts)
