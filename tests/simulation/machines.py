"""Laptops of nine offices, driven by the command line alone, each with its own clock; what little is read beside it stands here.

Chance and time come from outside: what the program asks the machine for is answered from the line of the story that is being
told, so that one story told twice ends in the same bytes.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from campmgr.app.commands import commands
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import CHINA
from campmgr.errors import CampError
from campmgr.ledger.carrier import carried_id

STARTS = datetime(2023, 7, 1, 9, 0, tzinfo=CHINA)
"""When every story begins, by a clock that is right."""


@dataclass(frozen=True)
class Who:
    """A person as one data file shows them."""

    person: str
    code: str
    name: str
    home: str
    credited: int


class World:
    """Time outside, and the dice from which keys and salts are thrown."""

    def __init__(self) -> None:
        self.now = STARTS
        self.dice = Random(0)
        self._told: dict[str, int] = {}

    def begins(self, line: str) -> None:
        """A line is told: its time, and its luck, the same whatever stands before it."""
        self.now += timedelta(minutes=7)
        self._told[line] = self._told.get(line, 0) + 1
        self.dice.seed(f"{line} {self._told[line]}")

    @contextlib.contextmanager
    def around(self, days: int) -> Iterator[None]:
        """The program asks this world, on a machine whose clock is so many days ahead."""

        def made(*_: object) -> Ed25519PrivateKey:
            return Ed25519PrivateKey.from_private_bytes(self.dice.randbytes(32))

        self.now += timedelta(milliseconds=10)
        wall = (self.now + timedelta(days=days)).timestamp()
        with (
            patch.object(time, "time", lambda: wall),
            patch("random._urandom", self.dice.randbytes),  # what `secrets` draws from
            patch.object(Ed25519PrivateKey, "generate", made),
        ):
            yield


class Machine:
    """A data file, what its machine remembers beside it, and a clock."""

    def __init__(self, world: World, folder: Path, name: str, ahead: int = 0) -> None:
        self.world = world
        self.name = name
        self.folder = folder / name
        self.path = self.folder / "camp.sqlite"
        self.state = self.folder / "state"
        self.drawer = folder / "sticks"
        self.ahead = ahead
        self.older = False  # whether an older state of the disk was put back, or two machines came out of one
        self.folder.mkdir(parents=True, exist_ok=True)
        self.drawer.mkdir(exist_ok=True)

    def __call__(self, *words: object) -> Any:
        """Run a command: what it prints under --json. Raises CampError as it does; any other exception is a fault."""
        told = io.StringIO()
        self._run(told, words)
        return json.loads(told.getvalue())

    def _run(self, told: io.StringIO, words: tuple[object, ...]) -> None:
        given = [*map(str, words), "--json"]
        own = {"CAMPMGR_DB": str(self.path), "CAMPMGR_STATE": str(self.state)}
        told_aside = contextlib.redirect_stderr(io.StringIO())
        with patch.dict(os.environ, own), self.world.around(self.ahead), contextlib.redirect_stdout(told), told_aside:
            commands.main(args=given, prog_name="campmgr", standalone_mode=False, obj=CATALOGUE)

    def faults(self) -> list[str]:
        """What `verify` finds."""
        told = io.StringIO()
        with contextlib.suppress(SystemExit):
            self._run(told, ("verify",))
        found = json.loads(told.getvalue())
        assert found["ok"] == (not found["problems"]), found
        return list(map(str, found["problems"]))

    def table(self, heading: str, *cells: str) -> Path:
        """A spreadsheet with one row."""
        path = self.folder / "row.csv"
        path.write_text(f"{heading}\n{','.join(cells)}\n", "utf-8")
        return path

    # what is read beside the commands

    def _rows(self, question: str) -> list[tuple[Any, ...]]:
        with contextlib.closing(sqlite3.connect(self.path)) as file:
            return file.execute(question).fetchall()

    def held(self) -> set[str]:
        """The id of every fact in the file, of those carried too."""
        found = set()
        for chain, body in self._rows("select chain, case when kind like '%!_carried' escape '!' then body end from facts"):
            found.add(chain)
            if body:
                found.add(carried_id(json.loads(body)))
        return found

    def places(self) -> dict[str, str]:
        """Of every fact in the file the code of the unit in whose scope it stands, "" where that is no unit."""
        return dict(
            self._rows("""select f.chain, coalesce(u.code, '') from facts f
            left join units u on f.scope = 'people/' || u.unit""")
        )

    def people(self) -> dict[str, Who]:
        """Everyone who is shown here as somebody's own, by id."""
        rows = self._rows("""select p.person, p.code, p.name, coalesce(u.code, p.home), p.credited
            from people p left join units u on u.unit = p.home where p.kind <> ''""")
        return {row[0]: Who(*row) for row in rows}

    def parent_of(self, unit: str) -> str:
        """The code of the unit below which another stands in the reports."""
        (found,) = self._rows(f"select p.code from units u join units p on p.unit = u.parent where u.code = '{unit}'")  # noqa: S608
        return str(found[0])

    def certificates(self) -> dict[str, set[tuple[str, str]]]:
        """Numbers and states of everyone's certificates."""
        found: dict[str, set[tuple[str, str]]] = {}
        for person, number, state in self._rows("select person, number, state from certificates"):
            found.setdefault(person, set()).add((number, state))
        return found

    def stands_for(self) -> dict[str, str]:
        """Merged people: under whose id they stand here."""
        return dict(self._rows("select person, stands_for from aliases"))

    def bytes(self) -> bytes:
        """Whatever somebody who finds the disk could read, sticks apart."""
        return b"".join(part.read_bytes() for part in sorted(self.folder.rglob("*")) if part.is_file() and part.suffix != ".csv")

    # what happens to files, not to programs

    def image(self, place: Path) -> None:
        """Keep data file and marker, as a restore card does."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.folder, place)

    def put_back(self, place: Path, marker: str) -> None:
        """An old state of the disk: with the marker of then (`old`), without any (`none`), or with the one of now (`now`)."""
        for part in self.folder.glob("camp.sqlite*"):
            part.unlink()
        shutil.copyfile(place / "camp.sqlite", self.path)
        self.older = True
        if marker != "now":
            shutil.rmtree(self.state, ignore_errors=True)
        if marker == "old" and (place / "state").exists():
            shutil.copytree(place / "state", self.state)

    def twin(self, name: str, *, marker: bool) -> Machine:
        """The same bytes on another machine: with the marker a disk image that nobody notices, without it a copy."""
        other = Machine(self.world, self.folder.parent, name, self.ahead)
        self.older = other.older = True
        shutil.copyfile(self.path, other.path)
        if marker and self.state.exists():
            shutil.copytree(self.state, other.state)
            move_markers(other.state, str(self.path), str(other.path))
        return other


def move_markers(state: Path, old: str, new: str) -> None:
    """The markers beside a copied file say that it has always been there."""
    for marker in state.rglob("*.json"):
        told = json.loads(marker.read_text("utf-8"))
        moved = {key: value.replace(old, new) if isinstance(value, str) else value for key, value in told.items()}
        marker.write_text(json.dumps(moved), "utf-8")


def refused(problem: CampError) -> str:
    """Why; a refusal that says nothing in Chinese, or blames the machine, is a fault."""
    assert any("\u4e00" <= each <= "\u9fff" for each in problem.sentence), problem
    assert problem.exit_code > 1 or problem.reason == "damaged_pack", problem.sentence
    return problem.reason
