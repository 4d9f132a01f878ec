"""A whole camp on real files: what the command line says equals an independent recount, import by import, report by report."""

from __future__ import annotations

import os

import pytest

from tests.acceptance.made_likes import SECOND_READ
from tests.acceptance.recount import Recount
from tests.acceptance.tables import REPORTS, report, standings
from tests.acceptance.whole_camp import LISTED, import_steps, opened, report_steps


@pytest.fixture(scope="module")
def camp(tmp_path_factory):
    """All files imported, each twice; CAMPMGR_FULL=1 makes it the full size."""
    camp = opened(tmp_path_factory.mktemp("real-input"), full=os.environ.get("CAMPMGR_FULL") == "1")
    camp.differences = {name: differences for name, step in import_steps(camp) if (differences := step())}
    return camp


def test_every_import_accounts_for_every_row_and_the_same_file_again_changes_nothing(camp):
    assert not camp.differences


def test_every_report_equals_the_recount(camp):
    found = {name: differences for name, step in report_steps(camp) if (differences := step())}
    assert not found


def test_the_made_camp_holds_the_hard_cases(camp):
    """A recount of an easy camp would prove little: sums beyond the total, people in no row, equals at the cut."""
    mine: Recount = camp.recount
    tables = {by: report(mine, by) for by in REPORTS}
    assert all(tables[by].overlap["joined"] > 0 for by in ("school", "federation", "line"))
    assert all(tables[by].unassigned["joined"] > 0 for by in ("county", "school", "federation", "line"))
    assert all(tables["city"].rows[code]["completed"] > 0 for code in ("3500", "350128"))
    _, tied = standings(mine, SECOND_READ, LISTED)
    assert tied > 0
