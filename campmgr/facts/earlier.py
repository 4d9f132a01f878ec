"""The tables of an earlier camp, in a file of their own beside the data file (docs/ledger.md#earlier-camps).

Tables are those of the camp that is going on. Whoever asks for the lists and reports of one before gets them from a copy of the
ledger that says which camp it shows, folded by the same folds; so every question, page and command works on it unchanged. It is
only read. It is kept until facts come in that concern it, and goes at once when something was erased.

The way of the data: `make` copies, tells the copy which camp it is of, and folds -> `opened` hands out the copy while it is fresh
-> `drop_stale` looks at what came in since, and lets go of what it concerns. Whatever else lies there, what a program that was
killed has left behind or a power cut has torn, counts as nothing and goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campmgr import __version__
from campmgr.disk import make_folder, put_in_place, why
from campmgr.errors import CampError, NotFound, Refused, Trouble
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import CAMP, kinds_of
from campmgr.facts.folding import rebuild
from campmgr.facts.world import SHOWN, World, shown_as
from campmgr.ids import hash_id, random_id
from campmgr.ledger.kinds import decoded
from campmgr.store import ledger
from campmgr.store.claims import claimed, is_claimed
from campmgr.store.door import Reader, Store, Writer
from campmgr.store.opening import refuse_strange

_UPTO, _MADE_WITH = "copied_upto", "made_with"
_KEPT = {"local_accounts", "local_file_names", "local_imports"}
"""What is needed to say who has recorded something, and from which file."""

_PART, _CLAIM = ".part", ".claim"
_TRIES = 3
"""How often tables are folded anew because somebody was erased in the middle of it."""

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
    if not is_there(store, activity):
        return False
    try:
        with opened(store, activity) as copy, store.reading() as r, copy.reading() as c:
            return c.meta(_MADE_WITH) == _tables_of(store) and _is_fresh(r, c, activity)
    except Trouble:
        return False


def is_there(store: Store, activity: str) -> bool:
    """Whether there are tables of an earlier camp, fresh or not."""
    try:
        refuse_strange(_file_of(store.path, activity))
    except CampError:
        return False
    return True


def make(store: Store, activity: str, told: Told = lambda _done, _whole: None) -> None:
    """Fold the tables of an earlier camp anew, in a copy beside the data file. `told` hears how far it is; what it raises ends it.

    Raises Trouble where the disk has no room for the copy.
    """
    target = _file_of(store.path, activity)
    part = target.with_name(f"{target.name}.{random_id()[:8]}{_PART}")
    try:
        make_folder(target.parent)
        _sweep(target.parent, {each.name for each in target.parent.iterdir() if _PART not in each.name})
        with claimed(_claim_of(part)):
            for _ in range(_TRIES):
                if _made(store, part, activity, told):
                    put_in_place(part, target)
                    return
        raise Trouble("算往届的表时一直有人删除个人信息，没有算完。", hint="请稍后再打开这一页。")
    except OSError as problem:
        raise Trouble(f"往届的表算不出来：{why(problem)}。", hint="请腾出与数据文件一样大的空间，再试一次。") from problem
    finally:
        _drop(part)


def _made(store: Store, part: Path, activity: str, told: Told) -> bool:
    """Make the copy; False where it holds what was let go of meanwhile, and so must not stay."""
    _drop(part)
    with store.reading() as r:  # nothing that is copied may be younger than what is noted
        upto = ledger.last_place(r)
    store.copy_to(part)
    _fold(store, part, activity, upto, told)
    copy = Store(part, store.plan, store.clock)
    try:
        with store.reading() as r, copy.reading() as c:
            return ledger.bodies_upto(r, upto) == ledger.bodies_upto(c, upto)
    finally:
        copy.close()


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
            w.set_meta(_MADE_WITH, _tables_of(store))
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
    _sweep(folder, {_file_of(store.path, each).name for each in activities if is_ready(store, each)})
    with suppress(OSError):
        folder.rmdir()


def _sweep(folder: Path, keep: set[str]) -> None:
    """Take away all but these files and what somebody is making at this moment."""
    for path in list(folder.iterdir()):
        name = path.name.removesuffix("-wal").removesuffix("-shm").removesuffix(_CLAIM)
        if name not in keep and not is_claimed(_claim_of(path.with_name(name))):
            _drop(path)


def _claim_of(part: Path) -> Path:
    return part.with_name(f"{part.name}{_CLAIM}")


def _file_of(path: Path, activity: str) -> Path:
    return folder_of(path) / f"{activity[:16] or 'first'}.sqlite"


def _drop(path: Path) -> None:
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _tables_of(store: Store) -> str:
    """What tells the tables of one program from those of a later one, whose tables may be others."""
    return hash_id(__version__, *(each.name for each in store.plan.schemas))


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
