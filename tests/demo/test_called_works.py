"""The made-up call for works: twelve units, eighty works, a closed batch with its files, some shown, one revoked."""

from __future__ import annotations

import pytest

from campmgr.areas.entries.files.folder import kept_file
from campmgr.areas.entries.queries.entries import entries_in
from campmgr.areas.entries.queries.handins import closed_in
from campmgr.areas.whole import CATALOGUE
from campmgr.demo.called_works import CODE, UNITS, WORKS, add_call
from campmgr.facts import world as worlds
from campmgr.store import data_file


@pytest.fixture
def called(demo_camp, tmp_path):
    built = demo_camp(tmp_path)
    add_call(built.path, built)
    return built.path


def test_the_call_holds_what_it_promises_and_its_files_lie_beside_it(called):
    with data_file.opened(called, CATALOGUE) as store, store.reading() as r:
        world = worlds.load(r)
        activity = world.activities.called(CODE)[0]
        entries, batches = entries_in(r, world, activity), closed_in(r, world, activity)
    assert (len(entries), len({each.row.unit for each in entries}), len(batches)) == (WORKS, UNITS, 1)
    files = [each for entry in entries for each in entry.files]
    assert sorted(each.probe.container for each in files) == ["MP4"] * 3 + ["PNG"] * 3
    assert all(kept_file(called, each.probe.sha256 or "") for each in files)
    words = [each.words for each in entries]
    assert {"入围", "展播", "退回", "撤销参选资格", "已报送", "待报送", "不合格"} <= set(words)
    sent = {row.entry for row in batches[0].rows}
    assert all(each.passes for each in entries if each.id in sent)
