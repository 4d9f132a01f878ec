"""What pyproject.toml allows at least: every dependency has a bound, and none below an advisory that is known."""

from __future__ import annotations

from tests.house.lowest import lowest_versions

SAFE = {"werkzeug": (3, 1, 6), "waitress": (3, 0, 1), "jinja2": (3, 1, 6), "sqlite-utils": (4, 2, 1)}
"""From which version on: advisories of werkzeug (safe_join on Windows, multipart), waitress (races), jinja2 (sandbox); a
sqlite-utils that starts."""


def test_no_version_is_allowed_that_is_known_to_be_unsafe_or_not_to_start():
    found = dict(line.split("==") for line in lowest_versions())
    for name, least in SAFE.items():
        assert tuple(map(int, found[name].split("."))) >= least, name
