"""What is sent is packed for browsers that take it, and says the same."""

from __future__ import annotations

import gzip

import pytest

from tests.kit.office import see

TAKES = {"Accept-Encoding": "gzip, deflate"}


@pytest.mark.parametrize("path", ["/login", "/static/campmgr.css", "/static/vendor/htmx.min.js"])
def test_a_page_or_a_file_is_packed_for_whoever_takes_it_and_says_the_same(pages, path):
    plain = pages.browser().get(path)
    packed = pages.browser().get(path, headers=TAKES)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)


def test_who_has_a_file_already_is_told_so(pages):
    first = pages.browser().get("/static/campmgr.css", headers=TAKES)
    again = pages.browser().get("/static/campmgr.css", headers=TAKES | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_file_comes_as_it_is(pages):
    part = pages.browser().get("/static/campmgr.css", headers=TAKES | {"Range": "bytes=0-9"})
    assert (part.status_code, len(part.data), part.headers.get("Content-Encoding")) == (206, 10, None)


def test_what_is_short_is_not_packed(pages):
    short = pages.browser().get("/static/icon.svg", headers=TAKES)
    assert (short.status_code, short.headers.get("Content-Encoding")) == (200, None)


def test_a_page_with_an_asset_names_its_content_and_may_be_kept_for_ever(pages):
    """A file's address changes with it; what is asked for by it is never asked for again."""
    sheet = next(word for word in see(pages, "/login", "nobody").split('"') if "campmgr.css?v=" in word)
    assert pages.browser().get(sheet, headers=TAKES).headers["Cache-Control"] == "public, max-age=31536000, immutable"
