"""The tables of an earlier camp, in a file of their own beside the data file (docs/ledger.md#earlier-camps).

Tables are those of the camp that is going on. Whoever asks for the lists and reports of one before gets them from a copy of the
ledger that says which camp it shows, folded by the same folds; so every question, page and command works on it unchanged. It is
only read. It is kept until facts come in that concern it, and goes at once when something was erased.

The way of the data: `make` copies, tells the copy which camp it is of, and folds -> `opened` hands out the copy while it is fresh
-> `drop_stale` looks at what came in since, and lets go of what it concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campmgr.disk import make_folder, put_in_place, why
from campmgr.errors import NotFound, Refused, Trouble
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import CAMP, kinds_of
from campmgr.facts.folding import rebuild
from campmgr.facts.world import SHOWN, World, shown_as
from campmgr.ids import random_id
from campmgr.ledger.kinds import decoded
from campmgr.store import ledger
from campmgr.store.door import Reader, Store, Writer

_UPTO = "copied_upto"
_KEPT = {"local_accounts", "local_file_names", "local_imports"}
"""What is needed to say who has recorded something, and from which file."""

Told = Callable[[int, int], None]


def folder_of(path: Path) -> Path:
    """Where the tables of the earlier camps of a data file lie."""
    return path.with_name(f"{path.name}.earlier")


def is_earlier(world: World, activity: Activity) -> bool:
    """Whether an activity is a camp before the one that is going on. Raises NotFound for one that is no camp."""
    if activity.sort != CAMP:
        raise NotFound(f"“{activity.name}”不是训练营，没有往届的报表。", reason="unknown_activity", hint="请核对活动代码。")
    return activity.id != world.activity


def is_ready(store: Store, activity: str) -> bool:
    """Whether the tables of an earlier camp are there, and nothing has come in since that concerns them."""
    path = _file_of(store.path, activity)
    if not path.is_file():
        return False
    copy = Store(path, store.plan, store.clock)
    try:
        with store.reading() as r, copy.reading() as c:
            return _is_fresh(r, c, activity)
    except Trouble:
        return False
    finally:
        copy.close()


def make(store: Store, activity: str, told: Told = lambda _done, _whole: None) -> None:
    """Fold the tables of an earlier camp anew, in a copy beside the data file. `told` hears how far it is; what it raises ends it.

    Raises Trouble where the disk has no room for the copy.
    """
    target = _file_of(store.path, activity)
    part = target.with_name(f"{target.name}.{random_id()[:8]}.part")
    try:
        make_folder(target.parent)
        with store.reading() as r:  # nothing that is copied may be younger than what is noted
            upto = ledger.last_place(r)
        store.copy_to(part)
        _fold(store, part, activity, upto, told)
        put_in_place(part, target)
    except OSError as problem:
        raise Trouble(f"往届的表算不出来：{why(problem)}。", hint="请腾出与数据文件一样大的空间，再试一次。") from problem
    finally:
        _drop(part)


def _fold(store: Store, path: Path, activity: str, upto: int, told: Told) -> None:
    path.chmod(0o600)
    copy = Store(path, store.plan, store.clock)
    try:
        with copy.writing(alone=True, begins=False) as w:
            if activity not in worlds.load(w).activities:
                raise NotFound("没有这个活动。", reason="unknown_activity", hint="请核对活动代码。")
            _strip(w)
            w.set_meta(SHOWN, shown_as(activity))
            w.set_meta(_UPTO, str(upto))
            rebuild(w, told)
    finally:
        copy.close()


def _strip(w: Writer) -> None:
    """Without keys, passwords and whatever else belongs to the data file alone: the copy is only looked at."""
    own = [row[0] for row in w.all("select name from sqlite_master where type = 'table' and name like 'local\\_%' escape '\\'")]
    for name in own:
        if name not in _KEPT:
            w.run(f"delete from {name}")  # noqa: S608 - the name of a table of ours
    w.run("update local_accounts set password = ''")


@contextmanager
def opened(store: Store, activity: str, memory: dict[str, object] | None = None) -> Iterator[Store]:
    """The tables of an earlier camp, to be read. `memory`: what one who asks often keeps of it.

    Raises Refused while none are there.
    """
    path = _file_of(store.path, activity)
    if not path.is_file():
        raise Refused("往届的表还没有算好。", hint="请稍等，再打开这一页。")
    copy = Store(path, store.plan, store.clock)
    if memory is not None:
        copy.memory = memory
    try:
        yield copy
    finally:
        copy.close()


def drop_stale(store: Store) -> None:
    """Let go of the tables of earlier camps that what came in since concerns, or whose people are not held here any more."""
    folder = folder_of(store.path)
    if not folder.is_dir():
        return
    with store.reading() as r:
        activities = list(worlds.load(r).activities)
    fresh = {_file_of(store.path, each).name for each in activities if is_ready(store, each)}
    for path in list(folder.iterdir()):
        if path.name.removesuffix("-wal").removesuffix("-shm") not in fresh:
            _drop(path)
    with suppress(OSError):
        folder.rmdir()


def _file_of(path: Path, activity: str) -> Path:
    return folder_of(path) / f"{activity[:16] or 'first'}.sqlite"


def _drop(path: Path) -> None:
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _is_fresh(r: Reader, copy: Reader, activity: str) -> bool:
    """Whether nothing that concerns a camp has come in since the copy was made, and all that it holds is held still."""
    if copy.meta(SHOWN) != shown_as(activity) or not set(ledger.streams(copy)) <= set(ledger.streams(r)):
        return False
    kinds = kinds_of(r)
    for kind, body in ledger.told_since(r, int(copy.meta(_UPTO, "0"))):
        of_one = kind in kinds and "activity" in kinds[kind].body
        if not of_one or ((decoded(body) if body else None) or {}).get("activity", activity) == activity:
            return False
    return True
