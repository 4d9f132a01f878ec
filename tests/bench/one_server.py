"""A server in a program of its own, as `campmgr serve` starts it: an empty route (""), plain peers, or the pages of a data file.

Prints its port. Beside what it serves it tells, at `/--cpu`, how much of the processor's time it has had.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from waitress.server import create_server

from campmgr.app.server import PAGE_THREADS, SWITCH, THREADS
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store import data_file
from tests.bench.made_camp import NOW
from tests.bench.plain_board import board_app
from tests.bench.plain_peer import plain_app

PEER, SCOREBOARD = "--peer", "--scoreboard"


def _empty() -> Flask:
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "")
    return app


def _app(args: list[str]) -> Flask:
    if args[0] in {PEER, SCOREBOARD}:
        return (plain_app if args[0] == PEER else board_app)(Path(args[1]))
    return (
        create_app(data_file.open_file(Path(args[0]), CATALOGUE, FixedClock(NOW)), Settings(Path(args[0]))) if args[0] else _empty()
    )


def _telling(app: Flask) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    def answered(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/--cpu":
            return app(environ, start_response)
        text = repr(time.process_time()).encode()
        start_response("200 OK", [("Content-Length", str(len(text)))])
        return [text]

    return answered


if __name__ == "__main__":
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is what is measured
    sys.setswitchinterval(SWITCH)
    threads = THREADS + PAGE_THREADS
    server = create_server(_telling(_app(sys.argv[1:])), host="127.0.0.1", port=0, threads=threads, ident=None)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()
