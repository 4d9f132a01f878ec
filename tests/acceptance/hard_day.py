"""A hard day on one laptop: python -m tests.acceptance.hard_day [SHARE].

Two thousand people join in five minutes, forty stations scan, a list of 100,000 rows comes in, a pack is accepted, a backup is
made: all on one data file that one server serves. Nothing may fail, nothing may be lost, and it is told how long people waited.
SHARE (such as 0.1) makes all of it smaller for a machine that is busy.
"""

from __future__ import annotations

import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import SystemClock, local_day
from campmgr.facts import world as worlds
from campmgr.store import data_file
from tests.acceptance.program import run
from tests.kit.program import write
from tests.kit.server_process import Served, serving

JOINS, MINUTES, STATIONS, ROWS, PACKED = 2000, 5, 40, 100_000, 2_000
_NAME, _PASSWORD = "root", "correct horse"


@dataclass
class Day:
    """What is going on, and what came of it."""

    served: Served
    share: float
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)
    joined: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def timed(self, what: str, path: str, typed: dict[str, str] | None = None, cookie: str = "", *, good: int) -> bool:
        """Ask, again while the server says that it is busy, as a browser does; whether it came well."""
        began = time.monotonic()
        status, text = 0, ""
        for _ in range(60):
            try:
                status, text, _given = self.served.ask(path, typed, cookie)
            except OSError as problem:
                status, text = 0, str(problem)
            if status != 503:
                break
            time.sleep(0.5)
        with self.lock:
            self.took[what].append(time.monotonic() - began)
            if status != good:
                self.failed.append(f"{what}: {status} {text[:200]}")
        return status == good


def main(words: list[str]) -> int:
    """Live through the day; 0 when nobody was refused or lost."""
    share = float(words[0]) if words else 1.0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        code, before, pack = _prepared(folder, share)
        with serving(folder / "camp.sqlite") as served:
            day = Day(served, share)
            cookie = served.ask("/login", {"login": _NAME, "password": _PASSWORD})[2]
            work: list[Callable[[], None]] = [
                lambda: _people_join(day, code), lambda: _stations(day, cookie), lambda: _pages(day, code, cookie),
                lambda: _command(day, "import", folder, "import", "people", str(folder / "people.csv")),
                lambda: _command(day, "accept", folder, "pack", "accept", str(pack)),
                lambda: _command(day, "backup", folder, "backup", "--out", str(folder / "backup.sqlite")),
            ]  # fmt: skip
            threads = [threading.Thread(target=each) for each in work]
            for each in threads:
                each.start()
            for each in threads:
                each.join()
        return _told(day, folder, before)


def _prepared(folder: Path, share: float) -> tuple[str, int, Path]:
    """A camp with a school; a code for joining, how many people there are, and a pack from a laptop below."""
    path, below = folder / "camp.sqlite", folder / "below.sqlite"
    run(path, "open", "--preset", "escape-drill-2023")
    units = [
        ["代码", "名称", "上级代码", "类别", "条线"],
        *([f"S{number}", f"第{number}小学", "350102", "学校", "教育"] for number in range(2)),
    ]
    run(path, "import", "units", str(write(folder / "units.csv", units)))
    run(path, "import", "lessons", str(write(folder / "lessons.csv", [["编号", "名称", "课时", "时长"], ["V1", "用电", 1, 60]])))
    known = [["编号", "姓名", "单位代码"], *([f"K{number:06d}", f"旧生{number}", "S0"] for number in range(STATIONS * 25))]
    run(path, "import", "people", str(write(folder / "known.csv", known)))
    run(below, "node", "request", "--out", str(folder / "request"))
    run(path, "node", "enrol", str(folder / "request"), "--unit", "S1", "--out", str(folder / "grant"))
    run(below, "node", "accept", str(folder / "grant"))
    packed = [["编号", "姓名", "单位代码"], *([f"P{number:06d}", f"包生{number}", "S1"] for number in range(int(PACKED * share)))]
    run(below, "import", "people", str(write(folder / "packed.csv", packed)))
    run(below, "pack", "make", "--out", str(folder / "day.pack"))
    rows = [["编号", "姓名", "单位代码"], *([f"R{number:06d}", f"新生{number}", "S0"] for number in range(int(ROWS * share)))]
    write(folder / "people.csv", rows)
    with data_file.opened(path, CATALOGUE) as store, store.writing() as w:
        governing.open_account(w, NewAccount(_NAME, _NAME, _PASSWORD), Place("organizer", worlds.load(w).root_unit))
        return make_join_code(w, "S0").code, len(known) - 1, folder / "day.pack"


