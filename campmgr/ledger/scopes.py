"""Where a fact lives, and so who receives it (docs/ledger.md#scopes): the names of scopes and subjects."""

from __future__ import annotations

PUBLIC = "public"
FAMILIES = ("public", "units", "people")
"""Closed by default: a scope of any other family is neither sent nor taken in, until a program knows who may receive it."""

CAMP = "camp"
"""The subject of facts about the camp as a whole."""


def family_of(scope: str) -> str:
    """The family a scope belongs to; "" for one that is of none: unknown, or not of its family's form."""
    family, _, place = scope.partition("/")
    fits = family in FAMILIES and bool(place) != (family == PUBLIC) and "/" not in place
    return family if fits else ""


def people_scope(unit: str) -> str:
    """The scope of the people whose home is this unit."""
    return f"people/{unit}"


def scope_unit(scope: str) -> str | None:
    """The unit of a people scope, None for any other."""
    return scope[7:] if scope.startswith("people/") else None


def subject(sort: str, key: str) -> str:
    """A subject: `person:…`, `unit:…`, `lesson:…`, `work:…`, `node:…`, `batch:…`, `list:…`, `code:…`, `totals:…`,
    `summary:…`, `calendar:…`.
    """
    return f"{sort}:{key}"


def subject_key(text: str) -> str:
    """The key part of a subject."""
    return text.partition(":")[2]
