"""A template is read once, however many ask for it at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from campmgr.app.web_app import Settings, create_app


def test_whoever_asks_at_once_gets_the_very_template_that_was_read_first(tmp_path):
    environment, ready = create_app(None, Settings(tmp_path / "none.sqlite")).jinja_env, Barrier(8)

    def ask(_number: int):
        ready.wait()
        return environment.get_template("people/join.html")

    with ThreadPoolExecutor(8) as threads:
        assert len({id(each) for each in threads.map(ask, range(8))}) == 1
