"""Of this data file alone, since a fact stays for ever: the password of a shared link (E-25), a unit's postal address (E-22)."""

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


def keep_address(w: Writer, unit: str, address: str) -> None:
    """Keep the address that stands in the head of a unit's table."""
    w.run("delete from local_unit_addresses where unit = :unit", unit=unit)
    w.run("insert into local_unit_addresses (unit, address) values (:unit, :address)", unit=unit, address=address)


def address_of(r: Reader, unit: str) -> str:
    """A unit's address, "" where this data file has none."""
    return str(r.value("select address from local_unit_addresses where unit = :unit", unit=unit) or "")
