"""Importing what somebody sent into a small camp, and what became of it."""

from __future__ import annotations

from typing import Any

import pytest

from campmgr.files.imports.importing import FileImported, Options, import_file
from tests.kit.made_files import write_csv
from tests.kit.sent_books import SentSheet, send

BOOKS = (".xlsx", ".xls", ".ods")
ALL = (*BOOKS, ".csv")
MARKS = ["编号", "课程编号", "分钟", "日期"]
PEOPLE = ["编号", "姓名", "单位代码", "班级", "手机号"]
Rows = list[list[Any]]


@pytest.fixture
def imported(camp, tmp_path):
    """Imports rows, or a sheet, of a kind; what becomes of it."""
    number = 0

    def take(kind, sent, suffix=".xlsx", **options) -> FileImported:
        nonlocal number
        number += 1
        path = tmp_path / f"f{number}{suffix}"
        if suffix == ".csv":
            write_csv(path, sent)
        else:
            send(path, sent if isinstance(sent, SentSheet) else SentSheet(sent))
        return import_file(camp.store, kind, path, Options(**options))

    return take


def rejects(done: FileImported) -> list[tuple[int, str]]:
    """(Row, reason) of what was rejected; every row is accounted for."""
    assert done.counts.new + done.counts.changed + done.counts.unchanged + done.counts.rejected == done.counts.rows
    return [(each.row, each.reason) for each in done.counts.rejects]


def notes(done: FileImported) -> list[str]:
    """The reasons of all notes."""
    return [each.reason for each in done.counts.notes]
