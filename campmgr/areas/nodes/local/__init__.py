"""Rows of this data file alone: what comes in and waits, packs and receipts."""
