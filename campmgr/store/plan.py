"""What a data file is furnished with, as far as the store must know: its tables."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from campmgr.store.door import Writer


class Schema(NamedTuple):
    """The tables of one room: a name that stays for ever ("hours 1"), and the file of statements beside the room's modules.

    What a later version changes is a file more, with the next number; a data file takes each once, in the order of the plan.
    """

    name: str
    package: str
    file: str = "schema.sql"

    @property
    def sql(self) -> str:
        """The statements."""
        return (resources.files(self.package) / self.file).read_text("utf-8")


class Plan(Protocol):
    """What is given to whoever opens a data file, and carried by every handle; the rooms above know what else it holds."""

    @property
    def schemas(self) -> Sequence[Schema]:
        """The tables beside the store's own, in the order in which they are made."""
        ...

    def begin(self, w: Writer) -> None:
        """What every transaction that writes begins with."""
        ...
