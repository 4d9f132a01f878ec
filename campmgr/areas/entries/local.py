"""The password of a shared link: of this data file alone, since a fact stays for ever (E-25)."""

from __future__ import annotations

from campmgr.store.door import Reader, Writer


def keep_secret(w: Writer, handin: str, secret: str) -> None:
    """Keep the password of a batch's link; "" forgets it."""
    w.run("delete from local_share_secrets where handin = :handin", handin=handin)
    if secret:
        w.run("insert into local_share_secrets (handin, secret) values (:handin, :secret)", handin=handin, secret=secret)


def secret_of(r: Reader, handin: str) -> str:
    """The password, "" where this data file has none."""
    return str(r.value("select secret from local_share_secrets where handin = :handin", handin=handin) or "")
