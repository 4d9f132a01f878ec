"""Pictures beside declarations, kept while the declaration waits."""

from __future__ import annotations

from campmgr.store.door import Reader, Writer


def has_picture(r: Reader, person: str, digest: str) -> bool:
    """Whether this very picture of a person is kept."""
    return r.one("select 1 from local_screenshots where person = :person and digest = :digest", person=person,
                 digest=digest) is not None  # fmt: skip


def count_pictures(r: Reader, person: str) -> int:
    """How many pictures of a person are kept."""
    return int(r.value("select count(*) from local_screenshots where person = :person", person=person))


def add_picture(w: Writer, person: str, digest: str, whole: bytes, small: bytes, made_at: str) -> None:
    """Keep a picture, whole and small, as JPEG."""
    w.run(
        "insert into local_screenshots (person, digest, picture, small, made_at) values (:person, :digest, :whole, :small, :at)",
        person=person, digest=digest, whole=whole, small=small, at=made_at)  # fmt: skip
