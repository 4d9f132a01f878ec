"""Work that takes longer than a page may wait: one after the other in a thread of its own; the browser may leave.

    job = frame().jobs.start(account, _('导入名单'), lambda told: import_file(…, told))
    return working.answer_of(job)

The work is handed a function that it tells how far it is; that function raises `Stopped` when somebody pressed stop or the server
ends, so work inside one transaction leaves nothing half done. What becomes of a job is noted in a file, so that after a restart
its page can say that the server was stopped in the middle.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from campmgr.accounts.kept_files import KEPT_SECONDS, jobs_of
from campmgr.clock import Clock, minute_text, parse_instant, utc_text
from campmgr.disk import make_folder, put_in_place
from campmgr.errors import CampError, NotFound, Refused, Trouble
from campmgr.ids import random_id
from campmgr.store import fault_log

State = Literal["waiting", "running", "done", "failed", "stopped", "lost"]
OVER: frozenset[State] = frozenset({"done", "failed", "stopped", "lost"})

Progress = Callable[[int, int], None]
"""Tells how far work is: (done, of how many; 0 where nobody knows). Raises Stopped."""

Work = Callable[[Progress], object]

_MOST_WAITING = 5
_RESULTS_KEPT = 8
_NOTES_KEPT = 20


class Stopped(Exception):
    """Somebody pressed stop, or the server ends: the work is to be taken back."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a job. `to`: the address its result is at, "" for none; `sentence` and `hint`: why it failed."""

    job: str
    title: str
    made_at: str
    state: State
    to: str = ""
    sentence: str = ""
    hint: str = ""
    done: int = 0
    whole: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in OVER

    @property
    def since(self) -> str:
        """When it was set going, to the minute: 2023-06-10 12:00."""
        return minute_text(self.made_at)


@dataclass(slots=True)
class Job:
    """A job in this process. `folder`: for files it makes; `result`: what the work returned, for as long as it is kept."""

    job: str
    title: str
    made_at: str
    work: Work
    to: Callable[[object], str]
    folder: Path
    state: State = "waiting"
    address: str = ""
    done: int = 0
    whole: int = 0
    result: object = None
    problem: CampError | None = None
    asked_to_stop: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    def told(self, done: int, whole: int = 0) -> None:
        """Take down how far the work is. Raises Stopped."""
        self.done, self.whole = done, whole
        if self.asked_to_stop:
            raise Stopped

    def note(self) -> Note:
        """How it stands."""
        sentence, hint = (self.problem.sentence, self.problem.hint) if self.problem else ("", "")
        return Note(self.job, self.title, self.made_at, self.state, self.address, sentence, hint, self.done, self.whole)


