"""Bars and tiles: lengths by value, shades by rank, places that do not move."""

from __future__ import annotations

import pytest

from campmgr.web.charts import PLACES, STEPS, Figure, bars, tile_map


def _figures(*values: int | None) -> list[Figure]:
    return [Figure(code, f"{code}市", value, str(value)) for code, value in zip(PLACES, values, strict=False)]


def test_bars_are_as_long_as_their_numbers():
    assert [bar.length for bar in bars(_figures(200, 50, 0, None))] == [1000, 250, 0]
    assert bars(_figures(0, 0))[0].length == 0
    assert bars([]) == ()


def test_every_tile_has_a_place_of_its_own():
    assert len(set(PLACES.values())) == len(PLACES) == 11


@pytest.mark.parametrize("values", [(1,), (5, 5, 5), tuple(range(11)), (None, 3, None)])
def test_shades_go_by_rank(values):
    tiles = tile_map(_figures(*values)).tiles
    known = [tile for tile in tiles if tile.figure.value is not None]
    assert all(0 <= tile.shade < STEPS for tile in known)
    ranked = sorted(known, key=lambda tile: tile.figure.value or 0)
    assert [tile.shade for tile in ranked] == sorted(tile.shade for tile in known)
    assert {tile.shade for tile in tiles if tile.figure.value is None} <= {-1}


def test_units_of_another_province_stand_in_rows():
    found = tile_map([Figure(f"33{number:02d}", f"市{number}", number, str(number)) for number in range(9)])
    assert len({(tile.column, tile.row) for tile in found.tiles}) == 9
    assert found.rows == 3
