"""Spreadsheets made at random, read as every kind of import reads them."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.acceptance.sweep import faults, made_books, our_rows, silent_blanks
from tests.kit.sent_books import Broken, Formula, SentSheet, send


def test_made_books_are_read_without_a_traceback_a_hang_or_a_silent_blank(tmp_path):
    books = list(islice(made_books(tmp_path), 60))
    assert len(books) == 60
    assert [fault for path in books for fault in faults(path, compared=path.suffix == ".xlsx")] == []


@pytest.mark.parametrize("cell", ["x", 5, Broken("#REF!"), Formula("1+1")])
def test_the_sweep_would_see_a_blank(tmp_path, cell):
    path = send(tmp_path / "a.xlsx", SentSheet([["编号"], [cell]], 0, 3))
    assert silent_blanks(path, our_rows(path)) == []
    assert len(silent_blanks(path, {"名单": {1: ["", "", "", "编号"], 2: ["", "", "", ""]}})) == 1
