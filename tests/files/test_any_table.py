"""A table at any place of any sort of file, with merges, formats and dirt drawn at random, is the same rows or is named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campmgr.facts.importing import RowProblem
from campmgr.files import cells
from campmgr.files.imports.choices import NOTHING_CHOSEN
from campmgr.files.imports.columns import Row, data_rows
from campmgr.files.imports.looking import open_chosen
from campmgr.files.imports.not_rows import no_data
from campmgr.files.imports.row_reading import get
from campmgr.files.odd_cells import BrokenCell
from tests.kit.made_files import LAYOUTS, write_csv
from tests.kit.sent_books import Broken, Formula, SentSheet, Shown, send

MOST = 10_000_000
HEADINGS = {
    "number": ["编号", "学号", "Number", "学 号*"],
    "name": ["姓名", "学生姓名", "\ufeff姓名"],
    "class_name": ["班级", "所在班级"],
    "phone": ["手机号", "家长电话"],
}
NAMES = ["王一", "阿里·买买提", "李二", "赵小五", "Zoë", "欧阳修", "㼆明", "𠮷野"]
OWN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


class Drawn:
    """A table as it is meant (field -> text, "" for blank, None for a broken cell), and the cells that say it."""

    def __init__(self, dice: random.Random, suffix: str) -> None:
        self.dice, self.suffix = dice, suffix
        self.fields = dice.sample(list(HEADINGS), dice.randint(2, 4))
        if "name" not in self.fields:
            self.fields[0] = "name"
        self.meant: list[dict[str, str | None]] = []
        self.rows: list[list[object]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        extra = dice.random() < 0.5
        self.width = len(self.fields) + extra
        head: list[object] = [*(dice.choice(HEADINGS[field]) for field in self.fields), *["备注"] * extra]
        self.rows.append(head)
        for number in range(1, dice.randint(2, 12)):
            self._row(number, extra)
        if suffix != ".csv" and "class_name" in self.fields and len(self.rows) > 3 and dice.random() < 0.5:
            self._merge()

    def _row(self, number: int, extra: bool) -> None:
        meant: dict[str, str | None] = {}
        row: list[object] = []
        for field in self.fields:
            text, cell = getattr(self, "_" + field)(number)
            if self.suffix != ".csv" and self.dice.random() < 0.06:
                text, cell = None, self.dice.choice([Broken("#N/A"), Broken("#VALUE!"), Formula()])
            meant[field] = text
            row.append(cell)
        self.meant.append(meant)
        self.rows.append([*row, "x"] if extra else row)

    def _merge(self) -> None:
        """One class over several rows."""
        at, last = self.fields.index("class_name"), self.dice.randint(2, len(self.rows) - 1)
        self.merges.append((1, at, last, at))
        self.rows[1][at], self.meant[0]["class_name"] = "一班", "一班"
        for number in range(2, last + 1):
            self.rows[number][at], self.meant[number - 1]["class_name"] = None, "一班"

    def _dirty(self, text: str) -> str:
        return self.dice.choice(["{}", " {}", "{} ", "{}\u3000", "\u200b{}", "{}\ufeff", "\xa0{}"]).format(text)

    def _number(self, number: int) -> tuple[str, object]:
        kind = self.dice.randrange(4)
        if kind == 0:
            return f"{number:06d}", Shown(number, "000000", f"{number:06d}") if self.suffix != ".csv" else f'="{number:06d}"'
        if kind == 1:
            return str(2023000 + number), 2023000 + number
        return f"k{number:03d}", self._dirty(f"k{number:03d}") if kind == 2 else f"'k{number:03d}".replace("'k", "k")

    def _name(self, number: int) -> tuple[str, object]:
        name = NAMES[number % len(NAMES)]
        return name, self._dirty(name)

    def _class_name(self, number: int) -> tuple[str, object]:
        if self.suffix != ".csv" and self.dice.random() < 0.3:
            return f"三年级{number}班", Shown(number, '"三年级"0"班"', f"三年级{number}班")
        return f"{number}班", self._dirty(f"{number}班")

    def _phone(self, number: int) -> tuple[str, object]:
        if self.dice.random() < 0.2:
            return "", None
        phone = f"138{number:08d}"
        return phone, self.dice.choice([phone, int(phone), f"+86 {phone}", f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"])


def written(drawn: Drawn, path: Path) -> Path:
    dice = drawn.dice
    titles: list[list[object]] = [["某校学生名单"]] * dice.randint(0, 2)
    merges = [(top + len(titles), left, bottom + len(titles), right) for top, left, bottom, right in drawn.merges]
    if drawn.suffix == ".csv":
        encoding = dice.choice(["utf-8", "utf-8-sig", "utf-16"] + ["gb18030"] * ("Zoë" not in str(drawn.rows)))
        left = [""] * dice.randint(0, 3)
        return write_csv(path, [[*left, *row] for row in [*titles, *drawn.rows]], encoding, dice.choice(",;\t"))
    sent = SentSheet([*titles, *drawn.rows], dice.randint(0, 5), dice.choice([0, 0, 1, 2, 7, 25, 26, 30]), merges)
    return send(path, sent)


PARSE = {"number": cells.code, "name": cells.name, "class_name": cells.class_name, "phone": cells.phone}


@OWN
@given(seed=st.integers(0, 10**9), suffix=st.sampled_from([".xlsx", ".xls", ".ods", ".csv"]))
def test_any_table_is_the_same_rows_or_is_named(tmp_path, seed, suffix):
    drawn = Drawn(random.Random(seed), suffix)
    path = written(drawn, tmp_path / f"a{suffix}")
    part = open_chosen(path, LAYOUTS["people"], LAYOUTS.values(), NOTHING_CHOSEN, MOST)[1].best
    assert set(part.columns.fields) == set(drawn.fields)
    read = [row for row in data_rows(part.table, part.columns) if not isinstance(no_data(row, part.columns), RowProblem)]
    assert [_as_read(row.values, drawn.fields) for row in read] == drawn.meant


def _as_read(values, fields):
    """Field -> text, None for a broken cell."""
    return {
        field: None if isinstance(values[field], BrokenCell) else get(Row(2, values, ()), field, PARSE[field], "")
        for field in fields
    }


@pytest.mark.parametrize("seed", range(8))
def test_the_same_seed_draws_the_same_table(seed):
    one, two = Drawn(random.Random(seed), ".xlsx"), Drawn(random.Random(seed), ".xlsx")
    assert one.meant == two.meant
