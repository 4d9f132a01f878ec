"""Charts as numbers for a template to draw: bars, and a schematic map of city-level tiles. No real borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 5
"""Shades of the map."""

PLACES = {
    "3507": (1, 0), "3509": (2, 0), "3504": (0, 1), "3501": (2, 1), "350128": (3, 1), "3508": (0, 2), "3505": (1, 2),
    "3503": (2, 2), "3506": (0, 3), "3502": (1, 3), "3500": (3, 3),
}  # fmt: skip
"""Where the tile of a city-level unit stands (column, row): roughly as in an atlas, and meant as no more than that."""

_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to draw: whose, how large (None: not known), how it reads; where it leads ("" for nowhere), and if it is late."""

    code: str
    name: str
    value: int | None
    words: str
    to: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: `length` in thousandths of the longest."""

    figure: Figure
    length: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of the map, its place, and its shade from 0 (least) to STEPS - 1; -1 where the number is not known."""

    figure: Figure
    column: int
    row: int
    shade: int
    name: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles and how many columns and rows they take."""

    tiles: tuple[Tile, ...]
    columns: int
    rows: int


def bars(figures: Sequence[Figure]) -> tuple[Bar, ...]:
    """A bar for each number that is known, in the order given."""
    longest = max((each.value or 0 for each in figures), default=0)
    return tuple(Bar(each, 1000 * max(each.value, 0) // longest if longest else 0) for each in figures if each.value is not None)


def tile_map(figures: Sequence[Figure]) -> TileMap:
    """A tile for each unit: those of the atlas in their places, any others in rows below."""
    known = sorted({each.value for each in figures if each.value is not None})
    below = max([PLACES[each.code][1] for each in figures if each.code in PLACES], default=-1) + 1
    others = [each for each in figures if each.code not in PLACES]
    tiles = [_tile(each, *PLACES[each.code], known) for each in figures if each.code in PLACES]
    tiles += [_tile(each, at % _COLUMNS, below + at // _COLUMNS, known) for at, each in enumerate(others)]
    return TileMap(tuple(tiles), _COLUMNS, max((tile.row for tile in tiles), default=0) + 1)


def _tile(figure: Figure, column: int, row: int, known: Sequence[int]) -> Tile:
    """Shades by rank, so that one giant does not paint all others alike."""
    shade = -1 if figure.value is None else known.index(figure.value) * STEPS // len(known)
    short = figure.name.removesuffix("市").removesuffix("综合实验区")
    return Tile(figure, column, row, shade, short if len(short) <= 5 else short[:4])


@dataclass(frozen=True, slots=True)
class Dot:
    """A reading on a curve: where it stands in a box of CURVE_WIDTH by CURVE_HEIGHT, and whether it lies below the one before."""

    x: int
    y: int
    fell: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A series over time: its dots, the same as the points of a polyline, and the largest value, at the top of the box."""

    dots: tuple[Dot, ...]
    points: str
    most: int


CURVE_WIDTH, CURVE_HEIGHT = 600, 140


def curve(series: Sequence[tuple[float, int]]) -> Curve | None:
    """A curve of (time, value) in order; None for fewer than two, of which no curve can be drawn. The bottom is zero."""
    if len(series) < 2:
        return None
    start, span = series[0][0], max(series[-1][0] - series[0][0], 1)
    most = max(value for _, value in series)
    dots = []
    for at, (time, value) in enumerate(series):
        y = CURVE_HEIGHT - CURVE_HEIGHT * max(value, 0) // max(most, 1)
        dots.append(Dot(round(CURVE_WIDTH * (time - start) / span), y, at > 0 and value < series[at - 1][1]))
    return Curve(tuple(dots), " ".join(f"{dot.x},{dot.y}" for dot in dots), most)
