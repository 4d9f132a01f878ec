"""The template of certificates as files that an organizer can copy and change."""

from __future__ import annotations

import shutil
from pathlib import Path

from campmgr.areas.certificates.files.sheet import TEMPLATE
from campmgr.errors import BadInput, Trouble


def copy_template(folder: Path) -> tuple[str, ...]:
    """Copy the template, its frames and the text that explains them into a folder; their names, in order.

    Raises BadInput where one of them is there already, and copies nothing then; Trouble when the disk says no.
    """
    files = sorted(path for path in TEMPLATE.parent.iterdir() if path.is_file())
    taken = [path.name for path in files if (folder / path.name).exists()]
    if taken:
        raise BadInput(f"文件夹 {folder} 里已经有 {taken[0]}，不会覆盖。", reason="data_file_exists", hint="请换一个文件夹。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copyfile(path, folder / path.name)
    except OSError as problem:
        raise Trouble(f"{folder} 写不进去。", hint="请换一个文件夹，或检查磁盘和权限。") from problem
    return tuple(path.name for path in files)
