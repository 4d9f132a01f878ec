"""What others measure on is right: the filled files with facts."""

from __future__ import annotations

from tests.bench import fill, ground

PEOPLE = 60


def test_a_filled_file_is_what_the_program_itself_would_have_come_to(tmp_path, monkeypatch):
    monkeypatch.setenv(ground.FOLDER, str(tmp_path))
    fill.prove(PEOPLE, whole=True)


def test_a_kept_file_goes_by_what_the_program_makes_of_the_same_people(tmp_path, monkeypatch):
    monkeypatch.setenv(ground.FOLDER, str(tmp_path))
    before = ground.fingerprint()
    ground.fingerprint.cache_clear()
    assert ground.fingerprint() == before
    (tmp_path / "60-0123456789ab.sqlite").touch()
    assert [path.name for path in ground.outdated()] == ["60-0123456789ab.sqlite"]
