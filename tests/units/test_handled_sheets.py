"""A sheet of units that went through people's hands and programs comes back as what it says, and no row is lost in silence."""

from __future__ import annotations

import pytest

from tests.units.test_round_trip import _back, _given, _group, _rows

WIDE = {48 + digit: 0xFF10 + digit for digit in range(10)}


def _cells(book):
    rows = _rows(book).values()
    return list(book.active.iter_rows(min(rows), max(rows)))


def _sorted(book):
    rows = _cells(book)
    values = [[cell.value for cell in row] for row in rows]
    for row, told in zip(rows, reversed(values), strict=True):
        for cell, value in zip(row, told, strict=True):
            cell.value = value


def _blank_lines(book):
    first = min(_rows(book).values())
    book.active.insert_rows(first + 2)
    book.active.insert_rows(first + 5, 3)


def _codes_as(make, form):
    def change(book):
        for row in _cells(book):
            for cell in (row[1], row[3]):
                if str(cell.value).isdigit():
                    cell.value, cell.number_format = make(cell.value), form

    return change


def _wide_digits(book):
    for row in _cells(book):
        for cell in (row[0], row[1], row[3]):
            cell.value = str(cell.value).translate(WIDE) if cell.value else None


def _blanks_around(book):
    for row in _cells(book):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = f"\u3000{cell.value} "


def _columns_moved(book):
    first, last = min(_rows(book).values()), max(_rows(book).values())
    for row in book.active.iter_rows(first - 1, last):
        row[2].value, row[5].value = row[5].value, row[2].value


def _hidden(book):
    first = min(_rows(book).values())
    for number in range(first + 1, first + 4):
        book.active.row_dimensions[number].hidden = True


def _merged(book):
    first = min(_rows(book).values())
    book.active.merge_cells(start_row=first + 1, end_row=first + 2, start_column=4, end_column=4)


HANDLED = {
    "sorted": _sorted, "blank lines": _blank_lines, "codes as numbers": _codes_as(int, "General"),
    "codes as 350102.0": _codes_as(float, "0.0"), "wide digits": _wide_digits, "blanks around": _blanks_around,
    "columns moved": _columns_moved, "rows hidden": _hidden, "equal cells merged": _merged,
    "a second sheet": lambda book: book.create_sheet("说明").cell(1, 1, "请于周五前返回"),
}  # fmt: skip


@pytest.mark.parametrize("how", HANDLED)
def test_what_was_not_changed_is_no_change(pages, how):
    book = _given(pages)
    HANDLED[how](book)
    page = _back(pages, book)
    assert page.status_code == 200, page.text
    assert ("表里没有要写入的改动" in page.text, _group(page, "missing"), _group(page, "wrong")) == (True, "", "")


def test_a_sum_below_and_a_formula_without_a_value_are_told(pages):
    book = _given(pages)
    first = min(_rows(book).values())
    book.active.cell(first + 1, 7).value = "=1+1"
    book.active.append([None, None, "合计", None, None, None, 480])
    wrong = _group(_back(pages, book), "wrong")
    assert ("是公式" in wrong, "合计行" in wrong) == (True, True)


def test_a_sheet_without_its_keys_says_which_column_is_missing(pages):
    book = _given(pages)
    book.active.delete_cols(1)
    page = _back(pages, book)
    assert (page.status_code, "行号（勿改）" in page.text) == (422, True)