def _people_join(day: Day, code: str) -> None:
    """Twenty at a time, spread over the minutes."""
    count, ways = int(JOINS * day.share), 20
    pause = MINUTES * 60 * day.share / (count / ways)

    def one_way(way: int) -> None:
        for number in range(count // ways):
            began, name = time.monotonic(), f"来人{way}之{number}"
            typed = {"name": name, "kind": "学校师生", "consent": "1", "consent_version": "1", "client_id": name}
            day.timed("join form", f"/j/{code}", good=200)
            if day.timed("join", f"/j/{code}/sent", typed, good=303):
                with day.lock:
                    day.joined.add(name)
            time.sleep(max(0.0, pause - (time.monotonic() - began)))

    _together(one_way, ways)


def _stations(day: Day, cookie: str) -> None:
    """Forty desks, a card every few seconds each."""
    count, today = max(1, int(25 * day.share)), local_day(SystemClock().now())

    def one_way(way: int) -> None:
        for number in range(count):
            typed = {"what": "V1", "text": f"K{way * 25 + number:06d}", "day": today, "client_id": f"{way:016x}{number:016x}"}
            day.timed("scan", "/desk/units/S0/station", typed, cookie, good=303)
            time.sleep(MINUTES * 60 / 25 * 0.9)

    _together(one_way, STATIONS)


def _pages(day: Day, code: str, cookie: str) -> None:
    """Somebody looks at pages all the while."""
    ends = time.monotonic() + MINUTES * 60 * day.share
    while time.monotonic() < ends:
        for path in ("/", "/board", f"/j/{code}", "/desk/", "/desk/units/S0/people", "/office/"):
            day.timed("page", path, cookie=cookie, good=200)
        time.sleep(0.2)


def _command(day: Day, what: str, folder: Path, *words: str) -> None:
    began = time.monotonic()
    try:
        run(folder / "camp.sqlite", *words)
    except AssertionError as problem:
        day.failed.append(f"{what}: {problem}")
    day.took[what].append(time.monotonic() - began)


def _together(work: Callable[[int], None], count: int) -> None:
    threads = [threading.Thread(target=work, args=(way,)) for way in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def _told(day: Day, folder: Path, before: int) -> int:
    """Print how long people waited, who failed, who is missing."""
    for what, seconds in day.took.items():
        order = sorted(seconds)
        p99 = order[min(len(order) - 1, int(len(order) * 0.99))]
        _say(f"{what:10} {len(order):6} ×   median {order[len(order) // 2]:7.3f} s   p99 {p99:7.3f} s   longest {order[-1]:7.3f} s")
    with data_file.opened(folder / "camp.sqlite", CATALOGUE) as store, store.reading() as r:
        names = {row[0] for row in r.all("select name from people")}
        counted = {sort: sum(bool(re.match(sort, name)) for name in names) for sort in ("来人", "新生", "包生", "旧生")}
        scanned = int(r.value("select count(*) from marks"))
    expected = {"来人": len(day.joined), "新生": int(ROWS * day.share), "包生": int(PACKED * day.share), "旧生": before}
    lost = [f"{sort}: {counted[sort]} of {count}" for sort, count in expected.items() if counted[sort] != count]
    lost += [] if scanned == len(day.took["scan"]) else [f"marks: {scanned} of {len(day.took['scan'])}"]
    lost += [] if run(folder / "camp.sqlite", "verify")["ok"] else ["verify"]
    _say(f"failed: {len(day.failed)}  {day.failed[:3]}")
    _say(f"lost: {lost or 'none'}; joined {len(day.joined)}, scanned {scanned}")
    return 1 if day.failed or lost else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
