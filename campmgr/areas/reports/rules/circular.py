"""What a circular 通报 says: its day, its scope, paragraphs, tables and definitions, and the digest that proves it unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campmgr.ids import canonical, sha256
from campmgr.wording import check_code

Cell = str | int


@dataclass(frozen=True, slots=True)
class CircularTable:
    """A table: its title, how many columns from the left hold words, headings, rows."""

    title: str
    texts: int
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def read(cls, raw: Sequence[Any]) -> CircularTable:
        """A table out of a fact's body."""
        title, texts, headings, rows = raw
        return cls(str(title), int(texts), tuple(map(str, headings)), tuple(tuple(row) for row in rows))

    def told(self) -> list[Any]:
        """As a fact's body holds it."""
        return [self.title, self.texts, list(self.headings), [list(row) for row in self.rows]]


@dataclass(frozen=True, slots=True)
class CircularContent:
    """Everything a circular says. `as_of`: the day that its numbers are of; `heads`: the state of the data they were made of."""

    unit: str
    line: str
    title: str
    as_of: str
    heads: str
    text: tuple[str, ...]
    tables: tuple[CircularTable, ...]
    definitions: tuple[str, ...]

    @property
    def numbers_code(self) -> str:
        """A short code of the text and every number, by which two makings are compared, whatever else has come in since."""
        return check_code(sha256(canonical([self.as_of, list(self.text), [each.told() for each in self.tables]])))

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> CircularContent:
        """What a fact's body says."""
        return cls(
            body["unit"], body["line"], body["title"], body["as_of"], body["heads"], tuple(body["text"]),
            tuple(map(CircularTable.read, body["tables"])), tuple(body["definitions"]),
        )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """As a fact's body holds it."""
        return {"unit": self.unit, "line": self.line, "title": self.title, "as_of": self.as_of, "heads": self.heads,
                "text": list(self.text), "tables": [each.told() for each in self.tables],
                "definitions": list(self.definitions)}  # fmt: skip


def digest_of(body: Mapping[str, Any]) -> str:
    """SHA-256 over everything a circular says but the digest itself."""
    return sha256(canonical({key: value for key, value in body.items() if key != "digest"}))
