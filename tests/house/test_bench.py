"""What others measure on is right: the filled files with facts. And the way of a scan stays one that a reader can follow."""

from __future__ import annotations

from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store.door import Store
from tests.bench import fill, ground, made_camp
from tests.bench.reports import every_report
from tests.bench.tiny_camp import tiny_camp, ways
from tests.bench.walk import walked

PEOPLE = 60

MOST_FILES = 42
"""Of the package, from the scanner's post to the answer that all is saved."""


def test_a_filled_file_is_what_the_program_itself_would_have_come_to(tmp_path, monkeypatch):
    monkeypatch.setenv(ground.FOLDER, str(tmp_path))
    fill.prove(PEOPLE, whole=True)
    store = Store(ground.kept(PEOPLE), CATALOGUE, FixedClock(made_camp.NOW))
    for _, report in every_report(store, made_camp.schools(PEOPLE)[0].code):
        report()  # what is measured on such a file answers
    store.close()


def test_a_kept_file_goes_by_what_the_program_makes_of_the_same_people(tmp_path, monkeypatch):
    monkeypatch.setenv(ground.FOLDER, str(tmp_path))
    before = ground.fingerprint()
    ground.fingerprint.cache_clear()
    assert ground.fingerprint() == before
    (tmp_path / "60-0123456789ab.sqlite").touch()
    assert [path.name for path in ground.outdated()] == ["60-0123456789ab.sqlite"]


def test_a_scan_passes_few_files_from_the_station_to_saved(tmp_path):
    with tiny_camp(tmp_path) as camp:
        passed = walked(ways(camp)["scan"]).files
    assert len(passed) <= MOST_FILES, "list them with `python -m tests.bench.walk --files scan --functions`"
    assert "ledger/envelope.py" in passed
