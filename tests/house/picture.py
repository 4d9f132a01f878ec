"""The house as a picture: its floors from the top down, each room with what it is for and which rooms it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import escape
from textwrap import wrap
from typing import NamedTuple

from campmgr.areas.register import AREAS
from tests.house.places import LAYERS, LEVELS
from tests.house.sources import ROOT, python_files

_WIDTH, _LEFT, _GAP, _LINE, _LETTER = 1180, 110, 12, 17, 7
"""In pixels; a letter takes so many at most, on average."""
_MOST_COLUMNS = 6
_FLOORS = tuple(tuple(room for room, level in LEVELS.items() if level == floor) for floor in range(max(LEVELS.values()) + 1))
"""The rooms of each floor, from the ground up."""

_STYLE = """
text { font-family: system-ui, "Noto Sans SC", sans-serif; font-size: 13px; fill: #1d2a33 }
.name { font-size: 15px; font-weight: 600 } .uses { fill: #5b6b76; font-size: 12px } .floor { fill: #5b6b76; font-size: 12px }
rect { fill: #eef4f7; stroke: #9db4c0 } .area { fill: #fdf3e1; stroke: #d8b36a } .ground { fill: #f1f1ee; stroke: #bdbdb5 }
"""


def house_picture() -> str:
    """The picture as SVG; the same code gives the same bytes."""
    parts, top = [], _GAP
    for number, floor in reversed(list(enumerate(_FLOORS))):
        boxes = _areas() if "areas" in floor else [_room(name) for name in floor]
        columns = min(len(boxes), _MOST_COLUMNS)
        boxes = [_fitted(box, columns) for box in boxes]
        lines = max(len(box.below) for box in boxes) + 1
        parts.append(f'<text class="floor" x="{_GAP}" y="{top + _LINE + 4}">{escape(_floor_name(number, floor))}</text>')
        for place, box in enumerate(boxes):
            row, column = divmod(place, columns)
            parts.append(_drawn(box, top + row * (lines * _LINE + 2 * _GAP), column, columns, lines))
        top += -(-len(boxes) // columns) * (lines * _LINE + 2 * _GAP)
    parts.append(f'<text class="uses" x="{_LEFT}" y="{top + _LINE}">{escape(_inside())}</text>')
    height = top + 2 * _LINE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">'
    ground = f'<rect width="{_WIDTH}" height="{height}" style="fill:#fff;stroke:none"/>'
    return "\n".join([head, f"<style>{_STYLE}</style>", ground, *parts, "</svg>"]) + "\n"


class Box(NamedTuple):
    """A room or an area: its name, what it is for and what it imports, the class of its frame."""

    name: str
    below: list[str]
    frame: str = "room"


def _room_of(columns: int) -> int:
    """How wide a box is."""
    return (_WIDTH - _LEFT - _GAP * columns) // columns


def _fitted(box: Box, columns: int) -> Box:
    """The box with its lines broken at its width."""
    most = int((_room_of(columns) - 20) / _LETTER)
    return box._replace(
        below=[
            part
            for line in box.below
            for part in wrap(line, most, subsequent_indent="\u00a0" if line.startswith(("uses ", "imports ")) else "")
        ]
    )


def _floor_name(number: int, floor: tuple[str, ...]) -> str:
    return "the ground" if number == 0 else "areas, in order" if "areas" in floor else f"floor {number}"


def _inside() -> str:
    layers = " > ".join(reversed([layer for layer in LAYERS if layer != "area"]))
    return f"Imports go down only. Inside an area: {layers}."


def _room(name: str) -> Box:
    if (ROOT / f"campmgr/{name}.py").exists():
        return Box(name, [_sentence(f"campmgr/{name}.py")], "ground")
    rooms = {parts[1] for parts in _imports(f"campmgr/{name}") if LEVELS.get(parts[1])} - {name}
    uses = ", ".join(sorted(rooms, key=lambda room: (-LEVELS[room], room)))
    return Box(name, [_sentence(f"campmgr/{name}/__init__.py"), f"imports {uses or 'the ground'}"])


def _areas() -> list[Box]:
    boxes = []
    for number, name in enumerate(AREAS, 1):
        imported = {parts[2] for parts in _imports(f"campmgr/areas/{name}") if parts[1] == "areas" and len(parts) > 2}
        uses = ", ".join(other for other in AREAS if other in imported and other != name)
        boxes.append(Box(f"{number} {name}", [_sentence(f"campmgr/areas/{name}/__init__.py"), f"uses {uses or 'no area'}"], "area"))
    return boxes


def _imports(folder: str) -> Iterator[list[str]]:
    """The parts of every name of ours that the files of a folder import: campmgr, room, …"""
    for path in python_files(folder):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("campmgr"):
                yield from (f"{node.module}.{alias.name}".split(".") for alias in node.names)


def _sentence(file: str) -> str:
    """The first sentence of a file's docstring."""
    whole = ast.get_docstring(ast.parse((ROOT / file).read_text("utf-8"))) or ""
    first = whole.split("\n\n")[0].replace("\n", " ").split(". ")[0]
    return first.removesuffix(".")


def _drawn(box: Box, top: int, column: int, columns: int, lines: int) -> str:
    width = _room_of(columns)
    left = _LEFT + column * (width + _GAP)
    frame = f'<rect class="{box.frame}" x="{left}" y="{top}" width="{width}" height="{lines * _LINE + _GAP}" rx="6"/>'
    texts = [f'<text class="name" x="{left + 10}" y="{top + _LINE + 4}">{escape(box.name)}</text>']
    kind = ""
    for number, line in enumerate(box.below, 2):
        kind = ' class="uses"' if line.startswith(("uses ", "imports ")) or (kind and line.startswith("\u00a0")) else ""
        texts.append(f'<text{kind} x="{left + 10}" y="{top + number * _LINE + 4}">{escape(line)}</text>')
    return "\n".join([frame, *texts])
