"""Where things are on this machine. The only place that reads the environment."""

from __future__ import annotations

import os
from pathlib import Path

from campmgr.errors import Trouble

DATA_FILE = "CAMPMGR_DB"
"""Environment twin of `--db`."""

STATE_FOLDER = "CAMPMGR_STATE"
"""Environment variable that moves the state folder, for a USB stick or a test."""

_PACKAGE = Path(__file__).resolve().parent


def data_file(option: str | None = None) -> Path:
    """The data file: `--db`, else CAMPMGR_DB, else camp.sqlite in the user's data folder (docs/commands.md#file).

    Neither the file nor its folder need exist, and none is made here. Empty texts count as not given.
    """
    given = option or os.environ.get(DATA_FILE)
    if given:
        return Path(given).expanduser()
    import platformdirs  # 15 ms, and who names a data file need not wait for it -- slow import

    return platformdirs.user_data_path("campmgr", appauthor=False) / "camp.sqlite"


def state_folder() -> Path:
    """The folder for what must not travel with a copied data file, such as writer markers (docs/ledger.md#writers).

    CAMPMGR_STATE, else the user's state folder. It need not exist yet, and is not made here.
    """
    given = os.environ.get(STATE_FOLDER)
    if given:
        return Path(given).expanduser()
    import platformdirs  # as above -- slow import

    return platformdirs.user_state_path("campmgr", appauthor=False)


def windows_user() -> str:
    """Who is logged in on Windows, as its access lists know them: domain, backslash, name."""
    return f"{os.environ.get('USERDOMAIN', '')}\\{os.environ.get('USERNAME', '')}".lstrip("\\")


def leave_phrases_out() -> None:
    """Tell pypinyin not to load its phrases: they take four times the memory, and names are no phrases."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")


def package_folder(name: str) -> Path:
    """The folder `templates` or `static`: inside the package when installed, beside it in the source tree.

    Raises Trouble where neither is there: an incomplete installation.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise Trouble(f"程序文件不完整：找不到 {name} 文件夹。", hint="请重新安装本程序，数据文件不受影响。")