class Jobs:
    """The jobs of one running application. Every account sees its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()
        self._jobs: dict[tuple[str, str], Job] = {}
        self._thread: threading.Thread | None = None
        self._closed = False

    def start(
        self, account: str, title: str, work: Work, to: Callable[[object], str], *, clock: Clock, job: str = ""
    ) -> Job:  # fmt: skip
        """Put work in line. `to`: from its result to the address that shows it; `job`: an id to know it by, else a random one.

        A job of that id that is known already is not started again: it comes back as it is. Raises Refused when an account has
        too many in line, or the server is about to end.
        """
        name = job or random_id()
        folder = jobs_of(account) / name
        new = Job(name, title, utc_text(clock.now()), work, to, folder)
        with self._lock:
            if known := self._jobs.get((account, name)):
                return known
            mine = [each for each in self._waiting if each.folder.parent == folder.parent]
            if self._closed or len(mine) >= _MOST_WAITING:
                raise Refused("前面的任务还没有完成，现在不能再加。", hint="请等它们完成，再试一次。")
            _clear(folder.parent, clock)
            _write(new)
            self._jobs[account, name] = new
            self._waiting.append(new)
            self._forget_results()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
        return new

    def note(self, account: str, job: str) -> Note:
        """How a job stands, also one of before the server was stopped: that is "lost" if it had not ended. Raises NotFound."""
        known = self._jobs.get((account, job))
        if known is not None:
            return known.note()
        found = _read(jobs_of(account) / job) if job.isalnum() else None
        if found is None:
            raise NotFound("没有这项任务，或已经过期。", reason="no_such_page", hint="请从“导入记录”进入。")
        return found

    def job(self, account: str, job: str) -> Job | None:
        """The job itself while this process knows it."""
        return self._jobs.get((account, job))

    def folder(self, account: str, job: str) -> Path:
        """Where a job of that id puts the files it makes; they are deleted with it, after a day."""
        return jobs_of(account) / job

    def in_line(self, account: str) -> int:
        """How many jobs of an account wait or run."""
        return sum(1 for (whose, _), each in self._jobs.copy().items() if whose == account and each.state not in OVER)

    def notes(self, account: str) -> list[Note]:
        """An account's jobs, the newest first."""
        folder = jobs_of(account)
        names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        found = []
        for name in names:
            with suppress(NotFound):
                found.append(self.note(account, name))
        return sorted(found, key=lambda each: (each.made_at, each.job), reverse=True)

    def stop(self, account: str, job: str) -> None:
        """Ask a job to stop; one that is over stays as it is."""
        known = self._jobs.get((account, job))
        if known is not None:
            known.asked_to_stop = True

    def close(self) -> None:
        """The server ends: nothing new, what runs is asked to stop and waited for; what it wrote is taken back."""
        with self._lock:
            self._closed = True
            for each in self._jobs.values():
                each.asked_to_stop = True
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                job = self._waiting.popleft()
            self._do(job)

    def _do(self, job: Job) -> None:
        job.state = "running"
        try:
            job.told(0)
            job.result = job.work(job.told)
            job.address = job.to(job.result)
            job.state = "done"
        except Stopped:
            job.state = "stopped" if not self._closed else "lost"
        except CampError as problem:
            job.problem, job.state = problem, "failed"
        except BaseException as problem:  # noqa: BLE001 - a thread has nobody above it to tell
            job.problem, job.state = _fault(problem), "failed"
        with suppress(OSError):
            _write(job)
        job.work = _nothing  # what it closed over may be large
        job.over.set()

    def _forget_results(self) -> None:
        over = [(key, each) for key, each in self._jobs.items() if each.state in OVER]
        for _, each in over[:-_RESULTS_KEPT]:
            each.result = None
        for key, _ in over[:-_NOTES_KEPT]:
            del self._jobs[key]


def _nothing(told: Progress) -> object:
    del told
    return None


def _fault(problem: BaseException) -> CampError:
    code, log = fault_log.remember(problem)
    where = "详情已记入本机的 faults.log，请把代号告诉维护人员。" if log else "请把代号告诉维护人员。"
    return Trouble(f"程序出错了（代号 {code}），什么也没有写入。", hint=where)


def _write(job: Job) -> None:
    """Note how a job stands, whole or not at all. Raises Trouble."""
    try:
        make_folder(job.folder)
        part = job.folder / "job.part"
        part.write_text(json.dumps(asdict(job.note()), ensure_ascii=False), "utf-8")
        put_in_place(part, job.folder / "job.json")
    except OSError as problem:
        raise Trouble("任务记不下来，没有开始。", hint="请检查磁盘是否已满，再试一次。") from problem


def _read(folder: Path) -> Note | None:
    try:
        note = Note(**json.loads((folder / "job.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return note if note.is_over else Note(note.job, note.title, note.made_at, "lost")


def _clear(folder: Path, clock: Clock) -> None:
    """Delete what is older than a day, and all but the newest few."""
    if not folder.is_dir():
        return
    notes = sorted(((note.made_at if (note := _read(each)) else "", each) for each in folder.iterdir()), reverse=True)
    now = clock.now()
    for place, (made_at, each) in enumerate(notes):
        if place >= _NOTES_KEPT or not made_at or (now - parse_instant(made_at)).total_seconds() > KEPT_SECONDS:
            shutil.rmtree(each, ignore_errors=True)
