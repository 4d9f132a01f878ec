"""The pictures people sent with their declarations, as far as they are in this data file."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.errors import NotFound
from campmgr.store.door import Reader

_OF = """
    from local_screenshots where digest = :digest
    and (person = :person or person in (select person from aliases where stands_for = :person))"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A declaration that waits with a picture: its lesson and day, and the picture's digest."""

    digest: str
    lesson: str
    day: str


def picture_of(r: Reader, person: str, digest: str, *, small: bool) -> bytes:
    """A person's picture as JPEG. Raises NotFound once its declaration was answered, or where it never came to this file."""
    found = r.value(("select small" if small else "select picture") + _OF, person=person, digest=digest)
    if found is None:
        raise NotFound("没有这张截图。", reason="unknown_fact", hint="申报处理后截图就删除了；它也可能存在别的电脑上。")
    return bytes(found)


def pictures_of(r: Reader, person: str) -> tuple[Shown, ...]:
    """The pictures of a person's waiting declarations that are in this file."""
    rows = r.all(
        """select distinct d.evidence, d.lesson, d.day from declarations d join local_screenshots x on x.digest = d.evidence
           where d.person = :person and d.state = 'waiting' and d.evidence <> '' order by d.day, d.lesson""",
        person=person)  # fmt: skip
    return tuple(Shown(*row) for row in rows)
