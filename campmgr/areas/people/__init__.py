"""Participants: registered, joined by code, moved, merged, erased."""
