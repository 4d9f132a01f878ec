"""What whoever hands in a work agrees to, as a fact keeps it: which texts, of which version (F-17, E-16, H-13)."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.ids import sha256


def agreed_to(texts: Sequence[str], version: str) -> list[list[str]]:
    """For each text its version and a digest, so that a rule book tells which words they were, however it was amended since."""
    return [[version, statement_id(each)] for each in texts]


def statement_id(text: str) -> str:
    """By which facts name a text: a digest of its words."""
    return sha256(text)[:16]
