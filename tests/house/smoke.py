"""Every dependency does a little of its work: `python -m tests.house.smoke FILE`, for versions that no other test runs with."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from campmgr.app.server import create_server
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.hours.files.screenshots import tidy_picture
from campmgr.areas.whole import CATALOGUE
from campmgr.files.pictures import unpacked
from campmgr.files.qr import qr_png
from campmgr.files.qr_reading import read_qr
from campmgr.store import data_file


def smoke(path: Path) -> None:
    """A filled camp, its pages, a picture, a code drawn and read. Raises whatever fails."""
    with data_file.opened(path, CATALOGUE) as store:
        app = create_app(store, Settings(path))
        create_server(app, "127.0.0.1", 0, lambda _method, _path, _headers, _address: 0).close()
        pages = app.test_client()
        for address in ("/", "/board", "/c/", "/login", "/c/checker.html", "/lives.ics"):
            answer = pages.get(address, follow_redirects=True)
            if answer.status_code != 200 or not re.search("[\u4e00-\u9fff]", answer.text):
                raise AssertionError(f"{address}: {answer.status_code}")
    drawn = qr_png("https://example.org/j/ABC")
    if read_qr(drawn) != "https://example.org/j/ABC":
        raise AssertionError("a code was not read")
    with unpacked(drawn, ("PNG",), 1000) as small:
        kept = BytesIO()
        small.convert("RGB").save(kept, "JPEG")
    tidy_picture(kept.getvalue(), 1 << 20)


if __name__ == "__main__":
    smoke(Path(sys.argv[1]))
    sys.stdout.write("the lowest versions do their work\n")
