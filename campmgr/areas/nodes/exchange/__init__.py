"""Packs between nodes."""
