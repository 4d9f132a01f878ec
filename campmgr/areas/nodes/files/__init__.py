"""Packs and receipts as files, on a stick and over a network."""
