"""Links to people's own pages: only a hash of each token is kept."""

from __future__ import annotations

from campmgr.clock import utc_text
from campmgr.ids import random_token, sha256
from campmgr.store.door import Reader, Writer


def new_page(w: Writer, person: str) -> str:
    """A fresh token for a person's own page; only its hash is kept."""
    token = random_token()
    w.run("insert into local_pages (token_hash, person, made_at) values (:hash, :person, :at)",
          hash=sha256(token), person=person, at=utc_text(w.clock.now()))  # fmt: skip
    return token


def owner_of_page(r: Reader, token: str) -> str | None:
    """The id of the person for whom a token was made; None for an unknown token."""
    person = r.value("select person from local_pages where token_hash = :hash", hash=sha256(token))
    return None if person is None else str(person)


def page_made_at(r: Reader, token: str) -> str:
    """When a token was made, as a stored instant; "" for an unknown one."""
    return str(r.value("select made_at from local_pages where token_hash = :hash", hash=sha256(token)) or "")
