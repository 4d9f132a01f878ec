"""Why a number is what it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A code for programs and a Chinese sentence for people."""

    code: str
    sentence: str
