"""The Linux kit as it is given out: `python -m tests.acceptance.real_kit`.

Makes a kit of this machine's own Python and of wheels from the index (or `--wheels FOLDER`), unpacks it under an empty home
and does there, without network, whatever the program can do; each step is told with the time it took, and the sizes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

from campmgr.app.kit.making import make
from campmgr.app.kit.platforms import SYSTEMS
from tests.kit.sent_books import SentSheet, send

SMOKE = Path(__file__).parents[1] / "house" / "smoke.py"
NO_NETWORK = ("unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)),
              "sh", "-c", 'ip link set lo up && exec "$@"', "-")  # fmt: skip
"""Before a command: a network of its own in which nothing is but the machine itself."""

_SYSTEM = SYSTEMS["linux-x86_64"]


def own_python(folder: Path) -> tuple[Path, str]:
    """This machine's Python as an archive, and its sum."""
    home = Path(sysconfig.get_config_var("prefix"))
    with tarfile.open(made := folder / "python.tar.gz", "w:gz", compresslevel=1) as packed:
        packed.add(home, "python", filter=lambda each: None if "site-packages" in each.name else each)
    return made, hashlib.sha256(made.read_bytes()).hexdigest()


def kit_of_this_machine(folder: Path, wheels: Path | None) -> Path:
    """The archive on the stick."""
    archive, told = own_python(folder)
    return make(folder / "kit", [(_SYSTEM, archive, told)], wheels, _say, zipped=False)[0].path


class Unpacked:
    """A kit unpacked in an empty home, and commands run from it in a network of their own."""

    def __init__(self, home: Path, stick: Path) -> None:
        self.home = home
        home.mkdir()
        with tarfile.open(stick) as packed:
            packed.extractall(home, filter="data")
        self.folder = home / _SYSTEM.folder

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of the one who tries it."""
        app = {"PYTHONPATH": str(self.folder / "app"), "PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1"}
        return {"HOME": str(self.home), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"} | app | more

    def python(self, *words: object) -> str:
        """What a run of the kit's Python prints. Raises AssertionError for any other end than 0."""
        command = [*NO_NETWORK, str(self.folder / "python" / "bin" / "python3"), "-s", *map(str, words)]
        done = subprocess.run(command, cwd=self.home, env=self.environment(), capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def campmgr(self, *words: object) -> str:
        """What a command prints."""
        began = time.perf_counter()
        said = self.python("-m", "campmgr", *words)
        _say(f"  {time.perf_counter() - began:5.1f} s  campmgr {' '.join(map(str, words))}")
        return said

    def json(self, *words: object) -> Any:
        """The same as data."""
        return json.loads(self.campmgr(*words, "--json"))


def everything(kit: Unpacked) -> None:
    """Whatever the program can do, a little of each. Raises AssertionError."""
    camp, home = ("--db", kit.home / "camp.sqlite"), kit.home
    kit.campmgr("demo", "--no-serve", *camp)
    _say(kit.python(SMOKE, camp[1]).strip())
    assert kit.json("verify", *camp)["ok"]
    kit.campmgr("doctor", *camp)
    _prints(kit, camp)
    _imports(kit, camp)
    kit.campmgr("backup", "--out", home / "backup.sqlite", *camp)
    kit.campmgr("restore", home / "backup.sqlite", "--db", home / "restored.sqlite")
    assert kit.json("verify", "--db", home / "restored.sqlite")["ok"]
    _joins(kit, camp)
    kit.campmgr("rebuild", *camp)
    kit.campmgr("state-hash", *camp)


def _prints(kit: Unpacked, camp: tuple[object, ...]) -> None:
    kit.campmgr("poster", "--unit", "350102", "--out", kit.home / "poster.pdf", *camp)
    kit.campmgr("certificates", "issue", *camp)
    kit.campmgr("certificates", "export", "--out", kit.home / "certificates.pdf", *camp)
    kit.campmgr("certificates", "list", "--out", kit.home / "ended.pdf", *camp)
    kit.campmgr("certificates", "checker", "--out", kit.home / "checker.html", *camp)
    number = kit.json("prizes", "freeze", "--at", "2023-06-30T23:59", *camp)["number"]
    for name in ("list.xlsx", "list.pdf"):
        kit.campmgr("prizes", "export", number, "--face", "public", "--out", kit.home / name, *camp)
    for each in kit.home.glob("*.pdf"):
        assert each.read_bytes().startswith(b"%PDF-"), each
    assert (kit.home / "list.xlsx").read_bytes().startswith(b"PK")


def _imports(kit: Unpacked, camp: tuple[object, ...]) -> None:
    for name, who in (("a.xlsx", "欧阳试甲"), ("b.xls", "欧阳试乙"), ("c.ods", "欧阳试丙")):
        sheet = send(kit.home / name, SentSheet([["姓名", "班级"], [who, "三年1班"]]))
        assert kit.json("import", "people", sheet, "--unit", "350102", *camp)["new"] == 1
    (kit.home / "d.csv").write_bytes("姓名,班级\n欧阳试丁,三年1班\n".encode("gb18030"))
    assert kit.json("import", "people", kit.home / "d.csv", "--unit", "350102", *camp)["new"] == 1


def _joins(kit: Unpacked, camp: tuple[object, ...]) -> None:
    """A second laptop, from its request to its first receipt."""
    home, child = kit.home, ("--db", kit.home / "child" / "camp.sqlite")
    (home / "child").mkdir()
    kit.campmgr("node", "request", "--out", home / "asks.request", *child)
    kit.campmgr("node", "enrol", home / "asks.request", "--unit", "350102", "--out", home / "answer.pack", *camp)
    kit.campmgr("node", "accept", home / "answer.pack", *child)
    (home / "e.csv").write_text("姓名,班级\n欧阳试戊,三年1班\n", "utf-8")
    kit.campmgr("import", "people", home / "e.csv", "--unit", "350102", *child)
    kit.campmgr("pack", "make", "--out", home / "up.pack", *child)
    assert kit.json("pack", "accept", home / "up.pack", *camp)["quarantined"] == 0
    kit.campmgr("pack", "receipt", home / "up.pack.receipt", *child)
    assert kit.json("verify", *child)["ok"]


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file() and each.parent.name != "__pycache__")


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _say(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """Make it, unpack it, use it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheels", type=Path, help="a folder of wheels instead of the index")
    parser.add_argument("--stick", type=Path, help="a kit's archive that is there already")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="campmgr-real-kit-") as folder:
        stick = told.stick or kit_of_this_machine(Path(folder), told.wheels)
        kit = Unpacked(Path(folder) / "home", stick)
        sizes = _mb(_size(kit.folder)), sum(each.is_file() for each in kit.folder.rglob("*")), _mb(_size(kit.folder / "app"))
        everything(kit)
        _say(f"on the stick {_mb(stick.stat().st_size)}; unpacked {sizes[0]} in {sizes[1]} files, of which packages {sizes[2]}")
        _say(f"after the first print {_mb(_size(kit.folder))}")


if __name__ == "__main__":
    main()
