"""A work as it was handed in, and the id it gets from its link or number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from campmgr.areas.works.rules.links import tidy_link
from campmgr.ids import hash_id


@dataclass(frozen=True, slots=True)
class Work:
    """A work as it was handed in."""

    title: str
    link: str = ""
    number: str = ""
    account: str = ""
    field: str = ""
    published_on: str = ""


@lru_cache(10_000)  # an import asks several times for each row
def work_id(campaign: str, work: Work) -> str:
    """A work's id: from its link, else its number, so that two offices give it the same one."""
    return hash_id(campaign, "work", tidy_link(work.link)) if work.link else hash_id(campaign, "work number", work.number)
