"""Backups that make themselves: into a folder of a second disk, looked through after writing, the oldest let go, sealed if wished.

A sealed one is closed for a key that a passphrase makes (scrypt). What the data file keeps is that key's public half: backups are
made every day without the passphrase, and opened with it alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from campmgr.clock import local_day, local_text, parse_instant, utc_text
from campmgr.disk import close_to_others, drives, make_folder, put_in_place, why
from campmgr.errors import BadInput, Busy, CampError, Trouble
from campmgr.ids import canonical
from campmgr.store import sealed_files, upkeep
from campmgr.store.claims import claimed
from campmgr.store.door import Reader, Store, Writer
from campmgr.store.identity import WRITER
from campmgr.store.sealed_files import Lock

FOLDER = "训练营备份"
"""What the folder is called in which backups lie on a disk."""

PLAIN, SEALED = ".sqlite", ".sealed"

_PLAN, _LAST, _COUNT = "backup_plan", "backup_last", "backup_count"
_AGAIN = 1800.0
"""Seconds after which a backup that failed is tried again."""


_LATE = 2
"""Days without a good backup after which every page says so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where backups go ("" for nowhere yet), whether every day, how many are kept, and for which key they are closed."""

    folder: str = ""
    daily: bool = False
    keep: int = 7
    lock: Lock | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """The last try: when, where to, how many bytes and facts; `problem`: why it failed, "" for a good one; when the last good one
    was made.
    """

    at: str
    path: str
    size: int = 0
    facts: int = 0
    problem: str = ""
    good_at: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A backup that lies somewhere, and when it was written by the disk's account."""

    path: Path
    made_at: str


def plan_of(r: Reader) -> Plan:
    """How this data file is backed up."""
    return plan_told(r.meta(_PLAN, "{}"))


def plan_told(text: str) -> Plan:
    """A plan as `plan_text` wrote it."""
    told = json.loads(text)
    lock = told.pop("lock", None)
    return Plan(**told, lock=Lock(**lock) if lock else None)


def set_plan(w: Writer, plan: Plan) -> None:
    """Back this data file up so from now on."""
    w.set_meta(_PLAN, plan_text(plan))


def plan_text(plan: Plan) -> str:
    """A plan in one line; of its lock only what opens nothing."""
    return canonical(asdict(plan))


def last_of(r: Reader) -> Last | None:
    """How the last backup went; None where none was made."""
    told = r.meta(_LAST)
    return Last(**json.loads(told)) if told else None


def is_due(r: Reader) -> bool:
    """Whether today's backup is to be made: none was made today, and a failed try is a while ago."""
    plan, last, now = plan_of(r), last_of(r), r.clock.now()
    if not (plan.daily and plan.folder):
        return False
    if last and last.problem and 0 <= (now - parse_instant(last.at)).total_seconds() < _AGAIN:
        return False
    return last is None or not last.good_at or local_day(parse_instant(last.good_at)) != local_day(now)


def late_words(r: Reader) -> str:
    """That a daily backup has not succeeded for more than two days, and why; ""."""
    last = last_of(r)
    if last is None or not last.problem or not plan_of(r).daily:  # every page asks: mostly one question is enough
        return ""
    days = (r.clock.now() - parse_instant(last.good_at)).days if last.good_at else 0
    if last.good_at and days < _LATE:
        return ""
    return f"备份{f'已经 {days} 天' if last.good_at else '一直'}没有成功：{last.problem}"


def back_up(store: Store) -> Last:
    """Make a backup as planned, look through it, let the oldest go, and note how it went. Raises CampError for what went wrong."""
    with claimed(store.path.with_name(f"{store.path.name}.backup-lock")) as mine:
        if not mine:
            raise Busy("正在备份。", hint="请等它完成。")
        shutil.rmtree(_sealing(store), ignore_errors=True)
        return _back_up(store)


