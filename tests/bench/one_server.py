"""A server in a program of its own, as `campmgr serve` starts it: an empty route, or the pages of a data file. Prints its port."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from flask import Flask
from waitress.server import create_server

from campmgr.app.server import PAGE_THREADS, THREADS
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store import data_file
from tests.bench.made_camp import NOW


def _empty() -> Flask:
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "")
    return app


def _app(path: str) -> Flask:
    return create_app(data_file.open_file(Path(path), CATALOGUE, FixedClock(NOW)), Settings(Path(path))) if path else _empty()


if __name__ == "__main__":
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is what is measured
    server = create_server(_app(sys.argv[1]), host="127.0.0.1", port=0, threads=THREADS + PAGE_THREADS, ident=None)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()
