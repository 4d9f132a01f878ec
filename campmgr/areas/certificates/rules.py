"""What a certificate says and in whose name (F-04, F-19, F-20); pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from campmgr.areas.certificates.settings import BRACES, Certificate, key_of

_CLAUSE_ENDS = "，。；：、！？"


class WordingPart(NamedTuple):
    """A piece of a sentence: `key` says which placeholder it came from, "" for plain words."""

    key: str
    text: str


class Clause(NamedTuple):
    """What stands between two stops, and the stop after it ("" at an end without one); a line breaks between clauses."""

    parts: tuple[WordingPart, ...]
    stop: str


def clauses(wording: str, values: Mapping[str, str]) -> tuple[Clause, ...]:
    """The wording with its placeholders filled in (values by English key), cut at its own stops, never at those of a value."""
    made: list[Clause] = []
    parts: list[WordingPart] = []
    for part in _parts(wording, values):
        if part.key == "" and part.text in _CLAUSE_ENDS:
            made.append(Clause(tuple(parts), part.text))
            parts = []
        else:
            parts.append(part)
    return (*made, Clause(tuple(parts), "")) if parts else tuple(made)


def issuers_of(certificate: Certificate, opener: str) -> tuple[str, ...]:
    """In whose name certificates are issued: the unit that opened the camp, unless an organizer has confirmed exactly the bodies
    that the setting names, in its order (F-04). A later change of the list needs to be confirmed again.
    """
    confirmed = certificate.issuers and certificate.issuers == certificate.issuers_confirmed
    return certificate.issuers if confirmed else (opener,)


def _parts(wording: str, values: Mapping[str, str]) -> Iterator[WordingPart]:
    """Plain words, stops one by one, and values, in order."""
    at = 0
    for found in BRACES.finditer(wording):
        yield from _plain(wording[at : found.start()])
        key = key_of(found[1] or "")
        yield WordingPart(key, values[key]) if key else WordingPart("", found[0])
        at = found.end()
    yield from _plain(wording[at:])


def _plain(text: str) -> Iterator[WordingPart]:
    yield from (WordingPart("", piece) for piece in re.split(f"([{re.escape(_CLAUSE_ENDS)}])", text) if piece)
