"""A data file whose tables a migration has made stale comes right at the first opening, by whatever door."""

from __future__ import annotations

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from campmgr.facts.checking import state_hash
from campmgr.facts.refolding import rebuild_if_due
from campmgr.store import data_file
from campmgr.store.data_file import REBUILD_DUE


def _state(store):
    with store.reading() as r:
        return state_hash(r), r.meta(REBUILD_DUE)


def _make_stale(path):
    """What a migration does that the tables must be folded again for; the hash of what they held comes back."""
    with data_file.opened(path, CATALOGUE) as store:
        before = _state(store)[0]
        with store.writing() as w:
            w.run("delete from conditions")
            w.run("update people set credited = 0")
            w.set_meta(REBUILD_DUE, "1")
        assert _state(store)[0] != before
    return before


def test_the_first_command_folds_a_stale_file_again(program):
    before = _make_stale(program.path)
    assert program("state-hash", "--json").data["hash"] == before
    with data_file.opened(program.path, CATALOGUE) as store:
        assert _state(store) == (before, "")


def test_the_pages_fold_a_stale_file_again(program):
    before = _make_stale(program.path)
    with data_file.opened(program.path, CATALOGUE) as store:
        create_app(store, Settings(store.path))
        assert _state(store) == (before, "")


def test_rebuild_clears_the_mark_and_a_second_opening_has_nothing_to_do(program):
    _make_stale(program.path)
    assert program("rebuild", "--json").code == 0
    with data_file.opened(program.path, CATALOGUE) as store:
        assert not rebuild_if_due(store)


def test_a_new_file_has_nothing_to_fold(tmp_path):
    store = data_file.create(tmp_path / "new.sqlite", CATALOGUE)
    assert not rebuild_if_due(store)
    data_file.close(store)