def _back_up(store: Store) -> Last:
    with store.writing() as w:
        plan, before, now, place = plan_of(w), last_of(w), utc_text(w.clock.now()), int(w.meta(_COUNT, "0")) + 1
        w.set_meta(_COUNT, str(place))
        begins = f"{FOLDER}-{int(w.meta(WRITER)[:8], 16) % 10**4:04d}-"
    if not plan.folder:
        raise BadInput("还没有选备份放在哪里。", reason="missing_value", hint="请先选一个文件夹。")
    stamp = "".join(each for each in local_text(now)[:16] if each.isdigit())
    name = f"{begins}{place:05d}-{stamp[:8]}-{stamp[8:]}{SEALED if plan.lock else PLAIN}"
    path = Path(plan.folder) / FOLDER / name
    try:
        _make_folder(path.parent, Path(plan.folder))
        for half in path.parent.glob(f"{begins}*.new"):  # of one that was killed
            half.unlink()
        facts = _written(store, path, plan.lock)
        last = Last(now, str(path), path.stat().st_size, facts, "", now)
        _let_go(path.parent, begins, plan.keep)
    except (CampError, OSError) as problem:
        words = problem.sentence if isinstance(problem, CampError) else f"备份写不到 {path.parent}：{why(problem)}。"
        _note(store, Last(now, str(path), problem=words, good_at=before.good_at if before else ""))
        if isinstance(problem, CampError):
            raise
        raise Trouble(words, hint="请检查移动硬盘或共享文件夹是否还在、是否已满。") from problem
    _note(store, last)
    return last


def _note(store: Store, last: Last) -> None:
    with store.writing() as w:
        w.set_meta(_LAST, canonical(asdict(last)))


def _make_folder(folder: Path, above: Path) -> None:
    if not above.is_dir():
        raise Trouble(f"{above} 现在不在。", hint="请插好移动硬盘或 U 盘，或连上共享文件夹，再试一次。")
    folder.mkdir(exist_ok=True)
    close_to_others(folder)


def _written(store: Store, path: Path, lock: Lock | None) -> int:
    """Write a backup, looked through once it stands there; how many facts it holds. Raises Trouble, OSError."""
    if lock is None:
        upkeep.backup(store, path)
        try:
            _on_disk(path)
            return looked_through(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    make_folder(_sealing(store))
    try:
        plain, fresh = _sealing(store) / "plain", path.with_name(path.name + ".new")
        upkeep.backup(store, plain)
        facts = looked_through(plain)
        try:
            key = sealed_files.seal(plain, fresh, lock)
            _on_disk(fresh)
            if sealed_files.sum_with(fresh, key) != _sum(plain):
                raise _not_whole(path)
            put_in_place(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
    finally:
        shutil.rmtree(_sealing(store), ignore_errors=True)
    return facts


def _sealing(store: Store) -> Path:
    """Where a backup stands for as long as it is not sealed yet; what one that was killed has left there goes with the next."""
    return store.path.with_name(f"{store.path.name}.sealing")


def looked_through(path: Path) -> int:
    """Look through a plain backup as it stands on the disk; how many facts it holds. Raises Trouble for one that is not whole."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            whole = connection.execute("pragma integrity_check").fetchone()[0] == "ok"
            facts = int(connection.execute("select count(*) from facts").fetchone()[0])
    except (sqlite3.Error, UnicodeDecodeError) as problem:
        raise _not_whole(path) from problem
    if not whole:
        raise _not_whole(path)
    return facts


def _not_whole(path: Path) -> Trouble:
    return Trouble(f"{path.name} 写好以后读回来不完整，没有当作备份保留。", hint="这块盘可能坏了：请换一个盘或文件夹再备份。")


def _on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _let_go(folder: Path, name: str, keep: int) -> None:
    """Delete all but the newest backups of this data file, by their running number: no clock of a laptop is to be believed."""
    mine = sorted(each for each in folder.iterdir() if each.name.startswith(name) and each.suffix in {PLAIN, SEALED})
    for each in mine[: max(0, len(mine) - keep)]:
        each.unlink(missing_ok=True)


def backups_found(more: str = "") -> list[Found]:
    """The backups that lie on this machine's disks and sticks, and in one more folder."""
    folders = dict.fromkeys(place / FOLDER for place in (*drives(), *([Path(more)] if more else [])))
    found = []
    for folder in folders:
        try:
            found += [Found(each, _written_at(each)) for each in folder.iterdir() if each.suffix in {PLAIN, SEALED}]
        except OSError:
            continue
    return found


def _written_at(path: Path) -> str:
    return utc_text(datetime.fromtimestamp(path.stat().st_mtime, UTC))


@contextmanager
def opened_backup(path: Path, passphrase: str) -> Iterator[Path]:
    """A backup as a plain file for the length of a block, also a sealed one; anything else as it is. Raises BadInput, Trouble."""
    if not sealed_files.is_sealed(path):
        yield path
        return
    with TemporaryDirectory(prefix="campmgr-") as folder:
        plain = Path(folder) / (path.stem + PLAIN)
        sealed_files.unseal(path, plain, passphrase)
        yield plain


def with_lock(plan: Plan, passphrase: str) -> Plan:
    """The plan with backups closed from now on by a passphrase. Raises BadInput "weak_password"."""
    return replace(plan, lock=sealed_files.new_lock(passphrase))
