"""The store's contract, for every engine of `conftest.ENGINES`."""

from __future__ import annotations

from tests.store.contract import DoorContract, LedgerContract, TablesContract


class TestLedger(LedgerContract):
    """Facts and seals."""


class TestTables(TablesContract):
    """Folded tables."""


class TestDoor(DoorContract):
    """Transactions."""
