"""Killed at any call while a pack is made or taken in, a receipt heard, a backup made: all goes on, nothing lies about.

The moment is drawn among the calls that the work makes, and not by the clock: every part of it is as likely to be hit, however fast
the machine is.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.whole import CATALOGUE
from campmgr.facts.checking import verify_ledger
from campmgr.facts.drift import drifted_tables
from campmgr.facts.under_way import all_under_way
from campmgr.store import backups, data_file
from campmgr.store.backups import looked_through
from tests.kit.program import REPOSITORY
from tests.kit.story import Cast, Node, machine

if sys.platform == "win32":
    pytest.skip("kills of Unix", allow_module_level=True)

_MOST_LEFT = 1 << 20
"""Bytes that may lie about beside what an undisturbed run leaves."""

_COUNTED = """
import os, signal, sys, threading
from pathlib import Path
from campmgr.areas.nodes.files.packs import accept_pack, hear_receipt, send_pack, write_receipt
from campmgr.areas.whole import CATALOGUE
from campmgr.store import backups, data_file
verb, db, file, last = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
calls = 0
def counted(frame, event, arg):
    global calls
    calls += 1
    if calls == last:
        os.kill(os.getpid(), signal.SIGKILL)
threading.setprofile(counted)
sys.setprofile(counted)
with data_file.opened(db, CATALOGUE) as store:
    if verb == "make":
        send_pack(store, file, whole=True)
    elif verb == "accept":
        write_receipt(file.with_name(file.name + ".receipt"), accept_pack(store, file).receipt)
    elif verb == "receipt":
        hear_receipt(store, file)
    else:
        backups.back_up(store)
sys.setprofile(None)
print(calls)
"""


def _runs(verb: str, node: Node, folder: Path, file: Path, last: int = 0) -> tuple[int, str]:
    """The verb in a process of its own, killed at that call of a function: its end, and how many calls there were."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CAMPMGR_STATE": str(folder / "state")}
    command = [sys.executable, "-c", _COUNTED, verb, str(folder / node.path.name), str(file), str(last)]
    ran = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    return ran.returncode, ran.stdout


class _Scene:
    """What a verb begins with, to be laid out again for every draw: a data file and its marker, and a stick."""

    def __init__(self, cast: Cast, tmp_path: Path, verb: str) -> None:
        self.verb, self.tmp_path = verb, tmp_path
        root, county = cast.root(), cast.new("县")
        root.enrols(county, "350102")
        for number in range(120):
            county.joins("350102", f"第{number}人", f"{number}")
        pack = county.packed(root.id)
        self.node = {"make": county, "accept": root, "receipt": county, "backup": county}[verb]
        receipt = root.takes(pack).receipt if verb == "receipt" else b""
        if verb == "backup":
            plan = backups.with_lock(backups.Plan(str(tmp_path / "盘"), daily=True), "battery staple horse")
            county.do(backups.set_plan, plan)
        self.was = self.node.facts()
        self.data = receipt or pack.read_bytes()
        self.new = set() if verb != "accept" else county.facts()
        self.node.close()
        self.kept = tmp_path / "kept"
        shutil.copytree(self.node.folder, self.kept)

    def laid_out(self) -> tuple[Path, Path]:
        """The folder of the data file, and the file on the stick."""
        folder, stick = self.node.folder, self.tmp_path / "盘"
        for each in (folder, stick):
            shutil.rmtree(each, ignore_errors=True)
        shutil.copytree(self.kept, folder)
        stick.mkdir()
        file = stick / ("up.receipt" if self.verb == "receipt" else "up.pack")
        file.write_bytes(self.data)
        return folder, file

    def lies_about(self) -> int:
        """Bytes of all there is but whole backups: in the folder of the data file, and on the stick."""
        files = (each for place in (self.node.folder, self.tmp_path / "盘") for each in place.rglob("*") if each.is_file())
        return sum(each.stat().st_size for each in files if each.suffix != backups.SEALED)

    def is_whole(self) -> None:
        """What was held is held, the ledger holds, the tables are what it says."""
        with machine(self.node.folder / "state"), data_file.opened(self.node.path, CATALOGUE) as store:
            with store.reading() as r:
                assert verify_ledger(r).problems == ()
                assert self.was <= {row[0] for row in r.all("select chain from facts")}
            assert drifted_tables(store) == ()


def _old_or_whole(scene: _Scene, file: Path) -> None:
    if file.read_bytes() != scene.data:
        rows = list(PackReader(file).rows())
        assert sum(row.length for row in rows) >= len(rows) > 0


def _all_in(scene: _Scene, _: Path) -> None:
    with machine(scene.node.folder / "state"), data_file.opened(scene.node.path, CATALOGUE) as store, store.reading() as r:
        assert scene.new <= {row[0] for row in r.all("select chain from facts")}
        assert not all_under_way(r)


def _each_backup_is_whole(_: _Scene, file: Path) -> None:
    for each in (file.parent / backups.FOLDER).glob("*"):
        if each.suffix in {backups.PLAIN, backups.SEALED}:
            with backups.opened_backup(each, "battery staple horse") as plain:
                assert looked_through(plain) > 0


_AFTER_KILL: dict[str, Callable[[_Scene, Path], None]] = {"make": _old_or_whole, "backup": _each_backup_is_whole}
_AFTER_ALL: dict[str, Callable[[_Scene, Path], None]] = {"accept": _all_in, "backup": _each_backup_is_whole}


@pytest.mark.parametrize("verb", ["make", "accept", "receipt", "backup"])
@pytest.mark.drawn(whole=55, usual=3)
def test_killed_at_any_call_it_goes_on_and_leaves_nothing_about(cast, tmp_path, verb, draws):
    scene, dice = _Scene(cast, tmp_path, verb), random.Random(verb)
    folder, file = scene.laid_out()
    code, told = _runs(verb, scene.node, folder, file)
    assert code == 0
    whole, usual, killed = int(told), scene.lies_about(), 0
    for _ in range(draws):
        folder, file = scene.laid_out()
        code, _ = _runs(verb, scene.node, folder, file, dice.randrange(whole // 20, whole))
        killed += code == -signal.SIGKILL
        scene.is_whole()
        _AFTER_KILL.get(verb, lambda *_: None)(scene, file)
        assert _runs(verb, scene.node, folder, file)[0] == 0
        scene.is_whole()
        _AFTER_ALL.get(verb, lambda *_: None)(scene, file)
        assert scene.lies_about() <= usual + _MOST_LEFT
    assert killed > draws // 2
