"""Whatever bytes somebody sends: rows or a sentence, never a traceback, never a wrong guess without a look."""

from __future__ import annotations

import random
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput
from campmgr.facts.importing import RowProblem
from campmgr.files.imports.choices import ENCODINGS, Choices
from campmgr.files.imports.columns import Row
from campmgr.files.imports.looking import look
from campmgr.files.imports.row_reading import RowReader, all_problems
from campmgr.files.imports.sheets import sheets_of
from tests.kit.made_files import FORMATS, LAYOUTS, make

MOST = 10_000_000
OWN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(path, kind, choices=Choices()):  # noqa: B008 - frozen
    """What somebody reads: the problem with the headings, or why the file cannot be read; "" for a file that can be imported."""
    try:
        said = look(path, LAYOUTS[kind], LAYOUTS.values(), choices, MOST).problem
    except BadInput as problem:
        said = problem.sentence
    assert said == "" or said.endswith("。")
    return said


@OWN
@given(data=st.binary(max_size=400), kind=st.sampled_from(list(LAYOUTS)), encoding=st.sampled_from(list(ENCODINGS)))
def test_any_bytes_give_a_look_or_a_sentence(tmp_path, data, kind, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    outcome(path, kind, Choices(encoding=encoding, heading_row=len(data) % 3))


@OWN
@given(text=st.text(max_size=200), kind=st.sampled_from(list(LAYOUTS)), encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text_gives_a_look_or_a_sentence(tmp_path, text, kind, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding, "ignore"))
    outcome(path, kind)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.drawn(whole=1_000)
def test_spoiled_copies_of_each_format(tmp_path, suffix, draws):
    path = make(tmp_path / f"a.{suffix}", [["编号", "姓名", "手机号"], *[[str(n), "甲", "13800138000"] for n in range(30)]])
    good, dice = path.read_bytes(), random.Random(1)
    for _ in range(draws):
        data = bytearray(good)
        for _ in range(dice.randrange(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(bytes(data[: dice.randrange(1, len(data) + 1)]) if dice.random() < 0.3 else bytes(data))
        outcome(path, "people")


CELLS = st.one_of(st.text(max_size=30), st.integers(-(10**20), 10**20), st.floats(), st.booleans(), st.datetimes(), st.dates(),
                  st.times(), st.timedeltas())  # fmt: skip
FIELDS = sorted({column.field for layout in LAYOUTS.values() for column in layout.columns})


@OWN
@given(kind=st.sampled_from(list(LAYOUTS)), values=st.dictionaries(st.sampled_from(FIELDS), CELLS))
def test_any_cells_make_a_row_or_problems_each_with_a_sentence(kind, values):
    reader = RowReader(CATALOGUE.book.preset("escape-drill-2023"), "2023-06-12T10:00:00Z")
    row = Row(2, values, tuple(values.values()))
    read = partial(sheets_of(CATALOGUE)[kind].read, reader)
    try:
        read(row)
    except RowProblem as problem:
        for each in all_problems(read, row, problem):
            assert each.sentence.endswith("。") or each.sentence.endswith("？")
            assert each.column in FIELDS
