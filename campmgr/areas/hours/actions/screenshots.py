"""Pictures beside declarations: kept in this data file alone, and no longer than a declaration waits."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.clock import utc_text
from campmgr.errors import Refused
from campmgr.ids import sha256
from campmgr.store.door import Writer


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as JPEG without anything attached, whole and small (`areas.hours.files.screenshots`)."""

    whole: bytes
    small: bytes

    @property
    def digest(self) -> str:
        """What a fact tells of it."""
        return sha256(self.whole)


def keep_picture(w: Writer, person: str, picture: Picture, most: int) -> str:
    """Keep a person's picture; its digest. The same again is kept once. Raises Refused when they have `most` already."""
    digest = picture.digest
    if w.one("select 1 from local_screenshots where person = :person and digest = :digest", person=person, digest=digest):
        return digest
    if w.value("select count(*) from local_screenshots where person = :person", person=person) >= most:
        raise Refused(f"等待确认的截图最多 {most} 张。", reason="too_large", hint="请先请联络员确认前面的申报。")
    w.run(
        "insert into local_screenshots (person, digest, picture, small, made_at) values (:person, :digest, :whole, :small, :at)",
        person=person, digest=digest, whole=picture.whole, small=picture.small, at=utc_text(w.clock.now()))  # fmt: skip
    return digest
