"""The tables of the rooms that keep any, each as one file of statements."""

from __future__ import annotations

from importlib import resources
from typing import NamedTuple


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
