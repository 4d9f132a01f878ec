"""Pages and their files as they are sent: packed by gzip, since a phone at a school gate waits for each
kilobyte.

No page holds a secret beside words that somebody else could make it repeat, guess by guess: what keeps a stranger's form out is
where it comes from (`web/guard`), not a secret in the page. So the length of a packed page tells nobody anything.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Response, request

_LEAST = 600
"""Bytes; below that, gzip's own frame and the time cost more than they save."""

_QUICK, _BEST = 4, 9
"""How hard gzip tries: on a page, which is packed each time it is asked for, and on a file, which is packed once."""


def pack(response: Response) -> Response:
    """The same answer, packed where its reader takes that; a file to keep, or a part of one, goes as it is."""
    to_keep = response.headers.get("Content-Disposition", "").startswith("attachment")
    if response.status_code in {206, 304} or to_keep:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip") or (response.is_streamed and not response.direct_passthrough):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= _LEAST:
        response.set_data(_packed_file(body) if request.endpoint == "static" else gzip.compress(body, _QUICK, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if (tag := response.get_etag()[0]) is not None:
            response.set_etag(tag, weak=True)  # the same content in other bytes
    return response


@lru_cache(maxsize=64)
def _packed_file(body: bytes) -> bytes:
    return gzip.compress(body, _BEST, mtime=0)
