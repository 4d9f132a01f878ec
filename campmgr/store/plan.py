"""What a data file is furnished with, as far as the store must know: its tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Schema(NamedTuple):
    """The tables of one room: its name, and the statements that make them."""

    name: str
    sql: str


class Plan(Protocol):
    """What is given to whoever opens a data file, and carried by every handle; the rooms above know what else it holds."""

    @property
    def schemas(self) -> Sequence[Schema]:
        """The tables beside the store's own, in the order in which they are made."""
        ...
