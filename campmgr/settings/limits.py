"""What this system takes of anybody, so that a mistake does not stop a laptop."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.fields import setting
from campmgr.settings.sections import Section


@dataclass(frozen=True, slots=True)
class Limits:
    """What this system takes, so that a mistake does not stop a laptop."""

    import_bytes: int = setting("导入文件上限（字节）", default=64 * 1024 * 1024, within=(1024, 4 * 1024**3))
    picture_bytes: int = setting("申报截图上限（字节，0 为不收截图）", default=8 * 1024 * 1024, within=(0, 32 * 1024 * 1024))
    pictures_per_person: int = setting("每人等待确认的截图上限（张）", default=20, within=(1, 100))
    name_characters: int = setting("姓名和名称上限（字）", default=60, within=(2, 1000))


SECTIONS = (Section("limits", Limits, "上限", place=160),)
