"""Rows typed from paper: what is meant is read, what is a slip is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.row_numbers import WrongRows, read_rows

_ROWS = st.frozensets(st.integers(26, 50)).map(lambda rows: tuple(sorted(rows)))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1-3, 5,8", (1, 2, 3, 5, 8)),
        ("１－３，５、８", (1, 2, 3, 5, 8)),
        ("1 至 3；5 ~ 6\n8", (1, 2, 3, 5, 6, 8)),
        ("3—4 1–2", (1, 2, 3, 4)),
        ("7..9", (7, 8, 9)),
        ("25", (25,)),
        ("", ()),
        (" ，、 ", ()),
    ],
)
def test_what_people_write_is_read(text, rows):
    assert read_rows(text, 1, 25) == rows


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1-3, 2", "第 2 行写了两次"),
        ("0", "超出了这一页"),
        ("20-26", "第 1 行到第 25 行"),
        ("9-4", "写成 4-9"),
        ("三", "不是行号"),
        ("1-2-3", "不是行号"),
        ("-4", "不是行号"),
        ("=1+1", "不是行号"),
        ("9" * 5000, "不是行号"),
    ],
)
def test_a_slip_is_said(text, says):
    with pytest.raises(WrongRows, match=says):
        read_rows(text, 1, 25)


@given(_ROWS)
def test_rows_written_in_short_are_the_rows_read(rows):
    assert read_rows(_shortest(rows), 26, 50) == rows


@given(_ROWS.filter(bool), st.randoms(use_true_random=False))
def test_their_order_does_not_matter(rows, dice):
    mixed = [str(row) for row in rows]
    dice.shuffle(mixed)
    assert read_rows(" ".join(mixed), 26, 50) == rows


def _shortest(rows: tuple[int, ...]) -> str:
    """Rows in their shortest form: (1, 2, 3, 7) is "1-3，7"."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return "，".join(str(start) if start == end else f"{start}-{end}" for start, end in runs)
