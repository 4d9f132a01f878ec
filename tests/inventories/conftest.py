"""The pages of the made-up sort over the camp of the cast."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.activities.actions import open_activity
from campmgr.clock import FixedClock
from campmgr.store import data_file
from campmgr.web.current import EXTENSION, frame_of
from tests.kit.pages import CHEAP, Browser, Pages
from tests.kit.walks.area import WITH_WALKS

_DAY = "2023-06-10T09:00"


@pytest.fixture(scope="module")
def walk_app(tmp_path_factory) -> Flask:
    app = create_app(None, Settings(tmp_path_factory.mktemp("app") / "none.sqlite"), WITH_WALKS)
    app.test_client_class = Browser
    return app


@pytest.fixture
def walked(tmp_path, filled, walk_app):
    """The camp of the cast, with an activity of the first city."""
    path, cast = filled
    store = data_file.open_file(Path(shutil.copy(path, tmp_path / "camp.sqlite")), WITH_WALKS, FixedClock(_DAY))
    with store.writing() as w:
        open_activity(w, "walks-2024", "C1", host="3501")
    walk_app.extensions[EXTENSION] = frame_of(Settings(store.path, cost=CHEAP, patience=60), WITH_WALKS, store)
    yield Pages(walk_app, store, FixedClock(_DAY), cast)
    end_jobs(walk_app)
    data_file.close(store)
