"""Pages that everybody may see and many open at once, kept as they were drawn while the data file is what it was.

A board in a hall and the phones in front of it ask every few seconds. What they get depends on the file and on the time, so it is
kept for the file's stamp and the minute, and a browser that has it is told so without the database being asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, g, request

from campmgr.clock import utc_text
from campmgr.web.current import frame
from campmgr.web.guard import ASKED, KEPT, is_private
from campmgr.web.kept_pages import KeptPage

P = ParamSpec("P")


def keep_pages(app: Flask) -> None:
    """Look among what is kept before anything else is asked."""
    app.extensions[KEPT] = _as_kept


def kept(view: Callable[P, Response]) -> Callable[P, Response]:
    """Mark a view whose page is the same for everybody who is not logged in, and keep it for the file's stamp and the minute.

    A browser that has this very page is told so (304).
    """

    @wraps(view)
    def keeping(*args: P.args, **kwargs: P.kwargs) -> Response:
        answer = view(*args, **kwargs)
        if "kept_for" in g and answer.status_code == 200:
            frame().kept.keep(_kept_address(), KeptPage(g.kept_for, answer.get_data(), answer.mimetype or ""))
        return _unless_known(answer)

    setattr(keeping, KEPT, True)  # read by the guard
    return keeping


def _as_kept() -> Response | None:
    """The page as it was drawn a moment ago, for whoever is not logged in, without the database being asked."""
    store = frame().store
    if store is None or request.method not in {"GET", "HEAD"} or ASKED in request.environ or is_private():
        return None
    stamp = f"{store.stamp()} {utc_text(store.clock.now())[:16]}"
    known = frame().kept.of(_kept_address(), stamp)
    if known is None:
        g.kept_for = stamp
        return None
    g.queries = 0
    return _unless_known(Response(known.body, mimetype=known.mimetype))


def _kept_address() -> str:
    return f"{request.host}{request.full_path}"


def _unless_known(answer: Response) -> Response:
    answer.add_etag()
    answer.make_conditional(request)
    return answer
