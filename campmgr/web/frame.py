"""What an application holds: the data file, what it was started with, the sums of its static files."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from campmgr import config
from campmgr.accounts.passwords import USUAL, Cost
from campmgr.errors import NotFound
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.refolding import rebuild_if_due
from campmgr.ids import sha256
from campmgr.store.door import Store
from campmgr.web.jobs import Jobs


@dataclass(frozen=True, slots=True)
class Settings:
    """How an application is started: where a new camp would be opened, the one-time set-up token, what a password costs,
    how many seconds a form waits for a job before it shows how far that is.
    """

    data_path: Path
    setup_token: str = ""
    cost: Cost = USUAL
    patience: float = 2.0


@dataclass(slots=True)
class Frame:
    """One running application. `store` is None until a camp has been opened; `setup_hash` is "" once the link was used."""

    settings: Settings
    catalogue: Catalogue
    store: Store | None
    setup_hash: str = ""
    jobs: Jobs = field(default_factory=Jobs)
    lock: threading.Lock = field(default_factory=threading.Lock)
    sums: dict[str, str] = field(default_factory=dict)

    def open_store(self) -> Store:
        """The data file. Raises NotFound while there is none."""
        if self.store is None:
            raise NotFound("这里还没有训练营。", reason="no_data_file", hint="请打开程序启动时在窗口里显示的“开营链接”。")
        return self.store

    def sum_of(self, name: str) -> str:
        """Eight digits that change with a static file's content; "" for a file that is not there."""
        if name not in self.sums:
            path = config.package_folder("static") / name
            self.sums[name] = sha256(path.read_bytes())[:8] if path.is_file() else ""
        return self.sums[name]


def frame_of(settings: Settings, catalogue: Catalogue, store: Store | None) -> Frame:
    """A new application's frame over an up-to-date data file; only the hash of the set-up token is kept."""
    if store is not None:
        rebuild_if_due(store)
    return Frame(settings, catalogue, store, sha256(settings.setup_token) if settings.setup_token else "")
